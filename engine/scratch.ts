import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockOwner, takeLock, type DataLock } from './data-lock';
import type { Log } from './engine-unavailable';

const PREFIX = 'tajdid-scratch-';
const LOCK = 'lock.json';

export interface Scratch {
  readonly dir: string;
  readonly lock: DataLock;
  remove(): void;
}

/** Scratch directories whose owner was killed still have its server running on them: end it, then remove them. */
async function sweepAbandoned(what: string, log: Log): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const dir = join(tmpdir(), name);
    const lockPath = join(dir, LOCK);
    if (!name.startsWith(PREFIX) || !existsSync(lockPath) || lockOwner(lockPath) !== undefined) continue;
    try {
      await takeLock(lockPath, what, log);
      rmSync(dir, { recursive: true, force: true });
    } catch (error) {
      log(`Left the abandoned directory ${dir} in place: ${(error as Error).message}`);
    }
  }
}

/** A locked directory for a server that keeps nothing. */
export async function makeScratch(what: string, log: Log): Promise<Scratch> {
  await sweepAbandoned(what, log);
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  const lock = await takeLock(join(dir, LOCK), what, log);
  return { dir, lock, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
