import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isLocalDate } from '../../domain/time';
import type { Desk } from '../core/desk';
import { Id, Text } from '../core/wire';
import type { CardBook, CardEntry } from './book';

const DateText = z.string().refine(isLocalDate, 'not a date');
const Base64 = z
  .string()
  .min(1)
  .refine((text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text), 'not base64');

const Personalisation = z.strictObject({
  documentType: z.enum(['national-id', 'resident-id']),
  serial: Id,
  identityNumber: Id,
  nameAr: Text,
  nameEn: Text,
  sex: z.enum(['M', 'F']),
  birthDate: DateText,
  birthPlaceAr: Text,
  birthPlaceEn: Text,
  nationality: Text,
  issuedOn: DateText,
  expiresOn: DateText,
  photo: Base64,
});

const CardOrder = z
  .strictObject({ caseId: Id, serial: Id, card: Personalisation })
  .refine((order) => order.serial === order.card.serial, { path: ['card', 'serial'] });
const Recall = z.strictObject({ orderKey: Id });
const Destruction = z.strictObject({ serial: Id });

/** The card bureau's API. */
export function cardBureauRoutes(desk: Desk<CardEntry>, book: CardBook): void {
  desk.effect('/card-bureau/orders', CardOrder, ({ caseId, serial, card: { photo, ...card } }, key) => {
    const photoSha256 = createHash('sha256').update(photo, 'base64').digest('hex');
    const entry = book.place(key, { caseId, serial, card: { ...card, photoSha256 } });
    return { status: 201, answer: { orderId: entry.orderId }, entry };
  });
  desk.read('/card-bureau/orders/:orderId', ({ orderId = '' }) => book.view(orderId));
  desk.effect('/card-bureau/recalls', Recall, ({ orderKey }) => {
    const entry = book.recall(orderKey);
    return { status: 200, answer: { recalled: entry.done }, entry };
  });
  desk.effect('/card-bureau/destructions', Destruction, ({ serial }) => ({
    status: 200,
    answer: { serial, destroyed: true },
    entry: book.destroy(serial),
  }));
}
