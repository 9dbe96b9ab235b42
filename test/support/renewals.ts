import type { Actor, Filing } from '../../domain/case/model';
import { halalas, sar } from '../../domain/money';
import type { OutsideMessage } from '../../domain/outside-messages';
import { quoteOf, type Quote } from '../../domain/quote';
import { idRenewal } from '../../workflows/case-types/id-renewal';
import type { RenewalEvent } from '../../workflows/case-types/id-renewal/events';
import type { RenewalFile } from '../../workflows/case-types/id-renewal/file';
import { GivenCase } from './given';

/** A Sunday, 11:00 in Riyadh. */
export const FILED_AT = '2026-11-01T08:00:00.000Z';
export const CASE_ID = 'rnw_given';

export const portal: Actor = { id: 'absher-individuals', role: 'portal' };
export const caseworker: Actor = { id: 'cw-1', role: 'caseworker', office: 'riyadh-1' };
export const colleague: Actor = { id: 'cw-2', role: 'caseworker', office: 'riyadh-1' };
export const supervisor: Actor = { id: 'sv-1', role: 'supervisor', office: 'riyadh-1' };
export const otherSupervisor: Actor = { id: 'sv-2', role: 'supervisor', office: 'riyadh-1' };
export const operator: Actor = { id: 'op-1', role: 'operator' };
export const otherOperator: Actor = { id: 'op-2', role: 'operator' };

export const filing: Filing = {
  caseId: CASE_ID,
  type: 'id-renewal',
  channel: 'absher-individuals',
  clientId: 'absher-individuals',
  filedAt: FILED_AT,
  subject: 'p_subject',
  office: 'riyadh-1',
  facts: { photoRef: 'd_first', delivery: { method: 'courier' }, reason: 'expiring' },
};

/** Delivery 25, and a fine of 100 where asked for. */
export const quoteWith = (fine: number): Quote =>
  quoteOf([
    {
      code: 'late-fine',
      title: { ar: 'غرامة', en: 'Fine' },
      amount: sar(fine),
      refundable: 'never',
      rule: 'late-fine',
    },
    {
      code: 'delivery',
      title: { ar: 'توصيل', en: 'Delivery' },
      amount: sar(25),
      refundable: 'until-printed',
      rule: 'delivery-charge',
    },
  ]);
export const FREE: Quote = { lines: [], total: halalas(0) };

export type Renewal = GivenCase<RenewalFile, RenewalEvent>;
type Event<T extends RenewalEvent['type']> = Extract<RenewalEvent, { type: T }>;

export const validatedAt = (quote: Quote): Event<'ApplicationValidated'> => ({
  type: 'ApplicationValidated',
  facts: { documentType: 'national-id', age: 36, oldSerial: 'A00000014', oldExpiresOn: '2026-12-10', losses: 0 },
  quote,
  rules: ['known-person'],
});
export const PAYMENT = 'pay_1';
export const ORDER = 'ord_1';
export const SERIAL = 'A00000029';
export const PARCEL = 'par_1';
export const requested = (quote: Quote): Event<'PaymentRequested'> => ({
  type: 'PaymentRequested',
  paymentId: PAYMENT,
  payUrl: 'https://pay.example/1',
  amount: quote.total,
});
export const judged = (verdict: 'pass' | 'doubt' | 'fail', ...reasons: string[]): Event<'PhotoJudged'> => ({
  type: 'PhotoJudged',
  photoRef: 'd_first',
  verdict,
  reasons,
});
export const reserved = (attempt = 1): Event<'CardReserved'> => ({
  type: 'CardReserved',
  serial: SERIAL,
  issuedOn: '2026-11-01',
  expiresOn: '2036-11-01',
  attempt,
});
export const ordered: Event<'CardOrdered'> = { type: 'CardOrdered', orderId: ORDER, orderKey: `${CASE_ID}/print-1` };
export const printed: Event<'CardPrinted'> = { type: 'CardPrinted', orderId: ORDER, serial: SERIAL };
export const dispatched: Event<'CardDispatched'> = { type: 'CardDispatched', parcelId: PARCEL, to: 'address' };
export const notified = (template: string): Event<'ApplicantNotified'> => ({
  type: 'ApplicantNotified',
  template,
  messageId: `sms_${template}`,
});

let told = 0;
const fresh = (): { id: string; caseId: string } => ({ id: `m-${++told}`, caseId: CASE_ID });
/** What the outside may say; each call is a message of its own. */
export const says = {
  captured: (captureId: string, riyals: number): OutsideMessage => ({
    ...fresh(),
    type: 'payment.captured',
    paymentId: PAYMENT,
    captureId,
    amount: sar(riyals),
  }),
  declined: (): OutsideMessage => ({ ...fresh(), type: 'payment.failed', paymentId: PAYMENT, reason: 'card-declined' }),
  printed: (): OutsideMessage => ({ ...fresh(), type: 'card.printed', orderId: ORDER, serial: SERIAL }),
  printFailed: (orderId = ORDER): OutsideMessage => ({
    ...fresh(),
    type: 'card.failed',
    orderId,
    reason: 'printer-fault',
  }),
  parcel: (what: 'delivered' | 'ready-for-pickup' | 'collected' | 'returned', parcelId = PARCEL): OutsideMessage => ({
    ...fresh(),
    type: `parcel.${what}`,
    parcelId,
  }),
  undelivered: (): OutsideMessage => ({ ...fresh(), type: 'parcel.failed', parcelId: PARCEL, reason: 'nobody-home' }),
};

export const given = (change: Partial<Filing> = {}): Renewal => GivenCase.filed(idRenewal, { ...filing, ...change });

/** Cases that have come so far without anything unusual. */
export const awaitingPayment = (fine = 0): Renewal =>
  given().happened(validatedAt(quoteWith(fine)), requested(quoteWith(fine)));
export const paid = (fine = 0): Renewal => awaitingPayment(fine).told(says.captured('cap_1', 25 + fine));
export const inReview = (fine = 0): Renewal =>
  paid(fine).happened(judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] });
export const claimed = (fine = 0): Renewal => inReview(fine).does(caseworker, 'claim');
export const returned = (fine = 0): Renewal =>
  claimed(fine)
    .does(caseworker, 'return', { items: ['photo'] })
    .happened(notified('returned-1'));
export const approved = (fine = 0): Renewal =>
  paid(fine).happened(judged('pass'), { type: 'CaseApproved', by: 'rule' });
export const inPrint = (fine = 0): Renewal => approved(fine).happened(reserved(), ordered);
export const onTheWay = (fine = 0): Renewal =>
  inPrint(fine).told(says.printed()).happened(dispatched, notified('on-its-way'));
export const atTheOffice = (fine = 0): Renewal =>
  onTheWay(fine).told(says.parcel('ready-for-pickup')).happened(notified('ready-for-pickup'));
