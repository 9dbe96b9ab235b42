import { z } from 'zod';
import type { Desk } from '../core/desk';
import type { Party } from '../core/party';
import { notFound } from '../core/problem';
import { type Router, sendHtml } from '../core/router';
import { Amount, Id, Nothing, Text } from '../core/wire';
import type { PaymentBook, PaymentEntry } from './book';
import { paymentPage } from './page';

const PaymentOrder = z.strictObject({ caseId: Id, amount: Amount, purpose: Text });
const RefundOrder = z.strictObject({ captureId: Id, amount: Amount, reason: Text });

/** The payment gateway's API, and the page for the payer. */
export function paymentRoutes(
  router: Router,
  desk: Desk<PaymentEntry>,
  party: Party<PaymentEntry>,
  book: PaymentBook,
  publicUrl: () => string,
): void {
  desk.effect('/payments/payments', PaymentOrder, (order, key) => {
    const entry = book.request(key, order);
    const { paymentId } = entry;
    return { status: 201, answer: { paymentId, payUrl: `${publicUrl()}/payments/pay/${paymentId}` }, entry };
  });
  desk.read('/payments/payments/:paymentId', ({ paymentId = '' }) => book.view(paymentId));
  desk.effect('/payments/payments/:paymentId/cancellation', Nothing, (_body, _key, { paymentId = '' }) => ({
    status: 200,
    answer: { paymentId, status: 'cancelled' },
    entry: book.cancel(paymentId),
  }));
  desk.effect('/payments/refunds', RefundOrder, (order, key) => {
    const entry = book.refund(key, order);
    return { status: 201, answer: { refundId: entry.refundId }, entry };
  });

  router.on('GET', '/payments/pay/:paymentId', ({ res, params }) => {
    sendHtml(res, 200, paymentPage(book.payable(params.paymentId ?? '')));
  });
  router.on('POST', '/payments/pay/:paymentId', ({ res, params }) => {
    const { paymentId } = params;
    if (paymentId === undefined) throw notFound('payment');
    if (book.payable(paymentId).state === 'open') party.record(book.step('capture', paymentId));
    sendHtml(res, 200, paymentPage(book.payable(paymentId)));
  });
}
