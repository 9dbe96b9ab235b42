import type { Database } from '../postgres/database';
import type { Acts, KeptAct } from './acts-port';

export function createActs(database: Database): Acts {
  const db = database.from('case');
  return {
    async record({ what, about, actor, reasonRef }) {
      await db.query({
        text: 'INSERT INTO operator_acts (what, about, actor, reason_ref) VALUES ($1, $2, $3, $4)',
        values: [what, JSON.stringify(about), JSON.stringify(actor), reasonRef],
      });
    },
    recent: (limit, before) =>
      db.query<KeptAct>({
        text: `SELECT seq, what, about, actor, reason_ref AS "reasonRef", at FROM operator_acts
          WHERE $2::bigint IS NULL OR seq < $2 ORDER BY seq DESC LIMIT $1`,
        values: [limit, before ?? null],
      }),
  };
}
