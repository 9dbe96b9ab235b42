import {
  allHandlersFinished,
  condition,
  continueAsNew,
  currentUpdateInfo,
  patched,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { OperationNote, RetryActivities } from '../../activities/ops/retry';
import type { Actor } from '../../domain/case/model';
import { cancelRetry, resumeRetry, stopRetry, type VerifiedRetryRun } from './messages';

const { askNext, settleAsked, cancelWaiting, noteOperation } = proxyActivities<RetryActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

const LOOK_AGAIN_FIRST = 1_000;
const LOOK_AGAIN_LAST = 15_000;

/**
 * Retries the cases of a list, so many a second, and follows each until its log says that the step was taken, or failed again.
 * A workflow, so that it outlives whoever started it; the list and its results are in the database, so that it can be of any length.
 * It may run for days, so it moves along with the versions of the code.
 */
export async function verifiedRetry(run: VerifiedRetryRun): Promise<void> {
  const { operation, perSecond } = run;
  let { stopped, cancelled = false } = run;
  let [waiting, asked, changed] = [true, 0, false];

  const note = (what: OperationNote['what'], actor: Actor, reasonRef?: string): Promise<void> =>
    noteOperation({
      operation,
      what,
      actor,
      ...(reasonRef === undefined ? {} : { reasonRef }),
      key: currentUpdateInfo()?.id ?? what,
    });
  setHandler(stopRetry, async (actor, reasonRef) => {
    [stopped, changed] = [true, true];
    await note('stopped', actor, reasonRef);
  });
  setHandler(resumeRetry, async (actor, reasonRef) => {
    await note('resumed', actor, reasonRef);
    [stopped, changed] = [false, true];
  });
  setHandler(cancelRetry, async (actor, reasonRef) => {
    [cancelled, changed] = [true, true];
    await note('cancelled', actor, reasonRef);
  });
  await noteOperation({ operation, what: 'started' });

  // Less than one a second: one, and a longer pause.
  const limit = Math.max(1, Math.floor(perSecond));
  const pause = Math.round((1_000 * limit) / perSecond);
  const afresh = async (): Promise<void> => {
    if (!workflowInfo().continueAsNewSuggested) return;
    await condition(allHandlersFinished);
    await continueAsNew<typeof verifiedRetry>({ ...run, stopped, ...(cancelled ? { cancelled } : {}) });
  };

  if (patched('settled-beside-asking')) {
    let [look, lookAt, askAt] = [LOOK_AGAIN_FIRST, 0, 0];
    while (waiting || asked > 0) {
      changed = false;
      if (cancelled) {
        if (waiting) await cancelWaiting({ operation });
        waiting = false;
      } else if (!stopped && waiting && Date.now() >= askAt) {
        ({ waiting } = await askNext({ operation, limit }));
        askAt = Date.now() + pause;
        [asked, look] = [Math.max(asked, 1), LOOK_AGAIN_FIRST];
      }
      if (Date.now() >= lookAt) {
        ({ asked } = await settleAsked({ operation }));
        lookAt = Date.now() + look;
        look = Math.min(look * 2, LOOK_AGAIN_LAST);
      }
      await afresh();
      if (!waiting && asked === 0) break;
      const due = [...(waiting && !stopped && !cancelled ? [askAt] : []), ...(asked > 0 ? [lookAt] : [])];
      if (due.length === 0) await condition(() => changed);
      else await condition(() => changed, Math.max(1, Math.min(...due) - Date.now()));
    }
  } else await asItWas(operation, limit, pause, () => stopped, afresh);
  await condition(allHandlersFinished);
  await noteOperation({ operation, what: 'ended' });
}

/** Runs that began before they were settled beside the asking go on as they began: first all are asked, then all are followed. */
async function asItWas(
  operation: string,
  limit: number,
  pause: number,
  stopped: () => boolean,
  afresh: () => Promise<void>,
): Promise<void> {
  for (let waiting = true; waiting;) {
    await condition(() => !stopped());
    ({ waiting } = await askNext({ operation, limit }));
    if (waiting) await sleep(pause);
    await afresh();
  }
  for (
    let next = LOOK_AGAIN_FIRST;
    (await settleAsked({ operation })).asked > 0;
    next = Math.min(next * 2, LOOK_AGAIN_LAST)
  )
    await sleep(next);
}
