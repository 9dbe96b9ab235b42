import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { startPostgres } from '../../engine/postgres/start';
import { startTemporal } from '../../engine/temporal/start';
import { buildBundle } from '../../worker/bundle';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { migrate } from '../../adapters/postgres/migrate';
import { admin, inServer } from './admin';
import { listening } from './listening';

const log = (line: string) => process.stderr.write(`${line}\n`);

const MIGRATED = 'migrated';

/** Events after which that server suggests that a run starts afresh; any other waits for thousands. */
const SHORT_HISTORY = 60;

interface Started {
  readonly answer: string;
  stop(): Promise<void>;
}

async function bundled(...laidOver: string[]): Promise<Started> {
  const dir = await mkdtemp(join(tmpdir(), 'tajdid-bundle-'));
  const path = join(dir, 'workflow-bundle.js');
  const modules = laidOver.map((module) => join(__dirname, module));
  await writeFile(path, await buildBundle(join(__dirname, '../../workflows/index.ts'), modules));
  return { answer: path, stop: () => rm(dir, { recursive: true }) };
}

const starts: Readonly<Record<string, (answerOf: (path: string) => Promise<string>) => Promise<Started>>> = {
  '/temporal': async () => {
    const temporal = await startTemporal({ data: 'memory', timeSkipping: true, log });
    return { answer: temporal.address, stop: temporal.stop };
  },
  '/temporal-of-short-histories': async () => {
    const settings = { 'limit.historyCount.suggestContinueAsNew': SHORT_HISTORY };
    const temporal = await startTemporal({ data: 'memory', timeSkipping: true, settings, log });
    return { answer: temporal.address, stop: temporal.stop };
  },
  '/postgres': async () => {
    const postgres = await startPostgres({ data: 'ephemeral', log });
    return { answer: postgres.url, stop: postgres.stop };
  },
  '/migrated-database': async (answerOf) => {
    const server = await answerOf('/postgres');
    await admin(server, `create database ${MIGRATED}`);
    await migrate(inServer(server, MIGRATED));
    return { answer: MIGRATED, stop: () => Promise.resolve() };
  },
  '/console': async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, '../../console/build.cjs')]);
    return { answer: stdout, stop: () => Promise.resolve() };
  },
  '/workflow-bundle': () => bundled(),
  '/later-workflow-bundle': () => bundled('../../chaos/later/patched.ts'),
  '/unpatched-workflow-bundle': () => bundled('./unpatched-change.ts'),
};

/** Starts each engine once, when the first test of a jest run asks for it over a local connection. */
export interface EngineBroker {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startBroker(): Promise<EngineBroker> {
  const started = new Map<string, Promise<Started>>();
  const answerOf = async (path: string): Promise<string> => {
    const engine = started.get(path) ?? starts[path]?.(answerOf);
    if (engine === undefined) throw new Error(`nothing is started by ${path}`);
    started.set(path, engine);
    return (await engine).answer;
  };
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    if (!Object.hasOwn(starts, path)) {
      response.writeHead(404).end();
      return;
    }
    answerOf(path).then(
      (answer) => response.end(answer),
      (error: unknown) => response.writeHead(503).end((error as Error).message),
    );
  });
  server.keepAliveTimeout = 1;
  const { url } = await listening(server);
  server.unref();
  return {
    url,
    async stop() {
      server.close();
      server.closeAllConnections();
      const engines = await Promise.allSettled(started.values());
      await Promise.all(engines.map((engine) => (engine.status === 'fulfilled' ? engine.value.stop() : undefined)));
    },
  };
}
