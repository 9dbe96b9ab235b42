import type { ChainBreak } from '../../domain/case/hash';

export interface EventLink {
  readonly hash: Uint8Array;
  /** Whether the event still says what its hash was made of. */
  readonly holds: boolean;
}

export interface CaseAudit {
  readonly events: number;
  /** Hex of the last hash: what a signed head is compared with. */
  readonly head: string;
  /** `head`: the events are whole among themselves, but the case's row knows another last one, so events at the end are missing or made up. */
  readonly broken: ChainBreak | { readonly version: number; readonly what: 'head' } | null;
}

/** What the audit reads of the log. Everything is read in pages, so that no statement grows with the log. */
export interface AuditLog {
  /** null: there is no such case, and no event of one. */
  case(caseId: string): Promise<CaseAudit | null>;
  /** The next cases after this id, in its order; none at the end. */
  casesAfter(caseId: string, limit: number): Promise<readonly (CaseAudit & { readonly caseId: string })[]>;
  /** Events of these places in the log whose case does not exist: the first of each case. */
  orphans(after: number, upTo: number): Promise<readonly { readonly caseId: string; readonly version: number }[]>;
  /** Links of the events of these places, in the order of the log. */
  links(after: number, upTo: number): Promise<readonly EventLink[]>;
  /** Waits for appends that are under way, so that nothing can come in later at or below the place that it answers. */
  lastPlace(): Promise<number>;
}
