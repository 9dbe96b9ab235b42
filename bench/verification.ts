import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import autocannon from 'autocannon';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { asEnrolled } from '../demo/enrol';
import { generatePeople } from '../demo/people';
import { instant, riyadhDate } from '../domain/time';
import { readConfig } from '../engine/config';
import { startSystem, type System } from '../system/start';
import { median } from './load';

const PORTAL = 'absher-individuals';
const PEOPLE = 5_000;
const CONNECTIONS = 32;

export interface VerificationBench {
  readonly seconds: number;
  readonly rounds: number;
}

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function fire(
  url: string,
  headers: Record<string, string>,
  bodies: readonly string[],
  seconds: number,
): Promise<Round> {
  let next = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        setupRequest: (request) => ({ ...request, body: bodies[next++ % bodies.length] ?? '' }),
      },
    ],
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(
      `${result.errors} failed at ${new URL(url).pathname}, and answered was ${JSON.stringify(result.statusCodeStats)}`,
    );
  return { perSecond: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

async function startBare(databaseUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(__dirname, 'bare/main.js')], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((ready, fail) => {
    child.stdout.on('data', (chunk: Buffer) => ready(/ready (\d+)/.exec(chunk.toString())?.[1] ?? ''));
    child.once('exit', () => fail(new Error('the bare handler did not start')));
  });
  return {
    url: `http://127.0.0.1:${port}/verify`,
    stop: () =>
      new Promise((ended) => {
        child.once('exit', () => ended());
        child.kill('SIGTERM');
      }),
  };
}

async function tokenOf(system: System): Promise<string> {
  const answer = await fetch(`${system.sandboxUrl}/idp/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: PORTAL,
      client_secret: system.sandboxSecrets.portalSecrets[PORTAL],
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

const show = (name: string, rounds: readonly Round[]): number => {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const rate = of(({ perSecond }) => perSecond);
  say(
    `${name.padEnd(14)} ${rate.toFixed(0).padStart(6)} requests/s   p50 ${of(({ p50 }) => p50)} ms   p99 ${of(({ p99 }) => p99)} ms`,
  );
  return rate;
};

/** Verifications through the whole API, and through a bare Express handler with the same two queries, in turns on the same database. */
export async function benchVerification({ seconds, rounds }: VerificationBench): Promise<void> {
  const dataDir = resolve(process.env.DATA_DIR ?? '.tajdid', 'bench-verification');
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const config = readConfig({
    ...process.env,
    DATA_DIR: dataDir,
    DOCUMENTS_DIR: join(dataDir, 'documents'),
    PORT: '0',
    LOG_LEVEL: 'warn',
    // One client asks for all.
    REQUESTS_PER_MINUTE: '9999999',
  });
  const logFile = createWriteStream(join(dataDir, 'system.log'));
  const system = await startSystem({ config, say, log: (line) => void logFile.write(`${line}\n`) });
  const bare = await startBare(system.engine.databaseUrl);
  try {
    const people = generatePeople({ seed: 'bench', count: PEOPLE, today: riyadhDate(instant(Date.now())) });
    const register = connectEnrol({
      masterKey: config.masterKey,
      lookupKey: config.lookupKey,
      databaseUrl: system.engine.databaseUrl,
    });
    const enrolled = await register.enrol(people.map(asEnrolled));
    await register.close();
    const headers = { authorization: `Bearer ${await tokenOf(system)}` };
    const ours = people.map(({ identityNumber, birthDate }) => JSON.stringify({ identityNumber, birthDate }));
    const theirs = enrolled.map(({ person }) => JSON.stringify({ person }));
    const url = `${system.apiUrl}/v1/verifications`;
    await fire(url, headers, ours, 2);
    await fire(bare.url, {}, theirs, 2);
    const [mine, other]: [Round[], Round[]] = [[], []];
    for (let i = 0; i < rounds; i += 1) {
      mine.push(await fire(url, headers, ours, seconds));
      other.push(await fire(bare.url, {}, theirs, seconds));
    }
    const ratio = show('verification', mine) / show('bare handler', other);
    say(`ratio ${ratio.toFixed(2)} (goal 0.8)`);
  } finally {
    await bare.stop();
    await system.stop();
    logFile.end();
  }
}
