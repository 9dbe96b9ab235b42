import type { Actor } from '../../domain/case/model';
import type { Instant } from '../../domain/time';

/** What an operator did to the system as a whole; what is done to one case is in its log. */
export interface OperatorAct {
  readonly what:
    | 'stall-scan'
    | 'deploy-promote'
    | 'deploy-ramp'
    | 'statistics-rebuild'
    | 'case-restart'
    | 'staff-enrol'
    | 'keys-rewrap';
  /** What it was done to; people by reference, no personal data. */
  readonly about: Readonly<Record<string, string | number>>;
  readonly actor: Actor;
  /** Where the reason is kept, in words. */
  readonly reasonRef: string;
}

export interface KeptAct extends OperatorAct {
  readonly seq: number;
  readonly at: Instant;
}

export interface Acts {
  /** Before it is done, so that nothing is done without a record. */
  record(act: OperatorAct): Promise<void>;
  /** The newest first; of those before this one, where it is given. */
  recent(limit: number, before?: number): Promise<readonly KeptAct[]>;
}
