import { defineUpdate } from '@temporalio/workflow';
import type { Actor } from '../../domain/case/model';

export interface VerifiedRetryRun {
  readonly operation: string;
  /** Cases at most, a second. */
  readonly perSecond: number;
  /** Across a continue-as-new. */
  readonly stopped: boolean;
}

/** Both answer once it is on record. */
export const stopRetry = defineUpdate<void, [Actor]>('stopRetry');
export const resumeRetry = defineUpdate<void, [Actor]>('resumeRetry');

export const VERIFIED_RETRY = 'verifiedRetry';
export const STALL_SCAN = 'stallScan';
export const LEDGER_CHECK = 'ledgerCheck';

export interface StallCounts {
  readonly looked: number;
  readonly found: number;
  readonly cleared: number;
}
