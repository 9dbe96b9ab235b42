import type { AnyEvent, CaseFile, CaseType } from '../domain/case/model';
import { appeal } from '../workflows/case-types/appeal';
import { appealLookups, appealSteps } from '../workflows/case-types/appeal/steps';
import { familyRegistration } from '../workflows/case-types/family-registration';
import { familyLookups } from '../workflows/case-types/family-registration/deciding-steps';
import { familyOnRecordFirst, familySteps } from '../workflows/case-types/family-registration/steps';
import { idRenewal } from '../workflows/case-types/id-renewal';
import { renewalLookups, renewalSteps } from '../workflows/case-types/id-renewal/steps';
import { recordAmendment } from '../workflows/case-types/record-amendment';
import {
  amendmentLookups,
  amendmentOnRecordFirst,
  amendmentSteps,
} from '../workflows/case-types/record-amendment/steps';
import type { AnyCaseType } from './advance';
import type { Lookups, Steps } from './step';

const kind = <F extends CaseFile, E extends AnyEvent>(
  definition: CaseType<F, E>,
  steps: Steps<F, E>,
  lookups: Lookups<F> = {},
  onRecordFirst: readonly string[] = [],
): AnyCaseType => ({
  definition: definition as unknown as CaseType,
  steps: steps as unknown as Steps<CaseFile, AnyEvent>,
  lookups: lookups as unknown as Lookups<CaseFile>,
  onRecordFirst,
});

/** The effects of every case type, beside its rules. */
const kinds: readonly AnyCaseType[] = [
  kind(idRenewal, renewalSteps, renewalLookups),
  kind(familyRegistration, familySteps, familyLookups, familyOnRecordFirst),
  kind(appeal, appealSteps, appealLookups),
  kind(recordAmendment, amendmentSteps, amendmentLookups, amendmentOnRecordFirst),
];

export function caseKind(type: string): AnyCaseType {
  const found = kinds.find(({ definition }) => definition.type === type);
  if (!found) throw new RangeError(`there is no case type ${type}`);
  return found;
}
