import type { LocalDate } from '../../domain/time';
import type { Database } from '../postgres/database';
import { unsealRecord, type PersonRecord } from '../register/record';
import { personErased, type PersonKeys, type WrappedKey } from '../vault/person-keys';
import type { Access, AccessCursor, CardHeld, OwnCase, PersonalRecords, RegisterNote, Relative } from './port';

const PERSON = `SELECT p.sealed, p.died_on AS "diedOn", k.key_id AS "keyId", k.wrapped FROM persons p JOIN vault_keys k USING (person) WHERE p.person = $1`;

/** A card whose entry was amended since says so. */
const CARDS = `SELECT serial, type,
    CASE WHEN status = 'valid' AND EXISTS (SELECT FROM document_marks m WHERE m.kind = 'card' AND m.serial = cards.serial) THEN 'amended' ELSE status END AS status,
    issued_on AS "issuedOn", expires_on AS "expiresOn", valid_from AS "validFrom", valid_to AS "validTo"
  FROM cards WHERE person = $1 AND issued_on IS NOT NULL ORDER BY issued_on DESC, serial DESC`;

/** A link stands at one of the two; seen from the other, it has another name. */
const FAMILY = `WITH links AS (
    SELECT relative, kind AS relation, valid_from, valid_to FROM family_links WHERE person = $1
    UNION ALL
    SELECT person, CASE kind WHEN 'spouse' THEN 'spouse' WHEN 'guardian' THEN 'ward' ELSE 'child' END, valid_from, valid_to FROM family_links WHERE relative = $1)
  SELECT l.relative AS person, l.relation, l.valid_from AS "from", l.valid_to AS "to", p.birth_date AS "birthDate", p.sealed, k.key_id AS "keyId", k.wrapped
  FROM links l JOIN persons p ON p.person = l.relative JOIN vault_keys k ON k.person = l.relative ORDER BY p.birth_date, l.relative`;

/** Cases about the person, and those that concern them otherwise; those that are open first, which nobody may miss. */
const CASES = `SELECT case_id AS id, type, status, channel, filed_at AS "filedAt", closed_at AS "closedAt" FROM cases
  WHERE case_id IN (SELECT case_id FROM cases WHERE subject = $1
    UNION SELECT case_id FROM cases WHERE people @> ARRAY[$1])
  ORDER BY closed_at IS NOT NULL, filed_at DESC, case_id LIMIT $2`;

const ACCESSES = `WITH lines AS (
    SELECT seq, at, service, what, outcome, client, channel FROM service_log
    WHERE person = $1 AND service <> 'reminders' AND ($2::bigint IS NULL OR seq <= $2))
  SELECT max(seq) AS seq, (SELECT max(seq) FROM lines) AS top, max(at) AS at, count(*) AS times, service, what, outcome, client, channel FROM lines
  GROUP BY service, what, outcome, client, channel, riyadh_day(at)
  HAVING $3::bigint IS NULL OR max(seq) < $3 ORDER BY max(seq) DESC LIMIT $4`;

/** An entry about several people is filed under one of them: a marriage under the husband. */
const ENTRIES = `SELECT kind, effective_on AS "effectiveOn", recorded_at AS "recordedAt", case_id AS "caseId" FROM register_entries
  WHERE id IN (SELECT id FROM register_entries WHERE person = $1 UNION SELECT entry FROM register_concerns WHERE person = $1)
  ORDER BY id DESC LIMIT $2`;

type Sealed = WrappedKey & { readonly sealed: Buffer };

/** Rows of one list at most: in brief, and in detail. */
const BRIEF = 20;
const DETAIL = 500;

export function createPersonalRecords(database: Database, keys: PersonKeys): PersonalRecords {
  const db = database.from('register');
  const open = (person: string, row: Sealed): PersonRecord | null => {
    const key = keys.unwrap(person, row, 'register');
    return key && unsealRecord(key, person, row.sealed);
  };
  const relativeOf = ({
    person,
    relation,
    from,
    to,
    birthDate,
    ...row
  }: Omit<Relative, 'nameAr' | 'nameEn'> & Sealed): Relative[] => {
    const record = open(person, row);
    return record ? [{ person, relation, nameAr: record.nameAr, nameEn: record.nameEn, birthDate, from, to }] : [];
  };

  return {
    async accesses(person, after, limit) {
      const values = [person, after?.upTo ?? null, after?.before ?? null, limit + 1];
      const rows = await db.query<Access & { seq: number; top: number }>({
        name: 'record-accesses',
        text: ACCESSES,
        values,
      });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const next: AccessCursor | null = last ? { upTo: last.top, before: last.seq } : null;
      return { items: rows.slice(0, limit).map(({ seq: _seq, top: _top, ...access }) => access), next };
    },
    async read(person, detail) {
      const [row] = await db.query<Sealed & { diedOn: LocalDate | null }>({
        name: 'record-person',
        text: PERSON,
        values: [person],
      });
      if (!row) return null;
      const own = open(person, row);
      if (!own) throw personErased('register');
      const most = detail ? DETAIL : BRIEF;
      const [cards, family, cases, entries] = await Promise.all([
        db.query<CardHeld>({ name: 'record-cards', text: CARDS, values: [person] }),
        db.query<Parameters<typeof relativeOf>[0]>({ name: 'record-family', text: FAMILY, values: [person] }),
        db.query<OwnCase>({ name: 'record-cases', text: CASES, values: [person, most + 1] }),
        detail ? db.query<RegisterNote>({ name: 'record-entries', text: ENTRIES, values: [person, most + 1] }) : [],
      ]);
      const { phone, language, address, ...identity } = own;
      return {
        identity,
        contact: { phone, language, address },
        diedOn: row.diedOn,
        cards,
        family: family.flatMap(relativeOf),
        cases: cases.slice(0, most),
        entries: entries.slice(0, most),
        more: { cases: cases.length > most, entries: entries.length > most },
      };
    },
  };
}
