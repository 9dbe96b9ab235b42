import type { FamilyLink } from '../../domain/family/graph';
import type { FamilyEntry, FamilyEvent } from '../../domain/family/record';
import type { Session, Source } from '../postgres/database';
import type { CertificateStanding, FamilyPerson } from './family-port';

/** Of an entry `e`: nothing has taken it back. */
export const STANDS = 'NOT EXISTS (SELECT FROM register_reversals r WHERE r.entry = e.id)';

const PEOPLE = `SELECT p.person, p.sex, p.birth_date AS "birthDate", p.died_on AS "diedOn", p.blocked, p.has_address AS "hasAddress",
    EXISTS (SELECT FROM cards c WHERE c.person = p.person AND c.status IN ('valid', 'lost', 'superseded')) AS "hasCard",
    p.unpaid_fines AS "unpaidFines",
    EXISTS (SELECT FROM register_entries e WHERE e.person = p.person AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'member-identification'
      AND ${STANDS}) AS identified,
    EXISTS (SELECT FROM register_entries e WHERE e.person = p.person AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'member-identification')
      AS "wasIdentified",
    (p.blocked AND (SELECT bool_and(NOT ${STANDS}) FROM register_entries e
      WHERE e.person = p.person AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'birth')) IS TRUE AS revoked,
    (SELECT max(k.birth_date) FROM family_links l JOIN persons k ON k.person = l.person
      WHERE l.relative = p.person AND l.kind = 'mother') AS "boreOn",
    (SELECT max(k.birth_date) FROM family_links l JOIN persons k ON k.person = l.person
      WHERE l.relative = p.person AND l.kind = 'father') AS "begotOn"
  FROM persons p WHERE p.person = ANY ($1)`;

export const peopleOf = (session: Session, refs: readonly string[]): Promise<FamilyPerson[]> =>
  session.query<FamilyPerson>({ name: 'family-people', text: PEOPLE, values: [[...new Set(refs)]] });

/** UNION leaves out what was seen before, so a broken graph ends the walk too. */
const GRAPH = `WITH RECURSIVE line (person) AS (
    SELECT unnest($1::text[])
    UNION
    SELECT l.relative FROM line JOIN family_links l ON l.person = line.person AND l.kind IN ('father', 'mother')
  )
  SELECT l.person, l.relative, l.kind, l.valid_from AS "from", l.valid_to AS "to" FROM family_links l
    WHERE l.person IN (SELECT person FROM line) AND l.kind <> 'spouse'
  UNION ALL
  SELECT l.person, l.relative, l.kind, l.valid_from, l.valid_to FROM family_links l WHERE l.kind = 'spouse' AND (l.person = ANY ($1) OR l.relative = ANY ($1))
  ORDER BY 1, 2, 3, 4`;

type LinkRow = Omit<FamilyLink, 'to'> & { readonly to: string | null };
const linkOf = ({ to, ...link }: LinkRow): FamilyLink => ({ ...link, ...(to === null ? {} : { to }) });

export async function graphOf(session: Session, people: readonly string[]): Promise<FamilyLink[]> {
  const rows = await session.query<LinkRow>({
    name: 'family-graph',
    text: GRAPH,
    values: [[...new Set(people)]],
  });
  return rows.map(linkOf);
}

/** Each marriage is looked for from both of its ends, so that an index leads to it. */
const KIN = `WITH RECURSIVE official (person) AS (SELECT person FROM staff_persons WHERE staff = $1),
  everybody (person) AS (SELECT person FROM official UNION SELECT unnest($2::text[])),
  marriages AS (
    SELECT l.person, l.relative, l.kind, l.valid_from, l.valid_to FROM everybody e JOIN family_links l ON l.person = e.person AND l.kind = 'spouse'
    UNION
    SELECT l.person, l.relative, l.kind, l.valid_from, l.valid_to FROM everybody e JOIN family_links l ON l.relative = e.person AND l.kind = 'spouse'
  ),
  line (person) AS (
    SELECT person FROM (SELECT person FROM everybody UNION SELECT person FROM marriages UNION SELECT relative FROM marriages) AS around
    UNION
    SELECT l.relative FROM line JOIN family_links l ON l.person = line.person AND l.kind IN ('father', 'mother')
  ),
  links AS (
    SELECT l.person, l.relative, l.kind, l.valid_from, l.valid_to FROM line JOIN family_links l ON l.person = line.person AND l.kind <> 'spouse'
    UNION ALL
    SELECT * FROM marriages
  )
  SELECT (SELECT person FROM official) AS official,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('person', person, 'relative', relative, 'kind', kind, 'from', valid_from, 'to', valid_to)
      ORDER BY person, relative, kind, valid_from), '[]') FROM links) AS links`;

export async function kinAroundOf(
  db: Source,
  staff: string,
  people: readonly string[],
): Promise<{ official: string | null; graph: FamilyLink[] }> {
  const [row] = await db.query<{ official: string | null; links: readonly LinkRow[] }>({
    name: 'family-kin',
    text: KIN,
    values: [staff, [...new Set(people)]],
  });
  return { official: row?.official ?? null, graph: (row?.links ?? []).map(linkOf) };
}

