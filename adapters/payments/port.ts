import type { Money } from '../../domain/money';

export interface PaymentState {
  readonly paymentId: string;
  readonly status: 'pending' | 'captured' | 'cancelled';
  /** Every capture that the gateway took for this payment; more than one means that somebody paid twice. */
  readonly captures: readonly { readonly captureId: string; readonly amount: Money; readonly at: string }[];
  /** Every refund of one of these captures. */
  readonly refunds: readonly { readonly refundId: string; readonly captureId: string; readonly amount: Money }[];
}

/** The payment gateway. Every call is idempotent by its `key`: asked again, it gives the first answer and has no second effect. */
export interface Payments {
  request(order: {
    key: string;
    caseId: string;
    amount: Money;
    purpose: string;
  }): Promise<{ paymentId: string; payUrl: string }>;
  state(paymentId: string): Promise<PaymentState>;
  /** No further capture is taken after this; a capture that was already under way still counts. */
  cancel(order: { key: string; paymentId: string }): Promise<void>;
  refund(order: { key: string; captureId: string; amount: Money; reason: string }): Promise<{ refundId: string }>;
}
