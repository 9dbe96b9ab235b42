import { refuseAction } from '../../../domain/case/core';
import type { Actor } from '../../../domain/case/model';
import { after, DAY, HOUR, millis, MINUTE, startOfRiyadhDay } from '../../../domain/time';
import { idRenewal } from '../../../workflows/case-types/id-renewal';
import type { ColleagueKnown } from '../../../workflows/stages/review-actions';
import { workingDaysAfter } from '../../../workflows/stages/working-days';
import {
  approved,
  atTheOffice,
  caseworker,
  claimed,
  colleague,
  inReview,
  notified,
  operator,
  otherSupervisor,
  paid,
  portal,
  returned,
  supervisor,
  type Renewal,
} from '../../support/renewals';
import { judged } from '../../support/renewals';

const rejection = { rule: 'photo', reasonRef: 'v_1' };
const escalated = (): Renewal => claimed().does(caseworker, 'escalate').does(supervisor, 'claim');

describe('the photo', () => {
  test('a sure pass is approved by rule', () => expect(approved().due).toBe('order-card'));
  test('doubt goes to a caseworker', () => {
    expect(inReview().wait).toMatchObject({
      what: 'caseworker-decision',
      who: 'caseworker',
      otherwise: 'escalates-to-supervisor',
    });
  });
  test('a sure fail goes back to the applicant', () => {
    const back = paid().happened(judged('fail', 'no-face'), {
      type: 'CaseReturned',
      items: ['photo'],
      reasons: ['no-face'],
    });
    expect(back.due).toBe('notify-returned');
    expect(back.happened(notified('returned-1')).wait).toMatchObject({ what: 'resubmission', who: 'applicant' });
    expect(back.file.review.rounds).toBe(1);
  });
});

describe('the claim is a lease', () => {
  test('of half an hour', () => {
    const mine = claimed();
    expect(mine.file.review.claim).toEqual({ by: 'cw-1', until: mine.later(30 * MINUTE).now });
    expect(mine.alarms['lapse-claim']).toBe(30 * MINUTE);
  });
  test('nobody else has it meanwhile', () => {
    expect(claimed().refusalOf('claim', colleague)).toBe('claimed-by-another');
    expect(claimed().refusalOf('approve', colleague)).toBe('claimed-by-another');
    expect(claimed().refusalOf('claim', supervisor)).toBe('claimed-by-another');
  });
  test('renewed by whoever has it', () => {
    const renewed = claimed()
      .later(20 * MINUTE)
      .does(caseworker, 'claim');
    expect(renewed.log.at(-1)?.event.type).toBe('ClaimRenewed');
    expect(renewed.alarms['lapse-claim']).toBe(30 * MINUTE);
  });
  test('lapsed, it gives no right and stands in nobody’s way', () => {
    const lapsed = claimed().later(30 * MINUTE);
    expect(lapsed.refusalOf('approve', caseworker)).toBe('not-claimed');
    expect(lapsed.refusalOf('claim', colleague)).toBeUndefined();
    expect(lapsed.happened({ type: 'ClaimLapsed' }).file.review.claim).toBeUndefined();
  });
  test('given back', () => {
    expect(claimed().refusalOf('release', colleague)).toBe('claimed-by-another');
    expect(claimed().does(caseworker, 'release').refusalOf('claim', colleague)).toBeUndefined();
  });
  test('no decision without it', () => {
    for (const action of ['approve', 'return', 'recommend-rejection', 'escalate', 'release'])
      expect(inReview().refusalOf(action, caseworker, rejection)).toBe('not-claimed');
  });
  test('given only to a colleague who can decide it', () => {
    const to = (level: () => Renewal, colleague: ColleagueKnown['colleague']): string | undefined => {
      const { file, now } = level();
      const request = { action: 'reassign', actor: supervisor, input: { to: 'new-1' } };
      return refuseAction(idRenewal, file, request, now, { colleague })?.code;
    };
    const escalated = (): Renewal => claimed().does(caseworker, 'escalate', { reasonRef: 'v_1' });
    const office = 'riyadh-1';
    expect(to(claimed, null)).toBe('no-such-colleague');
    expect(to(claimed, { roles: ['operator'], office })).toBe('no-such-colleague');
    expect(to(claimed, { roles: ['caseworker'], office: 'jeddah-1' })).toBe('colleague-of-another-office');
    expect(to(claimed, { roles: ['caseworker'], office })).toBeUndefined();
    expect(to(claimed, { roles: ['supervisor'], office: null })).toBeUndefined();
    expect(to(escalated, { roles: ['caseworker'], office })).toBe('no-such-colleague');
    expect(to(escalated, { roles: ['supervisor'], office })).toBeUndefined();
  });
  test('reassigned by a supervisor', () => {
    const theirs = claimed().does(supervisor, 'reassign', { to: 'cw-2', reasonRef: 'v_1' });
    expect(theirs.refusalOf('approve', caseworker)).toBe('claimed-by-another');
    expect(theirs.refusalOf('approve', colleague)).toBeUndefined();
  });
  test('what was assigned stays with whom it was given to through the next working day, also once they work on it', () => {
    const given = claimed().does(supervisor, 'reassign', { to: 'cw-2', reasonRef: 'v_1' });
    const end = after(workingDaysAfter(given.now, 1), DAY);
    expect(given.file.review.claim).toEqual({ by: 'cw-2', until: end });
    const opened = given.later(31 * MINUTE).does(colleague, 'claim');
    expect(opened.log.at(-1)?.event).toEqual({ type: 'ClaimRenewed', until: end });
    expect(opened.later(2 * HOUR).refusalOf('claim', caseworker)).toBe('claimed-by-another');
    expect(opened.does(colleague, 'release').does(caseworker, 'claim').alarms['lapse-claim']).toBe(30 * MINUTE);
    // Its last minutes are worked on as any claim is: it is renewed.
    const late = given.later(millis(end) - millis(given.now) - MINUTE).does(colleague, 'claim');
    expect(late.alarms['lapse-claim']).toBe(30 * MINUTE);
  });
});

