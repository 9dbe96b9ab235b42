import { addWorkingDays } from '../../../domain/calendar/working-days';
import type { Next, Wait } from '../../../domain/case/model';
import type { OutsideMessage } from '../../../domain/outside-messages';
import { holidays } from '../../../domain/policies/holidays';
import { after, DAY, earlier, millis, riyadhDate, startOfRiyadhDay, type Instant } from '../../../domain/time';
import { receivePayment, refundsDue, resetRefund, waitForPayment, type RefundDue } from '../../stages/payment';
import { waitForReview } from '../../stages/review';
import type { RenewalEvent, RenewalOutcome } from './events';
import type { RenewalFile } from './file';
import { renewalPolicy } from './policy';

export const outcomeOf = (file: RenewalFile): RenewalOutcome => {
  switch (file.ending?.why) {
    case undefined:
      return file.refusedBy ? 'REJECTED' : 'COMPLETED';
    case 'cancelled-by-applicant':
    case 'subject-died':
    case 'identity-revoked':
      return 'CANCELLED';
    case 'rejected':
      return 'REJECTED';
    case 'uncollected':
      return 'CLOSED_UNCOLLECTED';
    case 'returned-not-answered':
    case 'return-rounds-used-up':
    case 'payment-expired':
      return 'EXPIRED';
  }
};

export function owedRefunds(file: RenewalFile): readonly RefundDue[] {
  const { payment, quote, resetting } = file;
  const back = resetRefund(payment, resetting);
  if (back) return [back];
  return refundsDue(payment, quote, { ended: file.ending !== undefined, printed: file.everPrinted === true });
}

/** The start of the working day `days` working days after this instant. */
const workingDaysAfter = (at: Instant, days: number): Instant =>
  startOfRiyadhDay(addWorkingDays(riyadhDate(at), days, holidays));

/** When the holder should have the card: by the end of the last of the days. What the case was held for since its approval does not count. */
function cardDueAt({ approval, pausedMs, policyVersion }: RenewalFile): Instant | undefined {
  const days = renewalPolicy(policyVersion).cardWorkingDays.value;
  return approval && after(workingDaysAfter(approval.at, days), DAY + approval.heldMs + pausedMs);
}

/**
 * Somebody outside has the ball: asked when their time is over, and each working day from then on. The day on which the card is
 * due stands, whoever has it; a question that was asked before a time was over moves nothing.
 */
function waitOutside(
  file: RenewalFile,
  term: Instant,
  askedAt: Instant | undefined,
  wait: Pick<Wait, 'what' | 'who' | 'otherwise'> & { readonly ask: string },
): Wait {
  const { stageSince: since } = file;
  const due = cardDueAt(file);
  const byDue = (from: Instant, next: Instant): Instant =>
    due && millis(due) > millis(from) ? earlier(next, due) : next;
  // The day on which it is due passes in an event too, which is a question like any other.
  const first = byDue(since, term);
  const asked = askedAt && millis(askedAt) >= millis(first) ? askedAt : undefined;
  const until = asked ? byDue(asked, workingDaysAfter(asked, 1)) : first;
  return { ...wait, since, until, ...(due ? { due } : {}), alarms: [{ at: until, step: wait.ask }] };
}

/** Taking back, in reverse, what the case has made; one step at a time, each recorded. */
function compensation(file: RenewalFile): Next {
  const { card, ending, parcel, payment } = file;
  // Whoever has it in hand keeps a card that never became valid: its serial is void.
  const handedOver = ending?.from === 'DELIVERED' || ending?.from === 'COLLECTED';
  if (card?.printed && ending?.why === 'cancelled-by-applicant') return { do: 'give-up-cancelling' };
  if (parcel && !parcel.returned && !handedOver) return { do: 'take-card-back' };
  if (card && !card.printed && !card.recalled) return { do: 'recall-card' };
  if (card?.printed && !card.destroyed && !card.unrecovered && !handedOver) return { do: 'destroy-card' };
  if (card || file.failedPrints.some((print) => !print.released)) return { do: 'release-card' };
  if (payment.paymentId && !payment.settledBy && !payment.closed) return { do: 'close-payment' };
  if (owedRefunds(file).length > 0) return { do: 'refund' };
  if (untold(file, 'ended') && ending?.why !== 'subject-died') return { do: 'notify-ended' };
  return { do: 'close' };
}

