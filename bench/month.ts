import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, type Database } from '../adapters/postgres/database';
import { caseIdFor } from '../client/case-id';
import type { Answer, Caller, CaseView } from '../demo/portal';
import { samplePortrait } from '../demo/portraits';
import { bytesKept } from './bytes';
import { cpuMeter } from './cpu';
import { watchEndings, type Endings } from './endings';
import { percentile } from './load';
import { checkMonth } from './month-checks';
import { mixAt, visitorsIn, type Mix, type ServiceId, type Wish } from './month-mix';
import { enrolMonth, type Applicant, type MonthPeople } from './month-people';
import { LongProgress } from './progress';
import { portalOf, PORTAL, say, startBench, type BenchSystem } from './system';

export interface MonthBench {
  readonly scale: number;
  /** Requests under way at once; most of them are open cases. */
  readonly open: number;
  readonly keep: boolean;
}

const CASE_TYPES: Partial<Record<ServiceId, string>> = {
  'id-renewal': 'id-renewal',
  'family-identification': 'family-registration',
};
const ENDS: ReadonlySet<string> = new Set(['COMPLETED', 'REJECTED', 'EXPIRED', 'CANCELLED', 'CLOSED_UNCOLLECTED']);
const MOST_TRIES = 12;
const ASKED_OF_EACH_VISITOR = 4;

interface Tally {
  readonly latencies: Map<ServiceId, number[]>;
  readonly sent: Map<ServiceId, number>;
  again: number;
}

/** Sends until it is answered: what was not taken, or may have been, is sent again as it was. */
async function answered<T>(tally: Tally, send: () => Promise<Answer<T>>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const { status, body } = await send();
    if (status >= 200 && status < 300) return body;
    if ((status !== 503 && status !== 429) || tries === MOST_TRIES)
      throw new Error(`answered ${status} after ${tries} tries: ${JSON.stringify(body)}`);
    tally.again += 1;
    await pause(250 * tries);
  }
}

function wishesOf(
  portal: Caller,
  people: MonthPeople,
  endings: Endings,
  mix: Mix,
  tally: Tally,
): (wish: Wish) => Promise<void> {
  const endOf = new Map(mix.ways.map(({ way, ends }) => [way, ends]));
  const somebody = ({ n, visitor }: Wish): Applicant => {
    const some = visitor ? people.visitors : people.everybody;
    return some[n % some.length] as Applicant;
  };
  const whole = async (
    type: string,
    key: string,
    identityNumber: string,
    application: object,
    ends: string,
    starts?: string,
  ): Promise<void> => {
    const id = caseIdFor(type, PORTAL, key);
    const ended = Promise.all([id, ...(starts ? [starts] : [])].map((each) => endings.of(each)));
    const sent = { headers: { 'idempotency-key': key }, json: { type, applicant: { identityNumber }, application } };
    const view = await answered(tally, () => portal.call<CaseView>('POST', '/v1/cases', sent));
    if (view.id !== id) throw new Error(`${view.id} is not ${id}`);
    for (const status of await ended) if (status !== ends) throw new Error(`${id} ended as ${status} and not ${ends}`);
  };
  return async (wish) => {
    const { service, way = '', n } = wish;
    switch (service) {
      case 'id-renewal': {
        const { identityNumber, photo } = people.renewing.get(way)?.[n] ?? { identityNumber: '', photo: '' };
        const delivery = way.includes('picked up') ? { method: 'pickup', office: 'jeddah-1' } : { method: 'courier' };
        return whole('id-renewal', `${way}-${n}`, identityNumber, { photo, delivery }, endOf.get(way) ?? '');
      }
      case 'family-identification': {
        const { father, child, photo } = people.families[n] ?? { father: '', child: '', photo: '' };
        const id = caseIdFor('family-registration', PORTAL, `family-${n}`);
        return whole(
          'family-registration',
          `family-${n}`,
          father,
          { event: 'member-identification', member: child, photo },
          'COMPLETED',
          // The first card is a case of its own, and the month is over when it is in the member's hand.
          `rnw_${id.slice(id.indexOf('_') + 1)}-id`,
        );
      }
      case 'id-verification': {
        const { identityNumber, birthDate } = somebody(wish);
        const { verdict } = await answered(tally, () =>
          portal.call<{ verdict: string }>('POST', '/v1/verifications', { json: { identityNumber, birthDate } }),
        );
        if (verdict !== 'valid' && verdict !== 'expired') throw new Error(`a verification answered ${verdict}`);
        return;
      }
      case 'my-data':
      case 'my-data-enhanced':
        await answered(tally, () =>
          portal.call('POST', '/v1/people/record', {
            json: { identityNumber: somebody(wish).identityNumber, detail: service === 'my-data-enhanced' },
          }),
        );
    }
  };
}

