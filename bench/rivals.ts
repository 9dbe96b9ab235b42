import { rate, drive, median, percentile } from './load';
import { measure, OPEN, tajdidOf, WARM_UP, type Round } from './renewal';
import { startDbos, startPlain, startRestate, type Rival, type RivalPlace } from './rivals-start';
import { letOutsideTakeTime, say, startBench } from './system';

export interface RivalsBench {
  readonly cases: number;
  readonly rounds: number;
}

const OURS = 'tajdid';
const NO_MORE =
  'the four calls and the three waits; no register, no case log, no vault, no API, no lists, no webhooks out';

const starts: readonly { readonly name: string; readonly start: (place: RivalPlace) => Promise<Rival> }[] = [
  { name: 'plain', start: startPlain },
  { name: 'dbos', start: startDbos },
  { name: 'restate', start: startRestate },
];

const FIRST_WITHIN = 30_000;

async function firstCase(rival: Rival): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const outcome = await Promise.race([
    rival.run(`${rival.name}-first`),
    new Promise<string>((_, reject) => {
      late = setTimeout(() => reject(new Error('its first case did not end')), FIRST_WITHIN);
    }),
  ]).finally(() => clearTimeout(late));
  if (outcome !== 'COMPLETED') throw new Error(`its first case ended as ${outcome}`);
}

/** Those that can be had on this machine; of the others it is said why not. */
async function startRivals(place: RivalPlace): Promise<Rival[]> {
  const rivals: Rival[] = [];
  for (const { name, start } of starts) {
    try {
      const rival = await start(place);
      await firstCase(rival).catch(async (error: unknown) => {
        await rival.stop();
        throw error;
      });
      rivals.push(rival);
      say(`${name}: ready`);
    } catch (error) {
      say(
        `${name}: left out, it cannot be had here: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
      );
    }
  }
  return rivals;
}

function table(rows: ReadonlyMap<string, readonly Round[]>, keeps: ReadonlyMap<string, string>): void {
  const ours = rows.get(OURS) ?? [];
  say(
    `\n${'contender'.padEnd(10)} ${'cases/s'.padStart(8)} ${'p50 ms'.padStart(7)} ${'p99 ms'.padStart(7)} ${'CPU ms a case'.padStart(14)}   ratio to tajdid (rounds)`,
  );
  for (const [name, rounds] of rows) {
    const latencies = rounds.flatMap((round) => round.latencies).sort((a, b) => a - b);
    const cpu = median(rounds.map((round) => round.cpu.reduce((sum, { msPerCase }) => sum + msPerCase, 0)));
    const ratios = rounds.map((round, i) => rate(round) / rate(ours[i] as Round));
    const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
    say(
      `${name.padEnd(10)} ${median(rounds.map(rate)).toFixed(1).padStart(8)} ${p50.toFixed(0).padStart(7)} ${p99.toFixed(0).padStart(7)} ${cpu.toFixed(1).padStart(14)}   ${median(ratios).toFixed(2)} (${ratios.map((each) => each.toFixed(2)).join(', ')})`,
    );
  }
  say('\nwhat each does and keeps at that rate');
  for (const [name, what] of keeps) say(`  ${name.padEnd(8)} ${what}`);
}

/** The same renewal on everybody's engine, in turns in one run. CPU is of all that runs, so it holds the rest of the others too. */
export async function benchRivals({ cases, rounds }: RivalsBench): Promise<void> {
  const bench = await startBench('bench-rivals');
  await letOutsideTakeTime(bench.system);
  const { temporalAddress, databaseUrl } = bench.system.engine;
  const rivals = await startRivals({ dataDir: bench.dataDir, temporalAddress, databaseUrl });
  try {
    const tajdid = await tajdidOf(bench, WARM_UP + cases * rounds);
    const ids = new Map<string, number>();
    const runs = new Map<string, () => Promise<unknown>>([[OURS, () => tajdid.run()]]);
    for (const rival of rivals) {
      runs.set(rival.name, async () => {
        const n = (ids.get(rival.name) ?? 0) + 1;
        ids.set(rival.name, n);
        const outcome = await rival.run(`${rival.name}-${n}`);
        if (outcome !== 'COMPLETED') throw new Error(`${rival.name} ended a case as ${outcome}`);
      });
    }
    for (const run of runs.values()) await drive(WARM_UP, OPEN, async () => void (await run()));
    say(`\n${rounds} rounds of ${cases} renewals for each, one after another, ${OPEN} open at a time`);
    const rows = new Map<string, Round[]>([...runs.keys()].map((name) => [name, []]));
    for (let round = 1; round <= rounds; round++) {
      for (const [name, run] of runs) {
        const sample = await measure(cases, run);
        rows.get(name)?.push(sample);
        say(`  round ${round}: ${name} ${rate(sample).toFixed(1)} cases/s`);
      }
    }
    table(
      rows,
      new Map([
        [
          OURS,
          'the whole case through HTTP: API, vault, register, hash-chained case log, lists, signed webhooks; engine on SQLite with WAL and synchronous=1, everything else on PostgreSQL with fsync and synchronous_commit on',
        ],
        ...rivals.map(({ name, keeps }) => [name, `${NO_MORE}; ${keeps}`] as const),
      ]),
    );
    await tajdid.stop();
  } finally {
    for (const rival of rivals.reverse()) await rival.stop();
    await bench.stop();
  }
}
