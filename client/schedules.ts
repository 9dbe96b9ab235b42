import { type Client, ScheduleAlreadyRunning, type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import { asked } from './cases';
import { nameOn } from './task-queue';

export interface Scheduled {
  /** Told apart by its queue, as several systems may share an engine. */
  readonly name: string;
  readonly spec: ScheduleOptions['spec'];
  /** One that an outage made late is made up for within this. */
  readonly catchupWindow: '1m' | '12h';
  readonly workflowType: string;
  readonly workflowId: string;
  readonly args?: readonly unknown[];
  readonly workflowExecutionTimeout?: '10m';
}

/**
 * Schedules it, from now on; one run at a time. What an older version scheduled is scheduled as this one has it, and a pause stays
 * one. Throws EngineSilent within so many milliseconds; may be asked again.
 */
export function schedule(
  client: Client,
  taskQueue: string,
  { name, spec, catchupWindow, workflowType, workflowId, args = [], workflowExecutionTimeout }: Scheduled,
  within?: number,
): Promise<void> {
  const wanted = {
    spec,
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow },
    action: {
      type: 'startWorkflow' as const,
      workflowType,
      workflowId: nameOn(taskQueue, workflowId),
      taskQueue,
      args: [...args],
      ...(workflowExecutionTimeout ? { workflowExecutionTimeout } : {}),
    },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  const id = nameOn(taskQueue, name);
  return asked(
    client,
    async () => {
      try {
        await client.schedule.create({ scheduleId: id, ...wanted });
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        await client.schedule.getHandle(id).update(({ state }) => ({ ...wanted, state }));
      }
    },
    within,
  );
}
