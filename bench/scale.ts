import { instant, riyadhDate } from '../domain/time';
import { openDatabase, type Database } from '../adapters/postgres/database';
import { createReadModel } from '../adapters/read-model/postgres';
import type { ReadModel } from '../adapters/read-model/port';
import type { Caller } from '../demo/portal';
import { median, percentile } from './load';
import { openCaseMemory } from './scale-memory';
import { casesUpTo } from './scale-rows';
import { callerWith, say, startBench, type BenchSystem } from './system';

export interface ScaleBench {
  readonly cases: number;
  /** Real cases left open, for the worker's memory. */
  readonly open: number;
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

async function timed(what: string, looks: number, look: (n: number) => Promise<unknown>): Promise<Look> {
  await look(0);
  const times: number[] = [];
  for (let n = 0; n < looks; n++) {
    const began = performance.now();
    await look(n);
    times.push(performance.now() - began);
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

async function throughReadModel(model: ReadModel, cursors: readonly (string | undefined)[]): Promise<Look[]> {
  const looks: Look[] = [];
  for (const [i, cursor] of cursors.entries()) {
    const depth = `${(DEPTHS[i] ?? 0) * 100} %`;
    looks.push(
      await timed(`list, at ${depth}`, LOOKS, () =>
        model.caseList({ filters: {}, sort: 'newest', limit: 50, ...(cursor ? { cursor } : {}) }),
      ),
    );
    looks.push(
      await timed(`list of one office and status, at ${depth}`, LOOKS, () =>
        model.caseList({
          filters: { office: 'jeddah-1', status: 'COMPLETED' },
          sort: 'newest',
          limit: 50,
          ...(cursor ? { cursor } : {}),
        }),
      ),
    );
  }
  looks.push(
    await timed('search by person', LOOKS, (n) =>
      model.caseList({ filters: { subject: `p_${n}` }, sort: 'newest', limit: 50 }),
    ),
  );
  looks.push(
    await timed('rare mixture of filters', LOOKS, () =>
      model.caseList({
        filters: { channel: 'absher-business', hasIncident: true, type: 'id-renewal', open: true },
        sort: 'oldest',
        limit: 50,
      }),
    ),
  );
  looks.push(
    await timed('work queue of an office', LOOKS, () =>
      model.workQueue({ who: ['caseworker'], view: 'office', me: 'staff-101', office: 'riyadh-1', limit: 50 }),
    ),
  );
  looks.push(
    await timed('overdue work', LOOKS, () =>
      model.workQueue({ who: ['caseworker'], view: 'overdue', me: 'staff-101', office: 'riyadh-1', limit: 50 }),
    ),
  );
  return looks;
}

async function overHttp(staff: Caller, analyst: Caller, cursors: readonly (string | undefined)[]): Promise<Look[]> {
  const looks: Look[] = [];
  for (const [i, cursor] of cursors.entries()) {
    const path = `/v1/cases?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    looks.push(await timed(`HTTP list, at ${(DEPTHS[i] ?? 0) * 100} %`, LOOKS, () => staff.expect(200, 'GET', path)));
  }
  looks.push(
    await timed('HTTP list by status and dates', LOOKS, () =>
      staff.expect(200, 'GET', '/v1/cases?status=IN_REVIEW&office=riyadh-1&limit=50'),
    ),
  );
  looks.push(await timed('HTTP work queue', LOOKS, () => staff.expect(200, 'GET', '/v1/work-queue?limit=50')));
  looks.push(
    await timed('HTTP one case', LOOKS, (n) =>
      staff.expect(200, 'GET', `/v1/cases/rnw_${String(n * 3 + 1).padStart(26, '0')}`),
    ),
  );
  looks.push(await timed('HTTP statistics of a month', LOOKS, () => analyst.expect(200, 'GET', '/v1/statistics')));
  const month = riyadhDate(instant(Date.now())).slice(0, 7);
  looks.push(
    await timed('HTTP statement of a month, with the one before', STATEMENT_LOOKS, () =>
      analyst.expect(200, 'GET', `/v1/statistics/statement?month=${month}`),
    ),
  );
  return looks;
}

function show(count: number, looks: readonly Look[]): void {
  say(`\n${count.toLocaleString('en')} cases`);
  for (const { what, times } of looks) {
    const [p50, p99] = [median(times), percentile(times, 0.99)];
    const verdict = /list|search|mixture|queue|work|one case|statistics/.test(what)
      ? p99 <= GOAL_MS
        ? ''
        : `   over the goal of ${GOAL_MS} ms`
      : '';
    say(`  ${what.padEnd(44)} p50 ${p50.toFixed(1).padStart(7)} ms   p99 ${p99.toFixed(1).padStart(7)} ms${verdict}`);
  }
}

async function readsAt(bench: BenchSystem, sizes: readonly number[]): Promise<void> {
  const { databaseUrl } = bench.system.engine;
  const database = openDatabase({ url: databaseUrl, max: 2, applicationName: 'tajdid-bench-scale' });
  const staff = await callerWith(bench.system, { sub: 'staff-101', roles: ['caseworker'], office: 'riyadh-1' });
  const analyst = await callerWith(bench.system, { sub: 'staff-601', roles: ['analyst'] });
  try {
    let made = 0;
    for (const size of sizes) {
      await casesUpTo(databaseUrl, made, size);
      made = size;
      const cursors = await cursorsAt(database, size);
      show(size, [
        ...(await throughReadModel(createReadModel(database), cursors)),
        ...(await overHttp(staff, analyst, cursors)),
      ]);
    }
  } finally {
    staff.close();
    analyst.close();
    await database.close();
  }
}

/** What grows with the number of cases, and what does not: reads at each size, and the worker's memory with open cases. */
export async function benchScale({ cases, open }: ScaleBench): Promise<void> {
  const sizes = [...SIZES.filter((size) => size < cases), cases];
  const bench = await startBench('bench-scale');
  try {
    await openCaseMemory(bench, open);
    await readsAt(bench, sizes);
  } finally {
    await bench.stop();
  }
}
