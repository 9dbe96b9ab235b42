import { proxyActivities, sleep } from '@temporalio/workflow';
import type { BulkActivities, BulkRun } from './messages';

const { checkBulkLines, endBulk, forgetBulk } = proxyActivities<BulkActivities>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

const CHUNK = 1_000;
const KEPT = '30 days';

/**
 * Answers a file chunk by chunk. The file rests encrypted outside the engine and each answer is in the database, so that a chunk
 * that is begun again goes on where it broke off. After thirty days the key of the file is destroyed.
 */
export async function bulkVerification({ bulk, lines }: BulkRun): Promise<void> {
  for (let from = 1; from <= lines; from += CHUNK)
    await checkBulkLines({ bulk, from, to: Math.min(from + CHUNK - 1, lines) });
  await endBulk({ bulk });
  await sleep(KEPT);
  await forgetBulk({ bulk });
}
