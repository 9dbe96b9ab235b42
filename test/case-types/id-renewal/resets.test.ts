import { DAY } from '../../../domain/time';
import {
  caseworker,
  inReview,
  judged,
  operator,
  otherOperator,
  supervisor,
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
