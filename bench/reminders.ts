import { Client as EngineClient, Connection } from '@temporalio/client';
import { Client } from 'pg';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { createServiceFlows } from '../client/services';
import { TASK_QUEUE } from '../client/task-queue';
import { asEnrolled } from '../demo/enrol';
import { generatePeople } from '../demo/people';
import { THRESHOLDS } from '../domain/services/reminders';
import { instant, riyadhDate } from '../domain/time';
import { LongProgress } from './progress';
import { residentOf } from './programs';
import { say, startBench, type BenchSystem } from './system';

const BATCH = 50_000;
/** One card in so many is due, and its holder is sent a message; the others were reminded before. */
const DUE_EVERY = 100;
const SAMPLE_EVERY = 50;

export interface RemindersBench {
  readonly cards: number;
}

/** Cards that run out within the half year that is walked, reminded yesterday of the threshold that they are at. Nobody is behind them. */
const CARDS = `WITH made AS (
    SELECT 'p_bench' || n AS person, 'B' || lpad(n::text, 8, '0') AS serial, riyadh_today() + n % ${THRESHOLDS[0] + 1} AS expires_on FROM generate_series($1::int, $2::int) AS n
  ), people AS (
    INSERT INTO persons (person, beneficiary, sex, birth_date, blocked, has_address, losses, nationality, sealed, entry)
    SELECT person, 'citizen', 'F', '1990-01-01', false, false, 0, 'SAU', '', 0 FROM made
  ), reminded AS (
    INSERT INTO reminders (serial, threshold, person, at, outcome)
    SELECT serial, (SELECT min(t) FROM unnest('{${THRESHOLDS.join(',')}}'::int[]) t WHERE expires_on - riyadh_today() <= t), person, now() - interval '1 day', 'sent' FROM made
  )
  INSERT INTO cards (serial, person, type, status, issued_on, expires_on, valid_from, entry)
  SELECT serial, person, 'national-id', 'valid', expires_on - 3650, expires_on, expires_on - 3650, 0 FROM made`;

async function cardsUpTo({ system, config }: BenchSystem, from: number, to: number): Promise<void> {
  const { databaseUrl } = system.engine;
  const client = new Client({ connectionString: databaseUrl, application_name: 'tajdid-bench-rows' });
  await client.connect();
  try {
    const progress = new LongProgress('cards made', to - from);
    for (let first = from + 1; first <= to; first += BATCH) {
      const last = Math.min(first + BATCH - 1, to);
      await client.query(CARDS, [first, last]);
      progress.step(last - first + 1);
    }
    progress.end();
    const register = connectEnrol({ databaseUrl, masterKey: config.masterKey, lookupKey: config.lookupKey });
    const due = generatePeople({
      seed: `reminders ${to}`,
      count: Math.ceil((to - from) / DUE_EVERY),
      today: riyadhDate(instant(Date.now())),
      expiresIn: { from: 0, to: THRESHOLDS[0] },
    });
    await register.enrol(due.map(asEnrolled));
    await register.close();
    await client.query('VACUUM ANALYZE persons, cards, reminders');
  } finally {
    await client.end();
  }
}

/** Walks every card by the very workflow of each morning, and watches the worker that does it. */
async function walk({ system, config }: BenchSystem, cards: number): Promise<void> {
  const connection = await Connection.connect({ address: system.engine.temporalAddress });
  const client = new EngineClient({ connection, namespace: config.temporal.namespace });
  const { pid } = system.programs.worker;
  const before = residentOf(pid);
  let peak = before ?? 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentOf(pid) ?? 0);
  }, SAMPLE_EVERY);
  try {
    const began = performance.now();
    const { walked, sent, failed } = await createServiceFlows(client, TASK_QUEUE).remindNow({});
    const seconds = (performance.now() - began) / 1000;
    if (walked < cards || failed > 0) throw new Error(`${walked} of ${cards} cards walked, ${failed} failed`);
    say(
      `  ${walked.toLocaleString('en').padStart(11)} cards walked, ${sent.toLocaleString('en')} reminded, in ${seconds.toFixed(1)} s: ${(walked / seconds).toFixed(0)} cards/s   worker ${before?.toFixed(0) ?? '?'} MB before, ${peak.toFixed(0)} MB at most`,
    );
  } finally {
    clearInterval(watch);
    await connection.close();
  }
}

/** The morning's walk over a tenth of the cards and over all of them: what it costs, and that its memory does not grow with them. */
export async function benchReminders({ cards }: RemindersBench): Promise<void> {
  const bench = await startBench('bench-reminders');
  try {
    let made = 0;
    for (const size of [Math.ceil(cards / 10), cards]) {
      await cardsUpTo(bench, made, size);
      made = size;
      await walk(bench, size);
    }
  } finally {
    await bench.stop();
  }
}