/** Everything under way at once is in one of these lanes: a case holds its lane from its filing to its end. */
async function carry(
  wishes: readonly Wish[],
  open: number,
  take: (wish: Wish) => Promise<void>,
  tally: Tally,
): Promise<number> {
  const progress = new LongProgress('transactions', wishes.length);
  let next = 0;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    for (let at = next++; at < wishes.length; at = next++) {
      const wish = wishes[at] as Wish;
      const asked = performance.now();
      await take(wish);
      tally.latencies.set(wish.service, tally.latencies.get(wish.service) ?? []);
      tally.latencies.get(wish.service)?.push(performance.now() - asked);
      tally.sent.set(wish.service, (tally.sent.get(wish.service) ?? 0) + 1);
      progress.step();
    }
  };
  await Promise.all(Array.from({ length: Math.min(open, wishes.length) }, lane)).finally(() => progress.end());
  return (performance.now() - began) / 1000;
}

/** What an upload costs: it is measured apart, because the month's portraits are kept beforehand. */
async function uploadSeconds(portal: Caller, people: MonthPeople): Promise<number> {
  const photo = await samplePortrait('good');
  const some = people.everybody.slice(0, 20);
  const began = performance.now();
  for (const [i, { identityNumber }] of some.entries()) {
    await portal.upload(identityNumber, Buffer.concat([photo, Buffer.from(String(i))]));
  }
  return (performance.now() - began) / 1000 / Math.max(1, some.length);
}

function show(tally: Tally, seconds: number): void {
  say('');
  for (const [service, unsorted] of tally.latencies) {
    const sorted = [...unsorted].sort((a, b) => a - b);
    const until = service in CASE_TYPES ? ' to its end' : '';
    say(
      `${service.padEnd(22)} ${String(sorted.length).padStart(6)}   ${(sorted.length / seconds).toFixed(1).padStart(7)}/s   p50 ${percentile(sorted, 0.5).toFixed(0).padStart(5)} ms   p99 ${percentile(sorted, 0.99).toFixed(0).padStart(5)} ms${until}`,
    );
  }
}

async function measured(
  bench: BenchSystem,
  database: Database,
  portal: Caller,
  mix: Mix,
  { scale, open }: MonthBench,
): Promise<boolean> {
  const { dataDir } = bench;
  const people = await enrolMonth(bench, portal, {
    renewing: mix.ways,
    families: mix.counts.get('family-identification') ?? 0,
    visitors: Math.ceil(visitorsIn(mix) / ASKED_OF_EACH_VISITOR),
  });
  const upload = await uploadSeconds(portal, people);
  const endings = await watchEndings(database, ENDS);
  const tally: Tally = { latencies: new Map(), sent: new Map(), again: 0 };
  const before = await bytesKept(database, dataDir);
  const used = cpuMeter();
  say(`\n${mix.wishes.length} transactions, ${open} at a time`);
  const seconds = await carry(mix.wishes, open, wishesOf(portal, people, endings, mix, tally), tally);
  const cases = (mix.counts.get('id-renewal') ?? 0) + 2 * (mix.counts.get('family-identification') ?? 0);
  const cpu = used(cases);
  const after = await bytesKept(database, dataDir);
  await endings.close();

  show(tally, seconds);
  const total = cpu.reduce((sum, { msPerCase }) => sum + msPerCase, 0);
  const share = (ms: number): string => `${ms.toFixed(1)} ms (${((100 * ms) / Math.max(total, 0.001)).toFixed(0)} %)`;
  say(
    `\n${(cases / seconds).toFixed(1)} cases/s and ${(mix.wishes.length / seconds).toFixed(1)} transactions/s over ${seconds.toFixed(0)} s; ${tally.again} requests had to be sent again`,
  );
  if (scale < 1) say(`at this pace the whole month would take ${(seconds / scale / 60).toFixed(1)} minutes`);
  say(
    `CPU a case, with its share of the quick services: ${total.toFixed(1)} ms: ${cpu.map(({ name, msPerCase }) => `${name} ${share(msPerCase)}`).join(', ')}`,
  );
  say(
    `${((100 * total * cases) / (seconds * 1000 * cpus().length)).toFixed(0)} % of ${cpus().length} cores were busy with it`,
  );
  const kB = (of: keyof typeof after): string => `${((after[of] - before[of]) / cases / 1024).toFixed(1)} kB`;
  say(
    `kept a case: engine ${kB('engine')}, log ${kB('log')}, lists ${kB('lists')}, the whole database ${kB('database')}`,
  );
  say(`not in it: a portrait's upload and measurement, ${(upload * 1000).toFixed(0)} ms each (one after the other)`);

  say('');
  const checks = await checkMonth(bench, database, mix, tally.sent);
  for (const { what, holds, seen } of checks) say(`${holds ? 'yes' : 'NO '}  ${what}: ${seen}`);
  return checks.every(({ holds }) => holds);
}

/** The model month over HTTP, against everything embedded and durable on this machine; throws when anything was lost. */
export async function benchMonth(asked: MonthBench): Promise<void> {
  const mix = mixAt(asked.scale);
  const bench = await startBench('bench-month');
  const database = openDatabase({
    url: bench.system.engine.databaseUrl,
    max: 2,
    applicationName: 'tajdid-bench-checks',
  });
  const portal = await portalOf(bench.system);
  let whole = false;
  try {
    whole = await measured(bench, database, portal, mix, asked);
  } finally {
    portal.close();
    await database.close();
    await bench.stop();
    if (asked.keep) say(`kept: ${bench.dataDir}`);
    else await rm(bench.dataDir, { recursive: true, force: true });
  }
  if (!whole) throw new Error('The month was not carried whole.');
}
