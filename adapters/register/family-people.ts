import { identityNumberFrom } from '../../domain/identity-number';
import type { Session, Source } from '../postgres/database';
import type { PersonKeys } from '../vault/person-keys';
import type { Vault } from '../vault/port';
import type { Births } from './family-amend';
import type { ChildName, NewChild, ReportedEvent } from './family-port';
import { peopleOf } from './family-reads';
import { refusedBy } from './family-writes';
import {
  contactOf,
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

const ADD_PERSON = `INSERT INTO persons (person, beneficiary, sex, birth_date, blocked, has_address, losses, nationality, sealed, entry)
  VALUES ($1, $2, $3, $4, false, $5, 0, $6, $7, $8)`;

/** Entries from before names were kept with them leave it to their reversal to say what they called the child. */
const NAMED = `SELECT e.person, coalesce(e.sealed, (SELECT v.sealed FROM register_reversals r JOIN register_entries v ON v.id = r.by WHERE r.entry = e.id)) AS sealed,
    k.key_id AS "keyId", k.wrapped FROM register_entries e JOIN vault_keys k USING (person)
  WHERE e.key = $1 AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'birth'`;

const RECORD = `SELECT p.person, p.sealed, k.key_id AS "keyId", k.wrapped FROM persons p JOIN vault_keys k USING (person) WHERE p.person = ANY ($1)`;

/** What of people is sealed: read, and written where an event brings somebody into being or changes what they are called. */
export function createFamilyPeople(db: Source, keys: PersonKeys, personRef: Vault['personRef']) {
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
        text: `UPDATE persons SET birth_date = $2, sex = $3, sealed = coalesce($4, sealed),
            nationality = coalesce($5, nationality), has_address = coalesce($6, has_address)
          WHERE person = $1`,
        values: [
          person,
          birthDate,
          sex,
          held && record ? sealRecord(held.key, person, record) : null,
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
        entry,
      ],
    });
  };

  return { recordsOf, recordOf, namedIn, births, expect, addPerson };
}

export type FamilyPeople = ReturnType<typeof createFamilyPeople>;
