import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Actor, CaseFile } from '../domain/case/model';
import type { Instant } from '../domain/time';
import { caseTypeOfId, caseTypes } from '../workflows/case-types';
import { asked, EngineSilent } from './cases';
import { isNotThere } from './engine-says';
import { createDeployments, type WorkerVersion } from './deployments';
import { schedule } from './schedules';
import { DEPLOYMENT, nameOn } from './task-queue';
import { alive, seenWorkers, workerGaps, type SeenWorker, type WorkerGap } from './workers';
import { ask, caseFile, knownVersion, type CaseStart } from '../workflows/messages';
import {
  cancelRetry,
  resumeRetry,
  LEDGER_CHECK,
  STALL_SCAN,
  stopRetry,
  VERIFIED_RETRY,
  type LedgerLine,
  type StallCounts,
  type VerifiedRetryRun,
} from '../workflows/ops/messages';
import { BULK_VERIFICATION } from '../workflows/services/messages';
import { PORTAL_WEBHOOKS, WEBHOOK_RETRIES } from '../workflows/services/portal-webhook-messages';

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
  readonly workers: readonly SeenWorker[];
  /** Empty: everything that is open has a worker that may take it. */
  readonly gaps: readonly WorkerGap[];
}

/** What operators do with the engine. Everything about one case's rules goes through Cases. All but `retryEnded` throws EngineSilent in time. */
export interface EngineOperations {
  /** Starts the operation, or finds it started. Needs a worker at work. */
  startRetry(run: VerifiedRetryRun): Promise<void>;
  /** `stop` asks no more until `resume`; after `cancel` what was not asked yet never will be. One without a run gets it with this. */
  steerRetry(
    how: RetrySteering,
    order: { operation: string; perSecond: number; actor: Actor; reasonRef: string },
  ): Promise<void>;
  retryEnded(operation: string): Promise<void>;
  /** null: the engine has never heard of it, or has forgotten it. */
  view(caseId: string): Promise<EngineView | null>;
  /** The version that the running workflow has in memory; needs a worker. null when it is not filed yet. */
  fileOf(caseId: string): Promise<CaseFile | null>;
  /** The version that the workflow knows, also where it waits for a log that reaches it. */
  knownVersion(caseId: string): Promise<number>;
  /** Has the case ask the outside. One without a run is started again from its log first. */
  wake(caseId: string): Promise<void>;
  /** Ends the run that there is, whatever it does, and has the case begin another one from its log. */
  restart(caseId: string): Promise<EngineView>;
  health(): Promise<EngineHealth>;
  /** Looks for stalls every so many minutes, from now on. */
  scheduleStallScan(everyMinutes: number): Promise<void>;
  stallScanScheduled(): Promise<boolean>;
  /** Needs a worker at work. @param silentFor milliseconds after which the outside is asked */
  scanNow(silentFor?: number): Promise<StallCounts>;
  /** What the case's log says it has made, beside what the outside says. Needs a worker at work. */
  ledgersOf(caseId: string): Promise<readonly LedgerLine[]>;
  /** In the JSON that replay reads: the last run of a case. undefined: the engine has never heard of it, or has forgotten it. */
  history(caseId: string): Promise<unknown>;
  /** Ids of open cases, at most so many, newest first. */
  openCases(limit: number): Promise<readonly string[]>;
  /**
   * Ids of all that is open on the queue, cases and what runs beside them, the longest open first; not what is over in minutes on
   * the version that it began on.
   */
  openRuns(): Promise<readonly string[]>;
  /** Ids of open retries, bulk files and what sends webhooks on, at most so many, newest first. */
  runsBeside(limit: number): Promise<readonly string[]>;
  /** Whether a worker can read what it has done so far; what is over by now needs no reading. */
  readable(id: string): Promise<boolean>;
  /** How many open cases there are; with a version, those that run on it. The engine counts a moment behind. */
  countOpen(version?: WorkerVersion): Promise<number>;
  /** How many open workflows can only go on with this version of the deployment. */
  countPinned(buildId: string): Promise<number>;
}

const STEERING = { stop: stopRetry, resume: resumeRetry, cancel: cancelRetry } as const;
export type RetrySteering = keyof typeof STEERING;

const LOOK_WITHIN = 10_000;
const WORK_WITHIN = 60_000;
/** A list of all that is open may be of hundreds of pages. */
const LIST_WITHIN = 10 * 60_000;
const MANY = 1_000;
/**
 * What operators' workflows are pinned to may be gone before they are over: then they end by themselves, and the next one
 * runs on what is current.
 */
