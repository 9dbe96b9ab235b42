import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../adapters/postgres/database';

/** Bytes of every file below a folder. */
export async function bytesBelow(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile())
      sum += await stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      );
  }
  return sum;
}

export interface Kept {
  readonly engine: number;
  /** The case log with its indexes. */
  readonly log: number;
  /** The rows that lists read, with theirs. */
  readonly lists: number;
  readonly database: number;
}

export async function bytesKept(database: Database, dataDir: string): Promise<Kept> {
  const [row] = await database.from('case').query<{ log: number; lists: number; database: number }>({
    text: `SELECT pg_total_relation_size('case_events') AS log, pg_total_relation_size('cases') AS lists, pg_database_size(current_database()) AS database`,
  });
  return { engine: await bytesBelow(join(dataDir, 'temporal')), ...(row ?? { log: 0, lists: 0, database: 0 }) };
}
