import type { Client } from '@temporalio/client';
import { millis, MINUTE, type Instant } from '../domain/time';
import type { Deployments } from './deployments';

/** A worker that has asked for work in the last minutes. */
export interface SeenWorker {
  readonly identity: string;
  readonly lastSeen: Instant;
  readonly buildId?: string;
}

/**
 * Work that nobody takes. `none`: no worker at all asks for work · `current` and `ramping`: cases go to this version, and it
 * has no worker · `pinned`: so many open workflows can only go on with this version, and it has none.
 */
export interface WorkerGap {
  readonly why: 'none' | 'current' | 'ramping' | 'pinned';
  /** null: workers without a version. */
  readonly buildId: string | null;
  readonly open?: number;
}

/** A worker asks for work at least every minute; the engine remembers who asked for five. */
const ALIVE_FOR = 3 * MINUTE;

export const alive = (workers: readonly SeenWorker[], now: number): readonly SeenWorker[] =>
  workers.filter(({ lastSeen }) => now - millis(lastSeen) < ALIVE_FOR);

/** Holds who asks for work against who has to. */
export async function workerGaps(
  workers: readonly SeenWorker[],
  deployment: Awaited<ReturnType<Deployments['describe']>>,
  countPinned: (buildId: string) => Promise<number>,
): Promise<readonly WorkerGap[]> {
  if (workers.length === 0) return [{ why: 'none', buildId: null }];
  const at = new Set(workers.map(({ buildId }) => buildId ?? null));
  const gaps: WorkerGap[] = [];
  const { current = null, ramping = null, versions = [] } = deployment ?? {};
  if (!at.has(current)) gaps.push({ why: 'current', buildId: current });
  if (ramping && ramping.percent > 0 && !at.has(ramping.buildId))
    gaps.push({ why: 'ramping', buildId: ramping.buildId });
  for (const { buildId, state } of versions) {
    if (state === 'drained' || at.has(buildId)) continue;
    const open = await countPinned(buildId);
    if (open > 0) gaps.push({ why: 'pinned', buildId, open });
  }
  return gaps;
}

/** Everyone whom the engine has seen ask for workflow tasks: who answers for none can move no case. */
export async function seenWorkers(client: Client, taskQueue: string): Promise<readonly SeenWorker[]> {
  const { namespace } = client.options;
  const queue = await client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  });
  return (queue.pollers ?? []).map(({ identity, lastAccessTime, deploymentOptions }) => ({
    identity: identity ?? '',
    lastSeen: new Date(Number(lastAccessTime?.seconds ?? 0) * 1000).toISOString(),
    ...(deploymentOptions?.buildId ? { buildId: deploymentOptions.buildId } : {}),
  }));
}
