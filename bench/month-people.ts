import { createDocuments } from '../adapters/documents/disk';
import { createDocumentFacts } from '../adapters/documents/facts-postgres';
import { openDatabase } from '../adapters/postgres/database';
import { createEnrol, type EnrolledPerson } from '../adapters/register/enrol';
import { createFamilyEnrol } from '../adapters/register/family-enrol';
import { createPersonKeys } from '../adapters/vault/person-keys';
import { createVault } from '../adapters/vault/postgres';
import { createSecrets } from '../adapters/vault/secrets';
import { asEnrolled } from '../demo/enrol';
import { generatePeople, type GeneratedPerson } from '../demo/people';
import { generateVisitors } from '../demo/visitors';
import { portraitFor } from '../demo/portraits';
import type { Caller } from '../demo/portal';
import { addDays, addYears, instant, riyadhDate, type LocalDate } from '../domain/time';
import { LongProgress } from './progress';
import { PORTAL, type BenchSystem } from './system';

export interface Applicant {
  readonly identityNumber: string;
  readonly birthDate: LocalDate;
}
export interface Renewing extends Applicant {
  readonly photo: string;
}
export interface Family {
  readonly father: string;
  readonly child: string;
  readonly photo: string;
}

export interface MonthPeople {
  /** By way, as `month.json` names them. */
  readonly renewing: ReadonlyMap<string, readonly Renewing[]>;
  readonly families: readonly Family[];
  readonly everybody: readonly Applicant[];
  readonly visitors: readonly Applicant[];
}

export interface Wanted {
  readonly renewing: readonly { readonly way: string; readonly count: number }[];
  readonly families: number;
  /** Nobody by default. */
  readonly visitors?: number;
  /** Share of residents, among those who renew and among the families; none by default. */
  readonly residents?: number;
}

const POOL = 8;
const AT_ONCE = 8;

/** Days from today to a card's expiry, by way; in time where nothing else is said. */
const EXPIRES: Readonly<Record<string, { from: number; to: number }>> = {
  'expired, with the late fine': { from: -60, to: -1 },
  'too early, refused by a rule': { from: 300, to: 400 },
};
const IN_TIME = { from: 5, to: 150 };

const CHILDREN = 2;

/** People to draw so many members from: of either kind there may be some who make no whole family. */
const inFamilies = (members: number): number =>
  members === 0 ? 0 : (Math.ceil(members / CHILDREN) + 2) * (1 + CHILDREN);

interface Household {
  readonly father: GeneratedPerson;
  readonly children: readonly GeneratedPerson[];
}

/** Families of citizens and families of residents, of a father and two children each; the last may have one. */
function familiesOf(people: readonly GeneratedPerson[], members: number): Household[] {
  const households = (['citizen', 'resident'] as const).flatMap((kind) => {
    const some = people.filter((each) => each.kind === kind);
    return Array.from({ length: Math.floor(some.length / (1 + CHILDREN)) }, (_, i): Household => {
      const [father, ...children] = some.slice(i * (1 + CHILDREN), (i + 1) * (1 + CHILDREN));
      return { father: father as GeneratedPerson, children };
    });
  });
  // From the end, where the residents are: there are more families than are wanted, and most are of citizens.
  return households
    .slice(households.length - Math.ceil(members / CHILDREN))
    .map(({ father, children }, i) => ({ father, children: children.slice(0, members - i * CHILDREN) }));
}

