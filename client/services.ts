import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import {
  BULK_VERIFICATION,
  LOSS_NOTICE,
  REMINDERS,
  SERVICE_SWEEP,
  SHARE,
  shareChanged,
  type BulkRun,
  type LossRun,
  type ReminderRun,
  type ShareRun,
  type WalkCounts,
} from '../workflows/services/messages';
import { asked } from './cases';
import { schedule } from './schedules';

/** The workflows of the services beside the cases. Throws EngineSilent; everything may be asked again. */
export interface ServiceFlows {
  /** Starts the file, or finds it started. */
  startBulk(run: BulkRun): Promise<void>;
  /** Something happened to the share: its workflow is told, or started to be told. */
  shareChanged(run: ShareRun): Promise<void>;
  /** The holder of a card that was reported lost is told, once. */
  cardLost(run: LossRun): Promise<void>;
  /** Every day at ten in Riyadh, from now on. */
  scheduleReminders(): Promise<void>;
  remindNow(run: ReminderRun): Promise<WalkCounts>;
  /** Every hour, from now on: see `serviceSweep`. */
  scheduleSweep(): Promise<void>;
  sweepNow(): Promise<void>;
}

/** Ten in Riyadh. */
const HOUR_UTC = 7;

export function createServiceFlows(client: Client, taskQueue: string): ServiceFlows {
  const startOnce = (type: string, workflowId: string, run: object): Promise<void> =>
    asked(client, async () => {
      try {
        const once = { workflowIdReusePolicy: 'REJECT_DUPLICATE' } as const;
        await client.workflow.start(type, { workflowId, taskQueue, args: [run], ...once });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    });
  return {
    startBulk: (run) => startOnce(BULK_VERIFICATION, run.bulk, run),
    cardLost: (run) => startOnce(LOSS_NOTICE, `loss-${run.serial}-${run.person}`, run),
    shareChanged: (run) =>
      asked(client, async () => {
        await client.workflow.signalWithStart(SHARE, {
          workflowId: run.share,
          taskQueue,
          args: [run],
          signal: shareChanged,
          signalArgs: [],
        });
      }),
    scheduleReminders: () =>
      schedule(client, taskQueue, {
        name: 'tajdid-reminders',
        spec: { calendars: [{ hour: HOUR_UTC }] },
        // On the same day; after that the next day's walk covers it.
        catchupWindow: '12h',
        workflowType: REMINDERS,
        workflowId: 'reminders',
        args: [{}],
      }),
    scheduleSweep: () =>
      schedule(client, taskQueue, {
        name: 'tajdid-service-sweep',
        spec: { intervals: [{ every: '1h' }] },
        catchupWindow: '1m',
        workflowType: SERVICE_SWEEP,
        workflowId: 'service-sweep',
      }),
    sweepNow: () =>
      client.workflow.execute<() => Promise<void>>(SERVICE_SWEEP, {
        workflowId: `service-sweep-by-hand-${taskQueue}`,
        taskQueue,
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    remindNow: (run) =>
      client.workflow.execute<(run: ReminderRun) => Promise<WalkCounts>>(REMINDERS, {
        workflowId: `reminders-by-hand-${taskQueue}`,
        taskQueue,
        args: [run],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
  };
}
