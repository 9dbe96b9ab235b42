import { ours, type Sourced } from './sourced';

export interface RecusalPolicy {
  /** Blood relations beside the straight line, by the civil method, up to this degree. */
  readonly recusalDegree: Sourced<number>;
  /** Whether a spouse's ascendants, descendants and siblings are as the official's own. */
  readonly recusesAffines: Sourced<boolean>;
}

/** One rule for whatever is decided about families: registrations, amendments and appeals. */
export const article22: RecusalPolicy = {
  recusalDegree: { value: 4, source: 'Civil Status Law art. 22, as commented: kin to the 4th degree' },
  recusesAffines: {
    value: true,
    source: ours(
      "the law as commented names the spouse; that a spouse's nearest kin are kept apart too is our caution",
    ),
  },
};
