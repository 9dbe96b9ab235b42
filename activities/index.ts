import { activityInfo, ApplicationFailure, heartbeat } from '@temporalio/activity';
import { appeal } from '../workflows/case-types/appeal';
import { appealLookups, appealSteps } from '../workflows/case-types/appeal/steps';
import { familyRegistration } from '../workflows/case-types/family-registration';
import { familyLookups, familySteps } from '../workflows/case-types/family-registration/steps';
import { idRenewal } from '../workflows/case-types/id-renewal';
import { renewalSteps } from '../workflows/case-types/id-renewal/steps';
import { recordAmendment } from '../workflows/case-types/record-amendment';
import { amendmentLookups, amendmentSteps } from '../workflows/case-types/record-amendment/steps';
import type { AnyEvent, CaseFile, CaseType } from '../domain/case/model';
import { createCaseActivities, type Advanced, type AnyCaseType, type CaseActivities, type Drive } from './advance';
import type { Lookups, Ports, Steps } from './step';

const kind = <F extends CaseFile, E extends AnyEvent>(
  definition: CaseType<F, E>,
  steps: Steps<F, E>,
  lookups: Lookups<F> = {},
): AnyCaseType => ({
  definition: definition as unknown as CaseType,
  steps: steps as unknown as Steps<CaseFile, AnyEvent>,
  lookups: lookups as unknown as Lookups<CaseFile>,
});

/** The effects of every case type, beside its rules. */
const kinds: readonly AnyCaseType[] = [
  kind(idRenewal, renewalSteps),
  kind(familyRegistration, familySteps, familyLookups),
  kind(appeal, appealSteps, appealLookups),
  kind(recordAmendment, amendmentSteps, amendmentLookups),
];

export function caseKind(type: string): AnyCaseType {
  const found = kinds.find(({ definition }) => definition.type === type);
  if (!found) throw new RangeError(`there is no case type ${type}`);
  return found;
}

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
