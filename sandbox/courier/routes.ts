import { z } from 'zod';
import type { Desk } from '../core/desk';
import { Id, Nothing, Text } from '../core/wire';
import type { ParcelBook, ParcelEntry } from './book';

const Address = z.strictObject({
  recipient: Text,
  phone: Text,
  line: Text,
  district: Text,
  city: Text,
  postalCode: Text,
});
const Booking = z.strictObject({
  caseId: Id,
  serial: Id,
  to: z.union([z.strictObject({ address: Address }), z.strictObject({ office: Id })]),
});
const Diversion = z.strictObject({ office: Id });

/** The courier's API. */
export function courierRoutes(desk: Desk<ParcelEntry>, book: ParcelBook): void {
  desk.effect('/courier/parcels', Booking, (order, key) => {
    const entry = book.book(key, order);
    return { status: 201, answer: { parcelId: entry.parcelId }, entry };
  });
  desk.read('/courier/parcels/:parcelId', ({ parcelId = '' }) => book.view(parcelId));
  desk.effect('/courier/parcels/:parcelId/cancellation', Nothing, (_body, _key, { parcelId = '' }) => {
    const entry = book.cancel(parcelId);
    return { status: 200, answer: { cancelled: entry.done }, entry };
  });
  desk.effect('/courier/parcels/:parcelId/redelivery', Nothing, (_body, _key, { parcelId = '' }) => ({
    status: 200,
    answer: { parcelId },
    entry: book.redeliver(parcelId),
  }));
  desk.effect('/courier/parcels/:parcelId/diversion', Diversion, ({ office }, _key, { parcelId = '' }) => ({
    status: 200,
    answer: { parcelId },
    entry: book.divert(parcelId, office),
  }));
  desk.effect('/courier/parcels/:parcelId/return', Nothing, (_body, _key, { parcelId = '' }) => ({
    status: 200,
    answer: { parcelId },
    entry: book.orderReturn(parcelId),
  }));
}
