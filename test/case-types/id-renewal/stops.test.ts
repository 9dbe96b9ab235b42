import { refuseAction, type CoreEvent } from '../../../domain/case/core';
import { rowOf } from '../../../domain/case/row';
import { sar } from '../../../domain/money';
import { DAY, HOUR } from '../../../domain/time';
import { idRenewal } from '../../../workflows/case-types/id-renewal';
import type { RenewalEvent } from '../../../workflows/case-types/id-renewal/events';
import {
  approved,
  awaitingPayment,
  atTheOffice,
  caseworker,
  dispatched,
  given,
  inPrint,
  inReview,
  notified,
  onTheWay,
  operator,
  paid,
  portal,
  reserved,
  returned,
  says,
  SERIAL,
  supervisor,
  type Renewal,
} from '../../support/renewals';

const because = { reasonRef: 'v_1' };
const held = (renewal: Renewal): Renewal => renewal.does(supervisor, 'hold', because);
const resumed = (renewal: Renewal): Renewal => renewal.does(supervisor, 'resume', because);
const broken = (step: string): CoreEvent => ({
  type: 'IncidentRaised',
  step,
  kind: 'unavailable',
  source: 'card-bureau',
  code: 'http-503',
  message: 'card-bureau: POST was answered 503',
});

describe('on hold', () => {
  test.each([
    ['payment', awaitingPayment, 'expire-payment'],
    ['resubmission', returned, 'expire-returned'],
    ['print', inPrint, 'ask-bureau'],
    ['delivery', onTheWay, 'ask-courier'],
    ['pickup', atTheOffice, 'take-card-back'],
    ['review', inReview, 'escalate-review'],
  ] satisfies [string, () => Renewal, string][])(
    'the deadline of the %s moves by as long as it stood',
    (_what, so, step) => {
      const before = so();
      const after = resumed(held(before.later(HOUR)).later(DAY));
      expect(after.alarms[step]).toBe((before.alarms[step] ?? 0) - HOUR);
    },
  );

  test('the case says so, and a supervisor is reminded every 30 days', () => {
    const stopped = held(inPrint());
    expect(stopped.status).toBe('ON_HOLD');
    expect(stopped.wait).toMatchObject({ what: 'hold', who: 'supervisor', otherwise: 'hold-reminder' });
    expect(stopped.alarms).toEqual({ 'remind-hold': 30 * DAY });
    expect(stopped.later(30 * DAY).happened({ type: 'HoldReminded' }).alarms).toEqual({ 'remind-hold': 30 * DAY });
  });

  test('twice is once; resumed only when held', () => {
    expect(held(paid()).refusalOf('hold', supervisor, because)).toBe('already-on-hold');
    expect(paid().refusalOf('resume', supervisor, because)).toBe('not-on-hold');
  });

  test('nothing else is done to it, notes excepted', () => {
    expect(held(inReview()).refusalOf('claim', caseworker)).toBe('on-hold');
    expect(held(inReview()).refusalOf('cancel', portal)).toBe('on-hold');
    expect(held(inReview()).refusalOf('note', caseworker, because)).toBeUndefined();
  });
});