const untold = (file: RenewalFile, template: string): boolean => !file.notified.includes(template);

function stageNext(file: RenewalFile): Next {
  const policy = renewalPolicy(file.policyVersion);
  const { stageSince: since, pausedMs, card, parcel } = file;
  switch (file.stage) {
    case 'SUBMITTED':
      if (!file.refusedBy) return { do: 'validate' };
      // Who files is answered so at once; nobody was there when another case brought this one about.
      return {
        do: file.parent && untold(file, 'ended') && !file.refusedBy.includes('alive') ? 'notify-ended' : 'close',
      };
    case 'AWAITING_PAYMENT':
      if (file.payment.settledBy) return { do: 'keep-payment' };
      return file.payment.requestedAt
        ? { wait: waitForPayment(file.payment, pausedMs, policy.payment.value) }
        : { do: 'request-payment' };
    case 'PHOTO_CHECK':
      return { do: 'check-photo' };
    case 'IN_REVIEW':
      return { wait: waitForReview(file.review, since, holidays) };
    case 'RETURNED': {
      if (untold(file, `returned-${file.review.rounds}`)) return { do: 'notify-returned' };
      const until = after(since, policy.returnDays.value * DAY + pausedMs);
      return {
        wait: {
          what: 'resubmission',
          who: 'applicant',
          since,
          until,
          otherwise: 'expires-with-refund',
          alarms: [{ at: until, step: 'expire-returned' }],
        },
      };
    }
    case 'APPROVED':
      return { do: card?.orderId ? 'keep-card' : 'order-card' };
    case 'PRINT_QUEUED':
      return {
        wait: waitOutside(
          file,
          after(workingDaysAfter(since, policy.printWorkingDays.value), pausedMs),
          card?.askedAt,
          { what: 'card-printed', who: 'card-bureau', otherwise: 'bureau-is-asked', ask: 'ask-bureau' },
        ),
      };
    case 'PRINTED':
      return { do: parcel ? 'keep-parcel' : 'dispatch' };
    case 'DISPATCHED': {
      if (untold(file, 'on-its-way')) return { do: 'notify-dispatched' };
      if (parcel && parcel.failures > parcel.answered)
        return { do: parcel.failures === 1 && parcel.to === 'address' ? 'redeliver' : 'divert-to-office' };
      const due = cardDueAt(file);
      return {
        wait: waitOutside(
          file,
          due && millis(due) > millis(since) ? due : after(workingDaysAfter(since, 1), pausedMs),
          parcel?.askedAt,
          { what: 'card-delivered', who: 'courier', otherwise: 'courier-is-asked', ask: 'ask-courier' },
        ),
      };
    }
    case 'READY_FOR_PICKUP': {
      if (untold(file, 'ready-for-pickup')) return { do: 'notify-ready' };
      const until = after(since, policy.pickupDays.value * DAY + pausedMs);
      const reminder = parcel?.remindedAt
        ? []
        : [{ at: after(since, policy.pickupReminderDays.value * DAY + pausedMs), step: 'remind-pickup' }];
      return {
        wait: {
          what: 'pickup',
          who: 'applicant',
          since,
          until,
          otherwise: 'closes-uncollected',
          alarms: [...reminder, { at: until, step: 'take-card-back' }],
          ask: 'ask-courier',
        },
      };
    }
    case 'DELIVERED':
    case 'COLLECTED':
      return { do: card?.swapped ? 'close' : 'swap-cards' };
    case 'COMPENSATING':
      return compensation(file);
    case 'COMPLETED':
    case 'CANCELLED':
    case 'EXPIRED':
    case 'REJECTED':
    case 'CLOSED_UNCOLLECTED':
      return { done: file.stage };
  }
}

