import type { Money } from '../../domain/money';
import { idOf } from '../core/chance';
import type { CaseScript } from '../core/dials';
import type { Book } from '../core/party';
import { conflict, notFound } from '../core/problem';
import type { WebhookContent } from '../core/webhook-sender';
import { addTo } from '../core/wire';

type About = { readonly caseId: string; readonly paymentId: string };

export type PaymentEntry = About &
  (
    | { readonly type: 'requested'; readonly amount: Money; readonly purpose: string }
    | { readonly type: 'captured'; readonly captureId: string; readonly amount: Money }
    | { readonly type: 'declined'; readonly reason: string }
    | { readonly type: 'cancelled' }
    | {
        readonly type: 'refunded';
        readonly captureId: string;
        readonly refundId: string;
        readonly amount: Money;
        readonly reason: string;
      }
  );

interface Capture {
  readonly captureId: string;
  readonly amount: Money;
  readonly at: string;
}

interface Refund {
  readonly refundId: string;
  readonly captureId: string;
  readonly amount: Money;
}

interface Payment {
  readonly paymentId: string;
  readonly caseId: string;
  readonly amount: Money;
  readonly captures: Capture[];
  readonly refunds: Refund[];
  declines: number;
  cancelled: boolean;
}

/** The gateway's payments. A payment that was cancelled can still be captured by a step, as one that was under way is. */
export class PaymentBook implements Book<PaymentEntry> {
  private readonly payments = new Map<string, Payment>();
  private readonly byCase = new Map<string, string[]>();
  private readonly captures = new Map<
    string,
    { readonly payment: Payment; readonly amount: number; refunded: number }
  >();
  private readonly sums = {
    requested: 0,
    captures: 0,
    capturedHalalas: 0,
    declines: 0,
    cancellations: 0,
    refunds: 0,
    refundedHalalas: 0,
  };

  apply(entry: PaymentEntry, at: string): void {
    if (entry.type === 'requested') {
      const { paymentId, caseId, amount } = entry;
      this.payments.set(paymentId, {
        paymentId,
        caseId,
        amount,
        captures: [],
        refunds: [],
        declines: 0,
        cancelled: false,
      });
      addTo(this.byCase, caseId, paymentId);
      this.sums.requested += 1;
      return;
    }
    const payment = this.payment(entry.paymentId);
    if (entry.type === 'captured') {
      payment.captures.push({ captureId: entry.captureId, amount: entry.amount, at });
      this.captures.set(entry.captureId, { payment, amount: entry.amount.halalas, refunded: 0 });
      this.sums.captures += 1;
      this.sums.capturedHalalas += entry.amount.halalas;
    } else if (entry.type === 'refunded') {
      const { refundId, captureId, amount } = entry;
      payment.refunds.push({ refundId, captureId, amount });
      this.capture(captureId).refunded += amount.halalas;
      this.sums.refunds += 1;
      this.sums.refundedHalalas += entry.amount.halalas;
    } else if (entry.type === 'declined') {
      payment.declines += 1;
      this.sums.declines += 1;
    } else {
      payment.cancelled = true;
      this.sums.cancellations += 1;
    }
  }

  subjectOf(entry: PaymentEntry): string {
    return entry.paymentId;
  }

  caseOf(paymentId: string): string | undefined {
    return this.payments.get(paymentId)?.caseId;
  }

  subjects(caseId?: string): readonly string[] {
    return caseId === undefined ? [...this.payments.keys()] : (this.byCase.get(caseId) ?? []);
  }

  view(paymentId: string): object {
    const { captures, refunds, cancelled, amount } = this.payment(paymentId);
    const status = cancelled ? 'cancelled' : captures.length > 0 ? 'captured' : 'pending';
    return { paymentId, status, amount, captures, refunds };
  }

  next(paymentId: string, script: CaseScript): string | null {
    const { captures, cancelled, declines } = this.payment(paymentId);
    if (cancelled) return null;
    if (script.payment === 'decline') return declines === 0 && captures.length === 0 ? 'decline' : null;
    return captures.length < (script.payment === 'capture-twice' ? 2 : 1) ? 'capture' : null;
  }

  step(name: string, paymentId: string, reason = 'card-declined'): PaymentEntry {
    const { caseId, amount, captures } = this.payment(paymentId);
    if (name === 'decline') return { type: 'declined', caseId, paymentId, reason };
    if (name !== 'capture') throw notFound('step');
    return { type: 'captured', caseId, paymentId, captureId: idOf('cap', paymentId, captures.length + 1), amount };
  }

  request(key: string, order: { caseId: string; amount: Money; purpose: string }): PaymentEntry {
    return { type: 'requested', paymentId: idOf('pay', key), ...order };
  }

  cancel(paymentId: string): PaymentEntry {
    return { type: 'cancelled', paymentId, caseId: this.payment(paymentId).caseId };
  }

  refund(
    key: string,
    order: { captureId: string; amount: Money; reason: string },
  ): PaymentEntry & { type: 'refunded' } {
    const { payment, amount, refunded } = this.capture(order.captureId);
    if (refunded + order.amount.halalas > amount) throw conflict('refund-exceeds-capture', 'more than was captured');
    return {
      type: 'refunded',
      refundId: idOf('ref', key),
      paymentId: payment.paymentId,
      caseId: payment.caseId,
      ...order,
    };
  }

  /** Whether a payer may still pay by the page. */
  payable(paymentId: string): { readonly amount: Money; readonly state: 'open' | 'paid' | 'closed' } {
    const { amount, captures, cancelled } = this.payment(paymentId);
    if (captures.length > 0) return { amount, state: 'paid' };
    return { amount, state: cancelled ? 'closed' : 'open' };
  }

  webhookOf(entry: PaymentEntry): WebhookContent | null {
    const { caseId, paymentId } = entry;
    if (entry.type === 'captured') {
      return {
        type: 'payment.captured',
        data: { caseId, paymentId, captureId: entry.captureId, amount: entry.amount },
      };
    }
    return entry.type === 'declined'
      ? { type: 'payment.failed', data: { caseId, paymentId, reason: entry.reason } }
      : null;
  }

  totals(): Readonly<Record<string, number>> {
    return { ...this.sums, netHalalas: this.sums.capturedHalalas - this.sums.refundedHalalas };
  }

  private payment(paymentId: string): Payment {
    const payment = this.payments.get(paymentId);
    if (!payment) throw notFound('payment');
    return payment;
  }

  private capture(captureId: string): { readonly payment: Payment; readonly amount: number; refunded: number } {
    const capture = this.captures.get(captureId);
    if (!capture) throw notFound('capture');
    return capture;
  }
}
