import type { ActionRule } from '../../../domain/case/model';
import { refusal } from '../../../domain/refusal';
import { reasonRef } from '../../../domain/case/reason';
import { refuseParticipant, unlessRecused } from '../../stages/recusal';
import { leaseUntil, refuseTaken, refuseUnlessClaimed } from '../../stages/review';
import type { AppealEvent } from './events';
import type { AppealFile } from './file';
import { neverWaivedIn } from './appealed';

type Rule = ActionRule<AppealFile, AppealEvent>;
type Refuse = NonNullable<Rule['refuse']>;

/** Nobody who did anything in the appealed case decides the appeal. */
const refuseTheSame: Refuse = (file, actor) => refuseParticipant(file.admitted?.tookPart, actor);

const refuseClaim: Refuse = (file, actor, at, input, known) =>
  refuseTheSame(file, actor, at, input, known) ?? refuseTaken(file.review, actor, at);

const refuseDecision: Refuse = (file, actor, at, input, known) =>
  refuseTheSame(file, actor, at, input, known) ?? refuseUnlessClaimed(file.review, actor, at);

/** What of it the new decision no longer goes by; nothing, where it is only to be made anew on the register as it is. */
const waivesIn = (input: Readonly<Record<string, unknown>>): readonly string[] =>
  (input['waives'] as readonly string[] | undefined) ?? [];

/** What a decision can set aside: what the case was rejected for, less what its type lets nobody decide away. */
const waivable = ({ admitted }: AppealFile): string[] => {
  const never = admitted ? (admitted.neverWaived ?? neverWaivedIn(admitted.original)) : [];
  return (admitted?.rejectedFor ?? []).filter((rule) => !never.includes(rule));
};

const cannotBeWaived = refusal(
  'invalid',
  'rule-cannot-be-waived',
  'What the register holds, and what others have a right to, is not decided away. Have the register corrected first, then allow the appeal with nothing set aside: the case is decided anew on the register as it is.',
  'لا يُتجاوز بقرارٍ ما يثبته السجل وما هو حق لغير المتظلم. يُصحَّح السجل أولًا ثم يُقبل التظلم دون تجاوز أي سبب، فيُنظر في الطلب من جديد وفق السجل كما هو.',
);

const refuseAllowing: Refuse = (file, actor, at, input, known) => {
  const why = refuseDecision(file, actor, at, input, known);
  if (why || !input) return why;
  const waives = waivesIn(input);
  const contested = file.admitted?.rejectedFor ?? [];
  if (waives.some((rule) => !contested.includes(rule))) {
    return refusal(
      'invalid',
      'rule-not-contested',
      `The case was rejected for: ${contested.join(', ')}.`,
      'هذا الشرط ليس من أسباب الرفض.',
    );
  }
  return waives.every((rule) => waivable(file).includes(rule)) ? undefined : cannotBeWaived;
};

export const appealActions: Readonly<Record<string, Rule>> = {
  claim: {
    by: ['supervisor', 'committee'],
    stages: ['IN_REVIEW'],
    title: { ar: 'استلام التظلم', en: 'Claim' },
    needs: 'kinship',
    refuse: unlessRecused(refuseClaim),
    decide: (file, { actor }, at) => [
      { type: file.review.claim?.by === actor.id ? 'ClaimRenewed' : 'CaseClaimed', until: leaseUntil(at) },
    ],
  },
  release: {
    by: ['supervisor', 'committee'],
    stages: ['IN_REVIEW'],
    title: { ar: 'إعادة التظلم إلى القائمة', en: 'Release' },
    refuse: (file, actor, at) => refuseUnlessClaimed(file.review, actor, at),
    decide: () => [{ type: 'ClaimReleased' }],
  },
  uphold: {
    by: ['supervisor', 'committee'],
    stages: ['IN_REVIEW'],
    title: { ar: 'تأييد القرار', en: 'Uphold the decision' },
    weight: 'grave',
    reason: true,
    needs: 'kinship',
    refuse: unlessRecused(refuseDecision),
    decide: (_file, request) => [{ type: 'AppealUpheld', ...reasonRef(request) }],
  },
  allow: {
    by: ['supervisor', 'committee'],
    stages: ['IN_REVIEW'],
    title: { ar: 'قبول التظلم', en: 'Allow the appeal' },
    weight: 'main',
    choices: (file) => ({
      waives: waivable(file).map((value) => ({ value, ruleOf: file.admitted?.original.type ?? file.type })),
    }),
    reason: true,
    needs: 'kinship',
    refuse: unlessRecused(refuseAllowing),
    decide: (_file, request) => [{ type: 'AppealAllowed', waives: waivesIn(request.input), ...reasonRef(request) }],
  },
  cancel: {
    by: ['portal'],
    stages: ['IN_REVIEW'],
    title: { ar: 'سحب التظلم', en: 'Withdraw the appeal' },
    decide: (_file, request) => [{ type: 'CancellationRequested', ...reasonRef(request) }],
  },
};
