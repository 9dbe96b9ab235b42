import { marriagesClash, type FamilyLimits } from '../../domain/family/objections';
import { peopleIn, type FamilyEvent } from '../../domain/family/record';
import type { Session } from '../postgres/database';
import type { AmendOrder, ChildName, Dependent } from './family-port';
import { eventOf, STANDS } from './family-reads';
import {
  apply,
  enter,
  entryUnder,
  insertEntry,
  lockParents,
  lockPeople,
  mainPerson,
  objectTo,
  refusedBy,
  standingOf,
} from './family-writes';
import type { PersonRecord } from './record';

/** Whatever the child did or had done since, but for being identified. */
const ON_BIRTH = `SELECT 1 FROM register_concerns c JOIN register_entries e ON e.id = c.entry WHERE c.person = $2 AND e.id > $1
  AND e.kind = 'family-event' AND e.facts ->> 'kind' <> 'member-identification' AND ${STANDS} LIMIT 1`;
const ON_MARRIAGE = 'SELECT 1 FROM family_links WHERE entry = $1 AND closed_by IS NOT NULL';
/** A death found no marriage to end, and a marriage of the same two nothing that stood in its way. */
const ON_DIVORCE = `SELECT 1 FROM register_concerns c JOIN register_entries e ON e.id = c.entry WHERE c.person IN ($2, $3) AND e.id > $1
  AND e.kind = 'family-event' AND ${STANDS} AND (e.facts ->> 'kind' = 'death' AND e.person IN ($2, $3)
    OR e.facts ->> 'kind' = 'marriage' AND e.facts ->> 'husband' = $2 AND e.facts ->> 'wife' = $3) LIMIT 1`;
/** The widowed died in their turn: their death found no marriage to end. */
const ON_DEATH = `SELECT 1 FROM family_links l JOIN register_entries e ON e.person IN (l.person, l.relative) AND e.person <> $2
  WHERE l.closed_by = $1 AND e.id > $1 AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'death' AND ${STANDS} LIMIT 1`;

/** What was built on the entry since: such an entry is taken back from the top, never from under it. */
async function somethingRestsOn(session: Session, event: FamilyEvent, entry: number): Promise<boolean> {
  const found = async (text: string, ...values: string[]): Promise<boolean> =>
    (await session.query({ text, values: [entry, ...values] })).length > 0;
  switch (event.kind) {
    case 'birth':
      return found(ON_BIRTH, event.child);
    case 'marriage':
      return found(ON_MARRIAGE);
    case 'divorce':
      return found(ON_DIVORCE, event.husband, event.wife);
    case 'death':
      return found(ON_DEATH, event.person);
    case 'member-identification':
    case 'enrolled-parent':
      return false;
  }
}

const PARENTAGE = `SELECT e.id, e.facts FROM register_entries e WHERE e.person = $1 AND e.kind = 'family-event'
  AND e.facts ->> 'kind' IN ('birth', 'member-identification', 'enrolled-parent') AND ${STANDS} ORDER BY e.facts ->> 'kind' <> 'birth', e.id`;

/** Several entries may tell of one tie, and only the first made it, a birth before any other: without that one the next does. */
async function retie(session: Session, child: string): Promise<void> {
  await session.query({ text: `DELETE FROM family_links WHERE person = $1 AND kind <> 'spouse'`, values: [child] });
  const entries = await session.query<{ id: number; facts: Record<string, unknown> }>({
    text: PARENTAGE,
    values: [child],
  });
  for (const { id, facts } of entries) await apply(session, eventOf(facts), id);
}

