import type { Beneficiary } from '../../domain/identity-number';
import type { CardLoss, HeldDocumentType } from '../register/port';
import type { Party } from '../shares/port';
import type { Instant, LocalDate } from '../../domain/time';

export type ReportedLoss = CardLoss & { readonly type: HeldDocumentType };

/** Reports that come from people themselves, each with its line in the service log, in one transaction. */
export interface Losses {
  /** Reported again, the first report stands and nothing is written. Refused as `Register.reportLost` is, and as `person-unknown`. */
  report(
    order: { readonly person: string; readonly serial: string; readonly lostOn: LocalDate },
    by: Party & { readonly beneficiary: Beneficiary },
    at: Instant,
  ): Promise<ReportedLoss>;
  /** What was reported so, from `since` to before `until`. */
  reported(
    since: Instant,
    until: Instant,
  ): Promise<readonly { readonly person: string; readonly serial: string; readonly reportedOn: LocalDate }[]>;
}
