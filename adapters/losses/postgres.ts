import type { Database } from '../postgres/database';
import { reportLost } from '../register/losses';
import { appendLine } from '../service-log/postgres';
import type { Losses } from './port';

const REPORTED = `SELECT l.person, l.ref AS serial, e.effective_on AS "reportedOn"
  FROM service_log l JOIN register_entries e ON e.key = 'lost:' || l.ref
  WHERE l.at >= $1 AND l.at < $2 AND l.service = 'card-loss' AND l.what = 'loss-reported' ORDER BY l.seq`;

export function createLosses(database: Database): Losses {
  const db = database.from('register');
  return {
    report: ({ person, serial, lostOn }, by, at) =>
      db.transaction(async (session) => {
        const { fresh, ...loss } = await reportLost(session, { person, serial, lostOn, caseId: null });
        if (fresh) {
          const what = { service: 'card-loss', what: 'loss-reported', outcome: 'served' } as const;
          await appendLine(session, { at, ...what, ...by, person, ref: serial });
        }
        return loss;
      }),
    reported: (since, until) => db.query({ text: REPORTED, values: [since, until] }),
  };
}
