import { z } from 'zod';
import { HttpClient, type HttpSettings } from '../http/client';
import { Amount, Done, Id, segment } from '../http/wire';
import type { Payments } from './port';

const Requested = z.object({ paymentId: Id, payUrl: z.string() });
const Refunded = z.object({ refundId: Id });
const State = z.object({
  paymentId: z.string(),
  status: z.enum(['pending', 'captured', 'cancelled']),
  captures: z.array(z.object({ captureId: Id, amount: Amount, at: z.string() })),
  refunds: z.array(z.object({ refundId: z.string(), captureId: z.string(), amount: Amount })),
});

/** The payment gateway's API. */
export function httpPayments(settings: HttpSettings): Payments & { close(): void } {
  const client = new HttpClient('payments', settings);
  return {
    request: ({ key, caseId, amount, purpose }) =>
      client.post('/payments', key, { caseId, amount, purpose }, Requested),
    state: (paymentId) => client.get(`/payments/${segment(paymentId)}`, State),
    cancel: async ({ key, paymentId }) => {
      await client.post(`/payments/${segment(paymentId)}/cancellation`, key, {}, Done);
    },
    refund: ({ key, captureId, amount, reason }) =>
      client.post('/refunds', key, { captureId, amount, reason }, Refunded),
    close: () => client.close(),
  };
}
