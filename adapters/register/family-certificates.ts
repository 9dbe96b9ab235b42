import { peopleIn } from '../../domain/family/record';
import type { Source } from '../postgres/database';
import type { FamilyPeople } from './family-people';
import type { FamilyRegister } from './family-port';
import { eventOf } from './family-reads';
import { refusedBy } from './family-writes';

export async function certify(
  db: Source,
  { key, caseId, registration }: Parameters<FamilyRegister['certify']>[0],
): ReturnType<FamilyRegister['certify']> {
  await db.query({
    text: `INSERT INTO certificates (serial, key, case_id, entry)
      SELECT 'FC' || lpad(nextval('certificate_serials')::text, 8, '0'), $1, $2, id FROM register_entries WHERE key = $3 ON CONFLICT (key) DO NOTHING`,
    values: [key, caseId, registration],
  });
  const [row] = await db.query<{ serial: string }>({
    text: 'SELECT serial FROM certificates WHERE key = $1',
    values: [key],
  });
  if (!row) throw refusedBy('registration-unknown');
  return row;
}

export async function certificate(
  db: Source,
  people: FamilyPeople,
  serial: string,
): ReturnType<FamilyRegister['certificate']> {
  const [row] = await db.query<{
    issuedOn: string;
    key: string;
    facts: Record<string, unknown>;
    marks: ('corrected' | 'revoked')[];
  }>({
    text: `SELECT c.issued_on AS "issuedOn", e.key, e.facts, ARRAY (SELECT m.why FROM document_marks m WHERE m.kind = 'certificate' AND m.serial = c.serial ORDER BY m.entry) AS marks
      FROM certificates c JOIN register_entries e ON e.id = c.entry WHERE c.serial = $1`,
    values: [serial],
  });
  if (!row) return null;
  const event = eventOf(row.facts);
  const records = await people.recordsOf(peopleIn(event));
  // What was certified of a child is the name in the entry, and not the one that a correction has given it since.
  const named = event.kind === 'birth' ? await people.namedIn(row.key) : null;
  const called = Object.fromEntries(
    [...records].map(([person, { nameAr, nameEn, birthDate }]) => [
      person,
      { nameAr, nameEn, ...(event.kind === 'birth' && person === event.child ? named : {}), birthDate },
    ]),
  );
  return { serial, issuedOn: row.issuedOn, event, marks: row.marks, people: called };
}
