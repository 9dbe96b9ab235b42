import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { takeLock, type DataLock } from '../data-lock';
import { EngineUnavailable, type Log } from '../engine-unavailable';
import { freePort, requireFreePort } from '../free-port';
import { startChild, type OwnedChild } from '../owned-child';
import { endProgram, programOf } from '../running-program';
import { makeScratch } from '../scratch';
import { postgresAccount } from './account';
import { findPostgres } from './binaries';
import { clusterFiles, ensureCluster, SUPERUSER, type ClusterFiles } from './cluster';
import { settingArguments } from './settings';

const READY_MS = 120_000;
const LEFTOVER_MS = 15_000;
const DATABASE_NAME = /^[a-z][a-z0-9_]{0,62}$/;

export interface PostgresOptions {
  /** Where the data is kept, or 'ephemeral' for a fast one that keeps nothing (no fsync; removed by `stop`). */
  readonly data: { readonly dir: string } | 'ephemeral';
  readonly port?: number | undefined;
  readonly log: Log;
}

export interface RunningPostgres {
  /** Of the database `postgres`, as superuser. Holds the password: keep it out of logs. */
  readonly url: string;
  readonly pid: number;
  readonly logFile: string;
  urlOf(database: string): string;
  /** Creates the database unless it exists, and answers with its url. */
  createDatabase(name: string): Promise<string>;
  /** Drops the database, ending its connections. */
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * PostgreSQL refuses to start while the pid in its own lock file is alive, though another program may have that pid by now.
 * It is the lock of a server of ours only if its command line names this very data directory.
 */
async function clearLeftover(files: ClusterFiles, log: Log): Promise<void> {
  const path = join(files.data, 'postmaster.pid');
  if (!existsSync(path)) return;
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
  const program = Number.isInteger(pid) && pid > 0 ? programOf(pid) : undefined;
  if (program === undefined || !existsSync(`/proc/${pid}/cmdline`)) return;
  if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(files.data)) {
    log(`Ending PostgreSQL (pid ${pid}), left behind by a program that was killed.`);
    await endProgram(program, 'SIGINT');
  } else {
    rmSync(path);
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waits until it answers a query; after a crash it first replays its log. */
async function untilReady(child: OwnedChild, url: string): Promise<void> {
  const until = Date.now() + READY_MS;
  for (;;) {
    try {
      await query(url, 'select 1');
      return;
    } catch (error) {
      if (child.ended() !== undefined) return;
      const code = (error as { code?: string }).code;
      // 57P03: starting up.
      if ((code !== 'ECONNREFUSED' && code !== '57P03') || Date.now() > until) {
        throw new EngineUnavailable(
          `PostgreSQL does not answer (${(error as Error).message}). Its last words:\n${child.lastWords()}`,
        );
      }
      await pause(20);
    }
  }
}

async function place(options: PostgresOptions): Promise<{ dir: string; lock: DataLock; remove(): void }> {
  if (options.data === 'ephemeral') return makeScratch('PostgreSQL', options.log);
  const { dir } = options.data;
  mkdirSync(dir, { recursive: true });
  const lock = await takeLock(clusterFiles(dir).lock, 'PostgreSQL', options.log);
  return { dir, lock, remove: () => undefined };
}

/** Starts the server; tries again while the remains of a killed one are still ending. */
async function launch(start: () => Promise<OwnedChild>, url: string): Promise<OwnedChild> {
  const until = Date.now() + LEFTOVER_MS;
  for (;;) {
    const child = await start();
    await untilReady(child, url).catch(async (error: unknown) => {
      await child.stop();
      throw error;
    });
    const ended = child.ended();
    if (ended === undefined) return child;
    const words = child.lastWords();
    if (!words.includes('pre-existing shared memory block') || Date.now() > until) {
      throw new EngineUnavailable(`PostgreSQL ${ended}. Its last words:\n${words}`);
    }
    await pause(100);
  }
}

/**
 * Runs PostgreSQL on this machine, on 127.0.0.1 only, with a password. With `data.dir` every committed transaction survives
 * a crash and a power cut.
 * @throws EngineUnavailable when there are no programs for this platform, the port or the data is in use, or it does not come up.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = findPostgres();
  const account = postgresAccount();
  const port = options.port === undefined ? await freePort() : await requireFreePort(options.port, 'PostgreSQL');
  const ephemeral = options.data === 'ephemeral';
  const { dir, lock, remove } = await place(options);
  const files = clusterFiles(dir);
  let child: OwnedChild | undefined;
  const stop = async () => {
    await child?.stop(30_000);
    lock.release();
    remove();
  };
  try {
    // A scratch directory is closed to other accounts; the cluster inside it is closed by itself.
    if (ephemeral && account.owner !== undefined) chmodSync(dir, 0o711);
    const password = await ensureCluster(files, binaries, account, ephemeral, options.log);
    await clearLeftover(files, options.log);
    const urlOf = (database: string) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
    const url = urlOf('postgres');
    const args = ['-D', files.data, '-p', String(port), ...settingArguments(ephemeral)];
    const wrapped = account.wrap(binaries.postgres, args, [binaries.postgres, files.data]);
    child = await launch(async () => {
      const started = await startChild({
        what: 'PostgreSQL',
        ...wrapped,
        env: { ...process.env, LC_ALL: 'C' },
        logFile: files.log,
        stopSignal: 'SIGINT',
      });
      lock.recordChild(started.program, 'SIGINT');
      return started;
    }, url);
    return {
      url,
      pid: child.program.pid,
      logFile: files.log,
      urlOf,
      stop,
      async createDatabase(name) {
        requireName(name);
        // 42P04: it exists.
        await query(url, `create database ${name}`).catch((error: unknown) => {
          if ((error as { code?: string }).code !== '42P04') throw error;
        });
        return urlOf(name);
      },
      async dropDatabase(name) {
        requireName(name);
        await query(url, `drop database if exists ${name} with (force)`);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A name goes into a statement as it is, so nothing but a plain one is taken. */
function requireName(name: string): void {
  if (!DATABASE_NAME.test(name))
    throw new RangeError('A database name is lower-case letters, digits and _, starting with a letter.');
}
