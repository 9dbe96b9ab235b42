import { holidays } from '../../../domain/policies/holidays';
import { appliedAt, decided, openFile } from '../../../domain/case/file';
import { SYSTEM, type CaseFile, type Filing, type Recorded } from '../../../domain/case/model';
import type { Quote } from '../../../domain/quote';
import { riyadhDate, type Instant, type LocalDate } from '../../../domain/time';
import type { DeliveryChoice } from '../../stages/delivery';
import { evolvePayment, isPaymentEvent, noPayment, type PaymentFile } from '../../stages/payment';
import { evolveReview, handled, isReviewEvent, noReview, stopClock, type ReviewFile } from '../../stages/review';
import type { EligibilityFacts, EndReason, RenewalEvent, RenewalOutcome, RenewalReason, ReturnedItem } from './events';
import { renewalPolicyOn } from './policy';

export type RenewalStage =
  | 'SUBMITTED'
  | 'AWAITING_PAYMENT'
  | 'PHOTO_CHECK'
  | 'IN_REVIEW'
  | 'RETURNED'
  | 'APPROVED'
  | 'PRINT_QUEUED'
  | 'PRINTED'
  | 'DISPATCHED'
  | 'READY_FOR_PICKUP'
  | 'DELIVERED'
  | 'COLLECTED'
  | 'COMPENSATING'
  | RenewalOutcome;

export interface CardFile {
  readonly serial: string;
  readonly issuedOn: LocalDate;
  readonly expiresOn: LocalDate;
  readonly attempt: number;
  readonly orderKey?: string;
  readonly orderId?: string;
  readonly askedAt?: Instant;
  readonly printed?: true;
  readonly recalled?: true;
  readonly swapped?: true;
  readonly destroyed?: true;
  /** Somebody has it, and it never became valid. */
  readonly unrecovered?: true;
}

export interface ParcelFile {
  readonly parcelId: string;
  readonly to: 'address' | 'office';
  readonly failures: number;
  /** What has been asked of the courier since the last failure. */
  readonly answered: number;
  readonly askedAt?: Instant;
  readonly office?: string;
  readonly remindedAt?: Instant;
  /** On its way back to the issuer. */
  readonly returned?: true;
}

export interface RenewalFile extends CaseFile {
  readonly stage: RenewalStage;
  readonly reason: RenewalReason;
  readonly lostOn?: LocalDate;
  /** Who applies for somebody who is too young to. */
  readonly guardian?: string;
  readonly applied?: true;
  readonly photoRef: string;
  readonly delivery: DeliveryChoice;
  readonly facts?: EligibilityFacts;
  readonly quote?: Quote;
  readonly refusedBy?: readonly string[];
  readonly payment: PaymentFile;
  readonly photo?: { readonly verdict: 'pass' | 'doubt' | 'fail'; readonly reasons: readonly string[] };
  readonly review: ReviewFile;
  readonly returned?: {
    readonly items: readonly ReturnedItem[];
    readonly reasons: readonly string[];
    readonly reasonRef?: string;
  };
  /** From when the card is due, and how long the case was held in the stages that it has left since then. */
  readonly approval?: { readonly at: Instant; readonly heldMs: number };
  readonly card?: CardFile;
  readonly parcel?: ParcelFile;
  /** Parcels that a reset took back: the next one is another. */
  readonly parcelsCancelled?: number;
  readonly ending?: { readonly why: EndReason; readonly from: RenewalStage };
  /** A card exists or existed: what was paid for making it is spent, even when the card is destroyed. */
  readonly everPrinted?: true;
  /** A cancellation came when the card was printed already. */
  readonly cancelledTooLate?: true;
  readonly failedPrints: readonly { readonly serial: string; readonly released: boolean }[];
  readonly notified: readonly string[];
}

export function openRenewal(filing: Filing): RenewalFile {
  const { photoRef, delivery, reason, lostOn, guardian, applied } = filing.facts as {
    photoRef: string;
    delivery: DeliveryChoice;
    reason: RenewalReason;
    lostOn?: LocalDate;
    guardian?: string;
    applied?: true;
  };
  return {
    ...openFile(filing, renewalPolicyOn(riyadhDate(appliedAt(filing))).version),
    reason,
    ...(lostOn ? { lostOn } : {}),
    ...(guardian ? { guardian } : {}),
    ...(applied ? { applied } : {}),
    photoRef,
    delivery,
    payment: noPayment,
    review: noReview,
    failedPrints: [],
    notified: [],
  };
}

export const changedFacts = ({ photoRef, delivery }: RenewalFile) => ({ photoRef, delivery });

/** Nobody has it in hand any more, and its clock stands. */
function reviewed(review: ReviewFile, at: Instant): ReviewFile {
  const { claim: _released, ...rest } = review;
  return { ...rest, clock: stopClock(review.clock, at, holidays) };
}

