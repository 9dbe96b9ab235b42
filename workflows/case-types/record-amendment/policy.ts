import { personalStatus, type PersonalStatusPolicy } from '../../../domain/policies/personal-status';
import { article22, type RecusalPolicy } from '../../../domain/policies/recusal';
import { ours, type Sourced } from '../../../domain/policies/sourced';
import type { LocalDate } from '../../../domain/time';

export interface AmendmentPolicy extends RecusalPolicy, PersonalStatusPolicy {
  readonly version: string;
  readonly effectiveFrom: LocalDate;
  readonly confirmWithinWorkingDays: Sourced<number>;
}

/** Effective-dated: a case keeps the version that it was filed under. Newest last; a new version is a new row, never an edit. */
export const amendmentPolicies: readonly AmendmentPolicy[] = [
  {
    version: '2024-1',
    effectiveFrom: '1987-01-01',
    confirmWithinWorkingDays: { value: 10, source: ours('two weeks for the second pair of eyes') },
    ...article22,
    ...personalStatus,
  },
];

export function amendmentPolicyOn(date: LocalDate): AmendmentPolicy {
  const inForce = amendmentPolicies.filter((policy) => policy.effectiveFrom <= date).at(-1);
  if (!inForce) throw new RangeError(`no amendment policy was in force on ${date}`);
  return inForce;
}

export function amendmentPolicy(version: string): AmendmentPolicy {
  const found = amendmentPolicies.find((policy) => policy.version === version);
  if (!found) throw new RangeError(`there is no amendment policy ${version}`);
  return found;
}
