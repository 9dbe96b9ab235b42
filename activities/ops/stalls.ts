import { EVERYTHING, type OpenCase, type Stalls } from '../../adapters/operations/stalls-port';
import type { CaseFile } from '../../domain/case/model';
import { instant, millis, type Instant } from '../../domain/time';
import { GRACE, gapsInWords, stallOfRow, stallTexts, type Stall, type StallKind } from '../../ops/stalls';
import { caseTypeNamed } from '../../workflows/case-types';
import type { StallCounts } from '../../workflows/ops/messages';

/** What the watch needs of the engine. */
export interface EngineLook {
  /** null: no such workflow. */
  view(caseId: string): Promise<{ readonly status: string; readonly startedAt: Instant } | null>;
  fileOf(caseId: string): Promise<CaseFile | null>;
  /** Newest first. */
  openCases(limit: number): Promise<readonly string[]>;
  wake(caseId: string): Promise<void>;
  health(): Promise<{ readonly gaps: Parameters<typeof gapsInWords>[0] }>;
}

export interface StallPorts {
  readonly stalls: Stalls;
  readonly engine: EngineLook;
  readonly now: () => number;
  /** Tells the engine that the scan is alive. */
  readonly beat: () => void;
}

export interface StallActivities {
  /** @param silentFor milliseconds after which the outside is asked; the watch's own when not given */
  scanStalls(input: { silentFor?: number }): Promise<StallCounts>;
}

const OVERDUE_A_SCAN = 1_000;
const ROUND_A_SCAN = 500;
/** A database that was restored lacks the newest cases, so the newest are looked up. */
const NEWEST_A_SCAN = 1_000;

const woken: ReadonlySet<StallKind> = new Set<StallKind>([
  'no-run',
  'engine-behind',
  'deadline-passed',
  'step-stands',
  'answer-overdue',
]);

export function createStallActivities({ stalls, engine, now, beat }: StallPorts): StallActivities {
  /** What the engine says about a case that ought to be running. */
  const lookInside = async ({ caseId, version }: OpenCase): Promise<Stall | undefined> => {
    const view = await engine.view(caseId);
    if (view?.status !== 'RUNNING')
      return { what: 'no-run', detail: view ? `the last run: ${view.status}` : 'the engine knows no run' };
    const file = await engine.fileOf(caseId).catch(() => 'unreadable' as const);
    if (file === 'unreadable') return { what: 'unreadable', detail: 'the workflow did not answer a query' };
    const known = file?.version ?? 0;
    if (known === version) return undefined;
    return known < version
      ? { what: 'engine-behind', detail: `the workflow is at version ${known}, the log at ${version}` }
      : { what: 'log-behind', detail: `the workflow is at version ${known}, the log at ${version}` };
  };

  const look = async (open: OpenCase, at: Instant, silentFor?: number): Promise<{ found: number; cleared: number }> => {
    const type = caseTypeNamed(open.type);
    if (!type) return { found: 0, cleared: 0 };
    const row = stallOfRow(type, open.file, open.lastEventAt, at, silentFor);
    const inside = await lookInside(open);
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
        found.map(({ what }) => what),
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
      const detail = 'the workflow runs, and the log has no such case';
      await stalls.see({ caseId, what: 'log-behind', detail, remedied: null }, at);
    }
    return found;
  };

  return {
    async scanStalls({ silentFor }) {
      const at = instant(now());
      const { gaps } = await engine.health();
      if (gaps.length > 0)
        await stalls.see({ caseId: EVERYTHING, what: 'no-worker', detail: gapsInWords(gaps), remedied: null }, at);
      else await stalls.clear(EVERYTHING, [], at);

      const place = await stalls.place();
      const [overdue, round, before] = await Promise.all([
        stalls.overdue(instant(now() - GRACE), OVERDUE_A_SCAN),
        stalls.nextOpen(place, ROUND_A_SCAN),
        stalls.list({ open: true, limit: ROUND_A_SCAN }),
      ]);
      const cases = new Map([...overdue, ...round].map((open) => [open.caseId, open]));
      const lost = await missing(at);
      const counts = { looked: lost.size, found: lost.size, cleared: 0 };
      for (const open of cases.values()) {
        beat();
        const { found, cleared } = await look(open, at, silentFor);
        counts.looked += 1;
        counts.found += found;
        counts.cleared += cleared;
      }
      // A case that has closed since is on no list of open ones.
      for (const { caseId } of before) {
        if (caseId === EVERYTHING || cases.has(caseId) || lost.has(caseId)) continue;
        if (!(await stalls.head(caseId))?.open) counts.cleared += await stalls.clear(caseId, [], at);
      }
      await stalls.keepPlace(round.length < ROUND_A_SCAN ? '' : (round.at(-1)?.caseId ?? ''), at);
      return counts;
    },
  };
}
