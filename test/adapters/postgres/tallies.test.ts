import { createCaseLog } from '../../../adapters/case-log/postgres';
import { EDGES, percentileHours } from '../../../adapters/statistics/durations';
import { createStatistics } from '../../../adapters/statistics/postgres';
import { randomFrom } from '../../../demo/random';
import type { AnyEvent, Recorded } from '../../../domain/case/model';
import { after, HOUR, instant, millis, MINUTE, riyadhDate, type Instant } from '../../../domain/time';
import { fileOf, migratedDatabase, rowOf, type MigratedDatabase } from './cases';

let db: MigratedDatabase;
const random = randomFrom('tallies');
const START = millis('2026-09-01T00:00:00.000Z');
const PERIOD = { from: '2026-08-31', to: '2026-12-31' } as const;

interface Step {
  readonly at: Instant;
  readonly types: readonly string[];
  readonly stage: string;
  readonly office: string;
  readonly waits?: string;
  readonly overdue?: boolean;
}
interface Life {
  readonly id: string;
  readonly type: string;
  readonly filedAt: Instant;
  readonly steps: readonly Step[];
  readonly human: boolean;
  /** Sent before the filing. */
  readonly reminded: boolean;
  readonly inTime: boolean;
}
const lives: Life[] = [];

/** A case from its filing to wherever it has come, now and then handed to another office on its way. */
function life(i: number): Life {
  const filedAt = instant(START + random.int(0, 60 * 24 * 60) * MINUTE);
  const office = random.pick(['riyadh-1', 'jeddah-1']);
  const human = random.chance(0.4);
  const later = (hours: number): Instant => after(filedAt, hours * HOUR + random.int(0, 3_599) * 1000);
  const moved = random.chance(0.2) ? 'dammam-1' : office;
  const steps: Step[] = [
    { at: filedAt, types: ['ApplicationSubmitted'], stage: 'PAYMENT', office, waits: 'payment' },
    { at: later(2), types: ['PaymentCaptured'], stage: 'IN_REVIEW', office, waits: 'review' },
    { at: later(30), types: [], stage: 'IN_REVIEW', office: moved, waits: 'review', overdue: random.chance(0.5) },
    { at: later(60), types: ['CaseApproved'], stage: 'PRINT_QUEUED', office: moved, waits: 'printed' },
    { at: later(200), types: ['CardHandedOver', 'CaseClosed'], stage: 'COMPLETED', office: moved },
  ];
  const lived = { steps: steps.slice(0, random.int(1, 5)), human };
  return {
    id: `rnw_life${i}`,
    type: 'id-renewal',
    filedAt,
    ...lived,
    reminded: random.chance(0.5),
    inTime: random.chance(0.5),
  };
}

async function live({ id, type, filedAt, steps, human, reminded, inTime }: Life): Promise<void> {
  const log = createCaseLog(db.database);
  const facts = {
    documentType: 'national-id',
    oldSerial: `serial-${id}`,
    oldExpiresOn: inTime ? '2027-06-01' : '2026-08-01',
  };
  if (reminded)
    await db.database.from('register').query({
      text: `INSERT INTO reminders (serial, threshold, person, at, outcome) VALUES ($1, 30, 'p_someone', $2, 'sent') ON CONFLICT DO NOTHING`,
      values: [facts.oldSerial, after(filedAt, -HOUR)],
    });
  let version = 0;
  for (const { at, types, stage, office, waits = null, overdue = false } of steps) {
    const events: Recorded[] = [...types, 'NoteAdded'].map((each) => ({
      caseId: id,
      version: (version += 1),
      at,
      cause: `step-${stage}-${version}`,
      actor: each === 'CaseApproved' && human ? { id: 'cw', role: 'caseworker' } : { id: 'tajdid', role: 'system' },
      event: { type: each } as AnyEvent,
    }));
    const closed = stage === 'COMPLETED';
    const stageSince = steps.find((each) => each.stage === stage)?.at ?? at;
    const told = {
      type,
      filedAt,
      office,
      stage,
      stageSince,
      facts,
      reason: 'expiring',
      ...(closed ? { closedAt: at } : {}),
    };
    const file = fileOf(id, version, told);
    const wait = { waitingWhat: waits, waitingWho: waits === null ? null : ('caseworker' as const) };
    await log.append(
      events,
      rowOf(file, { ...wait, waitingUntil: waits === null ? null : '2999-01-01T00:00:00.000Z', overdue }),
    );
  }
}

interface Count {
  readonly measure: string;
  readonly day: string;
  readonly office: string;
  readonly key: readonly string[];
  readonly n: number;
  readonly ms: number;
}
const counts = (of = 'counted'): Promise<Count[]> =>
  db.database.from('case').query<Count>({
    text: `SELECT measure, day::text AS day, office, key, sum(n)::int AS n, sum(ms)::bigint AS ms FROM ${of} GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0 OR sum(ms) <> 0 ORDER BY 1, 2, 3, 4`,
  });
const sql = (text: string): Promise<unknown[]> => db.database.from('case').query({ text });
/** The same counts, added up over every case and event there is. */
const FROM_THE_LOG = `(SELECT t.*, 1 AS n FROM cases c, LATERAL all_tallies(c) t) AS every`;

