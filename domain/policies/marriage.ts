import { ours, type Sourced } from './sourced';

/** What a marriage is held against, whether it is reported or an entry of one is corrected. */
export interface MarriagePolicy {
  readonly limits: Sourced<{ readonly wives: number; readonly husbands: number }>;
  /** Nobody marries an ascendant, a descendant or kin up to this degree. */
  readonly prohibitedDegree: Sourced<number>;
}

export const personalStatus: MarriagePolicy = {
  limits: { value: { wives: 4, husbands: 1 }, source: ours('what the law of personal status allows') },
  prohibitedDegree: {
    value: 3,
    source: ours('no marriage with ascendants, descendants, siblings, uncles, aunts, nephews and nieces'),
  },
};
