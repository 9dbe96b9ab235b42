import { OutsideFailure } from '../../domain/failures';
import { identityNumberFrom } from '../../domain/identity-number';
import { peopleIn, type FamilyEvent } from '../../domain/family/record';
import type { Database, Session } from '../postgres/database';
import type { PersonKeys } from '../vault/person-keys';
import type { Vault } from '../vault/port';
import type { Secrets } from '../vault/secrets';
import type { CertificateRecord, ChildName, FamilyRegister, NewChild, ReportedEvent } from './family-port';
import {
  birthsOf,
  entriesAbout,
  eventOf,
  graphOf,
  kinAroundOf,
  peopleOf,
  standingByNotice,
  standingOfCertificate,
  standingRegistration,
} from './family-reads';
import { amendEntry, type Births } from './family-amend';
import { enter, entryUnder, lockParents, lockPeople, objectTo, refusedBy } from './family-writes';
import {
  contactOf,
  nameIndexOf,
  ofAnotherFather,
  sealName,
  sealRecord,
  unsealName,
  unsealRecord,
  type PersonRecord,
} from './record';

/** A person of the register who is about to be: number, key and reference are there, the entry not yet. */
interface Expected {
  readonly person: string;
  readonly record: PersonRecord;
  readonly key: Buffer;
}

const ADD_PERSON = `INSERT INTO persons (person, beneficiary, sex, birth_date, blocked, has_address, losses, nationality, sealed, name_index, entry)
  VALUES ($1, $2, $3, $4, false, $5, 0, $6, $7, $8, $9)`;

/** Entries from before names were kept with them leave it to their reversal to say what they called the child. */
const NAMED = `SELECT e.person, coalesce(e.sealed, (SELECT v.sealed FROM register_reversals r JOIN register_entries v ON v.id = r.by WHERE r.entry = e.id)) AS sealed,
    k.key_id AS "keyId", k.wrapped FROM register_entries e JOIN vault_keys k USING (person)
  WHERE e.key = $1 AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'birth'`;

const RECORD = `SELECT p.person, p.sealed, k.key_id AS "keyId", k.wrapped FROM persons p JOIN vault_keys k USING (person) WHERE p.person = ANY ($1)`;

/** What nobody is told of a child anywhere else: the number that the register gave it. The sex is what was certified. */
function bornIn(event: FamilyEvent, records: ReadonlyMap<string, PersonRecord>): Pick<CertificateRecord, 'child'> {
  const record = event.kind === 'birth' ? records.get(event.child) : undefined;
  if (event.kind !== 'birth' || !record) return {};
  const { number, birthPlaceAr, birthPlaceEn } = record;
  return { child: { number, sex: event.sex, birthPlaceAr, birthPlaceEn } };
}

