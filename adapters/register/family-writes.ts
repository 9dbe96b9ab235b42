import { OutsideFailure } from '../../domain/failures';
import { objectionTo, type FamilyLimits } from '../../domain/family/objections';
import { peopleIn, type CivilState, type FamilyEvent } from '../../domain/family/record';
import type { Session } from '../postgres/database';
import type { AmendOrder, Dependent } from './family-port';
import { eventOf, graphOf, peopleOf } from './family-reads';

export const refusedBy = (code: string): OutsideFailure =>
  new OutsideFailure('refused', 'register', code, `the register does not let this in: ${code}`);

interface Entry {
  readonly id: number;
  readonly caseId: string | null;
  readonly facts: Record<string, unknown>;
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
    text: 'SELECT id, case_id AS "caseId", facts FROM register_entries WHERE key = $1',
    values: [key],
  });
  return entry;
}

export async function objectTo(session: Session, event: FamilyEvent, limits: FamilyLimits): Promise<void> {
  const people = await peopleOf(session, peopleIn(event));
  const standing: Record<string, CivilState> = Object.fromEntries(
    people.map(({ person, birthDate, diedOn, identified }) => [
      person,
      { bornOn: birthDate, ...(diedOn ? { diedOn } : {}), ...(identified ? { identifiedOn: birthDate } : {}) },
    ]),
  );
  const objection = objectionTo(event, { links: await graphOf(session, peopleIn(event)), people: standing }, limits);
  if (objection) throw refusedBy(objection);
}

/** The person under whom an entry is filed; the others are in `register_concerns`. */
function mainPerson(event: FamilyEvent): string {
  return peopleIn(event)[0] ?? '';
}

const WIDOWED = `INSERT INTO register_concerns (person, entry)
  SELECT DISTINCT CASE WHEN person = $2 THEN relative ELSE person END, $1::bigint FROM family_links WHERE closed_by = $1`;

const CONCERNS = 'INSERT INTO register_concerns (person, entry) SELECT DISTINCT unnest($1::text[]), $2::bigint';

