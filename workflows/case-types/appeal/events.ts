import type { Filing } from '../../../domain/case/model';
import type { Money } from '../../../domain/money';
import type { NotificationEvent } from '../../stages/notification';
import type { ReviewEvent } from '../../stages/review';

interface Reasoned {
  readonly reasonRef?: string;
}

/** What the appeal found out about the appealed case, and stands on from then on. */
export interface Appealed {
  readonly original: Filing;
  readonly rejectedFor: readonly string[];
  /** Rules of its own type that no decision sets aside, under the policy that it went by; absent in logs from before they were kept. */
  readonly neverWaived?: readonly string[];
  /** Staff who did anything in the appealed case. */
  readonly tookPart: readonly string[];
  /** What was paid for the application and not given back; absent where that is nothing. */
  readonly paid?: Money;
}

export type AppealOutcome = 'UPHELD' | 'ALLOWED' | 'REJECTED' | 'CANCELLED';

export type AppealEvent =
  | ReviewEvent
  | NotificationEvent
  | { readonly type: 'AppealFiled'; readonly appealed: string }
  | { readonly type: 'AppealRefused'; readonly rules: readonly string[] }
  | ({ readonly type: 'AppealAdmitted'; readonly rules: readonly string[] } & Appealed)
  | { readonly type: 'AppealOverdue' }
  | ({ readonly type: 'AppealUpheld' } & Reasoned)
  | ({ readonly type: 'AppealAllowed'; readonly waives: readonly string[] } & Reasoned)
  | ({ readonly type: 'CancellationRequested' } & Reasoned)
  | { readonly type: 'NewDecisionStarted'; readonly caseId: string }
  | { readonly type: 'CaseClosed'; readonly outcome: AppealOutcome };
