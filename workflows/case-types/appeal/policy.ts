import { article22, type RecusalPolicy } from '../../../domain/policies/recusal';
import { ours, type Sourced } from '../../../domain/policies/sourced';
import type { LocalDate } from '../../../domain/time';

export interface AppealPolicy extends RecusalPolicy {
  readonly version: string;
  readonly effectiveFrom: LocalDate;
  /** From the rejection. */
  readonly fileWithinDays: Sourced<number>;
  readonly decideWithinWorkingDays: Sourced<number>;
  readonly remindEachWorkingDays: Sourced<number>;
}

/** Effective-dated: a case keeps the version that it was filed under. Newest last; a new version is a new row, never an edit. */
export const appealPolicies: readonly AppealPolicy[] = [
  {
    version: '2024-1',
    effectiveFrom: '1987-01-01',
    fileWithinDays: { value: 60, source: ours('two months to appeal; the time is not published') },
    decideWithinWorkingDays: { value: 15, source: ours('three weeks to decide') },
    remindEachWorkingDays: { value: 5, source: ours('a week until the next reminder') },
    ...article22,
  },
];

export function appealPolicyOn(date: LocalDate): AppealPolicy {
  const inForce = appealPolicies.filter((policy) => policy.effectiveFrom <= date).at(-1);
  if (!inForce) throw new RangeError(`no appeal policy was in force on ${date}`);
  return inForce;
}

export function appealPolicy(version: string): AppealPolicy {
  const found = appealPolicies.find((policy) => policy.version === version);
  if (!found) throw new RangeError(`there is no appeal policy ${version}`);
  return found;
}
