import { DAY, instant, riyadhDate } from '../domain/time';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { asEnrolled } from '../demo/enrol';
import { generatePeople } from '../demo/people';
import { openDatabase, type Database } from '../adapters/postgres/database';
import { createReadModel } from '../adapters/read-model/postgres';
import type { ReadModel } from '../adapters/read-model/port';
import type { Caller } from '../demo/portal';
import { median, percentile } from './load';
import { madeCaseMemory, openCaseMemory } from './scale-memory';
import { casesUpTo } from './scale-rows';
import { callerWith, portalOf, say, startBench, type BenchSystem } from './system';

export interface ScaleBench {
  readonly cases: number;
  /** Real cases left open, for the memory. */
  readonly open: number;
  /** Open cases in all, the others made. */
  readonly openMade: number;
}

const SIZES = [10_000, 100_000, 1_000_000];
const LOOKS = 200;
/** A statement reads each card's way, once a month. */
const STATEMENT_LOOKS = 8;
/** Shares of the list at which pages are read. */
const DEPTHS = [0, 0.5, 0.99];
const GOAL_MS = 50;

interface Look {
  readonly what: string;
  readonly times: readonly number[];
}

/** Looks again and again at what `look` finds; throws where it finds fewer rows than it should: an empty answer is quick and measures nothing. */
async function timed(what: string, looks: number, look: (n: number) => Promise<number>, least = 1): Promise<Look> {
  await look(0);
  const times: number[] = [];
  for (let n = 0; n < looks; n++) {
    const began = performance.now();
    const rows = await look(n);
    times.push(performance.now() - began);
    if (rows < least) throw new Error(`${what}: ${rows} rows were found, and at least ${least} should be`);
  }
  return { what, times: times.sort((a, b) => a - b) };
}

/** Cursors at several depths: the cases there are found by their place in the order, as a reader who came by pages would stand there. */
async function cursorsAt(database: Database, count: number): Promise<readonly (string | undefined)[]> {
  const model = createReadModel(database);
  const cursors: (string | undefined)[] = [];
  for (const depth of DEPTHS) {
    if (depth === 0) {
      cursors.push(undefined);
      continue;
    }
    const [row] = await database.from('case').query<{ filedAt: string }>({
      text: 'SELECT filed_at AS "filedAt" FROM cases ORDER BY filed_at DESC OFFSET $1 LIMIT 1',
      values: [Math.floor(count * depth)],
    });
    // A page that begins just there says itself where it ended.
    const page = await model.caseList({ filters: row ? { filedTo: row.filedAt } : {}, sort: 'newest', limit: 1 });
    cursors.push('next' in page ? (page.next ?? undefined) : undefined);
  }
  return cursors;
}

const rowsOf = (page: object): number => ('items' in page && Array.isArray(page.items) ? page.items.length : 0);

/** Some who have cases, by number and by their reference in the register. */
interface Somebody {
  readonly identityNumber: string;
  readonly person: string;
}

async function peopleOf({ system, config }: BenchSystem): Promise<Somebody[]> {
  const people = generatePeople({ seed: 'scale', count: LOOKS, today: riyadhDate(instant(Date.now())) });
  const { databaseUrl } = system.engine;
  const register = connectEnrol({ databaseUrl, masterKey: config.masterKey, lookupKey: config.lookupKey });
  const enrolled = await register.enrol(people.map(asEnrolled));
  await register.close();
  return people.map(({ identityNumber }, i) => ({ identityNumber, person: enrolled[i]?.person ?? '' }));
}

async function throughReadModel(
  model: ReadModel,
  cursors: readonly (string | undefined)[],
  people: readonly Somebody[],
): Promise<Look[]> {
  const list = async (query: Parameters<ReadModel['caseList']>[0]): Promise<number> =>
    rowsOf(await model.caseList(query));
  const work = async (view: 'office' | 'overdue'): Promise<number> =>
    rowsOf(await model.workQueue({ who: ['caseworker'], view, me: 'staff-101', office: 'riyadh-1', limit: 50 }));
  const looks: Look[] = [];
  for (const [i, cursor] of cursors.entries()) {
    const depth = `${(DEPTHS[i] ?? 0) * 100} %`;
    const place = { sort: 'newest', limit: 50, ...(cursor ? { cursor } : {}) } as const;
    const filters = { office: 'jeddah-1', status: 'COMPLETED' };
    looks.push(
      await timed(`list, at ${depth}`, LOOKS, () => list({ filters: {}, ...place })),
      await timed(`list of one office and status, at ${depth}`, LOOKS, () => list({ filters, ...place })),
    );
  }
  const rare = { channel: 'absher-business', hasIncident: true, type: 'id-renewal', open: true };
  return [
    ...looks,
    await timed('search by person', LOOKS, (n) =>
      list({ filters: { subject: people[n % people.length]?.person ?? '' }, sort: 'newest', limit: 50 }),
    ),
    await timed('rare mixture of filters', LOOKS, () => list({ filters: rare, sort: 'oldest', limit: 50 }), 0),
    await timed('work queue of an office', LOOKS, () => work('office')),
    await timed('overdue work', LOOKS, () => work('overdue')),
  ];
}

