/** Another case, as far as one case may know it. */
export interface LinkedCase {
  readonly caseId: string;
  readonly type: string;
  readonly stage: string;
  readonly closed: boolean;
  /** The event of a family registration. */
  readonly event: string | null;
}

/** What one case can find out about others, from the read model. */
export interface CaseLinks {
  /** Open cases about a person. */
  openAbout(person: string): Promise<LinkedCase[]>;
  /** Cases that came from this one, open or closed. */
  cameFrom(caseId: string): Promise<LinkedCase[]>;
  /** Reports that were closed because this case, or one that was closed because of it, is of the same event; and who made them. */
  secondReportsOf(caseId: string): Promise<{ readonly caseId: string; readonly reporter: string }[]>;
}
