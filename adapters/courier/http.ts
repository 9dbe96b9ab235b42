import { z } from 'zod';
import { HttpClient, type HttpSettings } from '../http/client';
import { Done, Id, segment } from '../http/wire';
import type { Courier } from './port';

const Booked = z.object({ parcelId: Id });
const Cancelled = z.object({ cancelled: z.boolean() });
const State = z.object({
  parcelId: Id,
  status: z.enum([
    'booked',
    'out-for-delivery',
    'delivered',
    'failed',
    'ready-for-pickup',
    'collected',
    'returned',
    'cancelled',
  ]),
});

/** The courier's API. */
export function httpCourier(settings: HttpSettings): Courier & { close(): void } {
  const client = new HttpClient('courier', settings);
  const ask = async (parcelId: string, what: string, key: string, content: object): Promise<void> => {
    await client.post(`/parcels/${segment(parcelId)}/${what}`, key, content, Done);
  };
  return {
    book: ({ key, caseId, serial, to }) => client.post('/parcels', key, { caseId, serial, to }, Booked),
    state: (parcelId) => client.get(`/parcels/${segment(parcelId)}`, State),
    cancel: ({ key, parcelId }) => client.post(`/parcels/${segment(parcelId)}/cancellation`, key, {}, Cancelled),
    redeliver: ({ key, parcelId }) => ask(parcelId, 'redelivery', key, {}),
    divertToOffice: ({ key, parcelId, office }) => ask(parcelId, 'diversion', key, { office }),
    returnToIssuer: ({ key, parcelId }) => ask(parcelId, 'return', key, {}),
    close: () => client.close(),
  };
}
