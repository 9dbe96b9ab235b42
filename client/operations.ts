import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Actor, CaseFile } from '../domain/case/model';
import type { Instant } from '../domain/time';
import type { LedgerLine } from '../ops/ledgers';
import { caseTypeOfId, caseTypes } from '../workflows/case-types';
import { asked } from './cases';
import type { WorkerVersion } from './deployments';
import { ask, caseFile, type CaseStart } from '../workflows/messages';
import {
  cancelRetry,
  resumeRetry,
  LEDGER_CHECK,
  STALL_SCAN,
  stopRetry,
  VERIFIED_RETRY,
  type StallCounts,
  type VerifiedRetryRun,
} from '../workflows/ops/messages';

/** A case as the engine sees it. */
export interface EngineView {
  readonly runId: string;
  readonly status: string;
  readonly startedAt: Instant;
  readonly closedAt?: Instant;
  readonly events: number;
  /** The worker version that the case runs on, where versions are used. */
  readonly deployment?: { readonly behaviour: 'pinned' | 'moves-along' | 'unversioned'; readonly buildId?: string };
}

export interface EngineHealth {
  readonly serverVersion: string;
  /** Workers that have asked for work in the last minutes. */
  readonly workers: readonly { readonly identity: string; readonly lastSeen: Instant; readonly buildId?: string }[];
}

/** What operators do with the engine. Everything about one case's rules goes through Cases. */
export interface EngineOperations {
  /** Starts the operation, or finds it started. */
  startRetry(run: VerifiedRetryRun): Promise<void>;
  /** `stop` asks no more until `resume`; after `cancel` what was not asked yet never will be. Throws EngineSilent. */
  steerRetry(how: RetrySteering, order: { operation: string; actor: Actor; reasonRef: string }): Promise<void>;
  retryEnded(operation: string): Promise<void>;
  /** null: the engine has never heard of it, or has forgotten it. */
  view(caseId: string): Promise<EngineView | null>;
  /** The version that the running workflow has in memory; needs a worker. null when it is not filed yet. */
  fileOf(caseId: string): Promise<CaseFile | null>;
  /** Has the case ask the outside. One without a run is started again from its log first. */
  wake(caseId: string): Promise<void>;
  health(): Promise<EngineHealth>;
  /** Looks for stalls every so many minutes, from now on. */
  scheduleStallScan(everyMinutes: number): Promise<void>;
  stallScanScheduled(): Promise<boolean>;
  /** @param silentFor milliseconds after which the outside is asked */
  scanNow(silentFor?: number): Promise<StallCounts>;
  /** What the case's log says it has made, beside what the outside says. */
  ledgersOf(caseId: string): Promise<readonly LedgerLine[]>;
  /** In the JSON that replay reads: the last run of a case. */
  history(caseId: string): Promise<unknown>;
  /** Ids of open cases, at most so many, newest first. */
  openCases(limit: number): Promise<readonly string[]>;
  /** How many open cases there are; with a version, those that run on it. The engine counts a moment behind. */
  countOpen(version?: WorkerVersion): Promise<number>;
}

const STEERING = { stop: stopRetry, resume: resumeRetry, cancel: cancelRetry } as const;
export type RetrySteering = keyof typeof STEERING;

const SCHEDULE = 'tajdid-stall-scan';
const QUERY_WITHIN = 10_000;

