/** What one API says of who of the staff has a case open there. Staff numbers; no personal data. */
export interface Present {
  /** The API that says it, by a name of this run. */
  readonly api: string;
  readonly caseId: string;
  /** Everybody there; none when the last one has left. */
  readonly viewers: readonly string[];
  /** Whoever has the case open too is to say so. */
  readonly asks: boolean;
}

/** How the APIs tell each other who looks at what. Kept nowhere: what was not heard is said again after a while. */
export interface Presence {
  tell(present: Present): Promise<void>;
  /** Hears everything that is told, one's own too. `onGap`: something may have been missed. */
  hear(onPresent: (present: Present) => void, onGap: () => void): Promise<{ close(): Promise<void> }>;
}