async function takeBack(
  session: Session,
  event: FamilyEvent,
  entry: number,
  by: number,
  replaced: boolean,
): Promise<void> {
  await session.query({ text: 'INSERT INTO register_reversals (entry, by) VALUES ($1, $2)', values: [entry, by] });
  if (event.kind === 'birth' || event.kind === 'member-identification') await retie(session, mainPerson(event));
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

const CERTIFICATES = `SELECT 'certificate' AS kind, c.serial, e.person AS holder FROM certificates c JOIN register_entries e ON e.id = c.entry WHERE c.entry = $1`;
/** An identification says again what the birth said. */
const IDENTIFICATIONS = `SELECT 'certificate' AS kind, c.serial, e.person AS holder FROM certificates c JOIN register_entries e ON e.id = c.entry
  WHERE e.person = $1 AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'member-identification' AND ${STANDS}`;
const CARDS = `SELECT 'card' AS kind, serial, person AS holder FROM cards WHERE person = $1 AND status IN ('valid', 'reserved')`;
const MARKED = `SELECT m.kind, m.serial, coalesce(k.person, e.person) AS holder FROM document_marks m
  LEFT JOIN cards k ON m.kind = 'card' AND k.serial = m.serial
  LEFT JOIN certificates c ON m.kind = 'certificate' AND c.serial = m.serial LEFT JOIN register_entries e ON e.id = c.entry
  WHERE m.entry = $1 ORDER BY 1, 2`;

/**
 * A card says when its holder was born and under what name, so it rests on the birth; and the first one was issued because of the
 * identification, whichever case asked for it and however often it was renewed since. One that is still being made does too: its
 * mark stands when it is handed over.
 */
async function dependentsOf(
  session: Session,
  event: FamilyEvent,
  entry: number,
  replaced: boolean,
): Promise<Dependent[]> {
  const ask = (text: string, value: string | number) => session.query<Dependent>({ text, values: [value] });
  const person = mainPerson(event);
  const cards = event.kind === 'birth' || (event.kind === 'member-identification' && !replaced);
  const found = [
    ...(await ask(CERTIFICATES, entry)),
    ...(event.kind === 'birth' ? await ask(IDENTIFICATIONS, person) : []),
    ...(cards ? await ask(CARDS, person) : []),
  ];
  return found.sort((a, b) => `${a.kind} ${a.serial}`.localeCompare(`${b.kind} ${b.serial}`));
}

/** What is left has to make sense too: nobody is married twice over because of what was taken back. */
async function refuseClash(session: Session, people: readonly string[], limits: FamilyLimits): Promise<void> {
  if (marriagesClash(people, await standingOf(session, people), limits)) throw refusedBy('later-entries-rest-on-it');
}

/** What a birth says of the child, and the record of that person says too. A name that is not given stays. */
export type Born = Pick<PersonRecord, 'birthDate' | 'sex'> & {
  readonly name?: ChildName;
  /** Where the birth has another father now. */
  readonly father?: { readonly was: string; readonly is: string };
};

/** What the register holds of a child sealed under its own key. */
export interface Births {
  /** The name as the record has it, sealed for an entry; undefined of somebody who was erased. */
  nameOf(session: Session, person: string): Promise<Buffer | undefined>;
  /** Changes what a birth says of a person wherever the register holds it. */
  change(session: Session, person: string, born: Born): Promise<void>;
}

/** Takes an event back, and enters what takes its place, in the caller's transaction. Answers the documents that rested on it. */
export async function amendEntry(session: Session, order: AmendOrder, births: Births): Promise<readonly Dependent[]> {
  const { key, caseId, registration, why, replacement, limits, childName } = order;
  const original = await entryUnder(session, registration);
  if (!original) throw refusedBy('registration-unknown');
  const event = eventOf(original.facts);
  await lockParents(session);
  const concerned = await session.query<{ person: string }>({
    text: 'SELECT person FROM register_concerns WHERE entry = $1',
    values: [original.id],
  });
  const people = [
    ...new Set([...concerned.map(({ person }) => person), ...(replacement ? peopleIn(replacement) : [])]),
  ];
  await lockPeople(session, people);
  const made = await entryUnder(session, key);
  if (made) return session.query<Dependent>({ text: MARKED, values: [made.id] });
  const [reversed] = await session.query({
    text: 'SELECT 1 FROM register_reversals WHERE entry = $1',
    values: [original.id],
  });
  if (reversed) throw refusedBy('already-reversed');
  if (await somethingRestsOn(session, event, original.id)) throw refusedBy('later-entries-rest-on-it');

  const dependents = await dependentsOf(session, event, original.id, replacement !== undefined);
  const restored = event.kind === 'death' ? ((original.facts.voided as string[] | undefined) ?? []) : [];
  const facts = { kind: 'reversal', reverses: registration, why, ...(restored.length > 0 ? { restored } : {}) };
  const by = await insertEntry(session, {
    key,
    person: mainPerson(event),
    kind: 'family-reversal',
    caseId,
    on: event.on,
    facts,
    // What an entry from before names were kept with births called the child would else be lost with a new name.
    ...(event.kind === 'birth' && !original.sealed ? { sealed: await births.nameOf(session, event.child) } : {}),
  });
  await session.query({
    text: 'INSERT INTO register_concerns (person, entry) SELECT person, $2 FROM register_concerns WHERE entry = $1',
    values: [original.id, by],
  });
  await takeBack(session, event, original.id, by, replacement !== undefined);
  if (replacement) {
    if (replacement.kind === 'birth')
      await births.change(session, replacement.child, {
        birthDate: replacement.on,
        sex: replacement.sex,
        ...(childName ? { name: childName } : {}),
        ...(event.kind === 'birth' && event.father !== replacement.father
          ? { father: { was: event.father, is: replacement.father } }
          : {}),
      });
    await objectTo(session, replacement, limits);
    await enter(session, {
      key: `${key}/instead`,
      caseId,
      event: replacement,
      ...(original.facts.notice ? { notice: original.facts.notice as string } : {}),
      ...(replacement.kind === 'birth' ? { sealed: await births.nameOf(session, replacement.child) } : {}),
    });
    if (replacement.kind === 'birth') await retie(session, replacement.child);
  }
  await refuseClash(session, people, limits);
  for (const { kind, serial } of dependents) {
    await session.query({
      text: 'INSERT INTO document_marks (kind, serial, entry, why) VALUES ($1, $2, $3, $4)',
      values: [kind, serial, by, why],
    });
  }
  return dependents;
}
