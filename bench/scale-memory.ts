import { join } from 'node:path';
import type { Caller, CaseView } from '../demo/portal';
import { bytesBelow } from './bytes';
import { residentEngine, residentOf } from './programs';
import { enrolMonth } from './month-people';
import { LongProgress } from './progress';
import { holdPayments, portalOf, say, type BenchSystem } from './system';

/** The worker keeps this many cases in memory; see `worker/create.ts`. */
const CACHE = 2_000;
const AT_ONCE = 32;
const TRIES = 10;
const WAY = 'in time, by courier';

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

/**
 * Files real cases that are not paid, so that they stay open, and watches the worker: up to its cache its memory grows with the open
 * cases, beyond it it does not. A case that is not in the cache is on disk only, so that from there on their number does not matter.
 */
export async function openCaseMemory(bench: BenchSystem, open: number): Promise<void> {
  const { system } = bench;
  await holdPayments(system);
  const portal = await portalOf(system);
  const people = await enrolMonth(bench, portal, { renewing: [{ way: WAY, count: open }], families: 0 });
  const applicants = people.renewing.get(WAY) ?? [];
  const worker = system.programs.worker;
  const marks = new Set([0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.round(open * share)));
  const megabytes = (n: number | undefined): string => `${n?.toFixed(0) ?? '?'} MB`;
  const look = async (cases: number): Promise<void> => {
    const [ofWorker, ofEngine] = [residentOf(worker.pid), residentEngine()].map(megabytes);
    const onDisk = (await bytesBelow(join(bench.dataDir, 'temporal'))) / 1_000_000;
    say(
      `  ${cases.toLocaleString('en').padStart(8)} open   worker ${ofWorker}   engine ${ofEngine}, and ${megabytes(onDisk)} on disk`,
    );
  };
  say(
    `\nmemory of the worker, which keeps ${CACHE.toLocaleString('en')} cases at most, and of the engine; real cases that wait for their payment`,
  );
  await look(0);
  const progress = new LongProgress('cases left open', open);
  let [next, done] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let at = next++; at < applicants.length; at = next++) {
      const { identityNumber, photo } = applicants[at] ?? { identityNumber: '', photo: '' };
      const view = await filed(portal, `open-${at}`, identityNumber, photo);
      if (view.status !== 'AWAITING_PAYMENT') throw new Error(`${view.id} is ${view.status}`);
      progress.step();
      if (marks.has(++done)) await look(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane)).finally(() => progress.end());
  portal.close();
}
