import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { Activities } from '../activities';
import type { OperationsActivities } from '../activities/ops';
import type { ServiceActivities } from '../activities/services';

export interface CreateWorker {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly activities: Activities & OperationsActivities & ServiceActivities;
  readonly workflowBundle: NonNullable<WorkerOptions['workflowBundle']>;
  /** Open cases kept in memory; the others are replayed from their history when something comes for them. */
  readonly maxCachedCases?: number;
  /** Absent: this worker takes every case, whatever version it began on. */
  readonly version?: { readonly deploymentName: string; readonly buildId: string } | undefined;
}

/**
 * Concurrency is bounded by what two cores can turn round: more would only wait inside. Cases in the cache cost memory
 * and save a replay; their number is what bounds the worker's size, however many cases are open.
 */
export function createWorker(options: CreateWorker): Promise<Worker> {
  const { connection, namespace, taskQueue, activities, workflowBundle, maxCachedCases = 2_000, version } = options;
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    workflowBundle,
    maxCachedWorkflows: maxCachedCases,
    maxConcurrentWorkflowTaskExecutions: 100,
    maxConcurrentLocalActivityExecutions: 100,
    maxConcurrentActivityTaskExecutions: 50,
    shutdownGraceTime: '10s',
    // Cases wait for weeks: they move to the current version, and code that would take another way stands behind a patch.
    ...(version
      ? { workerDeploymentOptions: { useWorkerVersioning: true, version, defaultVersioningBehavior: 'AUTO_UPGRADE' } }
      : {}),
  });
}
