import { MINUTE } from '../time';
import { ours, type Sourced } from './sourced';

export interface ReviewTimes {
  /** Milliseconds that a claim lasts: whoever stops working gives the case back without doing anything. */
  readonly claimLease: Sourced<number>;
  /** Working days, after the one on which it was given, that an assigned case is kept for somebody. */
  readonly assignment: Sourced<number>;
  /** Working days, each of its whole 24 hours, that a review may take. */
  readonly workingDays: Sourced<number>;
  /** The share of them after which a review is warned of. */
  readonly warnAt: Sourced<number>;
}

/** The times of every review, whatever the case type: they are the agency's own working order and no right of anybody. */
export const reviewTimes: ReviewTimes = {
  claimLease: { value: 30 * MINUTE, source: ours('half an hour at one case; renewed by claiming again') },
  assignment: { value: 1, source: ours('time to come to it; a supervisor may give it to somebody else before') },
  workingDays: { value: 2, source: ours('two working days, of the 14 in which the card is due') },
  warnAt: { value: 0.75, source: ours('half a working day is left to decide') },
};
