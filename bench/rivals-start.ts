import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { Client as Postgres } from 'pg';
import type { Filing } from '../domain/case/model';
import { freePort } from '../engine/free-port';
import { DEVELOPMENT_SECRETS } from '../sandbox/secrets';
import { startSandbox } from '../sandbox/start';
import { keptAlive } from './keep-alive';
import { patientDials } from './system';

/** Somebody else's engine with the same renewal on it, ready to run cases. */
export interface Rival {
  readonly name: string;
  /** What it promises at the rate that is measured: where it writes, and when that is safe. */
  readonly keeps: string;
  run(caseId: string): Promise<string>;
  stop(): Promise<void>;
}

export interface RivalPlace {
  readonly dataDir: string;
  readonly temporalAddress: string;
  readonly databaseUrl: string;
}

/** Where a rival keeps what Tajdid keeps, and for whom its cases are. */
export interface WholePlace extends RivalPlace {
  readonly env: Readonly<Record<string, string>>;
  /** What the next case is filed with; each has a person of its own. */
  readonly file: (caseId: string) => Filing;
}

const READY_WITHIN = 60_000;

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(late);
}

/** A rival's own process with a sandbox of its own, whose webhooks come to it. */
async function startProgram(
  name: string,
  dataDir: string,
  env: Record<string, string>,
): Promise<{ receiver: string; stop(): Promise<void> }> {
  const port = await freePort();
  const receiver = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    dataDir: join(dataDir, `${name}-sandbox`),
    webhookTarget: receiver,
    secrets: DEVELOPMENT_SECRETS,
    dials: patientDials,
  });
  const child = spawn(process.execPath, [join(__dirname, name, 'main.js')], {
    env: { ...process.env, ...env, SANDBOX_URL: sandbox.url, RECEIVER_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Whoever breaks the bench off leaves no contender running.
  process.once('exit', () => child.kill('SIGKILL'));
  try {
    await new Promise<void>((ready, fail) => {
      child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes('ready') && ready());
      child.once('exit', () => fail(new Error(`${name} did not start`)));
      setTimeout(() => fail(new Error(`${name} was not ready in time`)), READY_WITHIN).unref();
    });
  } catch (error) {
    await ended(child);
    await sandbox.stop();
    throw error;
  }
  return {
    receiver,
    async stop() {
      await ended(child);
      await sandbox.stop();
    },
  };
}

/** The engine that Tajdid runs on, with an ordinary activity for each call. */
export async function startPlain({
  dataDir,
  temporalAddress,
}: RivalPlace): Promise<Rival & { historyLength(caseId: string): Promise<number> }> {
  const program = await startProgram('plain', dataDir, { TEMPORAL_ADDRESS: temporalAddress });
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection });
  return {
    name: 'plain',
    keeps:
      'the same Temporal: SQLite with WAL and synchronous=1, so a killed process loses nothing and a power cut may lose the last moments',
    run: (caseId) =>
      client.workflow.execute('plainRenewal', { workflowId: caseId, taskQueue: 'plain', args: [caseId] }),
    historyLength: async (caseId) => (await client.workflow.getHandle(caseId).describe()).historyLength,
    async stop() {
      await connection.close();
      await program.stop();
    },
  };
}

/** The engine that Tajdid runs on, and all that Tajdid does and keeps for a case, with an ordinary activity for each step and each append. */
export async function startWhole({
  dataDir,
  temporalAddress,
  env,
  file,
}: WholePlace): Promise<Rival & { historyLength(caseId: string): Promise<number> }> {
  const program = await startProgram('whole', dataDir, { ...env, TEMPORAL_ADDRESS: temporalAddress });
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection });
  return {
    name: 'whole',
    keeps:
      'register, case log and lists as Tajdid, by the very steps and adapters; no API, no signatures, no encryption of an application',
    run: (caseId) =>
      client.workflow.execute('wholeRenewal', { workflowId: caseId, taskQueue: 'whole', args: [file(caseId)] }),
    historyLength: async (caseId) => (await client.workflow.getHandle(caseId).describe()).historyLength,
    async stop() {
      await connection.close();
      await program.stop();
    },
  };
}

export async function startDbos({ dataDir, databaseUrl }: RivalPlace): Promise<Rival> {
  const admin = new Postgres({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query('CREATE DATABASE dbos_bench');
  await admin.end();
  const url = new URL(databaseUrl);
  url.pathname = '/dbos_bench';
  const program = await startProgram('dbos', dataDir, { DBOS_DATABASE_URL: url.href });
  const http = keptAlive(program.receiver);
  return {
    name: 'dbos',
    keeps: 'the same PostgreSQL, fsync and synchronous_commit on: every step is on disk before the next',
    run: (caseId) => http.post(`/run/${caseId}`),
    async stop() {
      http.close();
      await program.stop();
    },
  };
}

/** The server's own binary comes as a package; throws where there is none for this machine. */
function restateBinary(): string {
  return require.resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`);
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + READY_WITHIN;
  while (Date.now() < until && child.exitCode === null) {
    if (
      await fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  throw new Error(`nothing answered at ${new URL(url).pathname}`);
}

export async function startRestate({ dataDir }: RivalPlace): Promise<Rival> {
  const binary = restateBinary();
  const [ingress, admin, node, service] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const base = join(dataDir, 'restate');
  await mkdir(base, { recursive: true });
  const server = spawn(binary, ['--base-dir', base, '--no-logo', '--bind-ip', '127.0.0.1'], {
    env: {
      ...process.env,
      RESTATE_LISTEN_MODE: 'tcp',
      RESTATE_BIND_PORT: String(node),
      RESTATE_INGRESS__BIND_PORT: String(ingress),
      RESTATE_ADMIN__BIND_PORT: String(admin),
      RESTATE_DISABLE_TELEMETRY: 'true',
      RESTATE_LOG_FILTER: 'error',
    },
    stdio: 'ignore',
  });
  process.once('exit', () => server.kill('SIGKILL'));
  try {
    await answers(`http://127.0.0.1:${admin}/health`, server);
    await answers(`http://127.0.0.1:${ingress}/restate/health`, server);
    const program = await startProgram('restate', dataDir, {
      RESTATE_INGRESS: `http://127.0.0.1:${ingress}`,
      SERVICE_PORT: String(service),
    });
    const http = keptAlive(`http://127.0.0.1:${ingress}`);
    const registry = keptAlive(`http://127.0.0.1:${admin}`);
    await registry.post('/deployments', { uri: `http://127.0.0.1:${service}` });
    registry.close();
    return {
      name: 'restate',
      keeps: 'one Restate node with its own defaults: its log is on RocksDB and its WAL fsynced',
      run: async (caseId) => JSON.parse(await http.post(`/renewal/${caseId}/run`)) as string,
      async stop() {
        http.close();
        await program.stop();
        await ended(server);
      },
    };
  } catch (error) {
    await ended(server);
    throw error;
  }
}