const goesOnAfterTooLate: ReadonlySet<RenewalFile['stage']> = new Set(['APPROVED', 'PRINT_QUEUED', 'PRINTED']);

/** Money that came twice, late or wrong goes back as soon as the case has nothing more urgent to do, closed or not. */
export function nextRenewal(file: RenewalFile): Next {
  if (file.cancelledTooLate && goesOnAfterTooLate.has(file.stage) && untold(file, 'too-late-to-cancel'))
    return { do: 'notify-too-late' };
  const next = stageNext(file);
  return !('do' in next) && owedRefunds(file).length > 0 ? { do: 'refund' } : next;
}

/** Until the card is handed over. A case that is ending already goes on ending. */
const endsByDeath = ({ stage, closedAt }: RenewalFile): boolean =>
  !closedAt && !['DELIVERED', 'COLLECTED', 'COMPENSATING'].includes(stage);

/** What a message from outside means here; a message that comes before its time waits, one that says nothing new is nothing. */
export function receiveRenewal(file: RenewalFile, message: OutsideMessage): RenewalEvent[] | 'later' {
  const { card, parcel, stage } = file;
  // What ends the case, or moves the card, waits until a reset is over: it would bring back to life what has ended.
  if (file.resetting && (message.type === 'register.person-died' || message.type.startsWith('parcel.'))) return 'later';
  switch (message.type) {
    case 'register.person-died':
      return endsByDeath(file) ? [{ type: 'EndingStarted', why: 'subject-died' }] : [];
    case 'payment.captured':
    case 'payment.failed':
      return stage === 'SUBMITTED'
        ? 'later'
        : receivePayment(file.payment, file.quote, stage === 'AWAITING_PAYMENT', message);
    case 'card.printed':
      return card?.serial === message.serial &&
        !card.printed &&
        !card.recalled &&
        (stage === 'APPROVED' || stage === 'PRINT_QUEUED' || stage === 'COMPENSATING')
        ? [{ type: 'CardPrinted', orderId: message.orderId, serial: message.serial }]
        : [];
    case 'card.failed':
      // Until the order's answer is here nothing tells which order this is about.
      if (stage === 'APPROVED' && card && !card.orderId) return 'later';
      return card?.orderId === message.orderId && stage === 'PRINT_QUEUED'
        ? [{ type: 'CardPrintFailed', orderId: message.orderId, reason: message.reason }]
        : [];
    default:
      break;
  }
  if (!parcel) return stage === 'PRINTED' ? 'later' : [];
  if (parcel.parcelId !== message.parcelId) return [];
  const onTheWay = stage === 'DISPATCHED';
  const atTheOffice = stage === 'READY_FOR_PICKUP';
  switch (message.type) {
    case 'parcel.delivered':
      return onTheWay || atTheOffice ? [{ type: 'CardHandedOver', how: onTheWay ? 'delivered' : 'collected' }] : [];
    case 'parcel.collected':
      return onTheWay || atTheOffice ? [{ type: 'CardHandedOver', how: 'collected' }] : [];
    case 'parcel.failed':
      return onTheWay
        ? [{ type: 'DeliveryFailed', parcelId: parcel.parcelId, reason: message.reason, attempt: parcel.failures + 1 }]
        : [];
    case 'parcel.ready-for-pickup':
      return onTheWay ? [{ type: 'ReadyForPickup', parcelId: parcel.parcelId }] : [];
    case 'parcel.returned':
      return onTheWay || atTheOffice ? [{ type: 'CardReturnedToIssuer', why: 'returned-by-courier' }] : [];
  }
}
