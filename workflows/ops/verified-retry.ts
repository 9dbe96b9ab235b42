import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setHandler,
  setWorkflowOptions,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { RetryActivities } from '../../activities/ops/retry';
import { resumeRetry, stopRetry, type VerifiedRetryRun } from './messages';
import { pinned } from './pinned';

const { askNext, settleAsked, noteOperation } = proxyActivities<RetryActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

const LOOK_AGAIN_FIRST = 1_000;
const LOOK_AGAIN_LAST = 15_000;

/**
 * Retries the cases of a list, so many a second, and follows each until its log says that the step was taken, or failed again.
 * A workflow, so that it outlives whoever started it; the list and its results are in the database, so that it can be of any length.
 */
export async function verifiedRetry(run: VerifiedRetryRun): Promise<void> {
  const { operation, perSecond } = run;
  let { stopped } = run;
  setHandler(stopRetry, async (actor) => {
    stopped = true;
    await noteOperation({ operation, what: 'stopped', actor });
  });
  setHandler(resumeRetry, async (actor) => {
    await noteOperation({ operation, what: 'resumed', actor });
    stopped = false;
  });
  await noteOperation({ operation, what: 'started' });

  // Less than one a second: one, and a longer pause.
  const limit = Math.max(1, Math.floor(perSecond));
  const pause = Math.round((1_000 * limit) / perSecond);
  let waiting = true;
  while (waiting) {
    await condition(() => !stopped);
    ({ waiting } = await askNext({ operation, limit }));
    if (waiting) await sleep(pause);
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof verifiedRetry>({ ...run, stopped });
    }
  }
  for (
    let next = LOOK_AGAIN_FIRST;
    (await settleAsked({ operation })).asked > 0;
    next = Math.min(next * 2, LOOK_AGAIN_LAST)
  )
    await sleep(next);
  await condition(allHandlersFinished);
  await noteOperation({ operation, what: 'ended' });
}

setWorkflowOptions(pinned, verifiedRetry);
