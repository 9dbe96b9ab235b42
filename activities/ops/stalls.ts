import type { Operations } from '../../adapters/operations/port';
import { EVERYTHING, type OpenCase, type Stalls } from '../../adapters/operations/stalls-port';
import type { Bilingual } from '../../domain/refusal';
import { instant, millis, MINUTE, type Instant } from '../../domain/time';
import {
  ANSWERED_OUTSIDE,
  ASK_AFTER,
  GRACE,
  gapTexts,
  stallOfRow,
  stallTexts,
  type Stall,
  type StallKind,
} from '../../ops/stalls';
import { caseTypeNamed } from '../../workflows/case-types';
import type { StallCounts, VerifiedRetryRun } from '../../workflows/ops/messages';

/** What the watch needs of the engine. */
export interface EngineLook {
  /** null: no such workflow. */
  view(caseId: string): Promise<{ readonly status: string; readonly startedAt: Instant } | null>;
  knownVersion(caseId: string): Promise<number>;
  /** Newest first. */
  openCases(limit: number): Promise<readonly string[]>;
  wake(caseId: string): Promise<void>;
  startRetry(run: VerifiedRetryRun): Promise<void>;
  /** What is open beside the cases and is long on its way, newest first. */
  runsBeside(limit: number): Promise<readonly string[]>;
  /** Whether a worker can read it. */
  readable(id: string): Promise<boolean>;
  health(): Promise<{ readonly gaps: Parameters<typeof gapTexts>[0] }>;
}

export interface StallPorts {
  readonly stalls: Stalls;
  readonly operations: Pick<Operations, 'unended'>;
  readonly engine: EngineLook;
  readonly now: () => number;
  /** Tells the engine that the scan is alive. */
  readonly beat: () => void;
}

interface Counts {
  looked: number;
  found: number;
  cleared: number;
  failed: number;
}

export interface StallActivities {
  /** @param silentFor milliseconds after which the outside is asked; the watch's own when not given */
  scanStalls(input: { silentFor?: number }): Promise<StallCounts>;
}

const OVERDUE_A_SCAN = 1_000;
const SILENT_A_SCAN = 1_000;
/** Looked up in the engine at once. */
const AT_ONCE = 8;
const PART = 40;
/** The engine gives the whole scan four minutes. */
const ENDS_WITHIN = 3 * MINUTE;
/** A workflow that does not answer costs ten seconds: after so many in one scan, the others are not asked in this one. */
const UNREAD_A_SCAN = 60;
const RETRIES_A_SCAN = 200;
const BESIDE_A_SCAN = 1_000;

const NO_RUN: Bilingual = { en: 'the engine knows no run', ar: 'لا يعرف المحرك أي تشغيل' };
const lastRun = (status: string): Bilingual => ({ en: `the last run: ${status}`, ar: `آخر تشغيل: ${status}` });
const NO_ANSWER: Bilingual = { en: 'the workflow did not answer a query', ar: 'لم يجب سير العمل عن استعلام' };
const NOT_IN_LOG: Bilingual = {
  en: 'the workflow runs, and the log has no such case',
  ar: 'سير العمل يعمل، وليس في السجل حالة كهذه',
};
const apart = (known: number, version: number): Bilingual => ({
  en: `the workflow is at version ${known}, the log at ${version}`,
  ar: `سير العمل عند النسخة ${known}، والسجل عند ${version}`,
});
const ROUND_A_SCAN = 500;
/** A database that was restored lacks the newest cases, so the newest are looked up. */
const NEWEST_A_SCAN = 1_000;

/** What only the workflow itself tells: while it is not asked, what was found before stays. */
const INSIDE: readonly StallKind[] = ['unreadable', 'engine-behind', 'log-behind'];

const woken: ReadonlySet<StallKind> = new Set<StallKind>([
  'no-run',
  'engine-behind',
  'deadline-passed',
  'step-stands',
  'answer-overdue',
]);

