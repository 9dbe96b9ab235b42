import type { CaseFile } from '../../domain/case/model';
import type { Bilingual } from '../../domain/refusal';
import type { Instant } from '../../domain/time';

/** Stands for the whole system where a finding is about no single case. */
export const EVERYTHING = '*';

export interface OpenCase {
  readonly caseId: string;
  readonly type: string;
  readonly version: number;
  readonly lastEventAt: Instant;
  readonly file: CaseFile;
}

export interface KeptStall {
  readonly caseId: string;
  readonly what: string;
  readonly detail: Bilingual;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly times: number;
  readonly remedied: string | null;
  readonly clearedAt: Instant | null;
}

/** Open findings of one kind. */
export interface StallGroup {
  readonly what: string;
  readonly cases: number;
  readonly since: Instant;
  readonly last: Instant;
  readonly example: string;
}

/** What the stall watch reads and keeps. As open counts a closed case with an incident too: it owes something still. */
export interface Stalls {
  /** Open cases whose deadline lies before `before`. */
  overdue(before: Instant, limit: number): Promise<readonly OpenCase[]>;
  /**
   * Open cases that wait for one of these and in which nothing has happened since: of each wait at most so many, by turns, the
   * longest silent first.
   */
  silent(waits: readonly string[], since: Instant, limit: number): Promise<readonly OpenCase[]>;
  /** Open cases by id, so that with time the watch comes round to every one. */
  nextOpen(after: string, limit: number): Promise<readonly OpenCase[]>;
  /** Cases with a finding that is open, the one that was not looked at for longest first. */
  found(limit: number): Promise<readonly string[]>;
  /** Those of these that are open. */
  openCases(caseIds: readonly string[]): Promise<readonly OpenCase[]>;
  head(caseId: string): Promise<{ readonly version: number; readonly open: boolean } | null>;
  /** Which of these no case of the log is. */
  unknown(caseIds: readonly string[]): Promise<readonly string[]>;
  place(): Promise<string>;
  /** Where the next scan goes on, whatever becomes of this one. */
  keepPlace(place: string): Promise<void>;
  /** A scan has come to its end. */
  end(at: Instant): Promise<void>;
  lastScan(): Promise<Instant | null>;
  see(found: { caseId: string; what: string; detail: Bilingual; remedied: string | null }, at: Instant): Promise<void>;
  /** Clears what was found on this case and is gone. */
  clear(caseId: string, except: readonly string[], at: Instant): Promise<number>;
  /** The largest first. */
  groups(): Promise<readonly StallGroup[]>;
  /** What is open about one case. */
  ofCase(caseId: string): Promise<readonly KeptStall[]>;
  list(filter: { open: boolean; limit: number }): Promise<readonly KeptStall[]>;
}