export function createFamilyRegister(
  database: Database,
  secrets: Secrets,
  keys: PersonKeys,
  personRef: Vault['personRef'],
): FamilyRegister {
  const db = database.from('register');

  const recordsOf = async (people: readonly string[]): Promise<Map<string, PersonRecord>> => {
    const rows = await db.query<{ person: string; sealed: Buffer; keyId: string; wrapped: Buffer | null }>({
      name: 'family-records',
      text: RECORD,
      values: [people],
    });
    return new Map(
      rows.flatMap(({ person, sealed, ...stored }) => {
        const key = keys.unwrap(person, stored, 'register');
        return key ? [[person, unsealRecord(key, person, sealed)] as const] : [];
      }),
    );
  };

  const recordOf = async (person: string): Promise<PersonRecord> => {
    const record = (await recordsOf([person])).get(person);
    if (!record) throw refusedBy('person-unknown');
    return record;
  };

  /** A number that nobody has. One that is given up unused stays unused. */
  const expect = async (event: Extract<ReportedEvent, { kind: 'birth' }>, child: NewChild): Promise<Expected> => {
    const father = await recordOf(event.father);
    for (;;) {
      const [next] = await db.query<{ n: number }>({ text: `SELECT nextval('identity_numbers') AS n` });
      const number = identityNumberFrom(`${father.number.charAt(0)}${String(next?.n ?? 0).padStart(8, '0')}`);
      const person = personRef(number);
      if ((await peopleOf(db, [person])).length > 0) continue;
      const record: PersonRecord = {
        number,
        ...child,
        sex: event.sex,
        birthDate: event.on,
        nationality: father.nationality,
        ...contactOf(father),
      };
      return { person, record, key: await keys.obtain(person, 'register') };
    }
  };

  const heldOf = async (session: Session, person: string) => {
    const [row] = await session.query<{ sealed: Buffer; keyId: string; wrapped: Buffer | null }>({
      text: RECORD,
      values: [[person]],
    });
    const key = row && keys.unwrap(person, row, 'register');
    return key ? { key, record: unsealRecord(key, person, row.sealed) } : undefined;
  };

  /** A corrected birth changes what cards and records print too. Of somebody who was erased only what is in clear is left to change. */
  const births: Births = {
    async nameOf(session, person) {
      const held = await heldOf(session, person);
      return held && sealName(held.key, person, held.record);
    },
    async change(session, person, { birthDate, sex, name, father }) {
      const held = await heldOf(session, person);
      const [was, is] = father ? [await heldOf(session, father.was), await heldOf(session, father.is)] : [];
      const reached = held && was && is ? ofAnotherFather(held.record, was.record, is.record) : held?.record;
      const record = reached && { ...reached, ...name, birthDate, sex };
      await session.query({
        text: `UPDATE persons SET birth_date = $2, sex = $3, sealed = coalesce($4, sealed), name_index = coalesce($5, name_index),
            nationality = coalesce($6, nationality), has_address = coalesce($7, has_address)
          WHERE person = $1`,
        values: [
          person,
          birthDate,
          sex,
          held && record ? sealRecord(held.key, person, record) : null,
          record ? nameIndexOf(secrets, record.nameAr, record.nameEn) : null,
          record?.nationality ?? null,
          record ? record.address !== null : null,
        ],
      });
    },
  };

  const namedIn = async (registration: string): Promise<ChildName | null> => {
    const [row] = await db.query<{ person: string; sealed: Buffer | null; keyId: string; wrapped: Buffer | null }>({
      name: 'family-named-in',
      text: NAMED,
      values: [registration],
    });
    if (!row) return null;
    const childsKey = keys.unwrap(row.person, row, 'register');
    if (!childsKey) return null;
    if (row.sealed) return unsealName(childsKey, row.person, row.sealed);
    const { nameAr, nameEn } = await recordOf(row.person);
    return { nameAr, nameEn };
  };

  const addPerson = async (session: Session, { person, record, key }: Expected, entry: number): Promise<void> => {
    const beneficiary = record.number.startsWith('1') ? 'citizen' : 'resident';
    const sealed = sealRecord(key, person, record);
    const names = nameIndexOf(secrets, record.nameAr, record.nameEn);
    await session.query({
      text: ADD_PERSON,
      values: [
        person,
        beneficiary,
        record.sex,
        record.birthDate,
        record.address !== null,
        record.nationality,
        sealed,
        names,
        entry,
      ],
    });
  };

  return {
    people: (refs) => peopleOf(db, refs),
    graph: (people) => graphOf(db, people),
    kinAround: (staff, people) => kinAroundOf(db, staff, people),
    births: (parents, from, to) => birthsOf(db, parents, from, to),
    byNotice: (notice) => standingByNotice(db, notice),
    async nameOf(person) {
      const { nameAr, nameEn } = await recordOf(person);
      return { nameAr, nameEn };
    },
    namedIn,
    entriesOf: (person) => entriesAbout(db, person),
    registrationOf: (key) => standingRegistration(db, key),
    async stateOf(key) {
      if (await standingRegistration(db, key)) return 'stands';
      return (await entryUnder(db, key)) ? 'reversed' : 'missing';
    },

    async register({ key, caseId, event, notice, child, limits }) {
      const before = await entryUnder(db, key);
      const expected = before === undefined && event.kind === 'birth' && child ? await expect(event, child) : undefined;
      return db.transaction(async (session) => {
        if (event.kind === 'member-identification') await lockParents(session);
        await lockPeople(session, event.kind === 'birth' ? [event.father, event.mother] : peopleIn(event));
        const made = await entryUnder(session, key);
        if (made)
          return { registration: key, ...(made.facts.kind === 'birth' ? { child: made.facts.child as string } : {}) };
        if (notice && (await standingByNotice(session, notice))) throw refusedBy('already-reported');
        if (event.kind === 'birth' && !expected)
          throw new OutsideFailure('defect', 'register', 'child-missing', 'a birth comes with the child');
        const whole: FamilyEvent = event.kind === 'birth' ? { ...event, child: expected?.person ?? '' } : event;
        await objectTo(session, whole, limits);
        const entry = await enter(session, {
          key,
          caseId,
          event: whole,
          ...(notice ? { notice } : {}),
          ...(expected ? { sealed: sealName(expected.key, expected.person, expected.record) } : {}),
        });
        if (expected) await addPerson(session, expected, entry);
        return { registration: key, ...(expected ? { child: expected.person } : {}) };
      });
    },

    async certify({ key, caseId, registration }) {
      await db.query({
        text: `INSERT INTO certificates (serial, key, case_id, entry)
          SELECT 'FC' || lpad(nextval('certificate_serials')::text, 8, '0'), $1, $2, e.id FROM register_entries e
          WHERE e.key = $3 AND NOT EXISTS (SELECT FROM register_reversals r WHERE r.entry = e.id) ON CONFLICT (key) DO NOTHING`,
        values: [key, caseId, registration],
      });
      const [row] = await db.query<{ serial: string }>({
        text: 'SELECT serial FROM certificates WHERE key = $1',
        values: [key],
      });
      if (!row) throw refusedBy((await entryUnder(db, registration)) ? 'entry-reversed' : 'registration-unknown');
      return row;
    },

    async certificate(serial) {
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
      const records = await recordsOf(peopleIn(event));
      // What was certified of a child is the name in the entry, and not the one that a correction has given it since.
      const named = event.kind === 'birth' ? await namedIn(row.key) : null;
      const people = Object.fromEntries(
        [...records].map(([person, { nameAr, nameEn, birthDate }]) => [
          person,
          { nameAr, nameEn, ...(event.kind === 'birth' && person === event.child ? named : {}), birthDate },
        ]),
      );
      return { serial, issuedOn: row.issuedOn, event, marks: row.marks, people, ...bornIn(event, records) };
    },

    certificateStanding: (serial) => standingOfCertificate(db, serial),

    amend: (order) =>
      db.transaction(async (session) => ({
        dependents: await amendEntry(session, order, births),
        registration: order.replacement ? `${order.key}/instead` : null,
      })),
  };
}
