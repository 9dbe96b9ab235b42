import { peopleIn, type FamilyEvent } from '../../domain/family/record';
import type { Source } from '../postgres/database';
import type { FamilyPeople } from './family-people';
import type { CertificateRecord, FamilyRegister } from './family-port';
import { eventOf, STANDS } from './family-reads';
import { entryUnder, refusedBy } from './family-writes';
import type { PersonRecord } from './record';

/** What nobody is told of a child anywhere else: the number that the register gave it. The sex is what was certified. */
function bornIn(event: FamilyEvent, records: ReadonlyMap<string, PersonRecord>): Pick<CertificateRecord, 'child'> {
  const record = event.kind === 'birth' ? records.get(event.child) : undefined;
  if (event.kind !== 'birth' || !record) return {};
  const { number, birthPlaceAr, birthPlaceEn } = record;
  return { child: { number, sex: event.sex, birthPlaceAr, birthPlaceEn } };
}

export async function certify(
  db: Source,
  { key, caseId, registration }: Parameters<FamilyRegister['certify']>[0],
): ReturnType<FamilyRegister['certify']> {
  await db.query({
    text: `INSERT INTO certificates (serial, key, case_id, entry)
      SELECT 'FC' || lpad(nextval('certificate_serials')::text, 8, '0'), $1, $2, e.id FROM register_entries e
      WHERE e.key = $3 AND ${STANDS} ON CONFLICT (key) DO NOTHING`,
    values: [key, caseId, registration],
  });
  const [row] = await db.query<{ serial: string }>({
    text: 'SELECT serial FROM certificates WHERE key = $1',
    values: [key],
  });
  if (!row) throw refusedBy((await entryUnder(db, registration)) ? 'entry-reversed' : 'registration-unknown');
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
  return { serial, issuedOn: row.issuedOn, event, marks: row.marks, people: called, ...bornIn(event, records) };
}
