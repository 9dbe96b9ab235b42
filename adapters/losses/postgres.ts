import type { Database } from '../postgres/database';
import { reportLost } from '../register/losses';
import { appendLine } from '../service-log/postgres';
import type { Losses } from './port';

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
  };
}