const BIRTHS = `SELECT p.person, p.birth_date AS "birthDate", p.sex,
    (SELECT f.relative FROM family_links f WHERE f.person = p.person AND f.kind = 'father' LIMIT 1) AS father,
    (SELECT m.relative FROM family_links m WHERE m.person = p.person AND m.kind = 'mother' LIMIT 1) AS mother
  FROM persons p WHERE p.birth_date BETWEEN $2 AND $3 AND NOT p.blocked
    AND p.person IN (SELECT l.person FROM family_links l WHERE l.relative = ANY ($1) AND l.kind IN ('father', 'mother'))
  ORDER BY p.birth_date, p.person`;

export const birthsOf = (db: Source, parents: readonly string[], from: string, to: string) =>
  db.query<{ person: string; birthDate: string; sex: 'M' | 'F'; father: string | null; mother: string | null }>({
    text: BIRTHS,
    values: [parents, from, to],
  });

interface EntryRow {
  readonly key: string;
  readonly caseId: string | null;
  readonly kind: string;
  readonly facts: Record<string, unknown>;
}

const ENTRIES = `SELECT e.key, e.case_id AS "caseId", e.kind, e.facts FROM register_concerns c JOIN register_entries e ON e.id = c.entry
  WHERE c.person = $1 ORDER BY e.id`;

/** The event as it was entered, without what the register keeps beside it. */
export const eventOf = ({ notice: _notice, voided: _voided, ...event }: Record<string, unknown>): FamilyEvent =>
  event as unknown as FamilyEvent;

export async function entriesAbout(db: Source, person: string): Promise<FamilyEntry[]> {
  const rows = await db.query<EntryRow>({ text: ENTRIES, values: [person] });
  return rows.map(({ key, caseId, kind, facts }) => ({
    key,
    caseId,
    entry:
      kind === 'family-reversal'
        ? { kind: 'reversal', reverses: facts.reverses as string, why: facts.why as 'corrected' | 'revoked' }
        : eventOf(facts),
  }));
}

const REGISTRATION = `SELECT e.key, e.case_id AS "caseId", e.kind, e.facts FROM register_entries e
  WHERE e.key = $1 AND e.kind = 'family-event' AND ${STANDS}`;

export async function standingRegistration(
  db: Source,
  key: string,
): Promise<{ event: FamilyEvent; caseId: string | null } | null> {
  const [row] = await db.query<EntryRow>({ text: REGISTRATION, values: [key] });
  return row ? { event: eventOf(row.facts), caseId: row.caseId } : null;
}

/** From an entry by what took it back to what was entered instead. */
const STANDING_FOR = `WITH RECURSIVE line (id) AS (
    SELECT id FROM register_entries WHERE key = $1 AND kind = 'family-event'
    UNION
    SELECT i.id FROM line JOIN register_reversals r ON r.entry = line.id JOIN register_entries v ON v.id = r.by
      JOIN register_entries i ON i.key = v.key || '/instead'
  )
  SELECT e.key, e.case_id AS "caseId", e.kind, e.facts FROM line JOIN register_entries e USING (id) WHERE ${STANDS}`;

export async function standingEntryFor(
  db: Source,
  key: string,
): Promise<{ key: string; event: FamilyEvent; caseId: string | null } | null> {
  const [row] = await db.query<EntryRow>({ name: 'family-standing-for', text: STANDING_FOR, values: [key] });
  return row ? { key: row.key, event: eventOf(row.facts), caseId: row.caseId } : null;
}

const BY_NOTICE = `SELECT e.case_id AS "caseId" FROM register_entries e
  WHERE e.facts ? 'notice' AND e.facts ->> 'notice' = $1 AND ${STANDS}`;

export async function standingByNotice(session: Session, notice: string): Promise<{ caseId: string | null } | null> {
  const [row] = await session.query<{ caseId: string | null }>({ text: BY_NOTICE, values: [notice] });
  return row ?? null;
}

const STANDING = `SELECT c.serial, c.case_id AS "caseId", c.issued_on AS "issuedOn", e.facts ->> 'kind' AS event, e.facts ->> 'on' AS "on",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('why', m.why, 'on', (r.recorded_at AT TIME ZONE 'Asia/Riyadh')::date) ORDER BY m.entry), '[]')
      FROM document_marks m JOIN register_entries r ON r.id = m.entry WHERE m.kind = 'certificate' AND m.serial = c.serial) AS marks,
    ARRAY (SELECT person FROM register_concerns WHERE entry = e.id ORDER BY 1) AS concerned,
    (SELECT n.serial FROM register_reversals r JOIN register_entries v ON v.id = r.by JOIN register_entries i ON i.key = v.key || '/instead'
      JOIN certificates n ON n.entry = i.id WHERE r.entry = e.id ORDER BY n.serial LIMIT 1) AS "replacedBy"
  FROM certificates c JOIN register_entries e ON e.id = c.entry WHERE c.serial = $1`;

export async function standingOfCertificate(db: Source, serial: string): Promise<CertificateStanding | null> {
  const [row] = await db.query<CertificateStanding>({
    name: 'certificate-standing',
    text: STANDING,
    values: [serial],
  });
  return row ?? null;
}
