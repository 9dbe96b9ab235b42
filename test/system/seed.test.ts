import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDocuments } from '../../adapters/documents/disk';
import { openDatabase } from '../../adapters/postgres/database';
import { createEnrolledPortraits } from '../../adapters/register/portraits-postgres';
import { createPersonKeys } from '../../adapters/vault/person-keys';
import { createVault } from '../../adapters/vault/postgres';
import { createSecrets } from '../../adapters/vault/secrets';
import { portraitFor } from '../../demo/portraits';
import type { IdentityNumber } from '../../domain/identity-number';
import { readConfig } from '../../engine/config';
import { seed } from '../../system/seed';
import { createMigratedDatabase } from '../support/engine';

test('people to try things with come with the portrait on their card, once', async () => {
  const [database, dir] = [await createMigratedDatabase(), await mkdtemp(join(tmpdir(), 'tajdid-seed-'))];
  const db = openDatabase({ url: database.url, max: 2 });
  try {
    const config = readConfig({ DATA_DIR: dir, DATABASE_URL: database.url });
    expect((await seed(config, database.url))?.count).toBe(200);
    expect(await seed(config, database.url)).toBeUndefined();

    const listed = JSON.parse(await readFile(join(dir, 'people.json'), 'utf8')) as { identityNumber: IdentityNumber }[];
    const secrets = createSecrets(config);
    const keys = createPersonKeys(db, secrets);
    const person = createVault(db, secrets, keys).personRef(listed[0]?.identityNumber as IdentityNumber);
    const portrait = await createEnrolledPortraits(db).of(person);
    const kept = await createDocuments(config.documentsDir, db, secrets, keys).get(portrait?.documentRef ?? '');
    expect(kept?.person).toBe(person);
    expect(Buffer.from(kept?.bytes ?? []).equals(await portraitFor('the card before'))).toBe(true);
  } finally {
    await db.close();
    await database.drop();
    await rm(dir, { recursive: true });
  }
});
