import { z } from 'zod';
import { HttpClient, type HttpSettings } from '../http/client';
import { Done, Id, segment } from '../http/wire';
import type { CardBureau } from './port';

const Ordered = z.object({ orderId: Id });
const Recalled = z.object({ recalled: z.boolean() });
const State = z.object({
  orderId: Id,
  serial: z.string(),
  status: z.enum(['queued', 'printed', 'failed', 'recalled']),
  destroyed: z.boolean(),
});

/** The card bureau's API. The portrait travels in the order, as base64. */
export function httpCardBureau(settings: HttpSettings): CardBureau & { close(): void } {
  const client = new HttpClient('card-bureau', settings);
  return {
    order: ({ key, caseId, serial, card }) => {
      const photo = Buffer.from(card.photo.buffer, card.photo.byteOffset, card.photo.byteLength).toString('base64');
      return client.post('/orders', key, { caseId, serial, card: { ...card, photo } }, Ordered);
    },
    state: (orderId) => client.get(`/orders/${segment(orderId)}`, State),
    recall: ({ key, orderKey }) => client.post('/recalls', key, { orderKey }, Recalled),
    destroy: async ({ key, serial }) => {
      await client.post('/destructions', key, { serial }, Done);
    },
    close: () => client.close(),
  };
}