describe('overdue', () => {
  const overdue = ({ file, now }: Renewal): boolean => rowOf(idRenewal, file, now).overdue;
  const late = (): Renewal =>
    inReview()
      .later(2 * DAY)
      .happened({ type: 'CaseEscalated', why: 'out-of-time' });

  test('is a review whose working days are spent, and stays so however often a supervisor is reminded', () => {
    expect(overdue(inReview())).toBe(false);
    expect(
      overdue(
        inReview()
          .later(36 * HOUR)
          .happened({ type: 'ReviewWarned' }),
      ),
    ).toBe(false);
    expect(overdue(late())).toBe(true);
    expect(overdue(late().later(DAY).does(supervisor, 'claim'))).toBe(true);
  });

  test('is not who escalates by himself, in time', () => {
    const escalated = inReview().does(caseworker, 'claim').does(caseworker, 'escalate', because);
    expect(overdue(escalated.later(HOUR).does(supervisor, 'claim'))).toBe(false);
  });

  test('a hold stops the clock: no held case is, and what was spent before counts again after it', () => {
    expect(overdue(held(inReview()))).toBe(false);
    expect(
      overdue(
        held(inReview())
          .later(30 * DAY)
          .happened({ type: 'HoldReminded' }),
      ),
    ).toBe(false);
    expect(overdue(resumed(held(inReview()).later(30 * DAY)))).toBe(false);
    expect(overdue(held(late()))).toBe(false);
    expect(overdue(resumed(held(late()).later(DAY)))).toBe(true);
  });

  test('is a card that its holder has not got within 14 working days of the approval, whoever has it', () => {
    for (const [elsewhere, asked] of [
      [inPrint(), 'BureauAsked'],
      [onTheWay(), 'CourierAsked'],
    ] as const) {
      expect(elsewhere.wait.due).toBe('2026-11-19T21:00:00.000Z');
      expect(overdue(elsewhere.at('2026-11-19T20:59:59.999Z').happened({ type: asked }))).toBe(false);
      expect(overdue(elsewhere.at('2026-11-19T21:00:00.000Z').happened({ type: asked }))).toBe(true);
    }
  });

  test('what a case is held for after its approval, its card is due later', () => {
    const heldTwice = resumed(held(inPrint()).later(DAY)).told(says.printed()).happened(dispatched);
    const there = resumed(held(heldTwice.happened(notified('on-its-way'))).later(2 * DAY));
    expect(there.wait.due).toBe('2026-11-22T21:00:00.000Z');
  });

  test('nor while the applicant has it', () => {
    for (const elsewhere of [awaitingPayment(), returned(), atTheOffice()])
      expect(overdue(elsewhere.later(60 * DAY))).toBe(false);
    const back = inReview()
      .later(DAY)
      .does(caseworker, 'claim')
      .does(caseworker, 'return', { items: ['photo'], ...because });
    expect(overdue(back.later(10 * DAY))).toBe(false);
  });
});

