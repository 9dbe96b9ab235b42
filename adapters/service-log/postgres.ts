import type { Database, Session } from '../postgres/database';
import type { ServiceLine, ServiceLog } from './port';

const APPEND = `INSERT INTO service_log (at, service, what, outcome, channel, client, beneficiary, person, ref) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** On a session of the caller's, where the line belongs to a transaction. */
export async function appendLine(session: Session, line: ServiceLine): Promise<void> {
  const { at, service, what, outcome, channel, client, beneficiary, person, ref = null } = line;
  await session.query({
    name: 'service-log-append',
    text: APPEND,
    values: [at, service, what, outcome, channel, client, beneficiary, person, ref],
  });
}

export function createServiceLog(database: Database): ServiceLog {
  const db = database.from('register');
  return { append: (line) => appendLine(db, line) };
}
