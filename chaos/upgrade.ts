import { setTimeout as pause } from 'node:timers/promises';
import { createStalls } from '../adapters/operations/stalls-postgres';
import type { Program } from '../system/program';
import { fileOne, way, type Filed, type Stage } from './cases';
import { drain } from './drain';
import { buildLater, LATER_WORKER } from './later/worker';
import { atSite, say, type Site } from './site';
import { stubbornly } from './stubborn';
import { isWhole, printTally, tally } from './tally';

const AT_ONCE = 8;
const [OLD, NEW] = ['upgrade-1', 'upgrade-2'];
const WITHIN = 300_000;
const LOOK_AGAIN = 250;

/** Where a case stands open, and what somebody outside or inside does to let it go on. */
interface Standing {
  readonly status: string;
  readonly script: object;
  readonly photo?: 'doubt';
  go(stage: Stage, site: Site, caseId: string): Promise<unknown>;
}

const step =
  (party: string, name: string): Standing['go'] =>
  (_stage, { control }, caseId) =>
    control('POST', `/steps/${party}/${name}`, { caseId });

/** The waits that a renewal spends its days in. */
const standings: readonly Standing[] = [
  { status: 'AWAITING_PAYMENT', script: { payments: 'manual' }, go: step('payments', 'capture') },
  { status: 'PRINT_QUEUED', script: { 'card-bureau': 'manual' }, go: step('card-bureau', 'print') },
  { status: 'DISPATCHED', script: { courier: 'manual' }, go: step('courier', 'deliver') },
  {
    status: 'IN_REVIEW',
    script: {},
    photo: 'doubt',
    async go({ caseworker }, _site, caseId) {
      await caseworker.act(caseId, 'claim');
      await caseworker.act(caseId, 'approve');
    },
  },
];

interface OpenCase extends Filed {
  readonly standing: Standing;
}

export interface UpgradeOptions {
  readonly cases: number;
  readonly seed: string;
  readonly drainWithin: number;
}

async function atOnce<T>(items: readonly T[], work: (item: T, n: number) => Promise<unknown>): Promise<void> {
  const queue = items.map((item, n) => ({ item, n }));
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next.item, next.n);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function closed({ database }: Site, cases: readonly OpenCase[]): Promise<number> {
  const [row] = await database.from('case').query<{ n: number }>({
    text: 'SELECT count(*) AS n FROM cases WHERE closed_at IS NOT NULL AND case_id = ANY ($1)',
    values: [cases.map(({ caseId }) => caseId)],
  });
  return row?.n ?? 0;
}

/** Lets these go on, and waits until they have ended. */
async function goOn(site: Site, cases: readonly OpenCase[]): Promise<void> {
  await atOnce(cases, ({ caseId, standing }) => stubbornly(() => standing.go(site.stage, site, caseId), WITHIN));
  for (const until = Date.now() + WITHIN; (await closed(site, cases)) < cases.length; await pause(LOOK_AGAIN))
    if (Date.now() > until) return say(`after ${WITHIN / 1000} s only ${await closed(site, cases)} have ended`);
}

/** The version that each of these ran on last, counted. */
async function versionsOf({ engine }: Site, cases: readonly OpenCase[]): Promise<string> {
  const counts = new Map<string, number>();
  await atOnce(cases, async ({ caseId }) => {
    const version = (await engine.view(caseId))?.deployment?.buildId ?? 'none';
    counts.set(version, (counts.get(version) ?? 0) + 1);
  });
  return [...counts].map(([version, n]) => `${n} on ${version}`).join(', ');
}

/**
 * As the runbook of a wrong version has it: what the watch finds to fit the code no more begins again from its log.
 * Answers how many did. One scan asks only so many that do not answer, so it is scanned until none is found.
 */
async function restartUnreadable({ engine, database }: Site, until = Date.now() + 2 * WITHIN): Promise<number> {
  const stalls = createStalls(database);
  const restarted = new Set<string>();
  for (;;) {
    await engine.scanNow();
    const found = await stalls.list({ open: true, limit: 1_000 });
    const next = found.filter(({ what, caseId }) => what === 'unreadable' && !restarted.has(caseId));
    if (next.length === 0 || Date.now() > until) return restarted.size;
    await atOnce(next, async ({ caseId }) => {
      await stubbornly(() => engine.restart(caseId), WITHIN);
      restarted.add(caseId);
    });
  }
}

