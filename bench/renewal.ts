import { Client, Connection } from '@temporalio/client';
import { Progress } from '../demo/progress';
import { applicants, filingOf, type Applicant } from './applicants';
import { cpuMeter, type CpuShare } from './programs';
import { drive, median, percentile, rate, type Sample } from './load';
import { startPlain, startWhole } from './rivals-start';
import { letOutsideTakeTime, portalOf, say, startBench, type BenchSystem } from './system';

export const OPEN = 128;

export interface RenewalBench {
  readonly cases: number;
  readonly rounds: number;
}

export interface Round extends Sample {
  readonly cpu: readonly CpuShare[];
}

/** One line of what the rounds of one contender came to. */
export function show(name: string, rounds: readonly Round[], events: string, width = 8): void {
  const latencies = rounds.flatMap((round) => round.latencies).sort((a, b) => a - b);
  const of = (part: string): number =>
    median(rounds.map((round) => round.cpu.find((share) => share.name === part)?.msPerCase ?? 0));
  const total = median(rounds.map((round) => round.cpu.reduce((sum, share) => sum + share.msPerCase, 0)));
  const cpu = `${total.toFixed(1)} (${rounds[0]?.cpu.map(({ name: part }) => `${part} ${of(part).toFixed(1)}`).join(', ')})`;
  say(
    `${name.padEnd(width)} ${median(rounds.map(rate)).toFixed(1).padStart(6)} cases/s   p50 ${percentile(latencies, 0.5).toFixed(0).padStart(5)} ms   p99 ${percentile(latencies, 0.99).toFixed(0).padStart(5)} ms   ${events.padStart(3)} engine events   CPU ms a case: ${cpu}`,
  );
}

export interface Tajdid {
  /** One whole renewal over HTTP, from its filing to its end; answers its id. */
  run(): Promise<string>;
  historyLength(caseId: string): Promise<number>;
  stop(): Promise<void>;
}

/** Renewals through the whole of Tajdid, for so many applicants. */
export async function tajdidOf(bench: BenchSystem, count: number): Promise<Tajdid> {
  const connection = await Connection.connect({ address: bench.system.engine.temporalAddress });
  const client = new Client({ connection });
  const portal = await portalOf(bench.system);
  const ready = await applicants(bench, portal, count);
  let taken = 0;
  return {
    async run() {
      const { identityNumber, photo } = ready[taken++] as Applicant;
      const { id } = await portal.file(`bench-${taken}`, 'id-renewal', identityNumber, {
        photo,
        delivery: { method: 'courier' },
      });
      const outcome = (await client.workflow.getHandle(id).result()) as string;
      if (outcome !== 'COMPLETED') throw new Error(`${id} ended as ${outcome}`);
      return id;
    },
    historyLength: async (caseId) => (await client.workflow.getHandle(caseId).describe()).historyLength,
    async stop() {
      portal.close();
      await connection.close();
    },
  };
}

/** One round of one contender, with the CPU of everything that is running. */
export async function measure(cases: number, run: () => Promise<unknown>): Promise<Round> {
  const used = cpuMeter();
  const sample = await drive(cases, OPEN, async () => void (await run()));
  return { ...sample, cpu: used(cases) };
}

export const WARM_UP = 30;

const ratioOf = (ours: readonly Round[], theirs: readonly Round[]): string => {
  const ratios = ours.map((sample, index) => rate(sample) / rate(theirs[index] as Round));
  return `${median(ratios).toFixed(2)} (rounds: ${ratios.map((each) => each.toFixed(2)).join(', ')})`;
};

/**
 * Renewals through Tajdid, and through two that one would first write on the same engine, in turns: `plain` makes the same
 * outside calls and keeps nothing, `whole` takes the same steps and keeps the same register and log; both by ordinary activities.
 */
export async function benchRenewal({ cases, rounds }: RenewalBench): Promise<void> {
  const bench = await startBench('bench');
  await letOutsideTakeTime(bench.system);
  const { temporalAddress, databaseUrl } = bench.system.engine;
  const place = { dataDir: bench.dataDir, temporalAddress, databaseUrl };
  const count = WARM_UP + cases * rounds;
  const portal = await portalOf(bench.system);
  const theirPeople = await applicants(bench, portal, count, 'whole');
  portal.close();
  const plain = await startPlain(place);
  const whole = await startWhole({
    ...place,
    env: bench.system.env,
    file: (caseId) => filingOf(theirPeople.pop() as Applicant, caseId),
  });
  try {
    const tajdid = await tajdidOf(bench, count);
    say(`\n${rounds} rounds of ${cases} renewals each, ${OPEN} open at a time\n`);
    const started = { plain: 0, whole: 0 };
    let lastId = '';
    const contenders = [
      {
        name: 'tajdid',
        run: async () => (lastId = await tajdid.run()),
        historyLength: () => tajdid.historyLength(lastId),
      },
      ...([plain, whole] as const).map((rival) => {
        const name = rival.name as keyof typeof started;
        return {
          name,
          run: () => rival.run(`${name}-${++started[name]}`),
          historyLength: () => rival.historyLength(`${name}-${started[name]}`),
        };
      }),
    ].map((contender) => ({ ...contender, rounds: [] as Round[] }));
    for (const { run } of contenders) await measure(WARM_UP, run);

    const progress = new Progress(rounds * contenders.length);
    for (let n = 0; n < rounds; n++) {
      for (const contender of contenders) {
        const sample = await measure(cases, contender.run);
        contender.rounds.push(sample);
        progress.done(`${contender.name}: ${rate(sample).toFixed(1)} cases/s`);
      }
    }
    progress.end();
    const [ours, bare, kept] = contenders.map((contender) => contender.rounds) as [Round[], Round[], Round[]];
    for (const { name, rounds: samples, historyLength } of contenders)
      show(name, samples, String(await historyLength()));
    say(`\nratio     tajdid / plain: ${ratioOf(ours, bare)}; the goal is at least 1.3`);
    say(`          tajdid / whole: ${ratioOf(ours, kept)}`);
    await tajdid.stop();
  } finally {
    await whole.stop();
    await plain.stop();
    await bench.stop();
  }
}
