import type { Effects } from '../../domain/case/effects';
import { oneOf } from '../../domain/case/event-types';
import type { Wait } from '../../domain/case/model';
import type { Resetting } from '../../domain/case/repair-and-reset';
import type { Money } from '../../domain/money';
import { zero } from '../../domain/money';
import { refundable, type Quote } from '../../domain/quote';
import type { OutsideMessage } from '../../domain/outside-messages';
import { after, MINUTE, type Instant } from '../../domain/time';

export interface Capture {
  readonly captureId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly at: Instant;
}

export interface Refund {
  readonly captureId: string;
  readonly refundId: string;
  readonly amount: Money;
  readonly why: RefundReason;
}

export type RefundReason = 'paid-twice' | 'paid-late' | 'wrong-amount' | 'case-ended' | 'reset';

/** The money of a case. */
export interface PaymentFile {
  /** The second and later payments, after a reset gave the one before back; it is part of their keys. */
  readonly round?: number;
  readonly paymentId?: string;
  readonly payUrl?: string;
  readonly requestedAt?: Instant;
  readonly askedAt?: Instant;
  readonly remindedAt?: Instant;
  /** No longer payable: it expired, or the case ended. */
  readonly closed?: true;
  /** The capture that paid the quote. */
  readonly settledBy?: string;
  readonly captures: readonly Capture[];
  readonly refunds: readonly Refund[];
}

export const noPayment: PaymentFile = { captures: [], refunds: [] };

export type PaymentEvent =
  | { readonly type: 'PaymentRequested'; readonly paymentId: string; readonly payUrl: string; readonly amount: Money }
  /** `unanswered`: the gateway could not be reached, and why. */
  | { readonly type: 'PaymentAsked'; readonly unanswered?: string }
  | { readonly type: 'PaymentReminded' }
  | {
      readonly type: 'PaymentCaptured';
      readonly captureId: string;
      readonly paymentId: string;
      readonly amount: Money;
      readonly settles: boolean;
    }
  | { readonly type: 'PaymentAttemptFailed'; readonly paymentId: string; readonly reason: string }
  | { readonly type: 'PaymentKept'; readonly captureId: string }
  | { readonly type: 'PaymentClosed'; readonly why: 'expired' | 'case-ended' | 'reset' }
  | {
      readonly type: 'RefundMade';
      readonly captureId: string;
      readonly refundId: string;
      readonly amount: Money;
      readonly why: RefundReason;
    };

/** What is between the agency and the gateway; what the applicant paid is a step. */
export const minorInPayment = ['PaymentRequested', 'PaymentAsked', 'PaymentClosed'] as const;

export const paymentEffects = {
  made: {
    PaymentCaptured: { kind: 'payment', by: 'captureId', what: { ar: 'مبلغ محصَّل', en: 'Money taken' } },
    RefundMade: { kind: 'refund', by: 'captureId', what: { ar: 'مبلغ مردود', en: 'Money refunded' } },
  },
  undone: { RefundMade: { kinds: ['payment'], by: 'captureId' } },
} as const satisfies Effects<PaymentEvent['type']>;

export const isPaymentEvent = oneOf<PaymentEvent>({
  PaymentRequested: true,
  PaymentAsked: true,
  PaymentReminded: true,
  PaymentCaptured: true,
  PaymentAttemptFailed: true,
  PaymentKept: true,
  PaymentClosed: true,
  RefundMade: true,
});

export function evolvePayment(payment: PaymentFile, event: PaymentEvent, at: Instant): PaymentFile {
  switch (event.type) {
    case 'PaymentRequested':
      return { ...payment, paymentId: event.paymentId, payUrl: event.payUrl, requestedAt: at };
    case 'PaymentAsked':
      return { ...payment, askedAt: at };
    case 'PaymentReminded':
      return { ...payment, remindedAt: at };
    case 'PaymentCaptured': {
      const { captureId, paymentId, amount } = event;
      return {
        ...payment,
        captures: [...payment.captures, { captureId, paymentId, amount, at }],
        ...(event.settles ? { settledBy: captureId } : {}),
      };
    }
    case 'PaymentAttemptFailed':
    case 'PaymentKept':
      return payment;
    case 'PaymentClosed':
      return { ...payment, closed: true };
    case 'RefundMade': {
      const { captureId, refundId, amount, why } = event;
      const { settledBy: _given, ...unsettled } = payment;
      return {
        ...(why === 'reset' ? unsettled : payment),
        refunds: [...payment.refunds, { captureId, refundId, amount, why }],
      };
    }
  }
}

