import { ours, type Sourced } from '../../../domain/policies/sourced';

export interface AmendmentPolicy {
  readonly version: string;
  readonly confirmWithinWorkingDays: Sourced<number>;
  readonly recusalDegree: Sourced<number>;
}

/** The one policy so far; a new version is a new row. */
export const amendmentPolicies: readonly AmendmentPolicy[] = [
  {
    version: '2024-1',
    confirmWithinWorkingDays: { value: 10, source: ours('two weeks for the second pair of eyes') },
    recusalDegree: { value: 4, source: 'Civil Status Law art. 22, as commented' },
  },
];

export const currentAmendmentPolicy = (): AmendmentPolicy => {
  const policy = amendmentPolicies.at(-1);
  if (!policy) throw new RangeError('there is no amendment policy');
  return policy;
};

export function amendmentPolicy(version: string): AmendmentPolicy {
  const found = amendmentPolicies.find((policy) => policy.version === version);
  if (!found) throw new RangeError(`there is no amendment policy ${version}`);
  return found;
}
