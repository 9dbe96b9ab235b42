import type { Effects } from '../../../domain/case/effects';
import type { Repairable, Resets, StandingEffect } from '../../../domain/case/repair-and-reset';
import type { Next } from '../../../domain/case/model';
import { refusal, type Refusal } from '../../../domain/refusal';
import { notificationEffects } from '../../stages/notification';
import { isReference, madeRefunds, notAReference, repairableOffice, sentMessages } from '../../stages/operators';
import { isPayable, payableAgain, paymentEffect, paymentEffects } from '../../stages/payment';
import { unreviewed } from '../../stages/review';
import type { RenewalEvent } from './events';
import type { RenewalFile, RenewalStage } from './file';
import { owedRefunds } from './next';

const orderMayStand = refusal(
  'not-now',
  'order-may-stand',
  'It is not known whether the bureau has the order, with the photo of before: retry first.',
  'لا يُعرف إن كان مكتب الطباعة قد استلم الطلب بالصورة السابقة: أعد المحاولة أولًا.',
);
/** No other photo meanwhile: the bureau would be asked for another card by the key of the first. */
const unlessOrdered = ({ incident }: RenewalFile): Refusal | undefined =>
  incident?.step === 'order-card' && incident.unsure ? orderMayStand : undefined;

/** The photo is judged anew, by rule or by a person. */
const unjudged = ({ photo: _judged, returned: _answered, ...file }: RenewalFile): RenewalFile => ({
  ...file,
  review: unreviewed(file.review),
});

/**
 * Another photo than the one that was judged. A case whose card is not ordered yet has it judged at once; any other prints no
 * card any more until a reset has it judged.
 */
function withoutVerdict(file: RenewalFile): RenewalFile {
  const { photo: _ofTheOther, ...rest } = file;
  const judgedNow = file.stage === 'IN_REVIEW' || (file.stage === 'APPROVED' && !file.card?.orderId);
  return judgedNow ? { ...unjudged(file), stage: 'PHOTO_CHECK' } : rest;
}

/** What stands in the case itself. An address stands in the register, and is corrected there. */
export const renewalRepairable: Readonly<Record<string, Repairable<RenewalFile>>> = {
  office: repairableOffice(),
  'pickup-office': {
    title: { ar: 'مكتب الاستلام', en: 'The office to collect the card from' },
    read: ({ delivery }) => delivery.office ?? null,
    refuse: (file, value) => {
      if (file.parcel)
        return refusal(
          'not-now',
          'parcel-on-its-way',
          'The parcel is on its way: reset to "dispatch" first.',
          'الطرد في الطريق: أعد الحالة إلى خطوة التسليم أولًا.',
        );
      return isReference(value) ? undefined : notAReference;
    },
    restsDecision: () => false,
    write: (file, value) => ({ ...file, delivery: { ...file.delivery, office: value as string } }),
  },
  'card-order': {
    title: { ar: 'مرجع طلب الطباعة', en: "The bureau's reference of the card order" },
    read: ({ card }) => card?.orderId ?? null,
    refuse: (file, value) => {
      if (!file.card?.orderId)
        return refusal('not-now', 'no-card-order', 'The case has no card order.', 'لا يوجد طلب طباعة في الحالة.');
      return isReference(value) ? undefined : notAReference;
    },
    // Whatever the bureau prints next is taken for this card.
    restsDecision: () => true,
    write: (file, value) => (file.card ? { ...file, card: { ...file.card, orderId: value as string } } : file),
  },
  photo: {
    title: { ar: 'مرجع الصورة', en: 'The reference of the photo' },
    read: ({ photoRef }) => photoRef,
    refuse: (file, value) => unlessOrdered(file) ?? (isReference(value) ? undefined : notAReference),
    // The approval rests on what the photo shows.
    restsDecision: (file) => file.photo !== undefined,
    write: (file, value) => ({ ...file, photoRef: value as string }),
    undecided: withoutVerdict,
  },
};

/** The places of effects and of the steps that a case can be taken back to, on one scale. */
const ORDER = {
  validate: 0,
  payment: 1,
  'check-photo': 2,
  returned: 3,
  'order-card': 4,
  dispatch: 5,
  pickup: 6,
} as const;

const messageOrder = (template: string): number => {
  if (template === 'payment-reminder') return ORDER.payment;
  if (template.startsWith('returned')) return ORDER.returned;
  return template === 'on-its-way' ? ORDER.dispatch : ORDER.pickup;
};

const travelling = refusal(
  'invalid',
  'card-travels',
  'The card is in a parcel: take the parcel back too, or pin the card.',
  'البطاقة في طرد: اسحب الطرد أيضًا أو ثبّت البطاقة.',
);

