import { ours, type Sourced } from '../../../domain/policies/sourced';

export interface AppealPolicy {
  readonly version: string;
  /** From the rejection. */
  readonly fileWithinDays: Sourced<number>;
  readonly decideWithinWorkingDays: Sourced<number>;
  readonly remindEachWorkingDays: Sourced<number>;
  readonly recusalDegree: Sourced<number>;
  /** What nobody can decide away: facts of the register, and who somebody is. */
  readonly neverWaived: Sourced<readonly string[]>;
}

/** The one policy so far; a new version is a new row. */
export const appealPolicies: readonly AppealPolicy[] = [
  {
    version: '2024-1',
    fileWithinDays: { value: 60, source: ours('two months to appeal; the time is not published') },
    decideWithinWorkingDays: { value: 15, source: ours('three weeks to decide') },
    remindEachWorkingDays: { value: 5, source: ours('a week until the next reminder') },
    recusalDegree: { value: 4, source: 'Civil Status Law art. 22, as commented' },
    neverWaived: {
      value: [
        'known-person',
        'citizen-or-resident',
        'alive',
        'no-cycle',
        'identity-revoked',
        'has-another-parent',
        'parent-too-young',
        'already-reported',
        'already-identified',
        'already-dead',
        'before-birth',
        'before-later-events',
        'parents-older',
        'married-already',
        'married-to-each-other',
        'spouse-limit',
        'different-people',
        'person-unknown',
        'photo-usable',
        'guardian-link',
        'no-other-open-renewal',
        'event-date-in-future',
        'prohibited-degree',
      ],
      source: ours('a decision can weigh evidence and time limits, not what the register holds'),
    },
  },
];

export const currentAppealPolicy = (): AppealPolicy => {
  const policy = appealPolicies.at(-1);
  if (!policy) throw new RangeError('there is no appeal policy');
  return policy;
};

export function appealPolicy(version: string): AppealPolicy {
  const found = appealPolicies.find((policy) => policy.version === version);
  if (!found) throw new RangeError(`there is no appeal policy ${version}`);
  return found;
}
