import { newDecisionCaseId } from '../../domain/case/following';
import { addDays } from '../../domain/time';
import type { Scene } from '../scene';
import { reached } from '../stage';
import { approve, consent, leftBy, refused, reportOfCouple, requireRefusedBy, type Story } from './acts';

export function marriages(story: Story): Scene[] {
  const { cast, today, left } = story;
  const { uncle, aunt, formerWife, suitor, bride } = cast;
  const grandfather = cast.family.paternalGrandparents[0];
  const daysAgo = (days: number): string => addDays(today, -days);
  return [
    {
      key: 'divorce',
      way: 'divorce: recorded as the court decided it',
      ends: 'COMPLETED',
      async play(stage) {
        const { id } = await reportOfCouple(stage, 'divorce', uncle, 'divorce', daysAgo(45), [uncle, formerWife]);
        await approve(stage, id, 'staff-102');
        return id;
      },
    },
    {
      key: 'marriage',
      way: 'marriage: the wife consents, rejected by a supervisor',
      ends: 'REJECTED',
      after: ['divorce'],
      async play(stage) {
        const { id } = await reportOfCouple(stage, 'marriage', uncle, 'marriage', daysAgo(10), [uncle, aunt]);
        await consent(stage, id, aunt);
        await stage.until(id, 'a review', reached('IN_REVIEW'));
        const rule = 'event-not-proved';
        const supervisor = await stage.staff('staff-201');
        await supervisor.act(id, 'claim');
        await supervisor.act(id, 'reject', { rule, reason: 'It cannot be read.' });
        return id;
      },
    },
    {
      key: 'appeal-kept-from',
      way: 'appeal: who rejected the marriage may not decide it',
      ends: 'REFUSED',
      after: ['marriage'],
      async play(stage) {
        const original = stage.caseId('family-registration', 'marriage');
        const log = await stage.portal.expect<object>(200, 'GET', `/v1/cases/${original}/events`);
        left.set('log of the marriage', JSON.stringify(log));
        const { id } = await stage.portal.file('appeal', 'appeal', uncle.identityNumber, {
          case: original,
          grounds: 'The contract can be read: here is a better copy of it.',
        });
        return refused(stage, 'staff-201', { caseId: id, action: 'claim' }, 'took-part');
      },
    },
    {
      key: 'appeal',
      way: 'appeal: allowed by another supervisor',
      ends: 'ALLOWED',
      after: ['appeal-kept-from'],
      async play(stage) {
        const id = stage.caseId('appeal', 'appeal');
        const supervisor = await stage.staff('staff-202');
        await supervisor.act(id, 'claim');
        await supervisor.act(id, 'allow', { waives: ['event-not-proved'], reason: 'The better copy proves it.' });
        return id;
      },
    },
    {
      key: 'marriage-anew',
      way: 'marriage: decided anew on the same facts, the old log as it was',
      ends: 'COMPLETED',
      after: ['appeal'],
      async play(stage) {
        const original = stage.caseId('family-registration', 'marriage');
        const id = newDecisionCaseId(stage.caseId('appeal', 'appeal'), original);
        await consent(stage, id, aunt);
        await stage.until(id, 'a review', reached('IN_REVIEW'));
        // Neither who rejected it nor who allowed the appeal.
        for (const sub of ['staff-201', 'staff-202'])
          await refused(stage, sub, { caseId: id, action: 'claim' }, 'took-part');
        await approve(stage, id, 'staff-102');
        const log = await stage.portal.expect<object>(200, 'GET', `/v1/cases/${original}/events`);
        if (JSON.stringify(log) !== leftBy(story, 'log of the marriage'))
          throw new Error('the appealed log has changed');
        return id;
      },
    },
    {
      key: 'consent-of-another',
      way: 'consent: somebody who was not asked gives it',
      ends: 'REFUSED',
      async play(stage) {
        const { id } = await reportOfCouple(stage, 'wedding', suitor, 'marriage', daysAgo(3), [suitor, bride]);
        await stage.until(id, 'a consent', reached('AWAITING_CONSENT'));
        const input = { person: aunt.identityNumber };
        return refused(stage, 'portal', { caseId: id, action: 'consent', input }, 'consent-not-asked');
      },
    },
    {
      key: 'consent-withdrawn',
      way: 'consent: the bride gives it and withdraws it',
      ends: 'REJECTED',
      after: ['consent-of-another'],
      async play(stage) {
        const id = stage.caseId('family-registration', 'wedding');
        await consent(stage, id, bride);
        await stage.until(id, 'a review', reached('IN_REVIEW'));
        await stage.portal.act(id, 'withdraw-consent', { person: bride.identityNumber });
        return id;
      },
    },
    {
      key: 'marriage-of-the-married',
      way: 'refused: a marriage of a woman who is married',
      ends: 'REJECTED',
      async play(stage) {
        const couple = [suitor, cast.family.mother] as const;
        const view = await reportOfCouple(stage, 'marriage-of-the-married', suitor, 'marriage', daysAgo(1), couple);
        return requireRefusedBy(view, 'spouse-limit');
      },
    },
    {
      key: 'marriage-of-the-dead',
      way: 'refused: a marriage of somebody registered as dead',
      ends: 'REJECTED',
      after: ['death', 'divorce'],
      async play(stage) {
        const couple = [grandfather, formerWife] as const;
        const view = await reportOfCouple(stage, 'marriage-of-the-dead', formerWife, 'marriage', daysAgo(1), couple);
        return requireRefusedBy(view, 'alive');
      },
    },
  ];
}
