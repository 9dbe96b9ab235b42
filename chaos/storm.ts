import type { Faults } from '../sandbox/core/faults';
import type { Program } from '../system/program';
import { randomFrom, type Random } from '../demo/random';
import { decide, fileOne, ways, type Filed, type Way } from './cases';
import { drain } from './drain';
import { makeMischief, type Blow } from './mischief';
import { BACK_WITHIN, atSite, say, type Control, type Site } from './site';
import { stubbornly } from './stubborn';
import { isWhole, printTally, tally } from './tally';

const AT_ONCE = 8;
const [FIRST, SECOND] = ['chaos-1', 'chaos-2'];

const FAULTS = {
  timeoutRate: 0.1,
  errorRate: 0.05,
  doThenTimeoutRate: 0.05,
  automaticAfter: { min: 100, max: 2_000 },
  webhooks: { lostRate: 0.05, doubledRate: 0.1, shuffleMs: 1_500 },
};
const PARTIES = ['payments', 'card-bureau', 'courier', 'messages'] as const;

export interface StormOptions {
  readonly cases: number;
  readonly seed: string;
  readonly kills: number;
  readonly engineKills: number;
  readonly databaseRestarts: number;
  readonly drainWithin: number;
}

/** In fewer cases a kind of fault may well not come up. */
const ENOUGH_CASES = 100;

/** What has really gone wrong outside, over all parties. Says it, and answers which kinds have not come up at all. */
async function sayFaults(control: Control): Promise<readonly string[]> {
  const counts = new Map<string, number>();
  for (const faults of Object.values(await control<Record<string, Faults>>('GET', '/faults')))
    for (const [kind, n] of Object.entries(faults)) counts.set(kind, (counts.get(kind) ?? 0) + n);
  const inWords = (kind: string): string => kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  say(`outside: ${[...counts].map(([kind, n]) => `${n} ${inWords(kind)}`).join(' · ')}\n`);
  return [...counts].filter(([, n]) => n === 0).map(([kind]) => inWords(kind));
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  return list.map(() => left.splice(random.int(0, left.length - 1), 1)[0] as T);
}

/** Long enough for all retries to be over, so that incidents are raised. */
const BUREAU_DOWN = 60_000;

/** The card bureau is gone for a while, and the blows go on meanwhile. */
function bureauDown(control: Control): Blow & { over(): void } {
  let back: NodeJS.Timeout | undefined;
  return {
    name: 'card bureau down',
    async strike() {
      await control('PUT', '/dials/card-bureau', { ...FAULTS, errorRate: 1 });
      back = setTimeout(
        () => void control('PUT', '/dials/card-bureau', FAULTS).catch(() => undefined),
        BUREAU_DOWN,
      ).unref();
    },
    /** The faults are over: its way back would bring them in again. */
    over: () => clearTimeout(back),
  };
}

/** The blows in an order that the seed decides, and the new version in their midst. */
function blowsFor(
  { kills, engineKills, databaseRestarts }: StormOptions,
  { system, engines }: Site,
  deploy: () => Promise<void>,
  worker: () => Program,
  random: Random,
  bureau: Blow,
): Blow[] {
  const many = (times: number, blow: Blow): Blow[] => Array.from({ length: times }, () => blow);
  const { api } = system.programs;
  const back = (program: Program) => async (): Promise<void> => {
    program.kill('SIGKILL');
    await stubbornly(() => program.serves(), BACK_WITHIN);
  };
  const blows = shuffled(
    [
      ...many(kills, { name: 'worker killed', strike: () => back(worker())() }),
      ...many(kills, { name: 'API killed', strike: back(api) }),
      ...many(engineKills, { name: 'engine killed', strike: () => engines.killTemporal() }),
      ...many(databaseRestarts, { name: 'PostgreSQL restarted', strike: () => engines.restartPostgres() }),
    ],
    random,
  );
  blows.splice(Math.floor(blows.length / 3), 0, bureau);
  blows.splice(Math.floor(blows.length / 2), 0, { name: 'new worker version', strike: deploy });
  return blows;
}

/** Blow upon blow while the cases run; then what was lost or doubled. Answers the exit code. */
export function storm(options: StormOptions): Promise<number> {
  const begun = Date.now();
  const wayOf = (n: number): Way => ways[n % ways.length] as Way;
  const guardian = (n: number): boolean => wayOf(n).member === true;
  return atSite({ folder: 'chaos', buildId: FIRST, guardian, ...options }, async (site) => {
    const { system, engine, database, control, stage, people, ledger, startWorker, promote } = site;
    for (const party of PARTIES) await control('PUT', `/dials/${party}`, FAULTS);
    let current: Program = system.programs.worker;
    const deploy = async (): Promise<void> => {
      const next = await startWorker(SECOND);
      await promote(SECOND);
      await current.stop();
      current = next;
    };

    const random = randomFrom(options.seed);
    const bureau = bureauDown(control);
    const known = new Set<string>();
    const filed: Filed[] = [];
    const decisions: Promise<void>[] = [];
    let over = false;
    const mischief = makeMischief(
      blowsFor(options, site, deploy, () => current, random, bureau),
      random,
      () => known.size / options.cases,
      say,
    );
    const queue = people.map((person, n) => ({
      person,
      key: `${options.seed}-${n}`,
      way: wayOf(n),
    }));
    const file = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const one = await fileOne(stage, next.person, next.key, next.way, (caseId) => known.add(caseId));
        filed.push(one);
        decisions.push(decide(stage, one, () => over));
      }
    };
    await Promise.all([...Array.from({ length: AT_ONCE }, file), mischief.over]);
    say(`${filed.length} cases filed; the faults are over, draining`);

    bureau.over();
    for (const party of PARTIES) await control('PUT', `/dials/${party}`, {});
    for (const { caseId, way } of filed) if (way.mended) await stage.script(caseId, way.mended);
    await drain({ database, engine, within: options.drainWithin, say });
    over = true;
    await Promise.all(decisions);
    const result = await tally(database, ledger, filed);
    const blows = [...mischief.struck].map(([name, times]) => `${name} ${times} times`).join(' · ');
    say(`\n${blows} · ${Math.round((Date.now() - begun) / 1000)} s\n`);
    const missing = await sayFaults(control);
    printTally(result, say);
    // A storm in which nothing failed, or nothing was retried, has shown nothing.
    const shown = result.incidentsRaised > 0 && result.clearedByRetry > 0;
    if (!shown) say('no incident was raised and cleared by a verified retry: the storm was too weak to show anything');
    const gentle = options.cases >= ENOUGH_CASES && missing.length > 0;
    if (gentle) say(`outside there were no ${missing.join(', no ')}: the storm was too weak to show anything`);
    return isWhole(result) && shown && !gentle ? 0 : 1;
  });
}
