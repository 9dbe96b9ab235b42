import { upsertMemo, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** What the later version asks its patch for. */
export const PATCH = 'transition-noted';

/**
 * A change of what workflows do, as an edit of `workflows/run/case-run.ts` would make it, and laid over that code instead so
 * that the version before and the version after are at hand at once: ahead of each transition a case notes in its memo who makes it.
 * That is one command more in the history.
 */
export const noteTransitions =
  (mayNote: () => boolean): WorkflowInterceptorsFactory =>
  () => ({
    outbound: [
      {
        scheduleLocalActivity(input, next) {
          if (input.activityType === 'advance' && mayNote()) upsertMemo({ movedBy: 'later' });
          return next(input);
        },
      },
    ],
  });
