import { activityInfo, Context, heartbeat } from '@temporalio/activity';
import type {
  BulkActivities,
  LossActivities,
  ReminderActivities,
  ShareActivities,
  SweepActivities,
} from '../../workflows/services/messages';
import { createBulkActivities, type BulkPorts } from './bulk';
import { createLossActivities, type LossPorts } from './losses';
import { createReminderActivities, type ReminderPorts, type WalkProgress } from './reminders';
import { createShareActivities, type SharePorts } from './share';
import { createSweepActivities, type SweepPorts } from './sweep';

export type ServicePorts = Omit<
  BulkPorts & LossPorts & ReminderPorts & SharePorts & SweepPorts,
  'now' | 'beat' | 'attempt' | 'resume' | 'stopping'
>;
export type ServiceActivities = BulkActivities &
  LossActivities &
  ReminderActivities &
  ShareActivities &
  SweepActivities;

/** What the workflows of the services do. */
export function createServiceActivities(ports: ServicePorts): ServiceActivities {
  const now = (): number => Date.now();
  return {
    ...createBulkActivities({ ...ports, now, beat: () => heartbeat(), attempt: () => activityInfo().attempt }),
    ...createReminderActivities({
      ...ports,
      now,
      beat: heartbeat,
      resume: () => activityInfo().heartbeatDetails as WalkProgress | undefined,
      stopping: () => Context.current().cancellationSignal,
    }),
    ...createLossActivities(ports),
    ...createShareActivities({ ...ports, now }),
    ...createSweepActivities({ ...ports, now }),
  };
}