/** What a message about money means: a capture counts once, and only the first of the right amount settles an open payment. */
export function receivePayment(
  payment: PaymentFile,
  quote: Quote | undefined,
  payable: boolean,
  message: OutsideMessage,
): PaymentEvent[] {
  if (message.type === 'payment.failed')
    return payable ? [{ type: 'PaymentAttemptFailed', paymentId: message.paymentId, reason: message.reason }] : [];
  if (message.type !== 'payment.captured') return [];
  const { captureId, paymentId, amount } = message;
  if (payment.captures.some((capture) => capture.captureId === captureId)) return [];
  // Money may come before the answer to the request for it; that of another payment, such as one from before a reset, settles nothing.
  const asked = payment.paymentId === undefined || payment.paymentId === paymentId;
  const settles =
    payable && asked && !payment.closed && payment.settledBy === undefined && amount.halalas === quote?.total.halalas;
  return [{ type: 'PaymentCaptured', captureId, paymentId, amount, settles }];
}

export interface RefundDue {
  readonly captureId: string;
  readonly amount: Money;
  readonly why: RefundReason;
}

/**
 * The refunds still owed. Every capture that settled nothing goes back whole; the one that settled goes back as far as it is
 * refundable, once the case has ended without what was paid for.
 */
export function refundsDue(
  payment: PaymentFile,
  quote: Quote | undefined,
  end: { ended: boolean; printed: boolean },
): RefundDue[] {
  return payment.captures.flatMap((capture): RefundDue[] => {
    if (payment.refunds.some((refund) => refund.captureId === capture.captureId)) return [];
    if (capture.captureId !== payment.settledBy) {
      const why =
        quote && capture.amount.halalas !== quote.total.halalas
          ? 'wrong-amount'
          : payment.settledBy
            ? 'paid-twice'
            : 'paid-late';
      return [{ captureId: capture.captureId, amount: capture.amount, why }];
    }
    const amount = end.ended && quote ? refundable(quote, end.printed) : zero;
    return amount.halalas > 0 ? [{ captureId: capture.captureId, amount, why: 'case-ended' }] : [];
  });
}

export const paymentEffect = (captureId: string): string => `payment/${captureId}`;

/** What a reset gives back: the whole of the capture that settled, and nothing else meanwhile. */
export function resetRefund(payment: PaymentFile, resetting: Resetting | undefined): RefundDue | undefined {
  const settling = payment.captures.find(({ captureId }) => captureId === payment.settledBy);
  return settling && resetting?.compensate.includes(paymentEffect(settling.captureId))
    ? { captureId: settling.captureId, amount: settling.amount, why: 'reset' }
    : undefined;
}

/** Asked for and not paid. Before a reset asks for another it is closed, so that nobody pays what no case waits for. */
export const isPayable = ({ paymentId, settledBy, closed, captures }: PaymentFile): boolean =>
  paymentId !== undefined &&
  settledBy === undefined &&
  !closed &&
  !captures.some((capture) => capture.paymentId === paymentId);

/** After a reset to before the payment: one that was kept stays, any other is asked for anew, under keys of its own. */
export function payableAgain(payment: PaymentFile): PaymentFile {
  if (payment.settledBy) return payment;
  const { captures, refunds, round = 1 } = payment;
  return { captures, refunds, round: round + 1 };
}

export interface PaymentTerms {
  /** Milliseconds from the request until the gateway is asked once, in case its message was lost; 30 minutes where it is not said. */
  readonly askAfter?: number;
  /** Milliseconds from the request to the reminder, and to the end. */
  readonly remindAfter: number;
  readonly expireAfter: number;
}

export function waitForPayment(payment: PaymentFile, pausedMs: number, terms: PaymentTerms): Wait {
  const since = payment.requestedAt ?? '';
  const at = (ms: number): Instant => after(since, ms + pausedMs);
  const until = at(terms.expireAfter);
  return {
    what: 'payment',
    who: 'applicant',
    since,
    until,
    otherwise: 'payment-expires',
    alarms: [
      ...(payment.askedAt ? [] : [{ at: at(terms.askAfter ?? 30 * MINUTE), step: 'ask-payment' }]),
      ...(payment.remindedAt ? [] : [{ at: at(terms.remindAfter), step: 'remind-payment' }]),
      { at: until, step: 'expire-payment' },
    ],
    ask: 'ask-payment',
  };
}
