import type { MonthNumbers } from '../../domain/services/statement';
import type { Instant } from '../../domain/time';

/** Cards handed over of renewals of cards that run out, filed in time after a reminder; what a day's delay would have cost is for the policy to say. */
export interface RemindedInTime {
  readonly policyVersion: string;
  readonly documentType: 'national-id' | 'resident-id';
  readonly renewals: number;
}

export type LoggedNumbers = Omit<MonthNumbers, 'finesAvoided'> & { readonly remindedInTime: readonly RemindedInTime[] };

/** Folds the logs of a period: the service log, the case events, the satisfaction answers. Changes nothing. */
export interface Statements {
  /** From the first instant up to, and without, the second. */
  numbers(from: Instant, to: Instant): Promise<LoggedNumbers>;
}
