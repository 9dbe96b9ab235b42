import { refuseAction } from '../../../domain/case/core';
import { DAY } from '../../../domain/time';
import { idRenewal } from '../../../workflows/case-types/id-renewal';
import type { ReturnedItem } from '../../../workflows/case-types/id-renewal/events';
import type { DeliveryChoice } from '../../../workflows/stages/delivery';
import {
  caseworker,
  claimed,
  filing,
  FREE,
  given,
  judged,
  notified,
  portal,
  returned,
  supervisor,
  validatedAt,
  type Renewal,
} from '../../support/renewals';

const resubmitted = (renewal: Renewal): Renewal => renewal.does(portal, 'resubmit', { photoRef: 'd_second' });
const round = (renewal: Renewal, n: number): Renewal =>
  resubmitted(renewal)
    .happened(judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] })
    .does(caseworker, 'claim')
    .does(caseworker, 'return', { items: ['photo'] })
    .happened(notified(`returned-${n}`));

test('the applicant is told, and has 14 days', () => {
  expect(returned().wait).toMatchObject({ what: 'resubmission', who: 'applicant', otherwise: 'expires-with-refund' });
  expect(returned().alarms).toEqual({ 'expire-returned': 14 * DAY });
});

test('each round is told and has 14 days of its own', () => {
  const second = round(returned().later(13 * DAY), 2);
  expect(second.file.review.rounds).toBe(2);
  expect(second.alarms).toEqual({ 'expire-returned': 14 * DAY });
});

test('what was asked for has to come', () => {
  const both = claimed().does(caseworker, 'return', { items: ['photo', 'delivery'] });
  expect(both.refusalOf('resubmit', portal, { photoRef: 'd_second' })).toBe('returned-items-missing');
  expect(both.refusalOf('resubmit', portal, { photoRef: 'd_second', delivery: { method: 'courier' } })).toBeUndefined();
  expect(both.when('resubmit', portal, {})).toMatchObject({
    refused: {
      message: { ar: 'لم تُستكمل جميع البنود المطلوبة: photo، delivery.', en: 'Still missing: photo, delivery.' },
    },
  });
});

describe('the delivery is as it was paid for', () => {
  const back = (delivery: DeliveryChoice, ...items: ReturnedItem[]): Renewal =>
    given({ facts: { ...filing.facts, delivery } })
      .happened(validatedAt(FREE), judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] })
      .does(caseworker, 'claim')
      .does(caseworker, 'return', { items });
  const pickup = (office: string): DeliveryChoice => ({ method: 'pickup', office });
  const courier: DeliveryChoice = { method: 'courier' };
  const answer = (renewal: Renewal, delivery: DeliveryChoice, known?: unknown): string | undefined => {
    const input = { delivery, ...(renewal.file.returned?.items.includes('photo') ? { photoRef: 'd_second' } : {}) };
    const request = { action: 'resubmit', actor: portal, input };
    return refuseAction(idRenewal, renewal.file, request, renewal.now, known)?.code;
  };

  test('what was not sent back is not changed', () => {
    expect(answer(back(pickup('riyadh-1'), 'photo'), courier)).toBe('not-asked-for');
    expect(answer(back(courier, 'photo'), pickup('riyadh-1'))).toBe('not-asked-for');
    const only = back(pickup('riyadh-1'), 'delivery');
    expect(only.refusalOf('resubmit', portal, { delivery: pickup('jeddah-1'), photoRef: 'd_second' })).toBe(
      'not-asked-for',
    );
  });
  test('nor is another way chosen, which costs something else', () => {
    expect(answer(back(pickup('riyadh-1'), 'photo', 'delivery'), courier)).toBe('delivery-costs-otherwise');
    expect(answer(back(courier, 'delivery'), pickup('riyadh-1'))).toBe('delivery-costs-otherwise');
    const elsewhere = back(pickup('riyadh-1'), 'delivery').does(portal, 'resubmit', { delivery: pickup('jeddah-1') });
    expect(elsewhere.file.delivery).toEqual(pickup('jeddah-1'));
  });
  test('a courier needs an address at that time too', () => {
    expect(answer(back(courier, 'delivery'), courier, { hasAddress: false })).toBe('national-address');
    expect(answer(back(courier, 'delivery'), courier, { hasAddress: true })).toBeUndefined();
  });
});

test('a new photo is measured anew', () => {
  const again = resubmitted(returned());
  expect(again.due).toBe('check-photo');
  expect(again.file).toMatchObject({ photoRef: 'd_second' });
  expect(again.file.photo).toBeUndefined();
});

test('not answered, the case ends and what is refundable goes back', () => {
  const ended = returned(100)
    .later(14 * DAY)
    .happened({ type: 'EndingStarted', why: 'returned-not-answered' });
  expect(ended.due).toBe('refund');
});

test('three rounds, and a fourth ends the case', () => {
  const third = round(round(returned(), 2), 3);
  expect(third.file.review.rounds).toBe(3);
  const last = resubmitted(third)
    .happened({ type: 'ReviewOpened', why: ['tilted'] })
    .does(caseworker, 'claim');
  const ended = last.does(caseworker, 'return', { items: ['photo'], reasonRef: 'v_1' });
  expect(ended.file.ending).toMatchObject({ why: 'return-rounds-used-up' });
  expect(ended.status).toBe('COMPENSATING');
  expect(ended.file.review.claim).toBeUndefined();
  expect(ended.file.decisions.at(-1)).toMatchObject({
    what: 'returned-for-the-last-time',
    by: caseworker,
    reasonRef: 'v_1',
  });
});

test('a returned case may be cancelled, not decided', () => {
  expect(returned().refusalOf('cancel', portal)).toBeUndefined();
  expect(returned().refusalOf('approve', supervisor)).toBe('not-in-this-status');
});
