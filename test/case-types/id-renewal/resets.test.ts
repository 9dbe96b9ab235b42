import { DAY } from '../../../domain/time';
import { sar } from '../../../domain/money';
import { owedRefunds } from '../../../workflows/case-types/id-renewal/next';
import { refused } from '../../../workflows/stages/operators';
import {
  approved,
  atTheOffice,
  awaitingPayment,
  CASE_ID,
  caseworker,
  FREE,
  given,
  inPrint,
  inReview,
  judged,
  onTheWay,
  operator,
  ORDER,
  otherOperator,
  PARCEL,
  portal,
  reserved,
  says,
  SERIAL,
  supervisor,
  validatedAt,
  type Renewal,
} from '../../support/renewals';

const because = { reasonRef: 'v_1' };

/** The operator's reset, and that it came about. */
const reset = (renewal: Renewal, to: string, ...pin: string[]): Renewal =>
  renewal.does(operator, 'reset', { to, pin, ...because }).happened({ type: 'CaseReset' });

describe('the review after a reset', () => {
  const doubted = (renewal: Renewal): Renewal =>
    renewal.happened(judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] });
  const late = (): Renewal =>
    inReview()
      .later(2 * DAY)
      .happened({ type: 'CaseEscalated', why: 'out-of-time' });
  const anew = { 'warn-review': 1.5 * DAY, 'escalate-review': 2 * DAY };

  test('has its whole time again, and escalates again when it is spent', () => {
    const again = doubted(reset(late().at('2026-11-08T08:00:00.000Z'), 'check-photo'));
    expect(again.wait.who).toBe('caseworker');
    expect(again.alarms).toEqual(anew);
  });

  test('and so has the review of a photo that was repaired', () => {
    const repaired = late()
      .at('2026-11-08T08:00:00.000Z')
      .does(operator, 'repair', { field: 'photo', value: 'd_second', ...because })
      .does(otherOperator, 'confirm-repair');
    expect(doubted(repaired).alarms).toEqual(anew);
  });

  test('rests on no recommendation from before it; who made that is remembered', () => {
    const recommended = inReview()
      .does(caseworker, 'claim')
      .does(caseworker, 'recommend-rejection', { rule: 'photo', ...because });
    const { review } = doubted(reset(recommended.does(supervisor, 'claim'), 'check-photo')).file;
    expect(review.recommendation).toBeUndefined();
    expect(review.handledBy).toEqual([caseworker.id]);
  });
});

describe('while the bureau may have the order', () => {
  const failed = (kind: 'unavailable' | 'outcome-unknown') =>
    ({
      type: 'IncidentRaised',
      step: 'order-card',
      kind,
      source: 'card-bureau',
      code: 'http-503',
      message: 'no',
    }) as const;

  test('a photo that was proposed before is not agreed to: the card with the old one may be printed', () => {
    const proposed = approved()
      .happened(reserved(), failed('unavailable'))
      .does(operator, 'repair', { field: 'photo', value: 'd_second', ...because });
    const unknown = proposed.happened({ type: 'RetryRequested' }, failed('outcome-unknown'));
    expect(unknown.refusalOf('confirm-repair', otherOperator)).toBe('order-may-stand');
    const away = unknown.happened({ type: 'RetryRequested' }, failed('unavailable'));
    expect(away.refusalOf('confirm-repair', otherOperator)).toBe('order-may-stand');
    expect(unknown.does(operator, 'decline-repair', because).file.photoRef).toBe('d_first');
    expect(proposed.does(otherOperator, 'confirm-repair').file.photoRef).toBe('d_second');
  });

  test('there is a way back to ordering it, and none to where another photo could take its place', () => {
    const unknown = approved().happened(reserved(), failed('outcome-unknown'));
    for (const to of ['validate', 'check-photo'])
      expect(unknown.refusalOf('reset', operator, { to, pin: [PAID] })).toBe('order-may-stand');
    expect(reset(unknown, 'order-card').due).toBe('order-card');
    expect(reset(approved().happened(reserved(), failed('unavailable')), 'check-photo').due).toBe('check-photo');
  });
});

const PAID = 'payment/cap_1';
const CARD = `card/${ORDER}`;
const ON_ITS_WAY = [CARD, `parcel/${PARCEL}`, 'message/on-its-way'];

