import { createDocuments } from '../adapters/documents/disk';
import { openDatabase } from '../adapters/postgres/database';
import { createEnrolledPortraits } from '../adapters/register/portraits-postgres';
import { createPersonKeys } from '../adapters/vault/person-keys';
import { createSecrets } from '../adapters/vault/secrets';
import { portraitFor } from '../demo/portraits';
import type { LocalDate } from '../domain/time';
import type { Config } from '../engine/config';

export interface Portrayed {
  readonly person: string;
  readonly takenOn: LocalDate;
}

/** The portraits on the cards that people have already, so that a caseworker has one to compare a new photo with. */
export async function seedPortraits(config: Config, databaseUrl: string, people: readonly Portrayed[]): Promise<void> {
  const database = openDatabase({ url: databaseUrl, max: 2, applicationName: 'tajdid-portraits' });
  try {
    const secrets = createSecrets(config);
    const documents = createDocuments(config.documentsDir, database, secrets, createPersonKeys(database, secrets));
    const portraits = createEnrolledPortraits(database);
    const bytes = await portraitFor('the card before');
    for (const { person, takenOn } of people) {
      const { documentRef } = await documents.put({ person, contentType: 'image/jpeg', bytes });
      await portraits.keep(person, { documentRef, takenOn });
    }
  } finally {
    await database.close();
  }
}