interface Readers {
  readonly staff: Caller;
  readonly analyst: Caller;
  readonly portal: Caller;
}

async function overHttp(
  { staff, analyst, portal }: Readers,
  cursors: readonly (string | undefined)[],
  people: readonly Somebody[],
): Promise<Look[]> {
  const page = async (path: string): Promise<number> => rowsOf(await staff.expect<object>(200, 'GET', path));
  const looks: Look[] = [];
  for (const [i, cursor] of cursors.entries()) {
    const path = `/v1/cases?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    looks.push(await timed(`HTTP list, at ${(DEPTHS[i] ?? 0) * 100} %`, LOOKS, () => page(path)));
  }
  const ago = (days: number): string => encodeURIComponent(instant(Date.now() - days * DAY));
  const dated = `/v1/cases?status=IN_REVIEW&office=riyadh-1&filedFrom=${ago(20)}&filedTo=${ago(10)}&limit=50`;
  const month = riyadhDate(instant(Date.now())).slice(0, 7);
  return [
    ...looks,
    await timed('HTTP list by status and dates', LOOKS, () => page(dated)),
    await timed('HTTP search by person', LOOKS, (n) => page(`/v1/cases?subject=${people[n % people.length]?.person}`)),
    await timed("HTTP a person's record and cases by number", LOOKS, async (n) => {
      const json = { identityNumber: people[n % people.length]?.identityNumber };
      const { cases } = await portal.expect<{ cases: readonly unknown[] }>(200, 'POST', '/v1/people/record', { json });
      return cases.length;
    }),
    await timed('HTTP work queue', LOOKS, () => page('/v1/work-queue?limit=50')),
    await timed('HTTP one case', LOOKS, async (n) => {
      const { id } = await staff.view(`rnw_${String(n * 3 + 1).padStart(26, '0')}`);
      return id ? 1 : 0;
    }),
    await timed('HTTP statistics of a month', LOOKS, async () => {
      const { filed } = await analyst.expect<{ filed: readonly unknown[] }>(200, 'GET', '/v1/statistics');
      return filed.length;
    }),
    await timed('HTTP statement of a month, with the one before', STATEMENT_LOOKS, async () => {
      const path = `/v1/statistics/statement?month=${month}`;
      return (await analyst.expect<{ total: { count: number } }>(200, 'GET', path)).total.count;
    }),
  ];
}

function show(count: number, looks: readonly Look[]): void {
  say(`\n${count.toLocaleString('en')} cases`);
  for (const { what, times } of looks) {
    const [p50, p99] = [median(times), percentile(times, 0.99)];
    const verdict = /list|search|mixture|queue|work|one case|by number|statistics/.test(what)
      ? p99 <= GOAL_MS
        ? ''
        : `   over the goal of ${GOAL_MS} ms`
      : '';
    say(`  ${what.padEnd(50)} p50 ${p50.toFixed(1).padStart(7)} ms   p99 ${p99.toFixed(1).padStart(7)} ms${verdict}`);
  }
}

async function readsAt(bench: BenchSystem, sizes: readonly number[]): Promise<void> {
  const { databaseUrl } = bench.system.engine;
  const database = openDatabase({ url: databaseUrl, max: 2, applicationName: 'tajdid-bench-scale' });
  const readers = {
    staff: await callerWith(bench.system, { sub: 'staff-101', roles: ['caseworker'], office: 'riyadh-1' }),
    analyst: await callerWith(bench.system, { sub: 'staff-601', roles: ['analyst'] }),
    portal: await portalOf(bench.system),
  };
  try {
    const people = await peopleOf(bench);
    const subjects = people.map(({ person }) => person);
    let made = 0;
    for (const size of sizes) {
      await casesUpTo(databaseUrl, made, size, { subjects });
      made = size;
      const cursors = await cursorsAt(database, size);
      show(size, [
        ...(await throughReadModel(createReadModel(database), cursors, people)),
        ...(await overHttp(readers, cursors, people)),
      ]);
    }
  } finally {
    for (const reader of Object.values(readers)) reader.close();
    await database.close();
  }
}

const upTo = (most: number): number[] => [...SIZES.filter((size) => size < most), most];

/** What grows with the number of cases, and what does not: reads at each size, and the memory with open cases. */
export async function benchScale({ cases, open, openMade }: ScaleBench): Promise<void> {
  const bench = await startBench('bench-scale');
  let like: string;
  try {
    like = await openCaseMemory(bench, open);
    await readsAt(bench, upTo(cases));
  } finally {
    await bench.stop();
  }
  if (openMade > open) await madeCaseMemory({ dataDir: bench.dataDir, like, open, sizes: upTo(openMade) });
}
