import { defineUpdate } from '@temporalio/workflow';
import type { Actor } from '../../domain/case/model';

export interface VerifiedRetryRun {
  readonly operation: string;
  /** Cases at most, a second. */
  readonly perSecond: number;
  /** Across a continue-as-new. */
  readonly stopped: boolean;
  readonly cancelled?: true;
}

/** Each answers once it is on record; the second word is where the reason is kept. */
export const stopRetry = defineUpdate<void, [Actor, string?]>('stopRetry');
export const resumeRetry = defineUpdate<void, [Actor, string?]>('resumeRetry');
/** Ends it: what was not asked yet never will be. */
export const cancelRetry = defineUpdate<void, [Actor, string?]>('cancelRetry');

export const VERIFIED_RETRY = 'verifiedRetry';
export const STALL_SCAN = 'stallScan';
export const LEDGER_CHECK = 'ledgerCheck';

export interface StallCounts {
  readonly looked: number;
  readonly found: number;
  readonly cleared: number;
  /** Cases that could not be looked at; the next scan tries again. */
  readonly failed?: number;
}

/** One thing that was looked up outside, beside what the case's log says of it. */
export interface LedgerLine {
  readonly what: string;
  readonly caseSays: string;
  readonly outsideSays: string;
  /** Why the outside could not be asked: the party, and the code of its failure. */
  readonly unasked?: string;
  readonly agrees: boolean;
}
