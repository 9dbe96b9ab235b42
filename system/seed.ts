import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { asEnrolled } from '../demo/enrol';
import { generatePeople } from '../demo/people';
import { castOf, type Cast } from '../demo/story/cast';
import { enrolCast } from '../demo/story/enrol';
import { instant, riyadhDate } from '../domain/time';
import type { Config } from '../engine/config';
import { seedPortraits } from './seed-portraits';

const PEOPLE = 200;

/** Who is what to whom: a family to try registrations with, and the officials who are their kin and may not decide about them. */
const familyOf = ({ people, ties, staff }: Cast): object => ({
  people: people.map(({ role, person: { number, nameAr, nameEn, birthDate, diedOn, card } }) => ({
    role,
    identityNumber: number,
    name: { ar: nameAr, en: nameEn },
    birthDate,
    ...(diedOn ? { diedOn } : {}),
    hasCard: card !== null,
  })),
  ties,
  staff: staff.map(({ sub, person: { number } }) => ({ sub, identityNumber: number })),
});

export interface Seeded {
  readonly count: number;
  /** Where they are listed. */
  readonly path: string;
  /** Where a family and its officials are listed, with what they are to each other. */
  readonly familyPath: string;
}

/** People who do not exist, for a register that would otherwise be empty. Never in production, and once. */
export async function seed(config: Config, databaseUrl: string): Promise<Seeded | undefined> {
  const path = join(config.dataDir, 'people.json');
  if (config.production || existsSync(path)) return undefined;
  const today = riyadhDate(instant(Date.now()));
  const people = generatePeople({ seed: 'tajdid', count: PEOPLE, today });
  const cast = castOf(today);
  const { enrol, family, close } = connectEnrol({
    databaseUrl,
    masterKey: config.masterKey,
    lookupKey: config.lookupKey,
  });
  try {
    const enrolled = await enrol(people.map(asEnrolled));
    const portrayed = enrolled.map(({ person }, n) => ({ person, takenOn: people[n]?.document.issuedOn ?? today }));
    await seedPortraits(config, databaseUrl, portrayed);
    await enrolCast({ enrol, family }, cast);
  } finally {
    await close();
  }
  const listed = people.map(({ identityNumber, name, kind, birthDate, document }) => ({
    identityNumber,
    name: name.full,
    kind,
    birthDate,
    cardExpiresOn: document.expiresOn,
  }));
  const familyPath = join(config.dataDir, 'family.json');
  await writeFile(familyPath, `${JSON.stringify(familyOf(cast), null, 2)}\n`, { mode: 0o600 });
  await writeFile(path, `${JSON.stringify(listed, null, 2)}\n`, { mode: 0o600 });
  return { count: people.length, path, familyPath };
}
