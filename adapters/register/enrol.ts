import { OutsideFailure } from '../../domain/failures';
import { beneficiaryOf, type PersonNumber } from '../../domain/identity-number';
import type { LocalDate } from '../../domain/time';
import type { Database } from '../postgres/database';
import { personErased, type PersonKeys, type WrappedKey } from '../vault/person-keys';
import type { Vault } from '../vault/port';
import type { HeldDocumentType } from './port';
import { sealRecord, type PersonRecord } from './record';

/** Somebody who comes into the register for the first time. */
export interface EnrolledPerson extends PersonRecord {
  readonly number: PersonNumber;
  readonly diedOn?: LocalDate;
  readonly blocked?: boolean;
  readonly losses?: number;
  readonly card: {
    readonly type: HeldDocumentType;
    readonly issuedOn: LocalDate;
    readonly expiresOn: LocalDate;
  } | null;
}

/** In the order the people were given. */
export interface Enrolment {
  readonly person: string;
  /** null for somebody without a card. */
  readonly serial: string | null;
}

export type Enrol = (people: readonly EnrolledPerson[]) => Promise<Enrolment[]>;

const BATCH = 500;

const OUTCOME = `SELECT p.person, c.serial FROM persons p LEFT JOIN cards c ON c.person = p.person AND c.status = 'valid' WHERE p.person = ANY ($1)`;

/**
 * Enters people in batches, each one transaction. Entered again, somebody stays as they are and keeps their card, so a run that
 * broke off is simply made again.
 */
export function createEnrol(database: Database, keys: PersonKeys, personRef: Vault['personRef']): Enrol {
  const db = database.from('register');

  const keysOf = async (persons: readonly string[]): Promise<Map<string, WrappedKey>> => {
    const rows = await db.query<WrappedKey & { person: string }>({
      text: 'SELECT person, key_id AS "keyId", wrapped FROM vault_keys WHERE person = ANY ($1)',
      values: [persons],
    });
    return new Map(rows.map((row) => [row.person, row]));
  };

  const row = (person: string, given: EnrolledPerson, stored: WrappedKey | undefined) => {
    const { diedOn, blocked, losses, card, ...record } = given;
    const made = stored ? null : keys.fresh(person);
    const key = made?.key ?? (stored ? keys.unwrap(person, stored, 'register') : null);
    if (!key) throw personErased('register');
    return {
      person,
      keyId: made?.keyId ?? null,
      wrapped: made?.wrapped.toString('base64') ?? null,
      sealed: sealRecord(key, person, record).toString('base64'),
      facts: {
        beneficiary: beneficiaryOf(given.number),
        sex: given.sex,
        birthDate: given.birthDate,
        diedOn: diedOn ?? null,
        blocked: blocked ?? false,
        hasAddress: given.address !== null,
        losses: losses ?? 0,
        nationality: given.nationality,
        card,
      },
    };
  };

  const enrolBatch = async (people: readonly EnrolledPerson[]): Promise<Enrolment[]> => {
    const persons = people.map(({ number }) => personRef(number));
    const stored = await keysOf(persons);
    const byPerson = new Map(people.map((given, i) => [persons[i] ?? '', given]));
    const rows = [...byPerson].map(([person, given]) => row(person, given, stored.get(person)));
    await db.query({ name: 'register-enrol', text: 'SELECT register_enrol($1)', values: [JSON.stringify(rows)] });
    const outcome = await db.query<Enrolment>({ name: 'register-enrolment', text: OUTCOME, values: [persons] });
    const found = new Map(outcome.map((enrolment) => [enrolment.person, enrolment]));
    return persons.map((person) => {
      const enrolment = found.get(person);
      if (!enrolment)
        throw new OutsideFailure(
          'unavailable',
          'register',
          'lost-race',
          'somebody was met elsewhere at the same moment',
        );
      return enrolment;
    });
  };

  return async (people) => {
    const enrolments: Enrolment[] = [];
    for (let i = 0; i < people.length; i += BATCH) enrolments.push(...(await enrolBatch(people.slice(i, i + BATCH))));
    return enrolments;
  };
}