test.each([
  ['with the courier', onTheWay, ON_ITS_WAY],
  ['at the office', atTheOffice, [...ON_ITS_WAY, 'message/ready-for-pickup']],
] as const)('a case that a reset took back and that is rejected gets its card back first, %s', (_where, so, pinned) => {
  const rejected = reset(so(), 'check-photo', ...pinned)
    .happened(judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] })
    .by(supervisor)
    .happened({ type: 'CaseRejected', rule: 'photo' });
  expect(rejected.due).toBe('take-card-back');
  expect(rejected.happened({ type: 'CardReturnedToIssuer', why: 'case-ended' }).due).toBe('destroy-card');
  const handedOver = rejected.happened({ type: 'CardNotRecovered', parcelId: PARCEL });
  expect(handedOver.due).toBe('release-card');
  expect(handedOver.happened({ type: 'CardReleased', serial: SERIAL }).due).toBe('notify-ended');
});

test('what would end a case waits until the reset is over: else the reset would bring the case back to life', () => {
  const failed = onTheWay()
    .does(operator, 'reset', {
      to: 'dispatch',
      pin: ['message/on-its-way'],
      compensate: [`parcel/${PARCEL}`],
      ...because,
    })
    .happened({
      type: 'IncidentRaised',
      step: 'cancel-parcel',
      kind: 'refused',
      source: 'courier',
      code: 'parcel-on-its-way',
      message: '',
    });
  const again = failed.does(operator, 'reset', { to: 'dispatch', pin: ON_ITS_WAY.slice(1), ...because });
  const died = { id: 'm', caseId: CASE_ID, type: 'register.person-died', by: 'fam_1' } as const;
  for (const message of [says.parcel('returned'), says.parcel('delivered'), died]) {
    expect(again.hears(message)).toBe('later');
    const over = again.happened({ type: 'CaseReset' }, { type: 'ParcelKept', parcelId: PARCEL });
    expect(over.told(message).file.stage).toMatch(/COMPENSATING|DELIVERED/);
  }
  expect(again.hears(says.captured('cap_2', 25))).toHaveLength(1);
});

describe('refused when its eligibility is checked again', () => {
  const refuse = (renewal: Renewal): Renewal =>
    renewal.happened(...refused(renewal.file, { type: 'ApplicationRefused', rules: ['alive'] } as const));
  const back = { captureId: 'cap_1', refundId: 'ref_1', amount: sar(25), why: 'case-ended' } as const;

  test('a case takes back what it had made before the reset, and gives the money back', () => {
    const ending = refuse(reset(inPrint(), 'validate', PAID, CARD));
    expect([ending.status, ending.due]).toEqual(['COMPENSATING', 'recall-card']);
    const voided = ending.happened({ type: 'CardOrderRecalled' }, { type: 'CardReleased', serial: SERIAL });
    expect(voided.due).toBe('refund');
    expect(owedRefunds(voided.file)).toMatchObject([{ captureId: 'cap_1', amount: sar(25), why: 'case-ended' }]);
    const told = voided.happened({ type: 'RefundMade', ...back });
    expect(told.due).toBe('notify-ended');
    expect(told.hears(says.printed())).toEqual([]);
  });

  test('a case that is cancelled instead gives it back too', () => {
    const cancelled = reset(inPrint(), 'validate', PAID, CARD).does(portal, 'cancel');
    expect(cancelled.happened({ type: 'CardOrderRecalled' }, { type: 'CardReleased', serial: SERIAL }).due).toBe(
      'refund',
    );
  });

  test('a case that had asked for its payment says that it has ended; one that is refused at its filing closes', () => {
    const unpaid = awaitingPayment().does(operator, 'reset', { to: 'validate', ...because });
    const closed = unpaid.happened({ type: 'PaymentClosed', why: 'reset' }, { type: 'CaseReset' });
    expect(refuse(closed).due).toBe('notify-ended');
    expect(refuse(given()).due).toBe('close');
  });

  test('a payment that was kept is held against the new price, though that is nothing', () => {
    const free = reset(inPrint(), 'validate', PAID, CARD).happened(validatedAt(FREE));
    expect(free.due).toBe('keep-payment');
  });
});
