import { activityInfo, ApplicationFailure, heartbeat } from '@temporalio/activity';
import { createCaseActivities, type Advanced, type CaseActivities, type Drive } from './advance';
import { caseKind } from './kinds';
import type { Ports } from './step';

/** Tries of a step, about half a minute in all, before its failure becomes an incident. */
const DRIVE_ATTEMPTS = 6;

export interface Activities {
  advance: CaseActivities['advance'];
  drive(input: Drive): Promise<Advanced>;
  recall: CaseActivities['recall'];
}

const BEAT = 3_000;

/** Tells the engine, while it works, that this worker is alive. */
async function beating<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), BEAT);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** The activities as the worker registers them. A `drive` that is stuck throws, so that the server retries it, until its last try. */
export function createActivities(ports: Ports): Activities {
  const cases = createCaseActivities(ports, caseKind);
  return {
    advance: cases.advance,
    recall: cases.recall,
    async drive(input) {
      const { attempt } = activityInfo();
      const advanced = await beating(() => cases.drive({ ...input, lastTry: attempt >= DRIVE_ATTEMPTS }));
      if (advanced.stuck) throw ApplicationFailure.retryable(advanced.stuck.message, advanced.stuck.code);
      return advanced;
    },
  };
}
