import type { LocalDate } from '../../domain/time';

export interface StatisticsQuery {
  /** Riyadh dates, both included. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly office?: string;
}

/** Cases filed on a day, by everything that they are told apart by. */
export interface FiledCount {
  readonly date: LocalDate;
  readonly type: string;
  readonly channel: string;
  readonly office: string;
  readonly status: string;
  readonly beneficiary: string;
  readonly cases: number;
}

/** Cards that were handed over in the period, by how long that took from the application. Buckets are exact, percentiles right to within some hundredths of themselves. */
export interface TimeToCard {
  readonly cases: number;
  readonly medianHours: number | null;
  readonly p90Hours: number | null;
  /** `upTo` in hours; the last one has none. */
  readonly buckets: readonly { readonly upTo: number | null; readonly cases: number }[];
}

/** Where time went, of the waits that ended in the period. The median is right to within some hundredths of itself. */
export interface WaitSpent {
  readonly what: string;
  readonly waits: number;
  readonly hours: number;
  readonly medianHours: number;
}

export interface OpenWait {
  readonly what: string;
  readonly who: string | null;
  readonly cases: number;
  readonly overdue: number;
}

export interface CaseworkerLoad {
  readonly who: string;
  readonly cases: number;
  readonly overdue: number;
  readonly nextDeadline: string | null;
}

/** Numbers about cases, as of the last case that changed. No personal data. */
export interface Statistics {
  filed(query: StatisticsQuery): Promise<readonly FiledCount[]>;
  /** Cases, of any type, that were completed in the period. */
  completed(query: StatisticsQuery): Promise<number>;
  timeToCard(query: StatisticsQuery): Promise<TimeToCard>;
  waitsSpent(query: StatisticsQuery): Promise<readonly WaitSpent[]>;
  openWaits(office: string | undefined): Promise<readonly OpenWait[]>;
  /** Who has how many open cases in hand. */
  load(office: string | undefined): Promise<readonly CaseworkerLoad[]>;
}