beforeAll(async () => {
  db = await migratedDatabase();
  lives.push(...Array.from({ length: 300 }, (_, i) => life(i)));
  // Eight at a time, so that changes of different cases, and the folding of counts, meet.
  const queue = lives[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (const each of queue) await live(each);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
});
afterAll(() => db?.drop());

const last = ({ steps }: Life): Step => steps.at(-1) as Step;
const count = <K extends string>(keys: readonly K[]): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const key of keys) all[key] = (all[key] ?? 0) + 1;
  return all;
};

test('counts kept with the cases are those of the cases, counted by hand', async () => {
  const statistics = createStatistics(db.database);
  const filed = await statistics.filed(PERIOD);
  expect(Object.fromEntries(filed.map((row) => [`${row.date} ${row.office} ${row.status}`, row.cases]))).toEqual(
    count(lives.map((each) => `${riyadhDate(each.filedAt)} ${last(each).office} ${last(each).stage}`)),
  );
  const open = await statistics.openWaits(undefined);
  const waiting = lives.filter((each) => last(each).waits !== undefined);
  expect(Object.fromEntries(open.map(({ what, cases }) => [what, cases]))).toEqual(
    count(waiting.map((each) => last(each).waits ?? '')),
  );
  expect(open.reduce((all, { overdue }) => all + overdue, 0)).toBe(
    waiting.filter((each) => last(each).overdue === true).length,
  );

  const completed = lives.filter((each) => last(each).stage === 'COMPLETED');
  const took = completed.map((each) => (millis(last(each).at) - millis(each.filedAt)) / HOUR).sort((a, b) => a - b);
  const taken = await statistics.timeToCard(PERIOD);
  expect(taken.cases).toBe(took.length);
  expect(taken.buckets.map(({ cases }) => cases)).toEqual([0, 0, 0, 0, 0, took.length, 0, 0]);
  expect(taken.medianHours).toBeCloseTo(took[Math.floor(took.length / 2)] ?? 0, -1);

  const waits = await statistics.waitsSpent(PERIOD);
  const paid = lives.filter(({ steps }) => steps.length > 1);
  const payment = waits.find(({ what }) => what === 'payment');
  expect(payment?.waits).toBe(paid.length);
  const hours = paid.reduce(
    (all, { filedAt, steps }) => all + (millis(steps[1]?.at ?? '') - millis(filedAt)) / HOUR,
    0,
  );
  expect(payment?.hours).toBeCloseTo(hours, 6);
  expect(waits.find(({ what }) => what === 'review')?.waits).toBe(lives.filter(({ steps }) => steps.length > 3).length);
  const byHuman = (await counts()).filter(({ measure, key }) => measure === 'completed' && key[0] === 'by-human');
  // Of the offices, each for itself, what they come to together.
  const offices = ['riyadh-1', 'jeddah-1', 'dammam-1'];
  const each = await Promise.all(offices.map((office) => statistics.timeToCard({ ...PERIOD, office })));
  expect(each.reduce((all, { cases }) => all + cases, 0)).toBe(took.length);
  const eachWaits = await Promise.all(offices.map((office) => statistics.waitsSpent({ ...PERIOD, office })));
  expect(eachWaits.flat().reduce((all, { waits: n }) => all + n, 0)).toBe(
    waits.reduce((all, { waits: n }) => all + n, 0),
  );
  expect(byHuman.reduce((all, { n }) => all + n, 0)).toBe(completed.filter(({ human }) => human).length);

  const avoided = completed.filter(({ reminded, inTime }) => reminded && inTime);
  expect(avoided.length).toBeGreaterThan(0);
  const reminded = (await counts()).filter(({ measure }) => measure === 'reminded');
  expect(Object.fromEntries(reminded.map(({ day, n }) => [day, n]))).toEqual(
    count(avoided.map((each) => riyadhDate(last(each).at))),
  );
});

test('they equal what the log and the cases come to, folded or not, and after a rebuild', async () => {
  const kept = await counts();
  expect(kept.length).toBeGreaterThan(200);
  expect(kept).toEqual(await counts(FROM_THE_LOG));
  expect(await counts('tallies')).not.toEqual([]);
  await sql('SELECT fold_tallies()');
  expect(await counts()).toEqual(kept);
  await sql('SELECT rebuild_tallies()');
  expect(await counts()).toEqual(kept);
});

test('a rebuild beside changes loses none of them', async () => {
  const more = Array.from({ length: 40 }, (_, i) => life(1_000 + i));
  await Promise.all([...more.map(live), sql('SELECT rebuild_tallies()'), sql('SELECT rebuild_tallies()')]);
  expect(await counts()).toEqual(await counts(FROM_THE_LOG));
});

test('an append that is made again counts once', async () => {
  const before = await counts();
  const again = lives[0];
  if (again) await live(again);
  expect(await counts()).toEqual(before);
});

test('the database has the bins of the code', async () => {
  const [row] = (await sql(
    `SELECT bool_and(duration_bin(edge) = place AND duration_bin(edge - 1) = place - 1) AS same FROM unnest('{${EDGES.join(',')}}'::bigint[]) WITH ORDINALITY AS e (edge, place)`,
  )) as { same: boolean }[];
  expect(row?.same).toBe(true);
  // A percentile is off by no more than its bin is wide: five hundredths, but for what takes less than an hour and a half.
  for (const hours of [2, 30, 100, 300, 700]) {
    const bin = EDGES.filter((edge) => edge <= hours * HOUR).length;
    const said = percentileHours([{ bin, n: 100 }], 0.5) ?? 0;
    expect(Math.abs(said - hours) / hours).toBeLessThan(0.05);
  }
});
