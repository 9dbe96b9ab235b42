import { addDays, type LocalDate } from '../../domain/time';
import type { GeneratedPerson } from '../people';
import type { CaseView } from '../portal';
import type { Scene } from '../scene';
import { reached, type Stage } from '../stage';
import { approve, leftBy, refused, report, requireRefusedBy, requireTotal, type Story } from './acts';
import { FATHERS_COUSIN, MOTHERS_COUSIN, type Cast } from './cast';

interface Newborn {
  readonly given: { readonly ar: string; readonly en: string };
  readonly sex: 'M' | 'F';
  readonly daysAgo: number;
}

/** Born in the story; the register gives them their numbers. */
export const NEWBORNS = {
  forgotten: { given: { ar: 'سلطان', en: 'Sultan' }, sex: 'M', daysAgo: 1000 },
  late: { given: { ar: 'لمى', en: 'Lama' }, sex: 'F', daysAgo: 330 },
  newest: { given: { ar: 'أحمد', en: 'Ahmed' }, sex: 'M', daysAgo: 5 },
} as const satisfies Record<string, Newborn>;

/** What `late` is called once her name was corrected. */
export const RENAMED = { ...NEWBORNS.late, given: { ar: 'لمياء', en: 'Lamia' } } as const satisfies Newborn;

/** A child has the father's names after its own. */
export function nameOfNewborn({ family: { father } }: Cast, { given }: Newborn): { nameAr: string; nameEn: string } {
  const line = [father.name.given, father.name.father, father.name.family];
  return {
    nameAr: [given, ...line].map(({ ar }) => ar).join(' '),
    nameEn: [given, ...line].map(({ en }) => en).join(' '),
  };
}

const birthOf = ({ cast }: Story, newborn: Newborn, on: LocalDate) => ({
  event: 'birth',
  on,
  father: cast.family.father.identityNumber,
  mother: cast.family.mother.identityNumber,
  child: {
    ...nameOfNewborn(cast, newborn),
    sex: newborn.sex,
    birthPlaceAr: cast.family.father.address.city.ar,
    birthPlaceEn: cast.family.father.address.city.en,
  },
});

function reportBirth(
  stage: Stage,
  story: Story,
  key: string,
  reporter: GeneratedPerson,
  newborn: Newborn,
  { reference, ...differs }: { readonly reference?: string; readonly child?: object } = {},
): Promise<CaseView> {
  const { father, mother } = story.cast.family;
  const on = addDays(story.today, -newborn.daysAgo);
  const notice = { kind: 'birth' as const, on, people: [father.identityNumber, mother.identityNumber] };
  const application = birthOf(story, newborn, on);
  return report(
    stage,
    key,
    reporter,
    { ...application, child: { ...application.child, ...differs.child } },
    { ...notice, ...(reference ? { reference } : {}) },
  );
}

/** The hospital's notice of the newest child, which both parents quote. */
const NOTICE = 'HSP-newest';