async function insertEntry(
  session: Session,
  row: { key: string; person: string; kind: string; caseId: string | null; on: string; facts: object },
): Promise<number> {
  const [made] = await session.query<{ id: number }>({
    text: `INSERT INTO register_entries (key, person, kind, case_id, effective_on, facts) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    values: [row.key, row.person, row.kind, row.caseId, row.on, JSON.stringify(row.facts)],
  });
  if (!made) throw new OutsideFailure('defect', 'register', 'entry-not-answered', 'making an entry gave no id');
  return made.id;
}

/** The entry of an event, and what follows from it. The people are locked and nothing stands against it. */
export async function enter(
  session: Session,
  order: { key: string; caseId: string | null; event: FamilyEvent; notice?: string },
): Promise<number> {
  const { key, caseId, event, notice } = order;
  const voided = event.kind === 'death' ? await validCards(session, event.person) : undefined;
  const facts = { ...event, ...(notice ? { notice } : {}), ...(voided ? { voided } : {}) };
  const id = await insertEntry(session, {
    key,
    person: mainPerson(event),
    kind: 'family-event',
    caseId,
    on: event.on,
    facts,
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

async function apply(session: Session, event: FamilyEvent, entry: number): Promise<void> {
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

/** What was built on the entry since: such an entry is taken back from the top, never from under it. */
async function somethingRestsOn(session: Session, event: FamilyEvent, entry: number): Promise<boolean> {
  if (event.kind === 'birth') {
    const [later] = await session.query({
      text: `SELECT 1 FROM register_concerns c JOIN register_entries e ON e.id = c.entry WHERE c.person = $1 AND e.id > $2 AND e.kind = 'family-event'
        AND e.facts ->> 'kind' <> 'member-identification' AND NOT EXISTS (SELECT FROM register_reversals r WHERE r.entry = e.id) LIMIT 1`,
      values: [event.child, entry],
    });
    return later !== undefined;
  }
  if (event.kind !== 'marriage') return false;
  const [ended] = await session.query({
    text: 'SELECT 1 FROM family_links WHERE entry = $1 AND closed_by IS NOT NULL',
    values: [entry],
  });
  return ended !== undefined;
}

async function takeBack(
  session: Session,
  event: FamilyEvent,
  entry: number,
  by: number,
  replaced: boolean,
): Promise<void> {
  await session.query({ text: 'INSERT INTO register_reversals (entry, by) VALUES ($1, $2)', values: [entry, by] });
  await session.query({ text: 'DELETE FROM family_links WHERE entry = $1', values: [entry] });
  await session.query({
    text: 'UPDATE family_links SET valid_to = NULL, closed_by = NULL WHERE closed_by = $1',
    values: [entry],
  });
  if (event.kind === 'death') {
    await session.query({ text: 'UPDATE persons SET died_on = NULL WHERE person = $1', values: [event.person] });
    await session.query({
      text: `UPDATE cards SET status = 'valid', valid_to = NULL, entry = $2 WHERE entry = $1 AND status = 'voided'
        AND NOT EXISTS (SELECT FROM cards v WHERE v.person = cards.person AND v.status = 'valid')`,
      values: [entry, by],
    });
  }
  if (event.kind === 'birth' && !replaced)
    await session.query({ text: 'UPDATE persons SET blocked = true WHERE person = $1', values: [event.child] });
}

const DEPENDENTS = `SELECT 'certificate' AS kind, c.serial, e.person AS holder FROM certificates c JOIN register_entries e ON e.id = c.entry WHERE c.entry = $1
  UNION ALL SELECT 'card', serial, person FROM cards WHERE case_id = ANY ($2) AND status = 'valid' ORDER BY 1, 2`;

/** Takes an event back, and enters what takes its place, in the caller's transaction. Answers the documents that rested on it. */
export async function amendEntry(session: Session, order: AmendOrder): Promise<Dependent[]> {
  const { key, caseId, registration, why, replacement, cardCases, limits } = order;
  const original = await entryUnder(session, registration);
  if (!original) throw refusedBy('registration-unknown');
  const event = eventOf(original.facts);
  await lockParents(session);
  await lockPeople(session, [...peopleIn(event), ...(replacement ? peopleIn(replacement) : [])]);
  const dependents = await session.query<Dependent>({ text: DEPENDENTS, values: [original.id, cardCases] });
  if (await entryUnder(session, key)) return dependents;
  const [reversed] = await session.query({
    text: 'SELECT 1 FROM register_reversals WHERE entry = $1',
    values: [original.id],
  });
  if (reversed) throw refusedBy('already-reversed');
  if (await somethingRestsOn(session, event, original.id)) throw refusedBy('later-entries-rest-on-it');

  const restored = event.kind === 'death' ? ((original.facts.voided as string[] | undefined) ?? []) : [];
  const facts = { kind: 'reversal', reverses: registration, why, ...(restored.length > 0 ? { restored } : {}) };
  const by = await insertEntry(session, {
    key,
    person: mainPerson(event),
    kind: 'family-reversal',
    caseId,
    on: event.on,
    facts,
  });
  await session.query({
    text: 'INSERT INTO register_concerns (person, entry) SELECT person, $2 FROM register_concerns WHERE entry = $1',
    values: [original.id, by],
  });
  await takeBack(session, event, original.id, by, replacement !== undefined);
  if (replacement) {
    if (replacement.kind === 'birth') {
      await session.query({
        text: 'UPDATE persons SET birth_date = $2, sex = $3 WHERE person = $1',
        values: [replacement.child, replacement.on, replacement.sex],
      });
    }
    await objectTo(session, replacement, limits);
    await enter(session, {
      key: `${key}/instead`,
      caseId,
      event: replacement,
      ...(original.facts.notice ? { notice: original.facts.notice as string } : {}),
    });
  }
  for (const { kind, serial } of dependents) {
    await session.query({
      text: 'INSERT INTO document_marks (kind, serial, entry, why) VALUES ($1, $2, $3, $4)',
      values: [kind, serial, by, why],
    });
  }
  return dependents;
}
