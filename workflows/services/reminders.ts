import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { instant, riyadhDate } from '../../domain/time';
import type { ReminderActivities, ReminderRun, WalkCounts } from './messages';

const { remindSome } = proxyActivities<ReminderActivities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** Walks every card that is about to expire, once a day. A reminder is sent once however often a stretch of the walk is begun again. */
export async function reminders(run: ReminderRun = {}): Promise<WalkCounts> {
  const today = run.today ?? riyadhDate(instant(Date.now()));
  let cursor = run.cursor ?? null;
  let counts: WalkCounts = run.counts ?? { walked: 0, sent: 0, failed: 0 };
  for (;;) {
    const stretch = await remindSome({ today, cursor });
    counts = {
      walked: counts.walked + stretch.walked,
      sent: counts.sent + stretch.sent,
      failed: counts.failed + stretch.failed,
      ...(stretch.dayOver ? { dayOver: true } : {}),
    };
    cursor = stretch.cursor;
    if (cursor === null) return counts;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof reminders>({ today, cursor, counts });
  }
}
