import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  if (existsSync(files.data)) {
    if (existsSync(files.password)) return readFileSync(files.password, 'utf8').trim();
    throw new EngineUnavailable(
      `${files.data} holds a PostgreSQL cluster whose password file ${files.password} is missing. Restore the file, or move both away to begin anew.`,
    );
  }
  log('Creating the database cluster ...');
  // Made aside and renamed when whole, so what a killed initdb leaves behind is never taken for a cluster.
  const draft = `${files.data}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  rmSync(files.password, { force: true });
  writeFileSync(files.password, `${password}\n`, { mode: 0o600 });
  if (account.owner !== undefined) {
    for (const path of [draft, files.password]) chownSync(path, account.owner.uid, account.owner.gid);
  }
  const args = [...INITDB_ARGUMENTS, '--pgdata', draft, '--username', SUPERUSER, '--pwfile', files.password];
  if (ephemeral) args.push('--no-sync');
  const { command, args: all, ...identity } = account.wrap(binaries.initdb, args, [binaries.initdb, draft]);
  await run(command, all, identity);
  renameSync(draft, files.data);
  return password;
}
