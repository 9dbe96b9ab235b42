import type { Database, Session } from '../postgres/database';
import type { ServiceLine, ServiceLog } from './port';

const APPEND = `INSERT INTO service_log (at, service, what, outcome, channel, client, beneficiary, person, ref) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** Looked at again within the hour by the same colleague, it is one look: a page asks for several things, and asks again. */
const SEEN = `INSERT INTO service_log (at, service, what, outcome, channel, client, beneficiary, person, ref)
  SELECT $1, 'case-handling', 'evidence-read', $2, $3, $4, p.beneficiary, p.person, $5 FROM persons p
  WHERE p.person = ANY ($6) AND NOT EXISTS (SELECT FROM service_log l WHERE l.service = 'case-handling' AND l.person = p.person
    AND l.ref = $5 AND l.client = $4 AND l.outcome = $2 AND l.at > $1::timestamptz - interval '1 hour')
  ORDER BY p.person`;

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
  return {
    append: (line) => appendLine(db, line),
    async seenByStaff({ at, by, role, office, people, ref }) {
      const values = [at, role, office ?? 'tajdid', by, ref, [...people]];
      await db.query({ name: 'service-log-seen', text: SEEN, values });
    },
  };
}
