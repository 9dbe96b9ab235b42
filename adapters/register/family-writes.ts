import { OutsideFailure } from '../../domain/failures';
import { objectionTo, stateOf, type FamilyLimits, type Standing } from '../../domain/family/objections';
import { peopleIn, type FamilyEvent } from '../../domain/family/record';
import type { Session } from '../postgres/database';
import { graphOf, peopleOf } from './family-reads';

export const refusedBy = (code: string): OutsideFailure =>
  new OutsideFailure('refused', 'register', code, `the register does not let this in: ${code}`);

interface Entry {
  readonly id: number;
  readonly caseId: string | null;
  readonly facts: Record<string, unknown>;
  /** How a birth names the child; null in entries from before it was kept with them. */
  readonly sealed: Buffer | null;
}

/** Everybody in one order, so that two events about the same people wait for each other and never for ever. */
export async function lockPeople(session: Session, people: readonly string[]): Promise<void> {
  const rows = await session.query<{ person: string }>({
    text: 'SELECT person FROM persons WHERE person = ANY ($1) ORDER BY person FOR UPDATE',
    values: [[...new Set(people)]],
  });
  if (rows.length < new Set(people).size) throw refusedBy('person-unknown');
}

/** New parents are entered one at a time: a circle could otherwise be closed by two events that share nobody. */
export const lockParents = (session: Session): Promise<unknown> =>
  session.query({ text: `SELECT pg_advisory_xact_lock(hashtext('register-parents'))` });

export async function entryUnder(session: Session, key: string): Promise<Entry | undefined> {
  const [entry] = await session.query<Entry>({
    text: 'SELECT id, case_id AS "caseId", facts, sealed FROM register_entries WHERE key = $1',
    values: [key],
  });
  return entry;
}

/** What the register knows of these people, and of whoever they are or were married to. */
export async function standingOf(session: Session, people: readonly string[]): Promise<Standing> {
  const links = await graphOf(session, people);
  const spouses = links.flatMap(({ kind, person, relative }) => (kind === 'spouse' ? [person, relative] : []));
  const known = await peopleOf(session, [...people, ...spouses]);
  return { links, people: Object.fromEntries(known.map((each) => [each.person, stateOf(each)])) };
}

export async function objectTo(session: Session, event: FamilyEvent, limits: FamilyLimits): Promise<void> {
  const objection = objectionTo(event, await standingOf(session, peopleIn(event)), limits);
  if (objection) throw refusedBy(objection);
}

/** The person under whom an entry is filed; the others are in `register_concerns`. */
export function mainPerson(event: FamilyEvent): string {
  return peopleIn(event)[0] ?? '';
}

const WIDOWED = `INSERT INTO register_concerns (person, entry)
  SELECT DISTINCT CASE WHEN person = $2 THEN relative ELSE person END, $1::bigint FROM family_links WHERE closed_by = $1`;

const CONCERNS = 'INSERT INTO register_concerns (person, entry) SELECT DISTINCT unnest($1::text[]), $2::bigint';

export async function insertEntry(
  session: Session,
  row: {
    key: string;
    person: string;
    kind: string;
    caseId: string | null;
    on: string;
    facts: object;
    sealed?: Buffer | undefined;
  },
): Promise<number> {
  const [made] = await session.query<{ id: number }>({
    text: `INSERT INTO register_entries (key, person, kind, case_id, effective_on, facts, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    values: [row.key, row.person, row.kind, row.caseId, row.on, JSON.stringify(row.facts), row.sealed ?? null],
  });
  if (!made) throw new OutsideFailure('defect', 'register', 'entry-not-answered', 'making an entry gave no id');
  return made.id;
}

/** The entry of an event, and what follows from it. The people are locked and nothing stands against it. */
export async function enter(
  session: Session,
  order: {
    key: string;
    caseId: string | null;
    event: FamilyEvent;
    notice?: string;
    /** How a birth names the child. */
    sealed?: Buffer | undefined;
  },
): Promise<number> {
  const { key, caseId, event, notice, sealed } = order;
  const voided = event.kind === 'death' ? await validCards(session, event.person) : undefined;
  const facts = { ...event, ...(notice ? { notice } : {}), ...(voided ? { voided } : {}) };
  const id = await insertEntry(session, {
    key,
    person: mainPerson(event),
    kind: 'family-event',
    caseId,
    on: event.on,
    facts,
    sealed,
  });
  await session.query({ text: CONCERNS, values: [peopleIn(event), id] });
  await apply(session, event, id);
  // A death is in the record of the widowed too.
  if (event.kind === 'death') await session.query({ text: WIDOWED, values: [id, event.person] });
  return id;
}

const LINK = `INSERT INTO family_links (person, relative, kind, valid_from, entry)
  SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT FROM family_links WHERE person = $1 AND relative = $2 AND kind = $3 AND valid_to IS NULL)`;

const link = (
  session: Session,
  entry: number,
  person: string,
  relative: string,
  kind: string,
  from: string,
): Promise<unknown> => session.query({ text: LINK, values: [person, relative, kind, from, entry] });

const validCards = async (session: Session, person: string): Promise<string[]> =>
  (
    await session.query<{ serial: string }>({
      text: `SELECT serial FROM cards WHERE person = $1 AND status = 'valid'`,
      values: [person],
    })
  ).map(({ serial }) => serial);

/** Brings the tables to what the event says. */
export async function apply(session: Session, event: FamilyEvent, entry: number): Promise<void> {
  switch (event.kind) {
    case 'member-identification':
      return void (await link(session, entry, event.member, event.guardian, event.relation, event.on));
    case 'birth':
      await link(session, entry, event.child, event.father, 'father', event.on);
      return void (await link(session, entry, event.child, event.mother, 'mother', event.on));
    case 'marriage':
      return void (await link(session, entry, event.husband, event.wife, 'spouse', event.on));
    case 'divorce':
      return void (await session.query({
        text: `UPDATE family_links SET valid_to = $3, closed_by = $4 WHERE person = $1 AND relative = $2 AND kind = 'spouse' AND valid_to IS NULL`,
        values: [event.husband, event.wife, event.on, entry],
      }));
    case 'death':
      await session.query({
        text: 'UPDATE persons SET died_on = $2 WHERE person = $1',
        values: [event.person, event.on],
      });
      await session.query({
        text: `UPDATE family_links SET valid_to = $2, closed_by = $3 WHERE kind = 'spouse' AND valid_to IS NULL AND (person = $1 OR relative = $1)`,
        values: [event.person, event.on, entry],
      });
      return void (await session.query({
        text: `UPDATE cards SET status = 'voided', valid_to = $2, entry = $3 WHERE person = $1 AND status = 'valid'`,
        values: [event.person, event.on, entry],
      }));
    case 'enrolled-parent':
      return void (await link(session, entry, event.child, event.parent, event.as, event.on));
  }
}
