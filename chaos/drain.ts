import { setTimeout as pause } from 'node:timers/promises';
import { createOperations } from '../adapters/operations/postgres';
import type { Database } from '../adapters/postgres/database';
import type { EngineOperations } from '../client/operations';
import type { Actor } from '../domain/case/model';

const OPERATOR: Actor = { id: 'chaos', role: 'operator' };
const PER_SECOND = 20;
/** Whatever the outside has been silent about for so long is asked after. */
const SILENT_FOR = 5_000;
const LOOK_AGAIN = 2_000;

export interface Drain {
  readonly database: Database;
  readonly engine: EngineOperations;
  readonly within: number;
  readonly say: (line: string) => void;
}

/** What an operator does in the morning: retries what has failed, verified, and has asked what the outside never told. */
export async function drain({ database, engine, within, say }: Drain): Promise<void> {
  const operations = createOperations(database);
  const open = async (): Promise<number> => {
    const [row] = await database
      .from('case')
      .query<{ n: number }>({ text: 'SELECT count(*) AS n FROM cases WHERE closed_at IS NULL' });
    return row?.n ?? 0;
  };
  for (let [round, until] = [1, Date.now() + within]; Date.now() < until; round++) {
    const left = await open();
    say(`${left} cases open`);
    if (left === 0) return;
    const id = `op_chaos_${round}`;
    const { cases } = await operations.plan({ id, actor: OPERATOR, scope: {}, perSecond: PER_SECOND });
    if (cases > 0) {
      await engine.startRetry({ operation: id, perSecond: PER_SECOND, stopped: false });
      await engine.retryEnded(id);
      const counts = (await operations.find(id))?.counts;
      say(
        `verified retry of ${cases} incidents: ${counts?.moved ?? 0} moved, ${counts?.['failed-again'] ?? 0} failed again`,
      );
    }
    const { found } = await engine.scanNow(SILENT_FOR);
    if (found > 0) say(`${found} silent waits: the outside was asked`);
    await pause(LOOK_AGAIN);
  }
}