describe('an incident', () => {
  test('waits, visibly, for an operator; after a day the case tries again by itself', () => {
    const stuck = approved().happened(broken('order-card'));
    expect(stuck.status).toBe('INCIDENT');
    expect(stuck.wait).toMatchObject({ what: 'incident', who: 'operator', otherwise: 'retry-by-itself' });
    expect(stuck.alarms).toEqual({ 'retry-by-itself': DAY });
    expect(stuck.file.incident).toMatchObject({
      step: 'order-card',
      attempts: 1,
      source: 'card-bureau',
      code: 'http-503',
    });
  });

  test('retried, the step is due again; failed again, the incident is the same one', () => {
    const retried = approved().happened(broken('order-card')).later(HOUR).does(operator, 'retry', because);
    expect(retried.due).toBe('order-card');
    expect(retried.refusalOf('retry', operator, because)).toBe('retry-under-way');
    const again = retried.happened(broken('order-card'));
    expect(again.file.incident).toMatchObject({ attempts: 2, since: approved().now, retrying: false });
    expect(again.wait.what).toBe('incident');
  });

  test('over, the case goes on from where it stood', () => {
    const over = approved().happened(
      broken('order-card'),
      { type: 'RetryRequested' },
      { type: 'IncidentCleared', step: 'order-card' },
    );
    expect(over.status).toBe('APPROVED');
    expect(over.due).toBe('order-card');
  });

  test('retried where the case only waits by now, it is cleared and the wait goes on', () => {
    const retried = inPrint().happened(broken('remind-payment')).does(operator, 'retry', because);
    expect(retried.due).toBe('clear-incident');
    expect(retried.happened({ type: 'IncidentCleared', step: 'remind-payment' }).wait.what).toBe('card-printed');
  });

  test.each([
    ['payment', awaitingPayment, 72 * HOUR, 'expire-payment'],
    ['pickup', atTheOffice, 90 * DAY, 'take-card-back'],
  ] as const)('at the deadline of the %s: retried, the step is due again', (_what, so, ms, step) => {
    const failed = so().later(ms).happened(broken(step));
    expect(failed.later(HOUR).does(operator, 'retry', because).due).toBe(step);
  });

  test('at a deadline that a hold has moved since: it is cleared, and the deadline comes by itself', () => {
    const failed = awaitingPayment()
      .later(72 * HOUR)
      .happened(broken('expire-payment'));
    const retried = resumed(held(failed).later(DAY)).does(operator, 'retry', because);
    expect(retried.due).toBe('clear-incident');
    expect(retried.happened({ type: 'IncidentCleared', step: 'expire-payment' }).alarms['expire-payment']).toBe(0);
  });

  test('in a question that the outside refused to answer: it is asked again', () => {
    const unknown = { ...broken('ask-bureau'), kind: 'refused', code: 'http-404' } as const;
    expect(inPrint().happened(unknown).does(operator, 'retry', because).due).toBe('ask-bureau');
  });

  test('is no question that nobody was there to answer: the case goes on waiting, and hears and does what comes', () => {
    const unanswered = inPrint().later(HOUR).happened({ type: 'BureauAsked', unanswered: 'http-503' });
    expect(unanswered.status).toBe('PRINT_QUEUED');
    expect(unanswered.wait).toEqual(inPrint().wait);
    expect(unanswered.refusalOf('cancel', portal)).toBeUndefined();
    expect(unanswered.told(says.printed()).due).toBe('dispatch');
  });

  test('under a hold: resumed first, and still there', () => {
    const both = held(approved().happened(broken('order-card')));
    expect(both.status).toBe('ON_HOLD');
    expect(both.refusalOf('retry', operator, because)).toBe('on-hold');
    expect(resumed(both).status).toBe('INCIDENT');
  });

  test('on a closed case, which owes a refund: it is retried and repaired, and nothing else', () => {
    const owing = awaitingPayment()
      .happened({ type: 'PaymentClosed', why: 'expired' }, { type: 'EndingStarted', why: 'payment-expired' })
      .happened(notified('ended'), { type: 'CaseClosed', outcome: 'EXPIRED' })
      .told(says.captured('cap_late', 25))
      .happened(broken('refund'));
    expect(owing.status).toBe('INCIDENT');
    expect(owing.refusalOf('repair', operator, { field: 'office', value: 'jeddah-1' })).toBeUndefined();
    for (const action of ['hold', 'note', 'cancel'])
      expect(owing.refusalOf(action, action === 'cancel' ? portal : supervisor, because)).toBe('case-closed');
    const retried = owing.does(operator, 'retry', because);
    expect(retried.due).toBe('refund');
    const refund = { captureId: 'cap_late', refundId: 'ref_1', amount: sar(25), why: 'paid-late' } as const;
    const settled = retried.happened({ type: 'RefundMade', ...refund }, { type: 'IncidentCleared', step: 'refund' });
    expect(settled.next).toEqual({ done: 'EXPIRED' });
    expect(settled.refusalOf('retry', operator, because)).toBe('case-closed');
  });

  test('before the printing does not lock the applicant in: cancelled, all is taken back in reverse', () => {
    const stuck = approved().happened(reserved(), broken('order-card'));
    expect(stuck.status).toBe('INCIDENT');
    const cancelled = stuck.does(portal, 'cancel');
    expect([cancelled.status, cancelled.due]).toEqual(['COMPENSATING', 'recall-card']);
    expect(given().happened(broken('validate')).does(portal, 'cancel').due).toBe('notify-ended');
    expect(onTheWay().happened(broken('redeliver')).refusalOf('cancel', portal)).toBe('not-in-this-status');
    expect(held(stuck).refusalOf('cancel', portal)).toBe('on-hold');
  });

  test('in which a reset stands is not cancelled: the reset would bring the case back to life', () => {
    const reset = inReview().does(operator, 'reset', { to: 'check-photo', ...because });
    expect(reset.happened(broken('reset')).refusalOf('cancel', portal)).toBe('reset-under-way');
  });

  test.each([
    ['the recall', (): Renewal => inPrint().does(portal, 'cancel'), 'recall-card', { type: 'CardOrderRecalled' }],
    [
      'the voiding of the serial',
      (): Renewal => inPrint().does(portal, 'cancel').happened({ type: 'CardOrderRecalled' }),
      'release-card',
      { type: 'CardReleased', serial: SERIAL },
    ],
    [
      'the refund',
      (): Renewal => paid().does(portal, 'cancel'),
      'refund',
      { type: 'RefundMade', captureId: 'cap_1', refundId: 'ref_1', amount: sar(25), why: 'case-ended' },
    ],
  ] satisfies [string, () => Renewal, string, RenewalEvent][])(
    '%s fails while the case is being wound up: it waits, is retried, and goes on with the rest',
    (_what, ending, step, done) => {
      const failed = ending().happened(broken(step));
      expect([failed.status, failed.wait.who]).toEqual(['INCIDENT', 'operator']);
      expect(failed.refusalOf('cancel', portal)).toBe('not-in-this-status');
      const retried = failed.does(operator, 'retry', because);
      expect(retried.due).toBe(step);
      const over = retried.happened(done, { type: 'IncidentCleared', step });
      expect(over.status).toBe('COMPENSATING');
      expect(over.due).toBe(ending().happened(done).due);
      expect(over.due).not.toBe(step);
    },
  );

  test('nobody decides meanwhile', () => {
    expect(inReview().happened(broken('ask-payment')).refusalOf('claim', caseworker)).toBe('incident');
    expect(approved().refusalOf('retry', operator, because)).toBe('no-incident');
  });
});

