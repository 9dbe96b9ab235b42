import type { OutsideMessage } from '../../../domain/outside-messages';
import { sar } from '../../../domain/money';
import { HOUR, MINUTE } from '../../../domain/time';
import { owedRefunds } from '../../../workflows/case-types/id-renewal/next';
import {
  awaitingPayment,
  FREE,
  given,
  onTheWay,
  paid,
  portal,
  quoteWith,
  requested,
  says,
  validatedAt,
  type Renewal,
} from '../../support/renewals';

const owed = (renewal: Renewal): unknown =>
  owedRefunds(renewal.file).map(({ captureId, amount, why }) => [captureId, amount.halalas / 100, why]);
const expired = (renewal: Renewal): Renewal =>
  renewal
    .later(72 * HOUR)
    .happened({ type: 'PaymentClosed', why: 'expired' }, { type: 'EndingStarted', why: 'payment-expired' });

test('a case that costs nothing is not paid for', () => {
  expect(given().happened(validatedAt(FREE)).due).toBe('check-photo');
});

test('the gateway is asked for a payment of the quote, which is frozen', () => {
  const validated = given().happened(validatedAt(quoteWith(100)));
  expect(validated.due).toBe('request-payment');
  expect(validated.waitingFor).toMatchObject({ what: 'request-payment', who: 'tajdid', otherwise: 'incident' });
});

test('the applicant has 72 hours, is reminded after 24, and the gateway is asked after half an hour', () => {
  const waiting = awaitingPayment();
  expect(waiting.wait).toMatchObject({
    what: 'payment',
    who: 'applicant',
    otherwise: 'payment-expires',
    ask: 'ask-payment',
  });
  expect(waiting.alarms).toEqual({
    'ask-payment': 30 * MINUTE,
    'remind-payment': 24 * HOUR,
    'expire-payment': 72 * HOUR,
  });
  const asked = waiting.later(30 * MINUTE).happened({ type: 'PaymentAsked' });
  const reminded = asked.later(23.5 * HOUR).happened({ type: 'PaymentReminded' });
  expect(reminded.alarms).toEqual({ 'expire-payment': 48 * HOUR });
});

test('the first capture of the right amount settles it', () => {
  const settled = paid();
  expect(settled.status).toBe('PHOTO_CHECK');
  expect(settled.file.payment.settledBy).toBe('cap_1');
  expect(owed(settled)).toEqual([]);
});

test('an attempt that failed changes nothing but the record', () => {
  const tried = awaitingPayment().told(says.declined());
  expect(tried.wait.until).toBe(awaitingPayment().wait.until);
});

test('money that comes before the case is validated waits', () => {
  expect(given().hears(says.captured('cap_1', 25))).toBe('later');
});

test('money may come before the answer to the request for it', () => {
  expect(
    given()
      .happened(validatedAt(quoteWith(0)))
      .told(says.captured('cap_1', 25)).due,
  ).toBe('check-photo');
});

test('paid twice: the second goes back whole, once, and the case goes on', () => {
  const twice = paid().told(says.captured('cap_2', 25));
  expect(owed(twice)).toEqual([['cap_2', 25, 'paid-twice']]);
  expect(twice.due).toBe('check-photo');
  const waiting = onTheWay().told(says.captured('cap_2', 25));
  expect(waiting.due).toBe('refund');
  const refunded = waiting.happened({
    type: 'RefundMade',
    captureId: 'cap_2',
    refundId: 'ref_1',
    amount: sar(25),
    why: 'paid-twice',
  });
  expect(owed(refunded)).toEqual([]);
  expect(refunded.wait.what).toBe('card-delivered');
});

test('the same capture told again is nothing', () => {
  expect(paid().hears(says.captured('cap_1', 25))).toEqual([]);
});

test('a wrong amount settles nothing and goes back at once', () => {
  const wrong = awaitingPayment(100).told(says.captured('cap_1', 25));
  expect(wrong.status).toBe('AWAITING_PAYMENT');
  expect(owed(wrong)).toEqual([['cap_1', 25, 'wrong-amount']]);
  expect(wrong.due).toBe('refund');
});

test('money for another payment than the one that is asked for settles nothing, and goes back', () => {
  const other = awaitingPayment().told({ ...says.captured('cap_1', 25), paymentId: 'pay_before' } as OutsideMessage);
  expect(other.status).toBe('AWAITING_PAYMENT');
  expect(other.due).toBe('refund');
  expect(owed(other)).toEqual([['cap_1', 25, 'paid-late']]);
});

test('unpaid, the case expires: nothing to refund, the applicant is told, the case closes', () => {
  const ended = expired(awaitingPayment());
  expect(ended.due).toBe('notify-ended');
  const closed = ended.happened({ type: 'ApplicantNotified', template: 'ended', messageId: 'sms' });
  expect(closed.due).toBe('close');
});

test('money that comes late goes back, even when the case is closed', () => {
  const closed = expired(awaitingPayment()).happened({ type: 'CaseClosed', outcome: 'EXPIRED' });
  expect(closed.next).toEqual({ done: 'EXPIRED' });
  const late = closed.told(says.captured('cap_1', 25));
  expect(late.due).toBe('refund');
  expect(owed(late)).toEqual([['cap_1', 25, 'paid-late']]);
  expect(
    late.happened({ type: 'RefundMade', captureId: 'cap_1', refundId: 'r', amount: sar(25), why: 'paid-late' }).next,
  ).toEqual({ done: 'EXPIRED' });
});

test('cancelled before it is paid: the payment is closed, and what comes anyway goes back', () => {
  const cancelled = awaitingPayment().does(portal, 'cancel');
  expect(cancelled.due).toBe('close-payment');
  const slipped = cancelled.happened({ type: 'PaymentClosed', why: 'case-ended' }).told(says.captured('cap_1', 25));
  expect(owed(slipped)).toEqual([['cap_1', 25, 'paid-late']]);
});

test('a request whose answer is not here yet has no deadline of its own', () => {
  expect(given().happened(validatedAt(quoteWith(0)), requested(quoteWith(0))).wait.since).toBe(given().now);
});
