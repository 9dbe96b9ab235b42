import { createCaseChanges } from '../adapters/read-model/changes';
import type { Database } from '../adapters/postgres/database';

export interface Endings {
  /** The status that the case ends in; to be asked before it is filed, so that none is missed. */
  of(caseId: string): Promise<string>;
  close(): Promise<void>;
}

/** Waits for cases to close without asking for each: by the notice of the append that closed it, and by a look at all after a gap. */
export async function watchEndings(database: Database, ends: ReadonlySet<string>): Promise<Endings> {
  const waiting = new Map<string, (status: string) => void>();
  const ended = (caseId: string, status: string): void => {
    const tell = waiting.get(caseId);
    waiting.delete(caseId);
    tell?.(status);
  };
  const lookAtAll = async (): Promise<void> => {
    const rows = await database.from('case').query<{ id: string; status: string }>({
      text: 'SELECT case_id AS id, status FROM cases WHERE closed_at IS NOT NULL AND case_id = ANY ($1)',
      values: [[...waiting.keys()]],
    });
    for (const { id, status } of rows) ended(id, status);
  };
  const subscription = await createCaseChanges(database.url).subscribe(
    ({ caseId, status }) => {
      if (ends.has(status)) ended(caseId, status);
    },
    () => void lookAtAll(),
  );
  return {
    of: (caseId) => new Promise((resolve) => waiting.set(caseId, resolve)),
    close: () => subscription.close(),
  };
}
