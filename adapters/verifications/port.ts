import type { Beneficiary } from '../../domain/identity-number';
import type { Verification } from '../../domain/services/verification';
import type { Instant, LocalDate } from '../../domain/time';

/** One question. Exactly one of birth date and card serial is set. */
export interface Question {
  readonly person: string;
  readonly beneficiary: Beneficiary;
  readonly birthDate: LocalDate | null;
  readonly serial: string | null;
  readonly client: string;
  readonly channel: string;
}

/**
 * A client that guessed wrong too often, about this person or in this hour about whomever, learns nothing until then, not even whether
 * it would have been right.
 */
export type Checked =
  Verification | { readonly refusal: 'too-many-guesses' | 'too-many-guesses-this-hour'; readonly retryAt: Instant };

export interface BulkLine extends Question {
  /** Place in the file, from 1. */
  readonly line: number;
}

export interface BulkState {
  readonly id: string;
  readonly client: string;
  readonly at: Instant;
  readonly lines: number;
  /** Lines that could not be read as a question. */
  readonly refused: number;
  /** Lines answered so far. */
  readonly done: number;
  readonly documentRef: string;
  readonly endedAt: Instant | null;
}

export interface BulkResult {
  readonly line: number;
  readonly outcome: string;
  readonly since: LocalDate | null;
  /** When it was checked; null where it was not, or before that was kept. */
  readonly at: Instant | null;
  /** The line's own, for ever: nobody can guess it. */
  readonly salt: string;
}

/** Every question is on record before it is answered. */
export interface Verifications {
  check(question: Question, at: Instant): Promise<Checked>;
  /** Takes the file in; the same id again has no effect. */
  openBulk(bulk: Omit<BulkState, 'done' | 'endedAt'> & { readonly channel: string }): Promise<void>;
  bulk(id: string): Promise<BulkState | null>;
  /** Files that were taken in before this moment and are not done. */
  undone(before: Instant): Promise<readonly Pick<BulkState, 'id'>[]>;
  /**
   * Answers those of these lines that have no answer yet, and never one twice. `retryAt`: the client's files have been wrong too often
   * in this hour, and some lines have to wait until then. A line that cannot be asked at all is a defect, after the others are
   * answered; on the last try it is kept as one that could not be checked.
   */
  checkLines(
    bulk: string,
    lines: readonly BulkLine[],
    at: Instant,
    lastTry: boolean,
  ): Promise<{ readonly retryAt: Instant | null }>;
  endBulk(id: string, at: Instant): Promise<void>;
  results(bulk: string): Promise<readonly BulkResult[]>;
  /** Forgets counts of wrong guesses that count for nothing any more. */
  forgetGuesses(at: Instant): Promise<void>;
}