const SCAN_ENDS_WITHIN = '10m';
const STALL_SCHEDULE = 'tajdid-stall-scan';
const LEDGERS_END_WITHIN = '2m';

/** What runs beside the cases for long. */
const BESIDE = [VERIFIED_RETRY, BULK_VERIFICATION, PORTAL_WEBHOOKS, WEBHOOK_RETRIES];
/** A query that every workflow answers. */
const WHAT_IT_IS = '__temporal_workflow_metadata';

/** A value in the engine's own query language. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const BEHAVIOURS = { 1: 'pinned', 2: 'moves-along' } as const;

export interface EngineOptions {
  /** The deployment that workers' versions are of. */
  readonly deployment?: string | undefined;
  /** Milliseconds that a caller waits for what a worker has to do, or for many pages. */
  readonly patience?: number;
}

export function createEngineOperations(
  client: Client,
  taskQueue: string,
  { deployment = DEPLOYMENT, patience = WORK_WITHIN }: EngineOptions = {},
): EngineOperations {
  const scanSchedule = nameOn(taskQueue, STALL_SCHEDULE);
  const onQueue = `ExecutionStatus = 'Running' AND TaskQueue = ${quoted(taskQueue)}`;
  const glance = Math.min(patience, LOOK_WITHIN);
  const deployments = createDeployments(client, undefined, glance);
  /** For what the engine alone answers: nobody looks at an empty page for longer. */
  const looked = <T>(work: () => Promise<T>): Promise<T> => asked(client, work, glance);
  /** For what a worker does while somebody waits: without workers nobody would ever answer. */
  const worked = async <T>(work: () => Promise<T>): Promise<T> => {
    if (alive(await looked(() => seenWorkers(client, taskQueue)), Date.now()).length === 0)
      throw new EngineSilent(undefined, {
        en: 'No worker asks for work: start one, nothing is lost meanwhile.',
        ar: 'لا عامل يطلب عملًا: شغّل واحدًا، ولا يضيع شيء حتى ذلك.',
      });
    return asked(client, work, patience);
  };
  const listed = (query: string, limit: number, wanted = (_id: string): boolean => true): Promise<string[]> =>
    asked(
      client,
      async () => {
        const ids: string[] = [];
        for await (const { workflowId } of client.workflow.list({ query })) {
          if (wanted(workflowId)) ids.push(workflowId);
          if (ids.length === limit) break;
        }
        return ids;
      },
      patience,
    );
  const counted = (query: string): Promise<number> => looked(async () => (await client.workflow.count(query)).count);
  const countPinned = (buildId: string): Promise<number> => {
    const on = `TemporalWorkerDeploymentVersion = ${quoted(`${deployment}:${buildId}`)}`;
    const query = `${onQueue} AND ${on} AND TemporalWorkflowVersioningBehavior = 'Pinned'`;
    return counted(query);
  };
  const typeOf = (caseId: string): string => {
    const type = caseTypeOfId(caseId)?.type;
    if (!type) throw new RangeError('no case type has ids like this');
    return type;
  };
  const view: EngineOperations['view'] = async (caseId) => {
    const described = await looked(async () => {
      try {
        return await client.workflow.getHandle(caseId).describe();
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    });
    if (!described) return null;
    const { raw, runId, status, startTime, closeTime, historyLength } = described;
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
  };
  const wake: EngineOperations['wake'] = async (caseId) => {
    const start: CaseStart = { caseId, inbox: [] };
    await looked(() =>
      client.workflow.signalWithStart(typeOf(caseId), {
        workflowId: caseId,
        taskQueue,
        args: [start],
        signal: ask,
        signalArgs: [],
      }),
    );
  };
  return {
    countPinned,
    startRetry: (run) =>
      worked(async () => {
        try {
          await client.workflow.start(VERIFIED_RETRY, { workflowId: run.operation, taskQueue, args: [run] });
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        }
      }),
    steerRetry: (how, { operation, perSecond, actor, reasonRef }) =>
      asked(client, async () => {
        const order = { args: [actor, reasonRef] as [Actor, string] };
        try {
          await client.workflow.getHandle(operation).executeUpdate(STEERING[how], order);
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
          const run: VerifiedRetryRun = { operation, perSecond, stopped: how === 'stop' };
          await client.workflow.executeUpdateWithStart(STEERING[how], {
            ...order,
            startWorkflowOperation: new WithStartWorkflowOperation(VERIFIED_RETRY, {
              workflowId: operation,
              taskQueue,
              args: [how === 'cancel' ? { ...run, cancelled: true } : run],
              workflowIdConflictPolicy: 'USE_EXISTING',
            }),
          });
        }
      }),
    retryEnded: (operation) => client.workflow.getHandle(operation).result(),

    view,
    fileOf: (caseId) => looked(() => client.workflow.getHandle(caseId).query(caseFile)),
    knownVersion: (caseId) =>
      looked(async () => {
        const handle = client.workflow.getHandle(caseId);
        // A worker of before answers this one only.
        return (await handle.query(caseFile))?.version ?? handle.query(knownVersion);
      }),
    wake,
    async restart(caseId) {
      await looked(async () => {
        try {
          await client.workflow.getHandle(caseId).terminate('begun again from its log by an operator');
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
      });
      await wake(caseId);
      const begun = await view(caseId);
      if (!begun) throw new EngineSilent(undefined);
      return begun;
    },
    async health() {
      const [system, workers, deployed] = await Promise.all([
        looked(() => client.workflowService.getSystemInfo({})),
        looked(() => seenWorkers(client, taskQueue)),
        deployments.describe(deployment),
      ]);
      return {
        serverVersion: system.serverVersion ?? '',
        workers,
        gaps: await workerGaps(alive(workers, Date.now()), deployed, countPinned),
      };
    },

    scheduleStallScan: (everyMinutes) =>
      schedule(
        client,
        taskQueue,
        {
          name: STALL_SCHEDULE,
          spec: { intervals: [{ every: `${everyMinutes}m` }] },
          // A scan that was missed in an outage is not made up for.
          catchupWindow: '1m',
          workflowType: STALL_SCAN,
          workflowId: 'stall-scan',
          workflowExecutionTimeout: SCAN_ENDS_WITHIN,
        },
        glance,
      ),
    stallScanScheduled: () =>
      looked(async () => {
        for await (const { scheduleId } of client.schedule.list()) if (scheduleId === scanSchedule) return true;
        return false;
      }),
    scanNow: (silentFor) =>
      worked(() =>
        client.workflow.execute<(input: { silentFor?: number }) => Promise<StallCounts>>(STALL_SCAN, {
          workflowId: `stall-scan-by-hand-${taskQueue}`,
          taskQueue,
          args: [silentFor === undefined ? {} : { silentFor }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowExecutionTimeout: SCAN_ENDS_WITHIN,
        }),
      ),

    ledgersOf: (caseId) =>
      worked(() =>
        client.workflow.execute<(caseId: string) => Promise<readonly LedgerLine[]>>(LEDGER_CHECK, {
          workflowId: `ledgers/${caseId}`,
          taskQueue,
          args: [caseId],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowExecutionTimeout: LEDGERS_END_WITHIN,
        }),
      ),
    history: (caseId) =>
      asked(
        client,
        async () => {
          try {
            const history = await client.workflow.getHandle(caseId).fetchHistory();
            return JSON.parse(historyToJSON(history)) as unknown;
          } catch (error) {
            if (isNotThere(error)) return undefined;
            throw error;
          }
        },
        patience,
      ),
    openCases: (limit) => listed(onQueue, limit, (id) => caseTypeOfId(id) !== undefined),
    runsBeside: (limit) => listed(`${onQueue} AND WorkflowType IN (${BESIDE.map(quoted).join(', ')})`, limit),
    readable: (id) =>
      looked(async () => {
        try {
          await client.workflow.getHandle(id).query(WHAT_IT_IS);
        } catch (error) {
          return error instanceof WorkflowNotFoundError;
        }
        return true;
      }),
    openRuns: () =>
      asked(
        client,
        async () => {
          const ids: string[] = [];
          const query = `${onQueue} AND WorkflowType != ${quoted(STALL_SCAN)} AND WorkflowType != ${quoted(LEDGER_CHECK)}`;
          for await (const { workflowId } of client.workflow.list({ query, pageSize: MANY })) ids.push(workflowId);
          // The engine lists the newest first, and knows no other order.
          return ids.reverse();
        },
        LIST_WITHIN,
      ),
    countOpen(version) {
      const types = caseTypes.map(({ type }) => quoted(type)).join(', ');
      const on = version
        ? ` AND TemporalWorkerDeploymentVersion = ${quoted(`${version.deploymentName}:${version.buildId}`)}`
        : '';
      const query = `${onQueue} AND WorkflowType IN (${types})${on}`;
      return counted(query);
    },
  };
}
