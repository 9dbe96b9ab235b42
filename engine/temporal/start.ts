import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { takeLock, type DataLock } from '../data-lock';
import { EngineUnavailable, type Log } from '../engine-unavailable';
import { acceptsConnections, freePort, requireFreePort } from '../free-port';
import { startChild, type OwnedChild } from '../owned-child';
import { makeScratch } from '../scratch';
import { findTemporal } from './find';

const READY_MS = 60_000;

/** Of the server's dynamic configuration, by its names there; a string is a duration, such as `2s`. */
export type TemporalSettings = Readonly<Record<string, number | boolean | string>>;

/** One box serves one country's peak alone, so the per-host limits meant for shared clusters are out of its way. */
const DYNAMIC_CONFIG: TemporalSettings = {
  'frontend.rps': 20_000,
  'frontend.namespaceRPS': 20_000,
  'frontend.namespaceRPS.visibility': 200,
  // Updates that wait for their answer, queries and long polls count against this.
  'frontend.namespaceCount': 10_000,
  'history.rps': 30_000,
  'history.persistenceMaxQPS': 60_000,
  'matching.rps': 20_000,
  'matching.persistenceMaxQPS': 30_000,
  // One host gains nothing from partitions, which only forward to each other.
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  // Done tasks are looked through again for each new one until they are let go: every 2 s, and not every 30.
  'history.transferProcessorUpdateAckInterval': '2s',
  'history.visibilityProcessorUpdateAckInterval': '2s',
  // The names of search attributes are read again now and then, and not from the file for each task.
  'system.forceSearchAttributesCacheRefreshOnRead': false,
};

/** A killed server loses nothing; a power cut may lose the last moments. See docs/adr/0007. */
const SQLITE: Readonly<Record<string, string | number>> = {
  journal_mode: 'wal',
  synchronous: 1,
  // A page that many cases change is written back once every 64 MB of log, and not every 4 MB.
  wal_autocheckpoint: 16_000,
  // Pages are read where the system has them in memory, without a copy each.
  mmap_size: 1024 ** 3,
};

export interface TemporalOptions {
  /** Where histories are kept, or 'memory' to keep nothing. */
  readonly data: { readonly dir: string } | 'memory';
  /** Lets a workflow be started with time skipping, for tests of long deadlines at their true length. */
  readonly timeSkipping?: boolean;
  /** Settings of the server beside ours, by the names of its dynamic configuration. */
  readonly settings?: TemporalSettings;
  readonly port?: number | undefined;
  /** Temporal's own web page; off when not given. */
  readonly uiPort?: number | undefined;
  /** Namespaces to create besides `default`. */
  readonly namespaces?: readonly string[];
  readonly log: Log;
}

export interface RunningTemporal {
  readonly address: string;
  readonly pid: number;
  readonly executable: string;
  readonly logFile: string;
  stop(): Promise<void>;
}

/** The caller's own TEMPORAL_* settings mean another server and must not reach this one. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

/** The server's live data is small beside what it allocates: collected a quarter as often, it takes a tenth less CPU a case. */
const COLLECTS_LESS = { GOGC: '400', GOMEMLIMIT: '2GiB' };

function runCommand(executable: string, address: string, args: readonly string[]): Promise<boolean> {
  const common = ['--address', address, '--disable-config-file', '--command-timeout', '10s', '--output', 'none'];
  return new Promise((resolve) => {
    execFile(executable, [...args, ...common], { env: cleanEnv(), timeout: 15_000 }, (error) =>
      resolve(error === null),
    );
  });
}

async function untilReady(
  child: OwnedChild,
  executable: string,
  port: number,
  namespaces: readonly string[],
): Promise<void> {
  const until = Date.now() + READY_MS;
  const waiting = [...namespaces];
  while (waiting[0] !== undefined) {
    const ended = child.ended();
    if (ended !== undefined) throw new EngineUnavailable(`Temporal ${ended}. Its last words:\n${child.lastWords()}`);
    if (Date.now() > until) {
      throw new EngineUnavailable(
        `Temporal does not answer after ${READY_MS / 1000} s. Its last words:\n${child.lastWords()}`,
      );
    }
    const describe = ['operator', 'namespace', 'describe', '--namespace', waiting[0]];
    if ((await acceptsConnections(port)) && (await runCommand(executable, `127.0.0.1:${port}`, describe)))
      waiting.shift();
    else await pause(50);
  }
}

function serverArguments(options: TemporalOptions, port: number): string[] {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--disable-config-file'];
  args.push(...(options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort)]));
  for (const namespace of options.namespaces ?? []) args.push('--namespace', namespace);
  if (options.data !== 'memory') {
    args.push('--db-filename', join(options.data.dir, 'temporal.db'));
    for (const [name, value] of Object.entries(SQLITE)) args.push('--sqlite-pragma', `${name}=${value}`);
  }
  const settings = {
    ...DYNAMIC_CONFIG,
    ...(options.timeSkipping ? { 'frontend.WorkflowTimeSkippingEnabled': true } : {}),
    ...options.settings,
  };
  for (const [key, value] of Object.entries(settings))
    args.push('--dynamic-config-value', `${key}=${JSON.stringify(value)}`);
  return args;
}

async function place(options: TemporalOptions): Promise<{ dir: string; lock: DataLock; remove(): void }> {
  if (options.data === 'memory') return makeScratch('Temporal', options.log);
  const { dir } = options.data;
  mkdirSync(dir, { recursive: true });
  const lock = await takeLock(join(dir, 'lock.json'), 'Temporal', options.log);
  return { dir, lock, remove: () => undefined };
}

/**
 * Runs Temporal on this machine, on 127.0.0.1 only, and answers when its namespaces can be used. With `data.dir` a killed
 * server loses nothing (SQLite in WAL mode); a power cut may lose the last moments. Closed histories are kept for 30 days.
 * @throws EngineUnavailable when no executable is to be had, the port or the data is in use, or it does not come up.
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const { path: executable } = await findTemporal({ log: options.log });
  const port = options.port === undefined ? await freePort() : await requireFreePort(options.port, 'Temporal');
  if (options.uiPort !== undefined) await requireFreePort(options.uiPort, "Temporal's web page");
  const { dir, lock, remove } = await place(options);
  const logFile = join(dir, 'temporal.log');
  const address = `127.0.0.1:${port}`;
  let child: OwnedChild | undefined;
  const stop = async () => {
    await child?.stop();
    lock.release();
    remove();
  };
  try {
    const args = serverArguments(options, port);
    child = await startChild({
      what: 'Temporal',
      command: executable,
      args,
      env: { ...COLLECTS_LESS, ...cleanEnv() },
      logFile,
      stopSignal: 'SIGTERM',
    });
    lock.recordChild(child.program, 'SIGTERM');
    const namespaces = ['default', ...(options.namespaces ?? [])];
    await untilReady(child, executable, port, namespaces);
    if (options.data !== 'memory') {
      for (const namespace of namespaces) {
        await runCommand(executable, address, [
          'operator',
          'namespace',
          'update',
          '--namespace',
          namespace,
          '--retention',
          '720h',
        ]);
      }
    }
    return { address, pid: child.program.pid, executable, logFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
