import { Client, Connection } from '@temporalio/client';
import { openDatabase, type Database } from '../adapters/postgres/database';
import { registerDrift } from '../adapters/register/drift';
import { familyDrift } from '../adapters/register/family-drift';
import { Progress } from '../demo/progress';
import { openStage } from '../demo/stage';
import { instant, riyadhDate } from '../domain/time';
import { bytesKept } from './bytes';
import { watchEndings } from './endings';
import { familyEvents, type FamilyEventRun } from './family-events';
import { drive, rate } from './load';
import { check, checkChain, checkEndings, checkLedgers, type Check } from './month-checks';
import { measure, OPEN, show, type Round } from './renewal';
import { callerWith, letOutsideTakeTime, portalOf, say, startBench, type BenchSystem } from './system';

interface FamilyBench {
  /** Of each event, a round. */
  readonly cases: number;
  readonly rounds: number;
}

const WARM_UP = 12;
const ENDS: ReadonlySet<string> = new Set([
  'COMPLETED',
  'REJECTED',
  'CANCELLED',
  'EXPIRED',
  'LINKED',
  'ALLOWED',
  'UPHELD',
]);

interface Measured {
  readonly event: FamilyEventRun;
  readonly rounds: Round[];
  done: number;
  last: readonly string[];
}

/** What has to be there first is made first, and is in no figure. */
async function takeRound(measured: Measured, cases: number): Promise<Round> {
  const { event, done } = measured;
  await drive(cases, OPEN, (n) => event.before(done + n));
  let next = done;
  measured.done += cases;
  return measure(cases, async () => (measured.last = await event.run(next++)));
}

/** The register's tables are what its entries come to: ties and deaths, and the cards. */
async function checkRegister(database: Database): Promise<Check> {
  const drifted = [...(await familyDrift(database)), ...(await registerDrift(database))];
  return check('the register is the fold of its entries', drifted.length === 0, `${drifted.length} people are not`);
}

async function checks(bench: BenchSystem, database: Database, all: readonly Measured[]): Promise<Check[]> {
  const wanted = new Map<string, number>();
  for (const { event, done } of all) for (const end of event.ends) wanted.set(end, (wanted.get(end) ?? 0) + done);
  const cases = [...wanted.values()].reduce((sum, count) => sum + count, 0);
  return [
    ...(await checkEndings(database, wanted)),
    await checkRegister(database),
    ...(await checkLedgers(bench, database)),
    await checkChain(database, cases),
  ];
}

async function measured(bench: BenchSystem, database: Database, { cases, rounds }: FamilyBench): Promise<boolean> {
  const connection = await Connection.connect({ address: bench.system.engine.temporalAddress });
  const client = new Client({ connection });
  const endings = await watchEndings(database, ENDS);
  const [theirs, portal] = [await openStage(bench.system, client), await portalOf(bench.system)];
  const staff = new Map<string, ReturnType<typeof callerWith>>();
  const stage = {
    ...theirs,
    portal,
    staff(sub: string) {
      const caller = staff.get(sub) ?? callerWith(bench.system, { as: sub });
      staff.set(sub, caller);
      return caller;
    },
  };
  try {
    const today = riyadhDate(instant(Date.now()));
    const events = await familyEvents(bench, stage, endings, { count: WARM_UP + cases * rounds, today });
    const all = events.map((event): Measured => ({ event, rounds: [], done: 0, last: [] }));
    for (const each of all) await takeRound(each, WARM_UP);
    const before = await bytesKept(database, bench.dataDir);
    say(`\n${rounds} rounds of ${cases} of each event, ${OPEN} open at a time\n`);
    const progress = new Progress(rounds * all.length);
    for (let n = 0; n < rounds; n++) {
      for (const each of all) {
        const round = await takeRound(each, cases);
        each.rounds.push(round);
        progress.done(`${each.event.name}: ${rate(round).toFixed(1)}/s`);
      }
    }
    progress.end();
    const after = await bytesKept(database, bench.dataDir);
    const lengthOf = async (id: string) => (await client.workflow.getHandle(id).describe()).historyLength;
    for (const { event, rounds: samples, last } of all)
      show(event.name, samples, (await Promise.all(last.map(lengthOf))).join(' + '), 26);
    const kB = (of: keyof typeof after): string =>
      `${((after[of] - before[of]) / (cases * rounds * all.length) / 1024).toFixed(1)} kB`;
    say(`\nkept an event: engine ${kB('engine')}, log ${kB('log')}, the whole database ${kB('database')}\n`);
    const found = await checks(bench, database, all);
    for (const { what, holds, seen } of found) say(`${holds ? 'yes' : 'NO '}  ${what}: ${seen}`);
    return found.every(({ holds }) => holds);
  } finally {
    theirs.close();
    portal.close();
    for (const caller of staff.values()) (await caller).close();
    await endings.close();
    await connection.close();
  }
}

/**
 * The events of families over HTTP, each by itself and in turns, with consents and reviews by staff who are strangers to everybody;
 * throws when a case did not end as it should, or the books do not agree.
 */
export async function benchFamily(asked: FamilyBench): Promise<void> {
  const bench = await startBench('bench-family');
  await letOutsideTakeTime(bench.system);
  const database = openDatabase({
    url: bench.system.engine.databaseUrl,
    max: 2,
    applicationName: 'tajdid-bench-checks',
  });
  try {
    if (!(await measured(bench, database, asked))) throw new Error('The books do not agree: see above.');
  } finally {
    await database.close();
    await bench.stop();
  }
}
