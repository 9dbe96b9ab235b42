import { proxyActivities, sleep } from '@temporalio/workflow';
import { millis } from '../../domain/time';
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
 * that is begun again goes on where it broke off. Where the client's files were wrong too often, the rest waits for the next hour. After thirty days the key of the file is destroyed.
 */
export async function bulkVerification({ bulk, lines }: BulkRun): Promise<void> {
  for (let from = 1; from <= lines; from += CHUNK) await answerChunk(bulk, from, Math.min(from + CHUNK - 1, lines));
  await endBulk({ bulk });
  await sleep(KEPT);
  await forgetBulk({ bulk });
}

async function answerChunk(bulk: string, from: number, to: number): Promise<void> {
  for (;;) {
    const answered = await checkBulkLines({ bulk, from, to });
    const retryAt = answered?.retryAt ?? null;
    if (retryAt === null) return;
    await sleep(Math.max(1_000, millis(retryAt) - Date.now()));
  }
}
