import { proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { StallActivities } from '../../activities/ops/stalls';
import type { StallCounts } from './messages';
import { pinned } from './pinned';

const { scanStalls } = proxyActivities<StallActivities>({
  startToCloseTimeout: '4m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 5 },
});

/** One look for waits that have gone silent; a schedule starts it again and again. */
export async function stallScan(input: { silentFor?: number } = {}): Promise<StallCounts> {
  return scanStalls(input);
}

setWorkflowOptions(pinned, stallScan);
