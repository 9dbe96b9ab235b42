import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineUnavailable, type Log } from '../engine-unavailable';
import type { Account } from './account';
import type { PostgresBinaries } from './binaries';
import { INITDB_ARGUMENTS } from './settings';

export const SUPERUSER = 'tajdid';

/** Where one cluster keeps its things, all under one directory. */
export interface ClusterFiles {
  readonly data: string;
  readonly password: string;
  readonly log: string;
  readonly lock: string;
}

export function clusterFiles(dir: string): ClusterFiles {
  return {
    data: join(dir, 'data'),
    password: join(dir, 'password'),
    log: join(dir, 'postgres.log'),
    lock: join(dir, 'lock.json'),
  };
}

function run(command: string, args: readonly string[], options: { uid?: number; gid?: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      ...options,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new EngineUnavailable(`PostgreSQL's data could not be created (exit code ${code}): ${complaint.trim()}`),
        );
    });
  });
}

/** Creates the cluster unless it is there, and answers with the password of its superuser. */
export async function ensureCluster(
  files: ClusterFiles,
  binaries: PostgresBinaries,
  account: Account,
  ephemeral: boolean,
  log: Log,
): Promise<string> {
  const finished = existsSync(join(files.data, 'global', 'pg_control')) && existsSync(`${files.data}.complete`);
  if (finished) return readFileSync(files.password, 'utf8').trim();
  // What a killed initdb left behind has never held anything.
  if (existsSync(files.data) && existsSync(join(files.data, 'PG_VERSION')) && !existsSync(files.password)) {
    throw new EngineUnavailable(
      `${files.data} holds a PostgreSQL cluster whose password file ${files.password} is missing. Restore it, or move the directory away.`,
    );
  }
  log('Creating the database cluster ...');
  rmSync(files.data, { recursive: true, force: true });
  mkdirSync(files.data, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  writeFileSync(files.password, `${password}\n`, { mode: 0o600 });
  if (account.owner !== undefined) {
    for (const path of [files.data, files.password]) chownSync(path, account.owner.uid, account.owner.gid);
  }
  const args = [...INITDB_ARGUMENTS, '--pgdata', files.data, '--username', SUPERUSER, '--pwfile', files.password];
  if (ephemeral) args.push('--no-sync');
  const { command, args: all, ...identity } = account.wrap(binaries.initdb, args, [binaries.initdb, files.data]);
  await run(command, all, identity);
  writeFileSync(`${files.data}.complete`, '');
  return password;
}
