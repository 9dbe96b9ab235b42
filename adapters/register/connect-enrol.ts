import { openDatabase } from '../postgres/database';
import { createPersonKeys } from '../vault/person-keys';
import { createVault } from '../vault/postgres';
import { createSecrets } from '../vault/secrets';
import { createEnrol, type Enrol } from './enrol';
import { createFamilyEnrol } from './family-enrol';

export interface EnrolConnection {
  readonly enrol: Enrol;
  readonly family: ReturnType<typeof createFamilyEnrol>;
  close(): Promise<void>;
}

/** Enrolment for a program that does nothing else with the database. */
export function connectEnrol(settings: { databaseUrl: string; masterKey: Buffer; lookupKey: Buffer }): EnrolConnection {
  const database = openDatabase({ url: settings.databaseUrl, max: 2, applicationName: 'tajdid-enrol' });
  const secrets = createSecrets(settings);
  const keys = createPersonKeys(database, secrets);
  const vault = createVault(database, secrets, keys);
  return {
    enrol: createEnrol(database, keys, (number) => vault.personRef(number)),
    family: createFamilyEnrol(database),
    close: () => database.close(),
  };
}
