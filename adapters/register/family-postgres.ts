import type { Database } from '../postgres/database';
import type { PersonKeys } from '../vault/person-keys';
import type { Vault } from '../vault/port';
import { amendEntry } from './family-amend';
import { certificate, certify } from './family-certificates';
import { registerEvent } from './family-entries';
import { createFamilyPeople } from './family-people';
import type { FamilyRegister } from './family-port';
import {
  birthsOf,
  entriesAbout,
  graphOf,
  kinAroundOf,
  peopleOf,
  standingByNotice,
  standingEntryFor,
  standingOfCertificate,
  standingRegistration,
} from './family-reads';
import { entryUnder } from './family-writes';

export function createFamilyRegister(
  database: Database,
  keys: PersonKeys,
  personRef: Vault['personRef'],
): FamilyRegister {
  const db = database.from('register');
  const people = createFamilyPeople(db, keys, personRef);

  return {
    people: (refs) => peopleOf(db, refs),
    graph: (refs) => graphOf(db, refs),
    kinAround: (staff, refs) => kinAroundOf(db, staff, refs),
    births: (parents, from, to) => birthsOf(db, parents, from, to),
    byNotice: (notice) => standingByNotice(db, notice),
    async nameOf(person) {
      const { nameAr, nameEn } = await people.recordOf(person);
      return { nameAr, nameEn };
    },
    namedIn: people.namedIn,
    entriesOf: (person) => entriesAbout(db, person),
    registrationOf: (key) => standingRegistration(db, key),
    standingFor: (key) => standingEntryFor(db, key),
    async stateOf(key) {
      if (await standingRegistration(db, key)) return 'stands';
      return (await entryUnder(db, key)) ? 'reversed' : 'missing';
    },

    register: (order) => registerEvent(db, people, order),
    certify: (order) => certify(db, order),
    certificate: (serial) => certificate(db, people, serial),
    certificateStanding: (serial) => standingOfCertificate(db, serial),

    amend: (order) =>
      db.transaction(async (session) => ({
        dependents: await amendEntry(session, order, people.births),
        registration: order.replacement ? `${order.key}/instead` : null,
      })),
  };
}
