import type { CaseFile } from '../../domain/case/model';
import type { Instant } from '../../domain/time';

/** An open case, as far as operators' overviews look at it. */
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
  /** Cases with a repair that waits for a second person, by case id. */
  proposedRepairs(page: OverviewPage): Promise<readonly (OverviewCase & { readonly file: CaseFile })[]>;
  /** The largest first. Counts every open case, so it is for people and not for a loop. */
  policyGroups(): Promise<readonly PolicyGroup[]>;
  /** By case id. */
  openCases(
    filter: { readonly type?: string | undefined; readonly policyVersion?: string | undefined },
    page: OverviewPage,
  ): Promise<readonly OverviewCase[]>;
}
