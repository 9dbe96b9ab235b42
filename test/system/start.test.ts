import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Caller } from '../../demo/portal';
import { portraitFor } from '../../demo/portraits';
import { SandboxSecrets } from '../../sandbox/secrets';
import { stillRuns, programOf } from '../../engine/running-program';
import { createTestDatabase, testTemporal, type TestDatabase } from '../support/engine';
import { freePort } from '../support/free-port';
import { sandboxControl } from '../support/world';
import { listening } from '../support/listening';

const MAIN = join(__dirname, '../../dist/system/main.js');
const onLinux = existsSync('/proc/self/environ') ? test : test.skip;

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Resolves when it has said this on its standard output; rejects when it ends before. */
  says(text: string): Promise<void>;
  errors(): string;
}

let dir: string;
const running: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tajdid-start-'));
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** `npm start`'s program, with nothing of this run's environment that would tell it where things are. */
async function start(env: Record<string, string>): Promise<Started> {
  const { PATH = '', HOME = '', XDG_CACHE_HOME = '', TAJDID_CACHE = '' } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH,
      HOME,
      XDG_CACHE_HOME,
      TAJDID_CACHE,
      DATA_DIR: dir,
      LOG_LEVEL: 'warn',
      SANDBOX_PORT: String(await freePort()),
      PORT: String(await freePort()),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  let said = '';
  let complained = '';
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    child.emit('said');
  });
  return {
    child,
    ended,
    errors: () => complained,
    async says(text) {
      while (!said.includes(text)) {
        const over = await Promise.race([once(child, 'said').then(() => false), ended.then(() => true)]);
        if (over && !said.includes(text)) throw new Error(`it ended without saying "${text}": ${complained}`);
      }
    },
  };
}

/** Every process that was started for the data directory: each has it in its command line or its environment. */
function leftRunning(): string[] {
  const of = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => of(pid, 'cmdline').includes(dir) || of(pid, 'environ').includes(dir))
    .map((pid) => `${pid} ${of(pid, 'cmdline').replaceAll('\0', ' ')}`);
}

async function nothingLeft(): Promise<void> {
  const until = Date.now() + 60_000;
  while (leftRunning().length > 0 && Date.now() < until) await new Promise((wake) => setTimeout(wake, 50));
  expect(leftRunning()).toEqual([]);
}

const oneSentence = (text: string): string[] => text.trim().split('\n');

