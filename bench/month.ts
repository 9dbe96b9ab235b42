import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { openDatabase, type Database } from '../adapters/postgres/database';
import type { Caller } from '../demo/portal';
import { instant } from '../domain/time';
import { samplePortrait } from '../demo/portraits';
import { bytesKept } from './bytes';
import { cpuMeter } from './programs';
import { watchEndings } from './endings';
import { percentile } from './load';
import { checkMonth } from './month-checks';
import {
  casesOf,
  mixAt,
  RESIDENTS,
  transactionsOf,
  visitorsIn,
  type Mix,
  type ServiceId,
  type Wish,
} from './month-mix';
import { enrolMonth, type MonthPeople } from './month-people';
import { wishesOf, type MonthCallers, type Tally } from './month-wishes';
import { clock, LongProgress } from './progress';
import { callerWith, portalOf, say, startBench, type BenchSystem } from './system';
import { officialBodies } from '../domain/policies/official-bodies';

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
const ASKED_OF_EACH_VISITOR = 4;

/** Everything under way at once is in one of these lanes: a case holds its lane from its filing to its end. */
async function carry(
  wishes: readonly Wish[],
  open: number,
  take: (wish: Wish) => Promise<void>,
  tally: Tally,
): Promise<number> {
  const progress = new LongProgress('transactions', transactionsOf(wishes));
  let next = 0;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    for (let at = next++; at < wishes.length; at = next++) {
      const wish = wishes[at] as Wish;
      const asked = performance.now();
      await take(wish);
      const what = wish.service in CASE_TYPES ? wish.service : `${wish.service} ${wish.way}`.trim();
      const times = tally.latencies.get(what) ?? [];
      times.push(performance.now() - asked);
      tally.latencies.set(what, times);
      progress.step(wish.makes);
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
      `${service.padEnd(38)} ${String(sorted.length).padStart(6)}   ${(sorted.length / seconds).toFixed(1).padStart(7)}/s   p50 ${percentile(sorted, 0.5).toFixed(0).padStart(5)} ms   p99 ${percentile(sorted, 0.99).toFixed(0).padStart(5)} ms${until}`,
    );
  }
}

async function measured(
  bench: BenchSystem,
  database: Database,
  callers: MonthCallers,
  mix: Mix,
  { scale, open }: MonthBench,
): Promise<boolean> {
  const { dataDir } = bench;
  const portal = callers.portals['absher-individuals'];
  const from = instant(Date.now());
  const transactions = transactionsOf(mix.wishes);
  say('\n1 of 3: the people of the month');
  const people = await enrolMonth(bench, portal, {
    renewing: mix.ways,
    families: mix.counts.get('family-identification') ?? 0,
    visitors: Math.ceil(visitorsIn(mix) / ASKED_OF_EACH_VISITOR),
    residents: RESIDENTS,
  });
  const upload = await uploadSeconds(portal, people);
  const endings = await watchEndings(database, ENDS);
  const tally: Tally = { latencies: new Map(), sent: new Map(), again: 0 };
  const before = await bytesKept(database, dataDir);
  const used = cpuMeter();
  say(`\n2 of 3: ${transactions} transactions, ${open} at a time`);
  const seconds = await carry(mix.wishes, open, wishesOf(callers, people, endings, mix, tally), tally);
  const cases = casesOf(mix);
  const cpu = used(cases);
  const after = await bytesKept(database, dataDir);
  await endings.close();

  show(tally, seconds);
  const total = cpu.reduce((sum, { msPerCase }) => sum + msPerCase, 0);
  const share = (ms: number): string => `${ms.toFixed(1)} ms (${((100 * ms) / Math.max(total, 0.001)).toFixed(0)} %)`;
  say(
    `\n${(cases / seconds).toFixed(1)} cases/s and ${(transactions / seconds).toFixed(1)} transactions/s over ${seconds.toFixed(0)} s; ${tally.again} requests had to be sent again`,
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

  say('\n3 of 3: the checks');
  const checks = await checkMonth(bench, database, { mix, sent: tally.sent, from });
  for (const { what, holds, seen } of checks) say(`${holds ? 'yes' : 'NO '}  ${what}: ${seen}`);
  return checks.every(({ holds }) => holds);
}

const bearing = ({ system }: BenchSystem, client: string): Promise<Caller> =>
  callerWith(system, { sub: client, roles: ['portal'], clientId: client, channel: client });

async function callersOf(bench: BenchSystem): Promise<MonthCallers> {
  const bodies = officialBodies.map(async ({ client }) => [client, await bearing(bench, client)] as const);
  return {
    portals: {
      'absher-individuals': await portalOf(bench.system),
      'absher-business': await bearing(bench, 'absher-business'),
    },
    bodies: new Map(await Promise.all(bodies)),
  };
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
  const callers = await callersOf(bench);
  const began = performance.now();
  let whole = false;
  try {
    whole = await measured(bench, database, callers, mix, asked);
  } finally {
    for (const caller of [...Object.values(callers.portals), ...callers.bodies.values()]) caller.close();
    await database.close();
    await bench.stop();
    if (asked.keep) say(`kept: ${bench.dataDir}`);
    else await rm(bench.dataDir, { recursive: true, force: true });
  }
  const took = clock((performance.now() - began) / 1000);
  if (!whole) throw new Error(`The month was not carried whole; it took ${took}.`);
  say(`\nThe month was carried whole: ${transactionsOf(mix.wishes)} transactions, nothing lost, in ${took}.`);
}