/** The case starts to end without its purpose: what was made is taken back in reverse. */
const ending = (file: RenewalFile, why: EndReason, at: Instant): RenewalFile => ({
  ...file,
  stage: 'COMPENSATING',
  ending: { why, from: file.stage },
  review: reviewed(file.review, at),
});

const withCard = (file: RenewalFile, change: Partial<CardFile>): RenewalFile =>
  file.card ? { ...file, card: { ...file.card, ...change } } : file;
const withParcel = (file: RenewalFile, change: Partial<ParcelFile>): RenewalFile =>
  file.parcel ? { ...file, parcel: { ...file.parcel, ...change } } : file;

/** Where the holder collects the card, unless it is brought. */
export const officeOf = ({ delivery, office }: RenewalFile): string => delivery.office ?? office;

const handledBy = (file: RenewalFile, { actor }: Recorded<RenewalEvent>): ReviewFile =>
  actor.role === SYSTEM.role ? file.review : handled(file.review, actor.id);

/** A stage that is left takes what it was held with it: the card is due that much later. */
export function evolveRenewal(file: RenewalFile, recorded: Recorded<RenewalEvent>): RenewalFile {
  const then = evolved(file, recorded);
  const { approval } = then;
  return approval && approval === file.approval && then.stage !== file.stage && file.pausedMs > 0
    ? { ...then, approval: { ...approval, heldMs: approval.heldMs + file.pausedMs } }
    : then;
}