describe('decisions', () => {
  test('a caseworker approves', () => {
    const done = claimed().does(caseworker, 'approve');
    expect(done.due).toBe('order-card');
    expect(done.file.review.claim).toBeUndefined();
    expect(done.file.decisions.at(-1)).toMatchObject({ what: 'approved', by: caseworker });
  });
  test('a supervisor may take a case from the caseworkers’ list', () => {
    expect(inReview().does(supervisor, 'claim').refusalOf('reject', supervisor, rejection)).toBeUndefined();
  });
  test('a caseworker cannot reject, only recommend it', () => {
    expect(claimed().refusalOf('reject', caseworker, rejection)).toBe('not-your-role');
    const recommended = claimed().does(caseworker, 'recommend-rejection', rejection);
    expect(recommended.wait).toMatchObject({ what: 'supervisor-decision', who: 'supervisor' });
    expect(recommended.file.review.claim).toBeUndefined();
    expect(recommended.refusalOf('claim', caseworker)).toBe('supervisor-only');
  });
  test('a supervisor overrides a recommendation', () => {
    const over = claimed()
      .does(caseworker, 'recommend-rejection', rejection)
      .does(supervisor, 'claim')
      .does(supervisor, 'approve');
    expect(over.due).toBe('order-card');
    expect(over.file.decisions.at(-1)).toMatchObject({ what: 'approved', by: supervisor });
  });
  test('rejected: what was paid goes back but the fine', () => {
    const rejected = claimed(100)
      .does(caseworker, 'recommend-rejection', rejection)
      .does(supervisor, 'claim')
      .does(supervisor, 'reject', rejection);
    expect(rejected.status).toBe('COMPENSATING');
    expect(rejected.due).toBe('refund');
    expect(rejected.file.decisions.at(-1)).toMatchObject({
      what: 'rejected',
      by: supervisor,
      rules: [{ rule: 'photo', version: '2024-1' }],
      reasonRef: 'v_1',
    });
  });
});

describe('four eyes', () => {
  const someone: Actor = { id: 'both-1', role: 'caseworker' };
  const promoted: Actor = { id: 'both-1', role: 'supervisor' };
  test.each([
    ['escalated', 'escalate'],
    ['recommended the rejection', 'recommend-rejection'],
  ])('whoever %s does not decide it as a supervisor', (_what, action) => {
    const handled = inReview().does(someone, 'claim').does(someone, action, rejection).does(promoted, 'claim');
    expect(handled.refusalOf('reject', promoted, rejection)).toBe('four-eyes');
    expect(handled.refusalOf('approve', promoted)).toBe('four-eyes');
    const passedOn = handled.does(promoted, 'release').does(otherSupervisor, 'claim');
    expect(passedOn.refusalOf('reject', otherSupervisor, rejection)).toBeUndefined();
  });
  test('whoever returned it does not reject it', () => {
    const again = inReview()
      .does(someone, 'claim')
      .does(someone, 'return', { items: ['photo'] })
      .does(portal, 'resubmit', { photoRef: 'd_second' })
      .happened({ type: 'ReviewOpened', why: ['tilted'] })
      .does(promoted, 'claim');
    expect(again.refusalOf('reject', promoted, rejection)).toBe('four-eyes');
  });
  test('nor is the case given to somebody who handled it', () => {
    const handled = claimed().does(caseworker, 'escalate');
    expect(handled.refusalOf('reassign', supervisor, { to: 'cw-1' })).toBe('four-eyes');
    expect(handled.refusalOf('reassign', supervisor, { to: 'sv-2' })).toBeUndefined();
  });
});

