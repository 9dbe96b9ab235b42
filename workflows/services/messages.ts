import { defineSignal } from '@temporalio/workflow';
import type { Instant, LocalDate } from '../../domain/time';

export interface BulkRun {
  readonly bulk: string;
  readonly lines: number;
}

export interface BulkActivities {
  /**
   * Answers the lines from `from` to `to`, both included, that have no answer yet. With `retryAt` some of them still have none, and
   * will get none before. A worker of before answers nothing.
   */
  checkBulkLines(chunk: {
    readonly bulk: string;
    readonly from: number;
    readonly to: number;
  }): Promise<{ readonly retryAt: Instant | null } | undefined>;
  endBulk(run: { readonly bulk: string }): Promise<void>;
  /** Destroys the key of the file: from then on nobody can read whom it was about. */
  forgetBulk(run: { readonly bulk: string }): Promise<void>;
}

export interface ShareRun {
  readonly share: string;
  readonly expiresAt: Instant;
}

export interface ShareActivities {
  /** Tells the person what happened to the share since it was last asked, and ends a share whose time is over. */
  tellOfShare(run: { readonly share: string }): Promise<{ readonly over: boolean }>;
}

export interface SweepActivities {
  /** Forgets what counts for nothing any more, starts what was not begun, and answers the shares that nobody stands beside. */
  sweepServices(): Promise<{ readonly shares: readonly ShareRun[] }>;
}

export interface LossRun {
  readonly person: string;
  readonly serial: string;
  readonly reportedOn: LocalDate;
}

export interface LossActivities {
  tellOfLoss(run: LossRun): Promise<void>;
}

export interface WalkCursor {
  readonly expiresOn: LocalDate;
  readonly serial: string;
}

export interface WalkCounts {
  readonly walked: number;
  readonly sent: number;
  readonly failed: number;
  /** The day that was reminded for is over, and the walk with it: what it would still say is no longer true. The next day's says it. */
  readonly dayOver?: true;
}

export interface ReminderRun {
  /** The day that is reminded for; the day of the start where it is not said. */
  readonly today?: LocalDate;
  readonly cursor?: WalkCursor | null;
  readonly counts?: WalkCounts;
}

export interface ReminderActivities {
  /** Some minutes' worth of cards from after the cursor on; the cursor is null when there are no more, or the day is over. */
  remindSome(walk: {
    readonly today: LocalDate;
    readonly cursor: WalkCursor | null;
  }): Promise<WalkCounts & { readonly cursor: WalkCursor | null }>;
}

/** Something was fetched, or the share was revoked: the log says what. */
export const shareChanged = defineSignal('shareChanged');

export const BULK_VERIFICATION = 'bulkVerification';
export const SHARE = 'share';
export const REMINDERS = 'reminders';
export const SERVICE_SWEEP = 'serviceSweep';
export const LOSS_NOTICE = 'lossNotice';