describe('always', () => {
  test('a stale version is refused before anything else is looked at', () => {
    const { file, now } = held(inReview());
    const stale = { action: 'claim', actor: caseworker, expectedVersion: file.version - 1 };
    expect(refuseAction(idRenewal, file, stale, now)).toMatchObject({ kind: 'stale', code: 'stale-version' });
    expect(refuseAction(idRenewal, file, { ...stale, expectedVersion: file.version }, now)?.code).toBe('on-hold');
  });
  test('a closed case takes no action', () => {
    const closed = given().happened(
      { type: 'ApplicationRefused', rules: ['alive'] },
      { type: 'CaseClosed', outcome: 'REJECTED' },
    );
    expect(closed.refusalOf('hold', supervisor, because)).toBe('case-closed');
    expect(closed.refusalOf('note', caseworker, because)).toBe('case-closed');
    expect(closed.next).toEqual({ done: 'REJECTED' });
    expect(closed.waitingFor).toBeUndefined();
  });
  test('of one that another case brought about, a refusal is told to whoever lives to read it', () => {
    const followed = given({ parent: 'fam_1' });
    const refused = followed.happened({ type: 'ApplicationRefused', rules: ['photo-usable'] });
    expect(refused.due).toBe('notify-ended');
    expect(refused.happened({ type: 'ApplicantNotified', template: 'ended', messageId: 'm1' }).due).toBe('close');
    expect(followed.happened({ type: 'ApplicationRefused', rules: ['alive'] }).due).toBe('close');
  });
  test('a refused application closes as rejected', () => {
    const refused = given().happened({ type: 'ApplicationRefused', rules: ['alive'] });
    expect(refused.due).toBe('close');
    expect(refused.file.decisions).toMatchObject([{ what: 'refused', rules: [{ rule: 'alive', version: '2024-1' }] }]);
  });
  test('money that comes during a hold is heard after it', () => {
    expect(resumed(held(awaitingPayment()).later(DAY)).told(says.captured('cap_1', 25)).due).toBe('check-photo');
  });
});