/** A value in the engine's own query language. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const BEHAVIOURS = { 1: 'pinned', 2: 'moves-along' } as const;

export function createEngineOperations(client: Client, taskQueue: string): EngineOperations {
  const { namespace } = client.options;
  const typeOf = (caseId: string): string => {
    const type = caseTypeOfId(caseId)?.type;
    if (!type) throw new RangeError('no case type has ids like this');
    return type;
  };
  return {
    async startRetry(run) {
      try {
        await client.workflow.start(VERIFIED_RETRY, { workflowId: run.operation, taskQueue, args: [run] });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
    steerRetry: (how, { operation, actor, reasonRef }) =>
      asked(client, () =>
        client.workflow.getHandle(operation).executeUpdate(STEERING[how], { args: [actor, reasonRef] }),
      ),
    retryEnded: (operation) => client.workflow.getHandle(operation).result(),

    async view(caseId) {
      try {
        const { raw, runId, status, startTime, closeTime, historyLength } = await client.workflow
          .getHandle(caseId)
          .describe();
        const versioning = raw.workflowExecutionInfo?.versioningInfo;
        const behaviour = BEHAVIOURS[(versioning?.behavior ?? 0) as keyof typeof BEHAVIOURS] ?? 'unversioned';
        const buildId = versioning?.deploymentVersion?.buildId ?? undefined;
        return {
          runId,
          status: status.name,
          startedAt: startTime.toISOString(),
          ...(closeTime ? { closedAt: closeTime.toISOString() } : {}),
          events: historyLength,
          deployment: { behaviour, ...(buildId ? { buildId } : {}) },
        };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },
    fileOf: (caseId) =>
      client.connection.withDeadline(Date.now() + QUERY_WITHIN, () =>
        client.workflow.getHandle(caseId).query(caseFile),
      ),
    async wake(caseId) {
      const start: CaseStart = { caseId, inbox: [] };
      await client.workflow.signalWithStart(typeOf(caseId), {
        workflowId: caseId,
        taskQueue,
        args: [start],
        signal: ask,
        signalArgs: [],
      });
    },

    async health() {
      const [system, queue] = await Promise.all([
        client.workflowService.getSystemInfo({}),
        // 1: workflow tasks; a worker that answers for none can move no case.
        client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: 1 }),
      ]);
      return {
        serverVersion: system.serverVersion ?? '',
        workers: (queue.pollers ?? []).map(({ identity, lastAccessTime, deploymentOptions }) => ({
          identity: identity ?? '',
          lastSeen: new Date(Number(lastAccessTime?.seconds ?? 0) * 1000).toISOString(),
          ...(deploymentOptions?.buildId ? { buildId: deploymentOptions.buildId } : {}),
        })),
      };
    },

    async scheduleStallScan(everyMinutes) {
      try {
        await client.schedule.create({
          scheduleId: SCHEDULE,
          spec: { intervals: [{ every: `${everyMinutes}m` }] },
          // A scan that is not over yet is not overtaken, and one that was missed in an outage is not made up for.
          policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
          action: { type: 'startWorkflow', workflowType: STALL_SCAN, workflowId: 'stall-scan', taskQueue, args: [] },
        });
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      }
    },
    async stallScanScheduled() {
      for await (const { scheduleId } of client.schedule.list()) if (scheduleId === SCHEDULE) return true;
      return false;
    },
    scanNow: (silentFor) =>
      client.workflow.execute<(input: { silentFor?: number }) => Promise<StallCounts>>(STALL_SCAN, {
        workflowId: `stall-scan-by-hand-${taskQueue}`,
        taskQueue,
        args: [silentFor === undefined ? {} : { silentFor }],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),

    ledgersOf: (caseId) =>
      client.workflow.execute<(caseId: string) => Promise<readonly LedgerLine[]>>(LEDGER_CHECK, {
        workflowId: `ledgers/${caseId}`,
        taskQueue,
        args: [caseId],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    history: async (caseId) =>
      JSON.parse(historyToJSON(await client.workflow.getHandle(caseId).fetchHistory())) as unknown,
    async openCases(limit) {
      const ids: string[] = [];
      const query = `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}'`;
      for await (const { workflowId } of client.workflow.list({ query })) {
        if (caseTypeOfId(workflowId)) ids.push(workflowId);
        if (ids.length === limit) break;
      }
      return ids;
    },
    async countOpen(version) {
      const types = caseTypes.map(({ type }) => quoted(type)).join(', ');
      const on = version
        ? ` AND TemporalWorkerDeploymentVersion = ${quoted(`${version.deploymentName}:${version.buildId}`)}`
        : '';
      const query = `ExecutionStatus = 'Running' AND TaskQueue = ${quoted(taskQueue)} AND WorkflowType IN (${types})${on}`;
      return (await client.workflow.count(query)).count;
    },
  };
}
