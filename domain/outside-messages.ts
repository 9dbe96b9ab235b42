import type { Money } from './money';

/**
 * What the outside tells us, normalised from its webhooks (or from being asked). `id` is the sender's own and unique:
 * the same message may arrive any number of times, in any order, and counts once.
 */
export type OutsideMessage = { readonly id: string; readonly caseId: string } & (
  | {
      readonly type: 'payment.captured';
      readonly paymentId: string;
      readonly captureId: string;
      readonly amount: Money;
    }
  | { readonly type: 'payment.failed'; readonly paymentId: string; readonly reason: string }
  | { readonly type: 'card.printed'; readonly orderId: string; readonly serial: string }
  | { readonly type: 'card.failed'; readonly orderId: string; readonly reason: string }
  | { readonly type: 'parcel.delivered'; readonly parcelId: string }
  | { readonly type: 'parcel.failed'; readonly parcelId: string; readonly reason: string }
  | { readonly type: 'parcel.ready-for-pickup'; readonly parcelId: string }
  | { readonly type: 'parcel.collected'; readonly parcelId: string }
  | { readonly type: 'parcel.returned'; readonly parcelId: string }
  /** From another case: a death was registered. Without a `person` it is that of the one whom this case is about. */
  | { readonly type: 'register.person-died'; readonly by: string; readonly person?: string }
);
