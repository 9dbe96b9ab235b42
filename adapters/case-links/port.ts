import type { Instant, LocalDate } from '../../domain/time';

/** Another case, as far as one case may know it. */
export interface LinkedCase {
  readonly caseId: string;
  readonly type: string;
  readonly stage: string;
  readonly filedAt: Instant;
  readonly closed: boolean;
  /** The event of a family registration. */
  readonly event: string | null;
  /** When that was, as it may have been repaired since it was reported. */
  readonly on: LocalDate | null;
  /** Of a new decision after an appeal: the case whose application it goes by. */
  readonly original: string | null;
  /** That event is in the register, or was. */
  readonly registered: boolean;
  /** The person whom a registered birth brought into the register. */
  readonly child: string | null;
}

/** What one case can find out about others, from the read model. */
export interface CaseLinks {
  /** null where there is no such case. */
  find(caseId: string): Promise<LinkedCase | null>;
  /** Open cases about a person, and those that concern the person otherwise, such as one that a relative filed. */
  openConcerning(person: string): Promise<LinkedCase[]>;
  /** Cases that came from this one, open or closed. */
  cameFrom(caseId: string): Promise<LinkedCase[]>;
  /** Reports that were closed because this case, or one that was closed because of it, is of the same event; and who made them. */
  secondReportsOf(caseId: string): Promise<{ readonly caseId: string; readonly reporter: string }[]>;
}
