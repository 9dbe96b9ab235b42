import type { Recorded } from '../../domain/case/model';
import type { KeptWait } from '../../domain/case/waits';

export interface WaitsOfCase {
  readonly caseId: string;
  readonly type: string;
  readonly log: readonly Recorded[];
  readonly kept: readonly KeptWait[];
}

/** What is kept of the waits of cases, beside the log that it follows from. */
export interface CaseWaits {
  /** The next cases after this id, in its order; none at the end. Those from before waits were kept with each append have what was told by their events then. */
  after(caseId: string, limit: number): Promise<readonly WaitsOfCase[]>;
  /** Puts these in the place of what is kept up to the last version of this log. What is appended meanwhile stays. */
  put(wrong: WaitsOfCase, waits: readonly KeptWait[]): Promise<void>;
}
