import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { EngineUnavailable, type Log } from './engine-unavailable';
import { endProgram, programOf, stillRuns, type RunningProgram } from './running-program';

const Program = z.object({ pid: z.number().int().positive(), startedAt: z.string() });

const Holder = z.object({
  /** The Node program that took the lock. */
  owner: Program,
  /** The server it runs on the locked data, once started. */
  child: Program.extend({ stopSignal: z.enum(['SIGTERM', 'SIGINT']) }).optional(),
});
type Holder = z.infer<typeof Holder>;

/** Held while a server runs on a data directory, so that two never run on the same one. */
export interface DataLock {
  /** Records the server, so that whoever finds the lock abandoned can end it. */
  recordChild(child: RunningProgram, stopSignal: 'SIGTERM' | 'SIGINT'): void;
  release(): void;
}

function read(path: string): { text: string; holder: Holder | undefined } | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const parsed = Holder.safeParse(JSON.parse(text));
    return { text, holder: parsed.success ? parsed.data : undefined };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return { text: readFileSync(path, 'utf8'), holder: undefined };
    throw error;
  }
}

/** Creates the file with its whole content at once: a reader never sees half a lock. */
function createWhole(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a lock whose owner is gone, unless somebody else has replaced it meanwhile. */
function removeAbandoned(path: string, text: string): void {
  const aside = `${path}.abandoned-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') === text) rmSync(aside);
  else renameSync(aside, path);
}

/** The program that holds the lock now, or undefined when nobody does (an abandoned lock counts as free). */
export function lockOwner(path: string): RunningProgram | undefined {
  const owner = read(path)?.holder?.owner;
  return owner !== undefined && stillRuns(owner) ? owner : undefined;
}

/**
 * Takes the lock. A lock whose owner was killed is taken over, after ending the server the owner left behind
 * (verified by pid and start time).
 * @throws EngineUnavailable when a living program holds it.
 */
export async function takeLock(path: string, what: string, log: Log): Promise<DataLock> {
  const owner = programOf(process.pid) ?? { pid: process.pid, startedAt: '' };
  mkdirSync(dirname(path), { recursive: true });
  let text = JSON.stringify({ owner } satisfies Holder);
  while (!createWhole(path, text)) {
    const found = read(path);
    if (found === undefined) continue;
    const { holder } = found;
    if (holder !== undefined && stillRuns(holder.owner)) {
      throw new EngineUnavailable(
        `${what} in ${dirname(path)} is already in use by program ${holder.owner.pid}. Stop that one first, or set DATA_DIR to another directory.`,
      );
    }
    if (holder?.child !== undefined && stillRuns(holder.child)) {
      log(`Ending ${what} (pid ${holder.child.pid}), left behind by a program that was killed.`);
      await endProgram(holder.child, holder.child.stopSignal);
    }
    removeAbandoned(path, found.text);
  }
  return {
    recordChild(child, stopSignal) {
      text = JSON.stringify({ owner, child: { ...child, stopSignal } } satisfies Holder);
      const draft = `${path}.${process.pid}`;
      writeFileSync(draft, text, { mode: 0o600 });
      renameSync(draft, path);
    },
    release() {
      if (read(path)?.text === text) rmSync(path, { force: true });
    },
  };
}
