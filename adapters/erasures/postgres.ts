import type { Database } from '../postgres/database';
import type { Erasure, Erasures } from './port';

const RECENT = `SELECT id, person, asked_by AS "askedBy", asked_at AS "askedAt", asked_reason AS "askedReasonRef",
    confirmed_by AS "confirmedBy", confirmed_at AS "confirmedAt", confirmed_reason AS "confirmedReasonRef"
  FROM erasures ORDER BY id DESC LIMIT $1`;

export function createErasures(database: Database): Erasures {
  const db = database.from('vault');
  return {
    async ask({ person, by, reasonRef }) {
      const text = 'SELECT ask_erasure($1, $2, $3) AS id';
      const [row] = await db.query<{ id: number }>({ text, values: [person, by, reasonRef] });
      return row?.id ?? 0;
    },
    async confirm({ id, by, reasonRef }) {
      await db.query({ text: 'SELECT confirm_erasure($1, $2, $3)', values: [id, by, reasonRef] });
    },
    recent: (limit) => db.query<Erasure>({ text: RECENT, values: [limit] }),
  };
}