describe('the working-day clock of two days', () => {
  test('warns at 75 % and escalates at 100 %, nights counted', () => {
    expect(inReview().alarms).toEqual({ 'warn-review': 36 * HOUR, 'escalate-review': 48 * HOUR });
  });
  test('does not run on Friday and Saturday', () => {
    const thursday = paid()
      .at('2026-11-05T08:00:00.000Z')
      .happened(judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] });
    // 13 hours are left of Thursday in Riyadh; the rest runs from Sunday.
    expect(thursday.wait.until).toBe('2026-11-09T08:00:00.000Z');
  });
  test('begins on the next working day for a case that comes at the weekend', () => {
    const friday = paid()
      .at('2026-11-06T08:00:00.000Z')
      .happened(judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] });
    expect(friday.wait.until).toBe(startOfRiyadhDay('2026-11-10'));
  });
  test('warned once', () => {
    expect(
      inReview()
        .later(36 * HOUR)
        .happened({ type: 'ReviewWarned' }).alarms,
    ).toEqual({ 'escalate-review': 12 * HOUR });
  });
  test('out of time the case is a supervisor’s, with as long again', () => {
    const late = inReview()
      .later(2 * DAY)
      .happened({ type: 'CaseEscalated', why: 'out-of-time' });
    expect(late.wait).toMatchObject({
      what: 'supervisor-decision',
      who: 'supervisor',
      otherwise: 'supervisor-reminder',
    });
    expect(late.alarms).toEqual({ 'remind-supervisor': 2 * DAY });
    expect(late.refusalOf('claim', caseworker)).toBe('supervisor-only');
    const overdue = late.later(2 * DAY).happened({ type: 'CaseEscalated', why: 'still-overdue' });
    expect(overdue.alarms).toEqual({ 'remind-supervisor': 4 * DAY });
  });
  test('what is a supervisor’s in time goes to nobody else when its time is over', () => {
    expect(escalated().wait).toMatchObject({ what: 'supervisor-decision', otherwise: 'supervisor-reminder' });
  });
  test('a claim is lost when the case escalates', () => {
    expect(
      claimed()
        .later(2 * DAY)
        .happened({ type: 'CaseEscalated', why: 'out-of-time' }).file.review.claim,
    ).toBeUndefined();
  });
  test('stands while the applicant has the ball, and the stop is on record', () => {
    const back = returned().later(5 * DAY);
    const again = back
      .does(portal, 'resubmit', { photoRef: 'd_second' })
      .happened(judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] });
    expect(again.file.review.clock.stops).toEqual([{ from: returned().now, to: again.now, why: 'returned' }]);
    expect(again.alarms['escalate-review']).toBeGreaterThanOrEqual(2 * DAY);
  });
  test('goes on where it stood', () => {
    const spent = inReview()
      .later(DAY)
      .does(caseworker, 'claim')
      .does(caseworker, 'return', { items: ['photo'] });
    const again = spent
      .later(DAY)
      .does(portal, 'resubmit', { photoRef: 'd_second' })
      .happened(judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] });
    expect(again.alarms['escalate-review']).toBe(DAY);
  });
  test('stands while the case is on hold', () => {
    const held = inReview().later(DAY).does(supervisor, 'hold', { reasonRef: 'v_1' });
    const resumed = held.later(DAY).does(supervisor, 'resume', { reasonRef: 'v_1' });
    expect(resumed.alarms).toEqual({ 'warn-review': 12 * HOUR, 'escalate-review': DAY });
    expect(resumed.file.review.clock.stops).toEqual([{ from: held.now, to: resumed.now, why: 'hold' }]);
  });
  test('a hold moves the supervisor’s deadline too', () => {
    const late = inReview()
      .later(2 * DAY)
      .happened({ type: 'CaseEscalated', why: 'out-of-time' });
    const held = late
      .later(HOUR)
      .does(supervisor, 'hold', { reasonRef: 'v_1' })
      .later(DAY)
      .does(supervisor, 'resume', { reasonRef: 'v_1' });
    // From Wednesday on, with the weekend between.
    expect(held.alarms['remind-supervisor']).toBe(2 * DAY - HOUR + 2 * DAY);
  });
  test('so does a round with the applicant', () => {
    const late = inReview()
      .later(2 * DAY)
      .happened({ type: 'CaseEscalated', why: 'out-of-time' })
      .does(supervisor, 'claim');
    const back = late.does(supervisor, 'return', { items: ['photo'] }).at('2026-11-15T08:00:00.000Z');
    const again = back
      .does(portal, 'resubmit', { photoRef: 'd_second' })
      .happened({ type: 'ReviewOpened', why: ['tilted'] });
    expect(again.alarms['remind-supervisor']).toBe(2 * DAY);
  });
});

describe('who decides nothing', () => {
  test('an operator repairs and never decides', () => {
    for (const action of ['claim', 'approve', 'return', 'reject', 'escalate', 'cancel'])
      expect(escalated().refusalOf(action, operator, rejection)).toBe('not-your-role');
  });
  test('nobody hands over a card at another office', () => {
    const elsewhere = { ...caseworker, office: 'jeddah-1' };
    const diverted = atTheOffice();
    expect(diverted.refusalOf('hand-over', caseworker)).toBeUndefined();
    expect(diverted.refusalOf('hand-over', elsewhere)).toBe('another-office');
  });
});