describe('what cannot be started says why, once, and leaves nothing running', () => {
  let taken: Server;

  afterEach(() => taken?.close());

  onLinux('the port of the API is in use', async () => {
    taken = createServer();
    const { port } = await listening(taken);
    const { ended, errors } = await start({ PORT: String(port) });
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(oneSentence(errors())).toEqual([
      `The API can not listen on port ${port}: it is in use or not allowed (EADDRINUSE). Stop what uses it, or choose another port.`,
    ]);
    await nothingLeft();
  });

  onLinux('no PostgreSQL answers where DATABASE_URL says; its password is not repeated', async () => {
    const port = await freePort();
    const { ended, errors } = await start({
      DATABASE_URL: `postgres://tajdid:quite-secret@localhost:${port}/tajdid`,
      TEMPORAL_ADDRESS: await testTemporal(),
    });
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(oneSentence(errors())).toEqual([
      `No PostgreSQL answers at localhost:${port} (ECONNREFUSED). Start it, correct DATABASE_URL, or unset it for the embedded one.`,
    ]);
    await nothingLeft();
  });

  onLinux('no Temporal answers where TEMPORAL_ADDRESS says', async () => {
    const database = await createTestDatabase();
    try {
      const port = await freePort();
      const { ended, errors } = await start({ DATABASE_URL: database.url, TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
      expect(await ended).toEqual({ code: 1, signal: null });
      expect(oneSentence(errors())).toEqual([
        `No Temporal answers at 127.0.0.1:${port}. Start it, correct TEMPORAL_ADDRESS, or unset it for the embedded one.`,
      ]);
      await nothingLeft();
    } finally {
      await database.drop();
    }
  });

  onLinux('the port on which the worker says how it is', async () => {
    const database = await createTestDatabase();
    taken = createServer();
    const { port } = await listening(taken);
    try {
      const { ended, errors } = await start({
        DATABASE_URL: database.url,
        TEMPORAL_ADDRESS: await testTemporal(),
        WORKER_PORT: String(port),
      });
      expect(await ended).toEqual({ code: 1, signal: null });
      expect(errors()).toContain(
        `The worker can not listen on port ${port}: it is in use or not allowed (EADDRINUSE).`,
      );
      await nothingLeft();
    } finally {
      await database.drop();
    }
  });

  onLinux('there is no such namespace', async () => {
    const database = await createTestDatabase();
    try {
      const address = await testTemporal();
      const { ended, errors } = await start({
        DATABASE_URL: database.url,
        TEMPORAL_ADDRESS: address,
        TEMPORAL_NAMESPACE: 'nowhere',
      });
      expect(await ended).toEqual({ code: 1, signal: null });
      expect(oneSentence(errors())).toEqual([
        `The Temporal at ${address} has no namespace nowhere. Create it, or correct TEMPORAL_NAMESPACE.`,
      ]);
    } finally {
      await database.drop();
    }
  });
});

describe('a start that is broken off', () => {
  let database: TestDatabase;

  beforeEach(async () => (database = await createTestDatabase()));
  afterEach(() => database.drop());

  onLinux.each(['SIGINT', 'SIGHUP'] as const)('%s between two programs ends those that run', async (signal) => {
    const { child, ended, says } = await start({
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: await testTemporal(),
    });
    await says('sandbox: ');
    child.kill(signal);
    expect((await ended).code).not.toBe(0);
    await nothingLeft();
  });
});

describe('everything embedded', () => {
  /** The portal's back end, with the keys that this installation made up for itself. */
  async function portalOf(port: string, sandboxPort: string): Promise<Caller> {
    const secrets = SandboxSecrets.parse(JSON.parse(readFileSync(join(dir, 'sandbox-secrets.json'), 'utf8')));
    const token = await sandboxControl(`http://127.0.0.1:${sandboxPort}`, secrets.control).token({
      sub: 'absher-individuals',
      roles: ['portal'],
      clientId: 'absher-individuals',
      channel: 'absher-individuals',
    });
    return new Caller(`http://127.0.0.1:${port}`, token);
  }

  onLinux('a closed terminal stops it in order, and a case that was under way goes on at the next start', async () => {
    const [PORT = '', SANDBOX_PORT = '', WORKER_PORT = ''] = (
      await Promise.all([freePort(), freePort(), freePort()])
    ).map(String);
    const first = await start({ PORT, SANDBOX_PORT, WORKER_PORT });
    await first.says('Tajdid is up');
    const worker = await fetch(`http://127.0.0.1:${WORKER_PORT}/livez`);
    expect(worker.status).toBe(200);
    expect(await worker.json()).toMatchObject({ state: 'RUNNING' });
    expect(await (await fetch(`http://127.0.0.1:${WORKER_PORT}/metrics`)).text()).toContain('\ntajdid_worker_up 1\n');
    const listed = readFileSync(join(dir, 'people.json'), 'utf8');
    const soon = new Date(Date.now() + 100 * 24 * 3600_000).toISOString().slice(0, 10);
    const today = new Date().toISOString().slice(0, 10);
    const renewing = (
      JSON.parse(listed) as { identityNumber: string; cardExpiresOn: string; birthDate: string }[]
    ).find(({ cardExpiresOn, birthDate }) => cardExpiresOn > today && cardExpiresOn < soon && birthDate < '2005');
    if (!renewing) throw new Error('nobody of the register has a card to renew');
    const { identityNumber } = renewing;
    const portal = await portalOf(PORT, SANDBOX_PORT);
    const photo = await portal.upload(identityNumber, await portraitFor('start'));
    const { id } = await portal.file('before', 'id-renewal', identityNumber, {
      photo,
      delivery: { method: 'courier' },
    });
    portal.close();
    const programs = leftRunning().map((line) => programOf(Number(line.split(' ')[0])));
    expect(programs.length).toBeGreaterThanOrEqual(6);
    first.child.kill('SIGHUP');
    expect(await first.ended).toEqual({ code: 0, signal: null });
    expect(programs.filter((program) => program && stillRuns(program))).toEqual([]);

    const second = await start({ PORT, SANDBOX_PORT });
    await second.says('database: schema is up to date');
    await second.says('Tajdid is up');
    expect(readFileSync(join(dir, 'people.json'), 'utf8')).toBe(listed);
    const again = await portalOf(PORT, SANDBOX_PORT);
    const until = Date.now() + 120_000;
    let view = await again.view(id);
    for (; view.waitingFor !== null && Date.now() < until; view = await again.view(id))
      await new Promise((wake) => setTimeout(wake, 100));
    again.close();
    expect(view.status).toBe('COMPLETED');
    second.child.kill('SIGTERM');
    expect(await second.ended).toEqual({ code: 0, signal: null });
    await nothingLeft();
  });
});
