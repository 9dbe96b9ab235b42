import type { CaseLog } from '../adapters/case-log/port';
import type {
  IncidentFilter,
  IncidentGroup,
  NewOperation,
  OpenIncident,
  Operations,
} from '../adapters/operations/port';
import type { Vault } from '../adapters/vault/port';
import { canonicalJson } from '../domain/canonical-json';
import { effectsOf, standing, type Effect } from './effects';
import { keepReason } from './reason';

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
    const kept = before.reasonRef === null ? null : await vault.get<{ text: string }>(before.reasonRef);
    const same =
      before.actor.id === order.actor.id &&
      before.perSecond === Math.fround(order.perSecond) &&
      canonicalJson(before.scope) === canonicalJson(order.scope) &&
      (kept === null || kept.text === reason);
    return same ? { cases: Object.values(before.counts).reduce((sum, n) => sum + n, 0) } : 'another';
  }
  if ((await operations.incidentGroups({ ...order.scope, idle: true })).length === 0) return 'empty';
  const reasonRef = await keepReason(vault, order.id, reason, order.actor.id);
  const planned = await operations.plan({ ...order, reasonRef });
  return planned.cases === 0 ? 'empty' : planned;
}
