import { z } from 'zod';
import type { OutsideMessage } from '../../domain/outside-messages';
import { Amount, Id, Word } from '../http/wire';

/** It decides nothing: one in other words is no reason to refuse the message. */
const Reason = Word.catch('other');
const webhook = <T extends string, D extends z.ZodRawShape>(type: T, data: D) =>
  z
    .object({ type: z.literal(type), data: z.object({ caseId: Id, ...data }) })
    .transform((told) => ({ type: told.type, ...told.data }));

/** A message without the id, which travels in a header. */
type Told<M extends OutsideMessage = OutsideMessage> = M extends OutsideMessage ? Omit<M, 'id'> : never;

export type WebhookSource = 'payments' | 'card-bureau' | 'courier';

/** What each party may tell us. Fields that are not known are left out, so that a sender may add some. */
export const OutsideWebhook: Readonly<Record<WebhookSource, z.ZodType<Told>>> = {
  payments: z.discriminatedUnion('type', [
    webhook('payment.captured', { paymentId: Id, captureId: Id, amount: Amount }),
    webhook('payment.failed', { paymentId: Id, reason: Reason }),
  ]),
  'card-bureau': z.discriminatedUnion('type', [
    webhook('card.printed', { orderId: Id, serial: Id }),
    webhook('card.failed', { orderId: Id, reason: Reason }),
  ]),
  courier: z.discriminatedUnion('type', [
    webhook('parcel.delivered', { parcelId: Id }),
    webhook('parcel.failed', { parcelId: Id, reason: Reason }),
    webhook('parcel.ready-for-pickup', { parcelId: Id }),
    webhook('parcel.collected', { parcelId: Id }),
    webhook('parcel.returned', { parcelId: Id }),
  ]),
};