export function createStallActivities({ stalls, operations, engine, now, beat }: StallPorts): StallActivities {
  let unread = 0;
  /** What the engine says about a case that ought to be running. */
  const lookInside = async ({ caseId, version }: OpenCase): Promise<Stall | 'not-asked' | undefined> => {
    const view = await engine.view(caseId);
    if (view?.status !== 'RUNNING') return { what: 'no-run', detail: view ? lastRun(view.status) : NO_RUN };
    if (unread >= UNREAD_A_SCAN) return 'not-asked';
    const known = await engine.knownVersion(caseId).catch(() => 'unreadable' as const);
    if (known === 'unreadable') unread += 1;
    if (known === 'unreadable') return { what: 'unreadable', detail: NO_ANSWER };
    if (known === version) return undefined;
    return known < version
      ? { what: 'engine-behind', detail: apart(known, version) }
      : { what: 'log-behind', detail: apart(known, version) };
  };

  const look = async (open: OpenCase, at: Instant, silentFor?: number): Promise<{ found: number; cleared: number }> => {
    const type = caseTypeNamed(open.type);
    if (!type) return { found: 0, cleared: 0 };
    const row = stallOfRow(type, open.file, open.lastEventAt, at, silentFor);
    const told = await lookInside(open);
    const inside = told === 'not-asked' ? undefined : told;
    // What has moved between the looks is no stall. Silence of the outside is asked after, and is a finding only while it lasts.
    const moved = (row ?? inside) && (await stalls.head(open.caseId))?.version !== open.version;
    const found = moved ? [] : [row, inside].filter((each): each is Stall => each !== undefined);
    for (const stall of found) {
      const wakes = woken.has(stall.what);
      await stalls.see(
        { caseId: open.caseId, ...stall, remedied: wakes ? stallTexts[stall.what].remedy.en : null },
        at,
      );
    }
    if (found.some(({ what }) => woken.has(what))) await engine.wake(open.caseId);
    return {
      found: found.length,
      cleared: await stalls.clear(
        open.caseId,
        [...found.map(({ what }) => what), ...(told === 'not-asked' ? INSIDE : [])],
        at,
      ),
    };
  };

  /** Cases that run in the engine and that the log has never heard of: not one that is being filed this very moment. */
  const missing = async (at: Instant): Promise<ReadonlySet<string>> => {
    const found = new Set<string>();
    for (const caseId of await stalls.unknown(await engine.openCases(NEWEST_A_SCAN))) {
      beat();
      const view = await engine.view(caseId);
      if (view?.status !== 'RUNNING' || millis(at) - millis(view.startedAt) < GRACE) continue;
      found.add(caseId);
      await stalls.see({ caseId, what: 'log-behind', detail: NOT_IN_LOG, remedied: null }, at);
    }
    return found;
  };

  /** Retries, bulk files and relays that no worker can read: a code that they do not fit leaves them standing. */
  const unreadableBeside = async (at: Instant): Promise<{ found: number; ids: ReadonlySet<string> }> => {
    const rest = [...(await engine.runsBeside(BESIDE_A_SCAN))];
    const ids = new Set<string>();
    while (rest.length > 0 && ids.size < AT_ONCE) {
      beat();
      const part = rest.splice(0, AT_ONCE);
      const read = await Promise.all(part.map((id) => engine.readable(id)));
      for (const id of part.filter((_id, place) => !read[place])) {
        ids.add(id);
        await stalls.see({ caseId: id, what: 'unreadable', detail: NO_ANSWER, remedied: null }, at);
      }
    }
    // Those that were not come to keep what was found before.
    return { found: ids.size, ids: new Set([...ids, ...rest]) };
  };

  /** Looks at some cases, a few at once; one that cannot be looked at is passed over, unless it is all of them. */
  const lookAt = async (cases: readonly OpenCase[], at: Instant, counts: Counts, silentFor?: number): Promise<void> => {
    const rest = [...cases];
    let [failed, last]: [number, unknown] = [0, undefined];
    const lane = async (): Promise<void> => {
      for (let open = rest.shift(); open; open = rest.shift()) {
        beat();
        try {
          const { found, cleared } = await look(open, at, silentFor);
          counts.found += found;
          counts.cleared += cleared;
        } catch (error) {
          [failed, last] = [failed + 1, error];
        }
        counts.looked += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    if (failed > 0 && failed === cases.length) throw last;
    counts.failed += failed;
  };

  return {
    async scanStalls({ silentFor }) {
      const began = now();
      const at = instant(began);
      unread = 0;
      const { gaps } = await engine.health();
      if (gaps.length > 0)
        await stalls.see({ caseId: EVERYTHING, what: 'no-worker', detail: gapTexts(gaps), remedied: null }, at);
      else await stalls.clear(EVERYTHING, [], at);

      // One that has its run keeps it. Planned while the engine was away, or lost by the engine since, it begins where its list stands.
      for (const { id, perSecond, stopped, cancelled } of await operations.unended(
        instant(began - GRACE),
        RETRIES_A_SCAN,
      )) {
        beat();
        await engine.startRetry({ operation: id, perSecond, stopped, ...(cancelled ? { cancelled } : {}) });
      }

      const place = await stalls.place();
      const silentSince = instant(began - (silentFor ?? ASK_AFTER.least));
      const [found, overdue, silent, round] = await Promise.all([
        stalls.found(ROUND_A_SCAN),
        stalls.overdue(instant(began - GRACE), OVERDUE_A_SCAN),
        stalls.silent(ANSWERED_OUTSIDE, silentSince, SILENT_A_SCAN),
        stalls.nextOpen(place, ROUND_A_SCAN),
      ]);
      const [lost, beside] = [await missing(at), await unreadableBeside(at)];
      const counts = { looked: lost.size, found: lost.size + beside.found, cleared: 0, failed: 0 };
      const seen = new Set<string>();
      const inTime = (): boolean => now() - began < ENDS_WITHIN;
      /** In parts, so that a scan that is cut short has come further all the same. */
      const take = async (cases: readonly OpenCase[], then?: (last: string) => Promise<void>): Promise<void> => {
        for (let first = 0; first < cases.length && inTime(); first += PART) {
          const part = cases.slice(first, first + PART);
          const fresh = part.filter(({ caseId }) => !seen.has(caseId));
          for (const { caseId } of fresh) seen.add(caseId);
          await lookAt(fresh, at, counts, silentFor);
          await then?.(part.at(-1)?.caseId ?? '');
        }
      };
      await take(round, (last) => stalls.keepPlace(last));
      if (round.length < ROUND_A_SCAN && inTime()) await stalls.keepPlace('');
      // What has healed since may be on none of the other lists, and one that has closed is on no list of open cases.
      await take(await stalls.openCases(found));
      for (const caseId of found) {
        if (seen.has(caseId) || lost.has(caseId) || beside.ids.has(caseId)) continue;
        if (!(await stalls.head(caseId))?.open) counts.cleared += await stalls.clear(caseId, [], at);
      }
      await take(overdue);
      await take(silent);
      await stalls.end(at);
      return counts;
    },
  };
}
