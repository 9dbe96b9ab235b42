import type { ScoreReason } from '../../../domain/family/duplicates';
import type { FamilyEventKind } from '../../../domain/family/record';
import type { Quote } from '../../../domain/quote';
import type { LocalDate } from '../../../domain/time';
import type { DeliveryChoice } from '../../stages/delivery';
import type { NotificationEvent } from '../../stages/notification';
import type { PaymentEvent } from '../../stages/payment';
import type { ReviewEvent } from '../../stages/review';

/** Who plays which part in the event, by reference. */
export interface Parties {
  readonly member?: string;
  readonly father?: string;
  readonly mother?: string;
  readonly husband?: string;
  readonly wife?: string;
  readonly deceased?: string;
}

/** The facts of a report that the workflow knows. Names and the notice's reference stay in the vault. */
export interface ReportFacts {
  readonly event: FamilyEventKind;
  readonly on: LocalDate;
  readonly reporter: string;
  readonly parties: Parties;
  /** What the reporter is to the member who is identified. */
  readonly relation?: 'father' | 'mother' | 'guardian';
  /** Of a child that was born. */
  readonly sex?: 'M' | 'F';
  readonly witnesses?: readonly string[];
  /** For the first card of a member who is identified; absent in reports from before it was asked for. */
  readonly photoRef?: string;
  readonly delivery?: DeliveryChoice;
}

export type Lateness = 'in-time' | 'late' | 'over-a-year';

export interface Accepted {
  readonly lateness: Lateness;
  readonly noticeNeeded: boolean;
  readonly consenters: readonly string[];
  /** What a member identification enters the reporter as, where the report does not say it. */
  readonly relation?: ReportFacts['relation'];
  /** How a member who is identified gets the first card; `none` to whoever holds one. Absent in logs from before it was looked at. */
  readonly firstCard?: 'courier' | 'pickup' | 'none';
}

export interface Candidate {
  /** A person of the register, or the open case that tells of one. */
  readonly ref: string;
  readonly score: number;
  readonly reasons: readonly ScoreReason[];
}

export type FamilyEndReason =
  | 'cancelled-by-applicant'
  | 'rejected'
  | 'duplicate'
  | 'consent-refused'
  | 'consent-expired'
  | 'payment-expired'
  | 'register-refused'
  | 'entry-reversed'
  | 'subject-died';

export type FamilyOutcome = 'COMPLETED' | 'REJECTED' | 'CANCELLED' | 'EXPIRED' | 'LINKED';

interface Reasoned {
  readonly reasonRef?: string;
}

export type FamilyCaseEvent =
  | PaymentEvent
  | ReviewEvent
  | NotificationEvent
  | ({ readonly type: 'EventReported' } & ReportFacts)
  | { readonly type: 'ApplicationRefused'; readonly rules: readonly string[]; readonly linkedTo?: string }
  | ({ readonly type: 'ApplicationAccepted'; readonly quote: Quote; readonly rules: readonly string[] } & Accepted)
  /** `unanswered`: who has the notices could not be reached, and why. */
  | { readonly type: 'NoticeMissing'; readonly unanswered?: string }
  | { readonly type: 'NoticeFound'; readonly mismatches: readonly string[] }
  | { readonly type: 'NoticeOverdue' }
  | { readonly type: 'NoticeTaskEscalated' }
  | ({ readonly type: 'NoticeAccepted' } & Reasoned)
  | { readonly type: 'DuplicatesChecked'; readonly candidates: readonly Candidate[]; readonly hit: boolean }
  | { readonly type: 'DuplicateReviewReminded' }
  | ({ readonly type: 'EventFoundDistinct' } & Reasoned)
  | ({ readonly type: 'EventFoundSame'; readonly of: string } & Reasoned)
  | { readonly type: 'ConsentAsked'; readonly people: readonly string[] }
  | { readonly type: 'ConsentReminded' }
  | { readonly type: 'ConsentGiven' | 'ConsentRefused' | 'ConsentWithdrawn'; readonly person: string }
  /** The time is over in which those who were asked could answer, and without them it is a dispute. */
  | { readonly type: 'ConsentOverdue' }
  /** Somebody who died can be asked no more. */
  | { readonly type: 'ConsentDropped'; readonly person: string }
  /** `heldBy`: who had claimed the case when a consent was withdrawn. */
  | ({ readonly type: 'CommitteeConvened'; readonly why: readonly string[]; readonly heldBy?: string } & Reasoned)
  | { readonly type: 'CommitteeReminded' }
  | ({ readonly type: 'VoteCast'; readonly vote: 'approve' | 'reject'; readonly rule?: string } & Reasoned)
  | ({ readonly type: 'CaseApproved'; readonly by: 'rule' | 'caseworker' | 'supervisor' | 'committee' } & Reasoned)
  | ({ readonly type: 'CaseRejected'; readonly rule: string } & Reasoned)
  | ({ readonly type: 'CancellationRequested' } & Reasoned)
  | { readonly type: 'EndingStarted'; readonly why: FamilyEndReason; readonly rule?: string }
  | { readonly type: 'RegistrationStarted' }
  | { readonly type: 'EventRegistered'; readonly registration: string; readonly child?: string }
  | { readonly type: 'RegistrationKept'; readonly registration: string }
  | { readonly type: 'CertificateIssued'; readonly serial: string }
  | { readonly type: 'OpenCasesFound'; readonly cases: readonly string[] }
  | { readonly type: 'OpenCasesTold' }
  | { readonly type: 'IdCaseStarted'; readonly caseId: string }
  | { readonly type: 'CaseClosed'; readonly outcome: FamilyOutcome };