async function inLanes<T>(all: readonly T[], work: (each: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) await work(all[at] as T, at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/**
 * Fills the register, and keeps a portrait for everybody who renews or is identified. Portraits come from a small pool, each measured once by the
 * API; each person's copy is kept for that person, encrypted under their key, as an upload would keep it.
 */
export async function enrolMonth(
  { config, system }: BenchSystem,
  portal: Caller,
  wanted: Wanted,
): Promise<MonthPeople> {
  const database = openDatabase({ url: system.engine.databaseUrl, max: AT_ONCE, applicationName: 'tajdid-bench' });
  const secrets = createSecrets(config);
  const keys = createPersonKeys(database, secrets);
  const vault = createVault(database, secrets, keys);
  const enrol = createEnrol(database, keys, (number) => vault.personRef(number));
  const documents = createDocuments(config.documentsDir, database, secrets, keys);
  const facts = createDocumentFacts(database);
  const family = createFamilyEnrol(database);
  const now = instant(Date.now());
  const today = riyadhDate(now);
  try {
    const renewals = wanted.renewing.reduce((sum, { count }) => sum + count, 0);
    const people = generatePeople({
      seed: 'month',
      count: renewals + inFamilies(wanted.families),
      today,
      residents: wanted.residents ?? 0,
      expiresIn: IN_TIME,
    });
    const families = familiesOf(people.slice(renewals), wanted.families);
    const visitors = generateVisitors({ seed: 'month', count: wanted.visitors ?? 0, today });
    const members = families.reduce((sum, { children }) => sum + 1 + children.length, 0);
    const progress = new LongProgress('people enrolled', renewals + members + visitors.length);
    const enter = async (some: readonly EnrolledPerson[]): Promise<string[]> => {
      const refs: string[] = [];
      for (let i = 0; i < some.length; i += 2_000) {
        const part = some.slice(i, i + 2_000);
        refs.push(...(await enrol(part)).map(({ person }) => person));
        progress.step(part.length);
      }
      return refs;
    };

    const pool = await Promise.all(
      Array.from({ length: Math.min(POOL, Math.max(renewals, wanted.families)) }, async (_, i) => {
        const bytes = await portraitFor(`month ${i}`);
        const number = people[i]?.identityNumber ?? '';
        const answer = await portal.expect<{ measurement: Parameters<typeof facts.keep>[1]['measurement'] }>(
          201,
          'POST',
          '/v1/documents',
          { bytes, headers: { 'content-type': 'image/jpeg', 'identity-number': number } },
        );
        return { bytes, measurement: answer.measurement };
      }),
    );
    const portraitOf = async (person: string, i: number): Promise<string> => {
      const { bytes, measurement } = pool[i % pool.length] as (typeof pool)[number];
      const { documentRef } = await documents.put({ person, contentType: 'image/jpeg', bytes });
      await facts.keep(documentRef, {
        person,
        contentType: 'image/jpeg',
        bytes: bytes.length,
        measurement,
        uploadedBy: PORTAL,
        uploadedAt: now,
      });
      return documentRef;
    };
    const renewing = new Map<string, Renewing[]>();
    let from = 0;
    for (const { way, count } of wanted.renewing) {
      const { from: first, to } = EXPIRES[way] ?? IN_TIME;
      const some = people.slice(from, from + count).map((person, i) => {
        const enrolled = asEnrolled(person);
        const expiresOn = addDays(today, first + (i % (to - first + 1)));
        return {
          ...enrolled,
          card: enrolled.card && {
            ...enrolled.card,
            issuedOn: addYears(expiresOn, enrolled.card.type === 'national-id' ? -10 : -5),
            expiresOn,
          },
        };
      });
      const refs = await enter(some);
      const ready: Renewing[] = [];
      await inLanes(refs, async (person, i) => {
        const { number, birthDate } = some[i] as EnrolledPerson;
        ready[i] = { identityNumber: number, birthDate, photo: await portraitOf(person, i) };
      });
      renewing.set(way, ready);
      from += count;
    }

    const men = families.map(({ father }) => ({ ...asEnrolled(father), sex: 'M' as const, birthDate: '1980-01-01' }));
    const children = families.flatMap((each, at) => each.children.map((child) => ({ child, at })));
    const young = children.map(({ child }, i) => ({
      ...asEnrolled(child),
      birthDate: addDays(addYears(today, -8), -(i % 3_000)),
      card: null,
    }));
    const [fatherRefs, childRefs] = [await enter(men), await enter(young)];
    const photos: string[] = [];
    await inLanes(childRefs, async (child, i) => {
      photos[i] = await portraitOf(child, i);
      const parent = fatherRefs[children[i]?.at ?? -1] ?? '';
      await family.ties([
        { kind: 'enrolled-parent', on: (young[i] as EnrolledPerson).birthDate, child, parent, as: 'father' },
      ]);
    });
    await enter(visitors.map(asEnrolled));
    progress.end();
    return {
      renewing,
      families: children.map(({ child, at }, i) => ({
        father: men[at]?.number ?? '',
        child: child.identityNumber,
        photo: photos[i] ?? '',
      })),
      everybody: [...renewing.values()].flat(),
      visitors,
    };
  } finally {
    await database.close();
  }
}
