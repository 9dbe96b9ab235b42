import { Client, Connection } from '@temporalio/client';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { asEnrolled } from '../demo/enrol';
import { generatePeople } from '../demo/people';
import { samplePortrait } from '../demo/portraits';
import type { Caller } from '../demo/portal';
import { Progress } from '../demo/progress';
import { instant, riyadhDate } from '../domain/time';
import { cpuMeter, type CpuShare } from './cpu';
import { drive, median, percentile, rate, type Sample } from './load';
import { startPlain } from './rivals-start';
import { portalOf, say, startBench, type BenchSystem } from './system';

export const OPEN = 48;

export interface RenewalBench {
  readonly cases: number;
  readonly rounds: number;
}

export interface Round extends Sample {
  readonly cpu: readonly CpuShare[];
}

interface Applicant {
  readonly identityNumber: string;
  readonly photo: string;
}

/** Applicants whose photos are uploaded: the upload is another request, and measured photos are what a case starts with. */
async function applicants({ system, config }: BenchSystem, portal: Caller, count: number): Promise<Applicant[]> {
  const today = riyadhDate(instant(Date.now()));
  const people = generatePeople({ seed: 'bench', count, today, expiresIn: { from: 5, to: 150 } });
  const register = connectEnrol({
    masterKey: config.masterKey,
    lookupKey: config.lookupKey,
    databaseUrl: system.engine.databaseUrl,
  });
  await register.enrol(people.map(asEnrolled));
  await register.close();
  const photo = await samplePortrait('good');
  const ready: Applicant[] = [];
  for (let i = 0; i < people.length; i += 16) {
    ready.push(
      ...(await Promise.all(
        people
          .slice(i, i + 16)
          .map(async ({ identityNumber }) => ({ identityNumber, photo: await portal.upload(identityNumber, photo) })),
      )),
    );
  }
  return ready;
}

function show(name: string, rounds: readonly Round[], events: number): void {
  const latencies = rounds.flatMap((round) => round.latencies).sort((a, b) => a - b);
  const of = (part: string): number =>
    median(rounds.map((round) => round.cpu.find((share) => share.name === part)?.msPerCase ?? 0));
  const total = median(rounds.map((round) => round.cpu.reduce((sum, share) => sum + share.msPerCase, 0)));
  const cpu = `${total.toFixed(1)} (${rounds[0]?.cpu.map(({ name: part }) => `${part} ${of(part).toFixed(1)}`).join(', ')})`;
  say(
    `${name.padEnd(8)} ${median(rounds.map(rate)).toFixed(1).padStart(6)} cases/s   p50 ${percentile(latencies, 0.5).toFixed(0).padStart(5)} ms   p99 ${percentile(latencies, 0.99).toFixed(0).padStart(5)} ms   ${String(events).padStart(3)} engine events   CPU ms a case: ${cpu}`,
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

/** Renewals through Tajdid, and through a plain workflow that makes the same calls, in turns on the same engine. */
export async function benchRenewal({ cases, rounds }: RenewalBench): Promise<void> {
  const bench = await startBench('bench');
  const { temporalAddress, databaseUrl } = bench.system.engine;
  const plain = await startPlain({ dataDir: bench.dataDir, temporalAddress, databaseUrl });
  try {
    const tajdid = await tajdidOf(bench, WARM_UP + cases * rounds);
    say(`\n${rounds} rounds of ${cases} renewals each, ${OPEN} open at a time\n`);
    let [lastId, started] = ['', 0];
    const runOurs = async (): Promise<void> => {
      lastId = await tajdid.run();
    };
    const runTheirs = (): Promise<string> => plain.run(`plain-${++started}`);
    await measure(WARM_UP, runOurs);
    await measure(WARM_UP, runTheirs);

    const progress = new Progress(rounds * 2);
    const ours: Round[] = [];
    const theirs: Round[] = [];
    const round = async (name: string, into: Round[], run: () => Promise<unknown>): Promise<void> => {
      const sample = await measure(cases, run);
      into.push(sample);
      progress.done(`${name}: ${rate(sample).toFixed(1)} cases/s`);
    };
    for (let n = 0; n < rounds; n++) {
      await round('tajdid', ours, runOurs);
      await round('plain', theirs, runTheirs);
    }
    progress.end();
    show('tajdid', ours, await tajdid.historyLength(lastId));
    show('plain', theirs, await plain.historyLength(`plain-${started}`));
    const ratios = ours.map((sample, index) => rate(sample) / rate(theirs[index] as Round));
    say(
      `\nratio     tajdid / plain: ${median(ratios).toFixed(2)} (rounds: ${ratios.map((each) => each.toFixed(2)).join(', ')}); the goal is at least 1.3`,
    );
    await tajdid.stop();
  } finally {
    await plain.stop();
    await bench.stop();
  }
}
