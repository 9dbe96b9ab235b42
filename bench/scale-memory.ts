import { join } from 'node:path';
import type { Caller, CaseView } from '../demo/portal';
import { bytesBelow } from './bytes';
import { connectEngine } from '../client/connect';
import { TASK_QUEUE } from '../client/task-queue';
import { buildEngineRows, madeName, makeOpenCases } from './engine-rows';
import { drive, percentile } from './load';
import { residentEngine, residentOf } from './programs';
import { enrolMonth } from './month-people';
import { LongProgress } from './progress';
import { holdPayments, portalOf, say, startBench, type BenchSystem } from './system';

/** The worker keeps this many cases in memory; see `worker/create.ts`. */
const CACHE = 2_000;
const AT_ONCE = 32;
const TRIES = 10;
const WAY = 'in time, by courier';
/** Made cases that are asked for in a round, twice what the worker keeps. */
const ASKED = 4_000;
const ROUNDS = 3;
/** From one that is asked to the next: a prime, so that none comes twice while there are others. */
const STRIDE = 1_000_003;

/** Files it; over half an hour the engine may once not answer in time, and then the same request again finds out. */
async function filed(portal: Caller, key: string, identityNumber: string, photo: string): Promise<CaseView> {
  const sent = {
    headers: { 'idempotency-key': key },
    json: {
      type: 'id-renewal',
      applicant: { identityNumber },
      application: { photo, delivery: { method: 'courier' } },
    },
  };
  for (let tries = 1; ; tries++) {
    const { status, body } = await portal.call<CaseView>('POST', '/v1/cases', sent);
    if (status === 201) return body;
    if (status !== 503 || tries === TRIES) throw new Error(`POST /v1/cases: ${status}: ${JSON.stringify(body)}`);
  }
}

interface Looked {
  readonly cases: number;
  readonly note?: string;
}

async function look({ system, dataDir }: BenchSystem, { cases, note = '' }: Looked): Promise<void> {
  const megabytes = (n: number | undefined): string => `${n?.toFixed(0) ?? '?'} MB`;
  const [ofWorker, ofEngine] = [residentOf(system.programs.worker.pid), residentEngine()].map(megabytes);
  const onDisk = (await bytesBelow(join(dataDir, 'temporal'))) / 1_000_000;
  const open = cases.toLocaleString('en').padStart(9);
  say(`  ${open} open   worker ${ofWorker}   engine ${ofEngine}, and ${megabytes(onDisk)} on disk${note}`);
}

/**
 * Files real cases that are not paid, so that they stay open, and watches the worker: up to its cache its memory grows with the open
 * cases, beyond it it does not. A case that is not in the cache is on disk only, so that from there on their number does not matter.
 * Answers the id of one of them.
 */
export async function openCaseMemory(bench: BenchSystem, open: number): Promise<string> {
  await holdPayments(bench.system);
  const portal = await portalOf(bench.system);
  const people = await enrolMonth(bench, portal, { renewing: [{ way: WAY, count: open }], families: 0 });
  const applicants = people.renewing.get(WAY) ?? [];
  const marks = new Set([0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.round(open * share)));
  say(
    `\nmemory of the worker, which keeps ${CACHE.toLocaleString('en')} cases at most, and of the engine; real cases that wait for their payment`,
  );
  await look(bench, { cases: 0 });
  const progress = new LongProgress('cases left open', open);
  let [next, done, last] = [0, 0, ''];
  const lane = async (): Promise<void> => {
    for (let at = next++; at < applicants.length; at = next++) {
      const { identityNumber, photo } = applicants[at] ?? { identityNumber: '', photo: '' };
      const view = await filed(portal, `open-${at}`, identityNumber, photo);
      if (view.status !== 'AWAITING_PAYMENT') throw new Error(`${view.id} is ${view.status}`);
      last = view.id;
      progress.step();
      if (marks.has(++done)) await look(bench, { cases: done });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane)).finally(() => progress.end());
  portal.close();
  return last;
}

export interface MadeCases {
  readonly dataDir: string;
  /** Id of the real case that they are like. */
  readonly like: string;
  /** Real cases that are open already. */
  readonly open: number;
  /** Open cases in all, ascending. */
  readonly sizes: readonly number[];
}

/** Asks cases for what they are, anywhere among those that were made: each is read from disk and replayed by the worker. */
async function askAnywhere(
  bench: BenchSystem,
  like: string,
  { cases, made }: { cases: number; made: number },
): Promise<void> {
  const { namespace } = bench.config.temporal;
  const address = bench.system.engine.temporalAddress;
  const { engine, close } = await connectEngine({ address }, namespace, { taskQueue: TASK_QUEUE }, 10_000);
  for (let round = 0; round < ROUNDS; round++) {
    const { latencies } = await drive(ASKED, AT_ONCE, async (n) => {
      const id = madeName(like, 1 + (((round * ASKED + n) * STRIDE) % made));
      const file = await engine.fileOf(id);
      if (file?.id !== id || file.stage !== 'AWAITING_PAYMENT')
        throw new Error(`${id} is ${file?.stage ?? 'not there'}`);
    });
    const times = [0.5, 0.99].map((share) => `p${share * 100} ${percentile(latencies, share).toFixed(0)} ms`);
    const asked = ((round + 1) * ASKED).toLocaleString('en');
    await look(bench, { cases, note: `; ${asked} asked, ${AT_ONCE} at once: ${times.join(', ')}` });
  }
  await close();
}

/**
 * As many open cases as nobody files in a night: like a real one, under other names, in the file of the engine. They are real to
 * the engine and to the worker; the database knows nothing of them.
 */
export async function madeCaseMemory({ dataDir, like, open, sizes }: MadeCases): Promise<void> {
  const program = await buildEngineRows(dataDir);
  if (program === undefined) return say('\nno more open cases are made: that takes Go, and there is no go command');
  say(`\nthe same with open cases made after ${like}, some of which are asked for`);
  const file = join(dataDir, 'temporal', 'temporal.db');
  let made = 0;
  for (const size of sizes.filter((cases) => cases > open)) {
    await makeOpenCases(program, { file, like, first: made + 1, count: size - open - made });
    made = size - open;
    const bench = await startBench('bench-scale', {}, true);
    try {
      await look(bench, { cases: size, note: ' at the start' });
      await askAnywhere(bench, like, { cases: size, made });
    } finally {
      await bench.stop();
    }
  }
}
