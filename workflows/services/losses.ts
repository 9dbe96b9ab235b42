import { proxyActivities } from '@temporalio/workflow';
import type { LossActivities, LossRun } from './messages';

const { tellOfLoss } = proxyActivities<LossActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** Tells the holder that a card was reported lost, however long the message centre cannot be reached. */
export async function lossNotice(run: LossRun): Promise<void> {
  await tellOfLoss(run);
}
