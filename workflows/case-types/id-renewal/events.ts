import type { DeliveryChoice } from '../../stages/delivery';
import type { Quote } from '../../../domain/quote';
import type { LocalDate } from '../../../domain/time';
import type { PaymentEvent } from '../../stages/payment';
import type { ReviewEvent } from '../../stages/review';
import type { DocumentType } from './policy';

/** What was looked up for the validation, and what the card is made by. */
export interface EligibilityFacts {
  readonly documentType: DocumentType;
  readonly age: number;
  readonly oldSerial: string | null;
  readonly oldExpiresOn: LocalDate | null;
  readonly losses: number;
}

/** By `first-issue` a family member who was identified gets the first card; a portal applies for one that never came. */
export type RenewalReason = 'expiring' | 'lost' | 'damaged' | 'first-issue';

export type ReturnedItem = 'photo' | 'delivery';

export type EndReason =
  | 'cancelled-by-applicant'
  | 'rejected'
  | 'returned-not-answered'
  | 'return-rounds-used-up'
  | 'payment-expired'
  | 'uncollected'
  | 'subject-died'
  /** The birth, or what a first card is issued for: the identification. */
  | 'identity-revoked';

export type RenewalEvent =
  | PaymentEvent
  | ReviewEvent
  | {
      readonly type: 'ApplicationSubmitted';
      readonly photoRef: string;
      readonly delivery: DeliveryChoice;
      readonly reason: RenewalReason;
      readonly lostOn?: LocalDate;
      readonly guardian?: string;
      readonly applied?: true;
    }
  | { readonly type: 'ApplicationRefused'; readonly rules: readonly string[] }
  | {
      readonly type: 'ApplicationValidated';
      readonly facts: EligibilityFacts;
      readonly quote: Quote;
      readonly rules: readonly string[];
    }
  | {
      readonly type: 'PhotoJudged';
      readonly photoRef: string;
      readonly verdict: 'pass' | 'doubt' | 'fail';
      readonly reasons: readonly string[];
    }
  | {
      readonly type: 'CaseReturned';
      readonly items: readonly ReturnedItem[];
      readonly reasons: readonly string[];
      readonly reasonRef?: string;
    }
  | { readonly type: 'ApplicationResubmitted'; readonly photoRef?: string; readonly delivery?: DeliveryChoice }
  | { readonly type: 'CaseApproved'; readonly by: 'rule' | 'caseworker' | 'supervisor'; readonly reasonRef?: string }
  | { readonly type: 'CaseRejected'; readonly rule: string; readonly reasonRef?: string }
  | { readonly type: 'CancellationRequested'; readonly reasonRef?: string }
  | { readonly type: 'EndingStarted'; readonly why: EndReason; readonly reasonRef?: string }
  | {
      readonly type: 'CardReserved';
      readonly serial: string;
      readonly issuedOn: LocalDate;
      readonly expiresOn: LocalDate;
      readonly attempt: number;
    }
  | { readonly type: 'CardOrdered'; readonly orderId: string; readonly orderKey: string }
  /** `unanswered`: the bureau could not be reached, and why. */
  | { readonly type: 'BureauAsked'; readonly unanswered?: string }
  | { readonly type: 'CardPrinted'; readonly orderId: string; readonly serial: string }
  | { readonly type: 'CardPrintFailed'; readonly orderId: string; readonly reason: string }
  | { readonly type: 'CardOrderRecalled' }
  | { readonly type: 'CardRecallTooLate' }
  | { readonly type: 'CardReleased'; readonly serial: string }
  | { readonly type: 'CardDispatched'; readonly parcelId: string; readonly to: 'address' | 'office' }
  | { readonly type: 'CardKept'; readonly orderId: string }
  | { readonly type: 'ParcelKept'; readonly parcelId: string }
  | { readonly type: 'ParcelCancelled'; readonly parcelId: string }
  | { readonly type: 'CourierAsked'; readonly unanswered?: string }
  | { readonly type: 'DeliveryFailed'; readonly parcelId: string; readonly reason: string; readonly attempt: number }
  /** The courier says that it is past this failure: it was told of twice. */
  | { readonly type: 'DeliveryFailureWithdrawn' }
  | { readonly type: 'RedeliveryAsked' }
  | { readonly type: 'DivertedToOffice'; readonly office: string }
  | { readonly type: 'ReadyForPickup'; readonly parcelId: string }
  | { readonly type: 'PickupReminded' }
  | { readonly type: 'CardHandedOver'; readonly how: 'delivered' | 'collected' }
  | { readonly type: 'CardsSwapped'; readonly serial: string }
  | {
      readonly type: 'CardReturnedToIssuer';
      readonly why: 'uncollected' | 'returned-by-courier' | 'subject-died' | 'case-ended';
    }
  /** The card of a case that ends was handed over before it could be taken back. */
  | { readonly type: 'CardNotRecovered'; readonly parcelId: string }
  | { readonly type: 'CardDestroyed'; readonly serial: string }
  | { readonly type: 'ApplicantNotified'; readonly template: string; readonly messageId: string }
  | { readonly type: 'NotificationFailed'; readonly template: string; readonly code: string }
  | { readonly type: 'CaseClosed'; readonly outcome: RenewalOutcome };

export type RenewalOutcome = 'COMPLETED' | 'CANCELLED' | 'EXPIRED' | 'REJECTED' | 'CLOSED_UNCOLLECTED';
