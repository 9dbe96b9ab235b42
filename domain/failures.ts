/**
 * What can go wrong outside, as a closed list; each kind states what a retry means.
 * - `unavailable`: the other side did not take the request. A retry is safe and likely to help.
 * - `outcome-unknown`: the request may have been taken. A retry with the same key finds out; never guess.
 * - `refused`: the other side understood and said no. A retry gives the same answer; a person has to look.
 * - `defect`: our own mistake (an answer we cannot read, a broken rule). A retry helps only after a repair.
 */
export type FailureKind = 'unavailable' | 'outcome-unknown' | 'refused' | 'defect';

/** The parties outside whose failures are told apart. */
export type Outside =
  | 'payments'
  | 'card-bureau'
  | 'courier'
  | 'messages'
  | 'register'
  | 'vault'
  | 'documents'
  | 'evidence'
  | 'case-log'
  | 'case'
  | 'webhooks';

export class OutsideFailure extends Error {
  /**
   * @param code a short stable word, such as `http-503` or `timeout`; incidents are grouped by it
   * @param message for operators; must hold no personal data
   */
  constructor(
    readonly kind: FailureKind,
    readonly source: Outside,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'OutsideFailure';
  }
}