function standingEffects({ payment, card, parcel, notified }: RenewalFile): readonly StandingEffect[] {
  const parcelKey = parcel && `parcel/${parcel.parcelId}`;
  return [
    ...(payment.settledBy
      ? [{ key: paymentEffect(payment.settledBy), kind: 'payment', order: ORDER.payment } as const]
      : []),
    ...madeRefunds(payment, ORDER.payment),
    ...(card?.orderId && !card.recalled && !card.destroyed
      ? [
          {
            key: `card/${card.orderId}`,
            kind: 'card',
            order: ORDER['order-card'],
            refuse: (compensate: readonly string[]) =>
              parcelKey && !compensate.includes(parcelKey) ? travelling : undefined,
          } as const,
        ]
      : []),
    ...(parcelKey ? [{ key: parcelKey, kind: 'parcel', order: ORDER.dispatch } as const] : []),
    ...sentMessages(notified, messageOrder),
  ];
}

/** In reverse: the parcel, the card in it, the money. */
function compensation(file: RenewalFile, { compensate }: { readonly compensate: readonly string[] }): Next | undefined {
  const { card, parcel } = file;
  if (parcel && compensate.includes(`parcel/${parcel.parcelId}`)) return { do: 'cancel-parcel' };
  if (card?.orderId && compensate.includes(`card/${card.orderId}`)) {
    if (!card.printed && !card.recalled) return { do: 'recall-card' };
    return { do: card.printed && !card.destroyed ? 'destroy-card' : 'release-card' };
  }
  if (owedRefunds(file).some(({ why }) => why === 'reset')) return { do: 'refund' };
  return isPayable(file.payment) ? { do: 'close-payment' } : undefined;
}

const from = (first: RenewalStage): readonly RenewalStage[] => {
  const way: readonly RenewalStage[] = [
    'AWAITING_PAYMENT',
    'PHOTO_CHECK',
    'IN_REVIEW',
    'RETURNED',
    'APPROVED',
    'PRINT_QUEUED',
    'PRINTED',
    'DISPATCHED',
    'READY_FOR_PICKUP',
  ];
  return way.slice(way.indexOf(first));
};

export const renewalResets: Resets<RenewalFile> = {
  effects: standingEffects,
  compensation,
  points: {
    validate: {
      title: { ar: 'التحقق من الأهلية', en: 'Checking eligibility' },
      order: ORDER.validate,
      stages: from('AWAITING_PAYMENT'),
      refuse: unlessOrdered,
      rewind: (file) => {
        // The quote stays until another takes its place: what is refundable of a payment that was kept stands in it.
        const { facts: _facts, ...rest } = unjudged(file);
        return { ...rest, stage: 'SUBMITTED', payment: payableAgain(file.payment) };
      },
    },
    'check-photo': {
      title: { ar: 'فحص الصورة', en: 'Checking the photo' },
      order: ORDER['check-photo'],
      stages: from('IN_REVIEW'),
      refuse: unlessOrdered,
      rewind: (file) => ({ ...unjudged(file), stage: 'PHOTO_CHECK' }),
    },
    'order-card': {
      title: { ar: 'طلب طباعة البطاقة', en: 'Ordering the card' },
      order: ORDER['order-card'],
      stages: from('APPROVED'),
      rewind: (file) => ({ ...file, stage: 'APPROVED' }),
    },
    dispatch: {
      title: { ar: 'تسليم البطاقة للناقل', en: 'Handing the card to the courier' },
      order: ORDER.dispatch,
      stages: from('PRINTED'),
      rewind: (file) => ({ ...file, stage: 'PRINTED' }),
    },
  },
};

/** A card that was ordered and then printed is one effect. */
export const renewalEffects: Effects<RenewalEvent['type']> = {
  made: {
    ...paymentEffects.made,
    CardReserved: { kind: 'register', by: 'serial', what: { ar: 'رقم تسلسلي محجوز', en: 'Serial reserved' } },
    CardOrdered: { kind: 'card', by: 'orderId', what: { ar: 'بطاقة مطلوبة', en: 'Card ordered' } },
    CardPrinted: { kind: 'card', by: 'orderId', what: { ar: 'بطاقة مطبوعة', en: 'Card printed' } },
    CardDispatched: { kind: 'parcel', by: 'parcelId', what: { ar: 'طرد مرسل', en: 'Parcel booked' } },
    CardsSwapped: { kind: 'register', by: 'serial', what: { ar: 'بطاقة أصبحت سارية', en: 'Card made valid' } },
    ...notificationEffects.made,
  },
  undone: {
    ...paymentEffects.undone,
    CardOrderRecalled: { kinds: ['card'] },
    CardPrintFailed: { kinds: ['card'], by: 'orderId' },
    CardDestroyed: { kinds: ['card'] },
    CardReleased: { kinds: ['register'], by: 'serial' },
    CardReturnedToIssuer: { kinds: ['parcel'] },
    ParcelCancelled: { kinds: ['parcel'], by: 'parcelId' },
  },
  repaired: { 'card-order': 'card' },
};
