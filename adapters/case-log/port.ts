import type { Recorded } from '../../domain/case/model';
import type { CaseRow } from '../../domain/case/row';

export type { CaseRow };

/** The code of the failure to append what no retry can bring into the log. */
export const UNRECORDABLE = 'unrecordable';

/**
 * The case log: append-only, each event chained to the one before by a hash, keyed by (case, version).
 * Only workflows append, one at a time per case, so a version that is already there means that this append was made before.
 */
export interface CaseLog {
  /**
   * Events and row in one transaction. When the first version is already there, nothing is written and the logged events come back:
   * the log wins. Refused as `unrecordable` for a text that the database can not hold.
   */
  append(events: readonly Recorded[], row: CaseRow): Promise<{ appended: true } | { logged: readonly Recorded[] }>;
  /** In order; `version` 0 for all. */
  eventsAfter(caseId: string, version: number): Promise<readonly Recorded[]>;
  /**
   * Takes a place that only one open case may have, such as "the renewal of this person". Answers the case that has it:
   * this one, or the one that was first. Given back when the case closes; a closed case takes none.
   */
  takePlace(place: string, caseId: string): Promise<{ heldBy: string }>;
}
