import { randomUUID } from 'node:crypto';
import type { CaseLog } from '../adapters/case-log/port';
import type {
  IncidentFilter,
  IncidentGroup,
  NewOperation,
  OpenIncident,
  Operation,
  Operations,
} from '../adapters/operations/port';
import type { ReadModel } from '../adapters/read-model/port';
import type { Vault } from '../adapters/vault/port';
import { EngineSilent } from '../client/cases';
import type { EngineOperations, RetrySteering } from '../client/operations';
import { canonicalJson } from '../domain/canonical-json';
import { SYSTEM, type Actor } from '../domain/case/model';
import { instant } from '../domain/time';
import { effectsOf, standing, type Effect } from './effects';
import { keepReason, reasonIn } from './reason';

export interface RetryPreview {
  /** So many would be retried: all but those whose retry is under way already. */
  readonly total: number;
  readonly underWay: number;
  readonly groups: readonly IncidentGroup[];
  /** The first of them, with the effects that stand. */
  readonly first: readonly (OpenIncident & { readonly effects: readonly Effect[] })[];
}

/** What a retry of this scope would be about; it leaves out what the retry leaves out. */
export async function previewRetry(
  { operations, log }: { readonly operations: Operations; readonly log: Pick<CaseLog, 'eventsAfter'> },
  scope: IncidentFilter,
  shown: number,
): Promise<RetryPreview> {
  const [all, groups, listed] = await Promise.all([
    operations.incidentGroups(scope),
    operations.incidentGroups({ ...scope, idle: true }),
    operations.incidents({ ...scope, idle: true }, { limit: shown }),
  ]);
  const first = await Promise.all(
    listed.map(async (item) => ({ ...item, effects: standing(effectsOf(await log.eventsAfter(item.caseId, 0))) })),
  );
  return {
    total: groups.reduce((sum, { cases }) => sum + cases, 0),
    underWay: all.reduce((sum, { retrying }) => sum + retrying, 0),
    groups,
    first,
  };
}

/** Why a case that was named is not on the list of a retry. */
export interface LeftOut {
  readonly caseId: string;
  readonly why: 'no-such-case' | 'no-incident' | 'another-incident' | 'under-way';
}

/** Of the cases that were named, those that are not on the list. */
export async function leftOutOf(
  { operations, readModel }: { readonly operations: Operations; readonly readModel: Pick<ReadModel, 'caseById'> },
  named: readonly string[],
  listed: readonly { readonly caseId: string }[],
): Promise<readonly LeftOut[]> {
  const on = new Set(listed.map(({ caseId }) => caseId));
  const cases = [...new Set(named)].filter((caseId) => !on.has(caseId));
  if (cases.length === 0) return [];
  const open = await operations.incidents({ cases }, { limit: cases.length });
  const incidents = new Map(open.map(({ caseId, incident }) => [caseId, incident]));
  return Promise.all(
    cases.map(async (caseId) => {
      const incident = incidents.get(caseId);
      if (incident) return { caseId, why: incident.retrying ? 'under-way' : 'another-incident' };
      return { caseId, why: (await readModel.caseById(caseId)) ? 'no-incident' : 'no-such-case' };
    }),
  );
}

/**
 * Freezes the list of a retry and keeps its reason. The same order under the same id again is the same operation; `another`:
 * the id belongs to a different order. `empty`: nothing fits, and nothing was kept.
 */
export async function planRetry(
  { operations, vault }: { readonly operations: Operations; readonly vault: Pick<Vault, 'put' | 'get'> },
  { reason, ...order }: Omit<NewOperation, 'reasonRef'> & { readonly reason: string },
): Promise<{ readonly cases: number } | 'empty' | 'another'> {
  const before = await operations.find(order.id);
  if (before) {
    const kept = await reasonIn(vault, before.reasonRef);
    const same =
      before.actor.id === order.actor.id &&
      before.perSecond === Math.fround(order.perSecond) &&
      canonicalJson(before.scope) === canonicalJson(order.scope) &&
      (kept === null || kept === reason);
    return same ? { cases: Object.values(before.counts).reduce((sum, n) => sum + n, 0) } : 'another';
  }
  if ((await operations.incidentGroups({ ...order.scope, idle: true })).length === 0) return 'empty';
  const reasonRef = await keepReason(vault, order.id, reason, order.actor.id);
  const planned = await operations.plan({ ...order, reasonRef });
  return planned.cases === 0 ? 'empty' : planned;
}

/**
 * Stops, resumes or cancels a retry, with who and why. One that was planned while the engine was away begins with it. With the
 * engine away it can be cancelled all the same: its run, if there is one, finds nothing left to ask. Throws EngineSilent otherwise.
 */
export async function steerRetry(
  {
    engine,
    operations,
    vault,
    now,
  }: {
    readonly engine: () => Promise<Pick<EngineOperations, 'steerRetry'>>;
    readonly operations: Pick<Operations, 'cancelWaiting' | 'act' | 'find'>;
    readonly vault: Pick<Vault, 'put' | 'get'>;
    readonly now: () => number;
  },
  how: RetrySteering,
  {
    operation: { id, perSecond },
    actor,
    reason,
  }: { readonly operation: Operation; readonly actor: Actor; readonly reason: string },
): Promise<void> {
  const reasonRef = await keepReason(vault, `${id}_${randomUUID()}`, reason, actor.id);
  try {
    await (await engine()).steerRetry(how, { operation: id, perSecond, actor, reasonRef });
  } catch (error) {
    if (how !== 'cancel' || !(error instanceof EngineSilent)) throw error;
    const at = instant(now());
    await operations.cancelWaiting(id, at);
    await operations.act(id, { what: 'cancelled', actor, at, reasonRef });
    // What was asked is followed to its end by the run that asked.
    if ((await operations.find(id))?.counts.asked === 0)
      await operations.act(id, { what: 'ended', actor: SYSTEM, at: instant(now()) });
  }
}
