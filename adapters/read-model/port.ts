import type { CaseFile, Recorded, WaitOwner } from '../../domain/case/model';
import type { Refusal } from '../../domain/refusal';
import type { Instant } from '../../domain/time';

/** A case as lists show it. No personal data: `subject` is a reference. */
export interface CaseSummary {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly stage: string;
  readonly version: number;
  readonly channel: string;
  readonly clientId: string;
  readonly subject: string;
  readonly office: string;
  readonly parent: string | null;
  readonly policyVersion: string;
  readonly filedAt: Instant;
  readonly closedAt: Instant | null;
  readonly waitingWhat: string | null;
  readonly waitingWho: WaitOwner | null;
  readonly waitingUntil: Instant | null;
  readonly claimedBy: string | null;
  readonly overdue: boolean;
  readonly incident: { readonly code: string; readonly source: string } | null;
  /** Why a person has to look; null as long as nobody had to. */
  readonly reviewWhy: readonly string[] | null;
  /** A colleague recommends rejection: it needs a second pair of eyes. */
  readonly recommended: boolean;
  readonly escalated: 'by-caseworker' | 'out-of-time' | null;
}

export interface CaseFilters {
  /** How the case's number begins: the part of its id after the case type, in capitals. */
  readonly number?: string;
  readonly type?: string;
  readonly status?: string;
  readonly office?: string;
  readonly channel?: string;
  readonly clientId?: string;
  readonly subject?: string;
  readonly parent?: string;
  readonly waitingWho?: WaitOwner;
  readonly claimedBy?: string;
  readonly overdue?: boolean;
  readonly hasIncident?: boolean;
  readonly incidentCode?: string;
  readonly open?: boolean;
  /** Inclusive. */
  readonly filedFrom?: Instant;
  /** Exclusive. */
  readonly filedTo?: Instant;
}

/** `waitingUntil`: only open cases that wait for something with a deadline, the nearest first. */
export type CaseSort = 'newest' | 'oldest' | 'waitingUntil';

export interface CaseQuery {
  readonly filters: CaseFilters;
  readonly sort: CaseSort;
  /** Of an earlier page with the same filters and order. */
  readonly cursor?: string;
  /** 1 to 200; a number outside is brought inside. */
  readonly limit: number;
}

/**
 * May hold fewer items than asked for, even none, and still have a `next`: a rare mixture of filters is looked for in steps, so
 * that no page costs more than any other. The list is at its end when `next` is null.
 */
export interface Page<T> {
  readonly items: readonly T[];
  /** null on the last page. */
  readonly next: string | null;
}

/** What a work queue can be narrowed to; the last four are a supervisor's. */
export type WorkView =
  | 'mine'
  | 'office'
  | 'unclaimed'
  | 'overdue'
  /** Unclaimed, in a status in which cases are claimed, and not handled before by whoever asks. */
  | 'claimable'
  | 'awaiting'
  | 'four-eyes'
  | 'escalated'
  | 'held';

export type WorkCounts = Readonly<Record<'mine' | 'office' | 'unclaimed' | 'overdue', number>>;
export type TeamCounts = Readonly<Record<'awaiting' | 'four-eyes' | 'escalated' | 'held', number>>;

/** Whose work is looked at. */
export interface WorkScope {
  /** All offices when absent. */
  readonly office?: string;
  readonly who: readonly WaitOwner[];
  /** Of what waits for a supervisor only these types; all when absent. */
  readonly supervised?: readonly string[];
  /** The staff member who looks. */
  readonly me: string;
  readonly type?: string;
}

export interface WorkQuery extends WorkScope {
  readonly view: WorkView;
  /** The statuses in which cases are claimed; needed by `claimable` alone. */
  readonly claimedIn?: readonly string[];
  /** `waitingUntil` when absent. */
  readonly sort?: CaseSort;
  readonly cursor?: string;
  readonly limit: number;
}

/** What changed, from the transaction that changed it. */
export interface CaseChange {
  readonly caseId: string;
  readonly version: number;
  readonly office: string;
  readonly status: string;
}

export interface Subscription {
  close(): Promise<void>;
}

/** The read side. A case is there as soon as the append that made it has answered. */
export interface ReadModel {
  caseById(id: string): Promise<{ readonly summary: CaseSummary; readonly file: CaseFile } | null>;
  /** In order, from after this version on. */
  caseEvents(id: string, afterVersion: number, limit: number): Promise<readonly Recorded[]>;
  caseList(query: CaseQuery): Promise<Page<CaseSummary> | { readonly refusal: Refusal }>;
  /** Open cases, the nearest deadline first. */
  workQueue(query: WorkQuery): Promise<Page<CaseSummary> | { readonly refusal: Refusal }>;
  workCounts(query: WorkScope): Promise<WorkCounts>;
  /** What waits for a supervisor's own hands. */
  teamCounts(query: WorkScope): Promise<TeamCounts>;
}

export interface CaseChanges {
  /**
   * Every change from now on. `onGap` is called when the connection was lost and is there again: changes in between were
   * missed, so whoever shows something reads it again.
   */
  subscribe(onChange: (change: CaseChange) => void, onGap: () => void): Promise<Subscription>;
}
