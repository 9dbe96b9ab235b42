import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { EngineSilent } from '../client/cases';
import type { EngineOperations } from '../client/operations';
import { History } from '../ops/history';
import { spread } from '../ops/spread';
import type { KeptHistory } from '../worker/replay';
import { cannotRead } from './files';

/** Where kept histories are, in a checkout. */
export const KEPT = join('test', 'histories');

/** What there is to replay, how much of it, and what of it cannot be read: one bad file must not hide what the others say. */
export interface Histories {
  readonly total: number;
  /** Open workflows that are left out, because there are too many. */
  readonly leftOut: number;
  /** Throws EngineSilent: an engine that is away says nothing of its histories. */
  read(unreadable: string[]): AsyncIterable<KeptHistory>;
}

/** The files of kept histories, in order; looked up before anything is replayed. */
async function filesIn(dir: string, mayBeMissing: boolean): Promise<readonly string[]> {
  try {
    const names = (await readdir(dir)).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => join(dir, name));
  } catch (error) {
    if (mayBeMissing && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cannotRead('--dir', dir, error);
  }
}

async function* readEach(
  names: readonly string[],
  of: (name: string) => Promise<KeptHistory>,
  unreadable: string[],
): AsyncGenerator<KeptHistory> {
  for (const name of names) {
    const history = await of(name).catch((error: unknown) => {
      if (error instanceof EngineSilent) throw error;
      return undefined;
    });
    if (history && History.safeParse(history.history).success) yield history;
    else unreadable.push(name);
  }
}

/** @param mayBeMissing a program that was built has no folder of them, and they are not all that was asked for */
export async function keptIn(dir: string, mayBeMissing: boolean): Promise<Histories> {
  const files = await filesIn(dir, mayBeMissing);
  return {
    total: files.length,
    leftOut: 0,
    read: (unreadable) =>
      readEach(
        files,
        async (path) => ({
          caseId: basename(path, '.json'),
          history: JSON.parse(await readFile(path, 'utf8')) as unknown,
        }),
        unreadable,
      ),
  };
}

/** Of too many some of every age: what was begun by old code is what a new one fits least. */
export async function withLive(
  kept: Histories,
  engine: Pick<EngineOperations, 'openRuns' | 'history'>,
  most: number,
): Promise<Histories> {
  const open = await engine.openRuns();
  const cases = spread(open, most);
  return {
    total: kept.total + cases.length,
    leftOut: open.length - cases.length,
    async *read(unreadable) {
      yield* kept.read(unreadable);
      yield* readEach(cases, async (caseId) => ({ caseId, history: await engine.history(caseId) }), unreadable);
    },
  };
}
