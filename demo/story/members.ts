import { firstCardCaseId } from '../../domain/case/following';
import { addDays } from '../../domain/time';
import type { GeneratedPerson } from '../people';
import type { CaseView } from '../portal';
import type { Scene } from '../scene';
import { reached, type Stage } from '../stage';
import { approve, leftBy, photoOf, report, requireRefusedBy, type Story } from './acts';

const identify = async (stage: Stage, key: string, by: GeneratedPerson, member: GeneratedPerson): Promise<CaseView> =>
  report(stage, key, by, {
    event: 'member-identification',
    member: member.identityNumber,
    photo: await photoOf(stage, member),
  });

export function members(story: Story): Scene[] {
  const { cast, today, left } = story;
  const { father, mother, paternalGrandparents } = cast.family;
  const [grandfather, grandmother] = paternalGrandparents;
  return [
    {
      key: 'identified-twice',
      way: 'identification: both parents at once, one is told so',
      ends: 'REJECTED',
      async play(stage) {
        const views = await Promise.all([
          identify(stage, 'son-by-father', father, cast.son),
          identify(stage, 'son-by-mother', mother, cast.son),
        ]);
        const again = await identify(stage, 'son-by-father', father, cast.son);
        const twice = views.filter(({ refusedBy }) => refusedBy);
        const kept = views.find(({ refusedBy }) => !refusedBy);
        if (!twice[0] || !kept || twice.length > 1) throw new Error(`${twice.length} of two were refused`);
        if (again.id !== views[0].id) throw new Error('the same key was two cases');
        left.set('identification', kept.id);
        // Which of the two it is depends on how far the other one has come.
        return requireRefusedBy(twice[0], 'already-reported', 'already-identified');
      },
    },
    {
      key: 'identification',
      way: 'identification: the son, by nobody but the rules',
      ends: 'COMPLETED',
      after: ['identified-twice'],
      play: async () => leftBy(story, 'identification'),
    },
    {
      key: 'first-card',
      way: "the son's first card, a case of its own",
      ends: 'COMPLETED',
      after: ['identification'],
      play: async () => firstCardCaseId(leftBy(story, 'identification')),
    },
    {
      key: 'identification-of-daughter',
      way: 'identification: the daughter, by the mother',
      ends: 'COMPLETED',
      play: async (stage) => (await identify(stage, 'daughter-by-mother', mother, cast.daughter)).id,
    },
    {
      key: 'first-card-of-daughter',
      way: "the daughter's first card, a case of its own",
      ends: 'COMPLETED',
      after: ['identification-of-daughter'],
      play: async (stage) => firstCardCaseId(stage.caseId('family-registration', 'daughter-by-mother')),
    },
    {
      key: 'cycle',
      way: 'refused: a son who would be the father of his mother',
      ends: 'REJECTED',
      async play(stage) {
        const on = addDays(today, -1);
        const view = await report(
          stage,
          'cycle',
          cast.uncle,
          {
            event: 'member-identification',
            member: grandmother.identityNumber,
            relation: 'father',
            photo: await photoOf(stage, grandmother),
          },
          { kind: 'family-link', on, people: [cast.uncle.identityNumber, grandmother.identityNumber] },
        );
        return requireRefusedBy(view, 'no-cycle');
      },
    },
    {
      key: 'death',
      way: 'death: the grandfather, who was renewing his card',
      ends: 'COMPLETED',
      async play(stage) {
        const renewal = stage.caseId('id-renewal', 'renewal-of-grandfather');
        await stage.script(renewal, { 'card-bureau': 'manual' });
        await stage.portal.file('renewal-of-grandfather', 'id-renewal', grandfather.identityNumber, {
          photo: await photoOf(stage, grandfather),
          delivery: { method: 'courier' },
          reason: 'damaged',
        });
        await stage.until(renewal, 'the printing', reached('PRINT_QUEUED'));
        const on = addDays(today, -3);
        const people = [grandfather.identityNumber];
        const application = { event: 'death', on, deceased: grandfather.identityNumber };
        const { id } = await report(stage, 'death', father, application, { kind: 'death', on, people });
        await approve(stage, id, 'staff-102');
        return id;
      },
    },
    {
      key: 'renewal-of-grandfather',
      way: 'his open renewal: closed and refunded',
      ends: 'CANCELLED',
      after: ['death'],
      async play(stage) {
        const id = stage.caseId('id-renewal', 'renewal-of-grandfather');
        await stage.until(id, 'its end', reached('CANCELLED'));
        const { items } = await stage.portal.expect<{ items: { type: string }[] }>(
          200,
          'GET',
          `/v1/cases/${id}/events`,
        );
        if (!items.some(({ type }) => type === 'RefundMade')) throw new Error(`${id} was not refunded`);
        return id;
      },
    },
  ];
}