export function births(story: Story): Scene[] {
  const { cast, today, left } = story;
  const { father, mother } = cast.family;
  return [
    {
      key: 'birth-late',
      way: 'birth: ten months late, fined, approved by a supervisor',
      ends: 'COMPLETED',
      async play(stage) {
        const view = await reportBirth(stage, story, 'birth-late', father, NEWBORNS.late);
        requireTotal(view, 5_000);
        await approve(stage, view.id, 'staff-202');
        return view.id;
      },
    },
    {
      key: 'committee-kin',
      way: "committee: the mother's cousin may not vote",
      ends: 'REFUSED',
      async play(stage) {
        const view = await reportBirth(stage, story, 'birth-forgotten', mother, NEWBORNS.forgotten);
        requireTotal(view, 15_000);
        await stage.until(view.id, 'the committee', reached('COMMITTEE'));
        const ballot = { vote: 'approve', reason: 'The hospital’s notice proves it.' };
        return refused(stage, MOTHERS_COUSIN, { caseId: view.id, action: 'vote', input: ballot }, 'related-official');
      },
    },
    {
      key: 'committee-twice',
      way: 'committee: a member who has voted may not vote again',
      ends: 'REFUSED',
      after: ['committee-kin'],
      async play(stage) {
        const caseId = stage.caseId('family-registration', 'birth-forgotten');
        const input = { vote: 'approve', reason: 'The hospital’s notice proves it.' };
        await (await stage.staff('staff-301')).act(caseId, 'vote', input);
        return refused(stage, 'staff-301', { caseId, action: 'vote', input }, 'voted-already');
      },
    },
    {
      key: 'birth-forgotten',
      way: 'birth: three years late, two of a committee against one',
      ends: 'COMPLETED',
      after: ['committee-twice'],
      async play(stage) {
        const caseId = stage.caseId('family-registration', 'birth-forgotten');
        const ballots = [
          { sub: 'staff-302', vote: 'reject', rule: 'evidence-insufficient', reason: 'Three years are a long time.' },
          { sub: 'staff-304', vote: 'approve', reason: 'The child is known to the school.' },
        ];
        for (const { sub, ...ballot } of ballots) await (await stage.staff(sub)).act(caseId, 'vote', ballot);
        return caseId;
      },
    },
    {
      key: 'birth-twice',
      way: 'birth: both parents report it at once, one is told so',
      ends: 'REJECTED',
      async play(stage) {
        const views = await Promise.all([
          reportBirth(stage, story, 'birth-by-father', father, NEWBORNS.newest, { reference: NOTICE }),
          reportBirth(stage, story, 'birth-by-mother', mother, NEWBORNS.newest, { reference: NOTICE }),
        ]);
        const [twice, ...more] = views.filter(({ refusedBy }) => refusedBy);
        const kept = views.find(({ refusedBy }) => !refusedBy);
        if (!twice || !kept || more.length > 0) throw new Error(`${more.length + (twice ? 1 : 0)} of two were refused`);
        left.set('birth', kept.id);
        return requireRefusedBy(twice, 'already-reported');
      },
    },
    {
      key: 'birth-kin',
      way: "review: the father's cousin may not take the case",
      ends: 'REFUSED',
      after: ['birth-twice'],
      async play(stage) {
        const caseId = leftBy(story, 'birth');
        await stage.until(caseId, 'a review', reached('IN_REVIEW'));
        return refused(stage, FATHERS_COUSIN, { caseId, action: 'claim' }, 'related-official');
      },
    },
    {
      key: 'birth',
      way: 'birth: in time, approved by another caseworker',
      ends: 'COMPLETED',
      after: ['birth-kin'],
      async play(stage) {
        const caseId = leftBy(story, 'birth');
        await approve(stage, caseId, 'staff-102');
        return caseId;
      },
    },
    {
      key: 'birth-of-another-spelling',
      way: 'birth: the aunt reports it too, by another notice: the same',
      ends: 'LINKED',
      after: ['birth'],
      async play(stage) {
        const { nameAr } = nameOfNewborn(cast, NEWBORNS.newest);
        const view = await reportBirth(stage, story, 'birth-by-aunt', cast.aunt, NEWBORNS.newest, {
          child: { nameAr: nameAr.replace('أ', 'ا') },
        });
        await stage.until(view.id, 'a supervisor', reached('DUPLICATE_REVIEW'));
        const supervisor = await stage.staff('staff-202');
        const { candidates } = await supervisor.expect<{ candidates: { ref: string; score: number }[] }>(
          200,
          'GET',
          `/v1/cases/${view.id}/family`,
        );
        await supervisor.act(view.id, 'same-event', { of: candidates[0]?.ref, reason: 'One child, two notices.' });
        return view.id;
      },
    },
    {
      key: 'birth-by-minor',
      way: 'refused: a reporter of 17',
      ends: 'REJECTED',
      async play(stage) {
        const on = addDays(today, -2);
        const view = await report(stage, 'birth-by-minor', cast.eldest, birthOf(story, NEWBORNS.newest, on), {
          kind: 'birth',
          on,
          people: [father.identityNumber, mother.identityNumber],
        });
        return requireRefusedBy(view, 'reporter-of-age');
      },
    },
    {
      key: 'birth-before-mother',
      way: "refused: a birth before the mother's",
      ends: 'REJECTED',
      async play(stage) {
        const on = addDays(mother.birthDate, -1);
        const people = [father.identityNumber, mother.identityNumber];
        const application = birthOf(story, NEWBORNS.newest, on);
        const view = await report(stage, 'birth-before-mother', father, application, { kind: 'birth', on, people });
        return requireRefusedBy(view, 'parents-older');
      },
    },
    {
      key: 'birth-tomorrow',
      way: 'refused: a birth in the future',
      ends: 'REJECTED',
      async play(stage) {
        const view = await reportBirth(stage, story, 'birth-tomorrow', father, { ...NEWBORNS.newest, daysAgo: -1 });
        return requireRefusedBy(view, 'event-date-in-future');
      },
    },
  ];
}