function evolved(file: RenewalFile, recorded: Recorded<RenewalEvent>): RenewalFile {
  const { event, at, actor } = recorded;
  if (isPaymentEvent(event)) {
    const paid: RenewalFile = { ...file, payment: evolvePayment(file.payment, event, at) };
    if (event.type === 'PaymentKept' || (event.type === 'PaymentCaptured' && event.settles))
      return { ...paid, stage: 'PHOTO_CHECK' };
    return event.type === 'PaymentRequested' ? { ...paid, stage: 'AWAITING_PAYMENT' } : paid;
  }
  if (isReviewEvent(event)) {
    const moved: RenewalFile = { ...file, review: evolveReview(file.review, event, at, actor, holidays) };
    return event.type === 'ReviewOpened' ? { ...moved, stage: 'IN_REVIEW' } : moved;
  }
  switch (event.type) {
    case 'ApplicationSubmitted':
      return file;
    case 'ApplicationRefused':
      return { ...file, refusedBy: event.rules, decisions: decided(file, recorded, 'refused', event.rules) };
    case 'ApplicationValidated': {
      // A payment that a reset kept is held against the quote first, whatever that comes to now.
      const toPay = event.quote.total.halalas > 0 || file.payment.settledBy !== undefined;
      return {
        ...file,
        stage: toPay ? 'AWAITING_PAYMENT' : 'PHOTO_CHECK',
        facts: event.facts,
        quote: event.quote,
        decisions: decided(file, recorded, 'eligible', event.rules),
      };
    }
    case 'PhotoJudged':
      return {
        ...file,
        photo: { verdict: event.verdict, reasons: event.reasons },
        decisions: decided(file, recorded, `photo-${event.verdict}`, ['photo']),
      };
    case 'CaseReturned': {
      const review = reviewed(handledBy(file, recorded), at);
      return {
        ...file,
        stage: 'RETURNED',
        returned: {
          items: event.items,
          reasons: event.reasons,
          ...(event.reasonRef ? { reasonRef: event.reasonRef } : {}),
        },
        review: { ...review, rounds: review.rounds + 1 },
        decisions: decided(file, recorded, 'returned', event.reasons, event.reasonRef),
      };
    }
    case 'ApplicationResubmitted': {
      const { returned: _answered, photo, ...rest } = file;
      return {
        ...rest,
        stage: 'PHOTO_CHECK',
        photoRef: event.photoRef ?? file.photoRef,
        delivery: event.delivery ?? file.delivery,
        // A photo that a person had doubts about goes back to a person, unless it is another photo.
        ...(event.photoRef || !photo ? {} : { photo }),
      };
    }
    case 'CaseApproved': {
      return {
        ...file,
        stage: 'APPROVED',
        approval: { at, heldMs: 0 },
        review: reviewed(handledBy(file, recorded), at),
        decisions: decided(file, recorded, 'approved', event.by === 'rule' ? ['photo'] : [], event.reasonRef),
      };
    }
    case 'CaseRejected': {
      const rejected = { ...file, review: handledBy(file, recorded) };
      return {
        ...ending(rejected, 'rejected', at),
        decisions: decided(file, recorded, 'rejected', [event.rule], event.reasonRef),
      };
    }
    case 'CancellationRequested': {
      const { incident: _noLongerWanted, ...rest } = file;
      return {
        ...ending(rest, 'cancelled-by-applicant', at),
        decisions: decided(file, recorded, 'cancelled', [], event.reasonRef),
      };
    }
    case 'EndingStarted':
      return event.why === 'return-rounds-used-up'
        ? {
            ...ending(file, event.why, at),
            decisions: decided(file, recorded, 'returned-for-the-last-time', ['return-rounds'], event.reasonRef),
          }
        : ending(file, event.why, at);
    case 'CardReserved': {
      const { serial, issuedOn, expiresOn, attempt } = event;
      return { ...file, card: { serial, issuedOn, expiresOn, attempt } };
    }
    case 'CardOrdered':
      return { ...withCard(file, { orderId: event.orderId, orderKey: event.orderKey }), stage: 'PRINT_QUEUED' };
    case 'BureauAsked':
      return withCard(file, { askedAt: at });
    case 'CardPrinted':
      return {
        ...withCard(file, { printed: true, orderId: event.orderId }),
        everPrinted: true,
        stage: file.stage === 'COMPENSATING' ? file.stage : 'PRINTED',
      };
    case 'CardPrintFailed': {
      const { card, ...rest } = file;
      return {
        ...rest,
        stage: file.stage === 'PRINT_QUEUED' ? 'APPROVED' : file.stage,
        failedPrints: card ? [...file.failedPrints, { serial: card.serial, released: false }] : file.failedPrints,
      };
    }
    case 'CardOrderRecalled':
      return withCard(file, { recalled: true });
    case 'CardRecallTooLate': {
      // The card exists: the cancellation came too late and the case goes on where it stood.
      const { ending: tooLate, ...rest } = file;
      return { ...rest, cancelledTooLate: true, stage: file.card?.printed ? 'PRINTED' : (tooLate?.from ?? file.stage) };
    }
    case 'CardReleased': {
      const failedPrints = file.failedPrints.map((print) =>
        print.serial === event.serial ? { ...print, released: true } : print,
      );
      if (file.card?.serial !== event.serial) return { ...file, failedPrints };
      const { card: _released, ...rest } = file;
      // Taken back by a reset: the next card is another one, with a serial and keys of its own.
      return {
        ...rest,
        failedPrints: file.resetting ? [...failedPrints, { serial: event.serial, released: true }] : failedPrints,
      };
    }
    case 'CardDispatched':
      return {
        ...file,
        stage: 'DISPATCHED',
        parcel: {
          parcelId: event.parcelId,
          to: event.to,
          failures: 0,
          answered: 0,
          ...(event.to === 'office' ? { office: officeOf(file) } : {}),
        },
      };
    case 'CardKept':
      return { ...file, stage: file.card?.printed ? 'PRINTED' : 'PRINT_QUEUED' };
    case 'ParcelKept':
      return { ...file, stage: 'DISPATCHED' };
    case 'ParcelCancelled': {
      const { parcel: _cancelled, ...rest } = file;
      return { ...rest, parcelsCancelled: (file.parcelsCancelled ?? 0) + 1 };
    }
    case 'CourierAsked':
      return withParcel(file, { askedAt: at });
    case 'DeliveryFailed':
      return withParcel(file, { failures: event.attempt });
    case 'DeliveryFailureWithdrawn':
      return withParcel(file, { failures: file.parcel?.answered ?? 0 });
    case 'RedeliveryAsked':
      return withParcel(file, { answered: file.parcel?.failures ?? 0 });
    case 'DivertedToOffice':
      return withParcel(file, { answered: file.parcel?.failures ?? 0, office: event.office, to: 'office' });
    case 'ReadyForPickup':
      return { ...withParcel(file, { office: file.parcel?.office ?? officeOf(file) }), stage: 'READY_FOR_PICKUP' };
    case 'PickupReminded':
      return withParcel(file, { remindedAt: at });
    case 'CardHandedOver':
      return { ...file, stage: event.how === 'delivered' ? 'DELIVERED' : 'COLLECTED' };
    case 'CardsSwapped':
      return withCard(file, { swapped: true });
    case 'CardReturnedToIssuer':
      return withParcel(file.ending ? file : ending(file, 'uncollected', at), { returned: true });
    case 'CardNotRecovered':
      return withCard(withParcel(file, { returned: true }), { unrecovered: true });
    case 'CardDestroyed':
      return withCard(file, { destroyed: true });
    case 'ApplicantNotified':
    case 'NotificationFailed':
      return { ...file, notified: [...file.notified, event.template] };
    case 'CaseClosed':
      return { ...file, stage: event.outcome, closedAt: at };
  }
}
