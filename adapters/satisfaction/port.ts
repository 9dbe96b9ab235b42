import type { Instant } from '../../domain/time';

export interface SatisfactionAnswer {
  readonly caseId: string;
  /** 1 (very dissatisfied) to 5. */
  readonly score: number;
  readonly commentRef: string | null;
  readonly client: string;
  readonly at: Instant;
}

export interface Satisfaction {
  /** One answer a case, for ever: a later one changes nothing. Answers the one that stands. */
  give(answer: SatisfactionAnswer): Promise<SatisfactionAnswer>;
}
