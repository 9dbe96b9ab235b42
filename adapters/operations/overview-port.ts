import type { CaseFile } from '../../domain/case/model';
import type { Instant } from '../../domain/time';

/** A case, as far as operators' overviews look at it. */
export interface OverviewCase {
  readonly caseId: string;
  readonly type: string;
  readonly status: string;
  readonly office: string;
  readonly version: number;
  readonly policyVersion: string;
  readonly filedAt: Instant;
}

/** Open cases of one type under one policy version. */
export interface PolicyGroup {
  readonly type: string;
  readonly policyVersion: string;
  readonly cases: number;
  readonly oldest: Instant;
}

export interface OverviewPage {
  /** A case id: from after it on. */
  readonly after?: string;
  readonly limit: number;
}

/** What operators look at across all open cases. */
export interface Overview {
  /** Cases with a repair that a second person can decide, by case id; a closed one too, while its incident is open. */
  proposedRepairs(page: OverviewPage): Promise<readonly (OverviewCase & { readonly file: CaseFile })[]>;
  /** The largest first. Counts every open case, so it is for people and not for a loop. */
  policyGroups(): Promise<readonly PolicyGroup[]>;
  /** Ids of cases that begin or end so, at most so many, in no order: for one that was mistyped. */
  idsLike(parts: { readonly start: string; readonly end: string }, limit: number): Promise<readonly string[]>;
  /** By case id. */
  openCases(
    filter: { readonly type?: string | undefined; readonly policyVersion?: string | undefined },
    page: OverviewPage,
  ): Promise<readonly OverviewCase[]>;
}