/** How runs ended that did not end well, and how often the code did not fit a history. */
async function failures(site: Site, cases: readonly OpenCase[]): Promise<{ failed: number; misfits: number }> {
  let [failed, misfits] = [0, 0];
  await atOnce(cases, async ({ caseId }) => {
    if ((await site.engine.view(caseId))?.status !== 'COMPLETED') failed += 1;
    const { events } = (await site.engine.history(caseId)) as { events: readonly { eventType: string }[] };
    misfits += events.filter(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_FAILED').length;
  });
  return { failed, misfits };
}

/**
 * Cases that stand open in every wait there is; a new worker version with other workflow code, on to which they move; back to the
 * version before, which those that have come past the patch do not fit and begin again on; and forward again. Nothing may fail and
 * nothing may happen twice. Answers the exit code.
 */
export function upgrade(options: UpgradeOptions): Promise<number> {
  const begun = Date.now();
  return atSite({ folder: 'upgrade', buildId: OLD, ...options }, async (site) => {
    const { system, engine, database, stage, people, ledger, startWorker, promote } = site;
    const cases: OpenCase[] = [];
    const file = (from: number, to: number): Promise<void> =>
      atOnce(people.slice(from, to), async (person, n) => {
        const standing = standings[(from + n) % standings.length] as Standing;
        const { script, photo = 'good' } = standing;
        const chosen = way(`open in ${standing.status}`, 'COMPLETED', { script, photo });
        cases.push({
          ...(await fileOne(stage, person, `${options.seed}-${from + n}`, chosen, () => undefined)),
          standing,
        });
      });
    const standOpen = async (): Promise<void> => {
      const wanted = new Map(cases.map(({ caseId, standing }) => [caseId, standing.status]));
      const look = async (): Promise<number> => {
        const rows = await database.from('case').query<{ id: string; status: string }>({
          text: 'SELECT case_id AS id, status FROM cases WHERE closed_at IS NULL',
        });
        return rows.filter(({ id, status }) => wanted.get(id) === status).length;
      };
      for (const until = Date.now() + WITHIN; (await look()) < wanted.size; await pause(LOOK_AGAIN))
        if (Date.now() > until) throw new Error(`only ${await look()} of ${wanted.size} cases stand where they should`);
    };

    await buildLater();
    const [half, most] = [Math.floor(options.cases / 2), Math.floor(options.cases * 0.85)];
    await file(0, half);
    let current: Program = system.programs.worker;
    const moveTo = async (version: string): Promise<void> => {
      const next = await (version === NEW ? startWorker(version, LATER_WORKER) : startWorker(version));
      await promote(version);
      await current.stop();
      current = next;
      say(`version ${version} is current; the other has stopped`);
    };
    // Some begin on the old version, some while the new one comes up and takes over, and some on the new one.
    await Promise.all([file(half, most), moveTo(NEW)]);
    await file(most, options.cases);
    await standOpen();
    say(`${cases.length} cases stand open: ${await versionsOf(site, cases)}`);

    const third = Math.ceil(cases.length / 3);
    const [first, second, rest] = [cases.slice(0, third), cases.slice(third, 2 * third), cases.slice(2 * third)];
    await goOn(site, first);
    say(`upgraded, ${first.length} cases ended: ${await versionsOf(site, first)}`);
    await moveTo(OLD);
    const restarted = await restartUnreadable(site);
    say(`rolled back, ${restarted} cases had come past the patch and began again from their log`);
    await goOn(site, second);
    say(`rolled back, ${second.length} cases ended: ${await versionsOf(site, second)}`);
    await moveTo(NEW);
    await goOn(site, rest);
    say(`forward again, ${rest.length} cases ended: ${await versionsOf(site, rest)}`);

    await drain({ database, engine, within: options.drainWithin, say });
    const { failed, misfits } = await failures(site, cases);
    const result = await tally(database, ledger, cases);
    say(`\nupgrade, rollback and upgrade · ${Math.round((Date.now() - begun) / 1000)} s\n`);
    printTally(result, say, [
      ['workflows failed', String(failed)],
      ['begun again after the rollback', String(restarted)],
      ['tasks that did not fit the code', String(misfits)],
    ]);
    if (restarted === 0) say('no case had come past the patch: the rollback has shown nothing');
    return isWhole(result) && restarted > 0 && failed + misfits + result.incidentsRaised === 0 ? 0 : 1;
  });
}
