import type { ActionRequest, ActionRule } from '../../../domain/case/model';
import { refusal } from '../../../domain/refusal';
import { unlessKin } from '../../stages/recusal';
import { leaseUntil, refuseUnlessClaimed } from '../../stages/review';
import { millis } from '../../../domain/time';
import type { AppealEvent } from './events';
import type { AppealFile } from './file';
import { appealPolicy } from './policy';

type Rule = ActionRule<AppealFile, AppealEvent>;
type Refuse = NonNullable<Rule['refuse']>;

const reasonRef = (request: ActionRequest): { reasonRef?: string } => {
  const ref = request.input['reasonRef'];
  return typeof ref === 'string' ? { reasonRef: ref } : {};
};

/** Nobody who did anything in the appealed case decides the appeal. */
const refuseParticipant: Refuse = (file, actor) =>
  file.admitted?.tookPart.includes(actor.id)
    ? refusal(
        'forbidden',
        'took-part',
        'You took part in the appealed case: somebody else has to decide the appeal.',
        'سبق أن شاركتَ في الحالة المتظلَّم منها، ويجب أن يبتّ في التظلم شخص آخر.',
      )
    : undefined;

const refuseClaim: Refuse = (file, actor, at, input, known) => {
  const { claim } = file.review;
  const taken = claim && claim.by !== actor.id && millis(claim.until) > millis(at);
  return (
    refuseParticipant(file, actor, at, input, known) ??
    (taken
      ? refusal(
          'not-now',
          'claimed-by-another',
          'Somebody else is working on this case.',
          'موظف آخر يعمل على هذه الحالة.',
        )
      : undefined)
  );
};

const refuseDecision: Refuse = (file, actor, at, input, known) =>
  refuseParticipant(file, actor, at, input, known) ?? refuseUnlessClaimed(file.review, actor, at);

/** What a decision can set aside: what the case was rejected for, less what only the register can change. */
const waivable = (file: AppealFile): string[] => {
  const { neverWaived } = appealPolicy(file.policyVersion);
  return (file.admitted?.rejectedFor ?? []).filter((rule) => !neverWaived.value.includes(rule));
};

const cannotBeWaived = refusal(
  'invalid',
  'rule-cannot-be-waived',
  'What the register holds is not decided away: have the register corrected first.',
  'لا يُتجاوز هذا الشرط بقرار؛ يلزم تصحيح السجل أولًا.',
);

const refuseAllowing: Refuse = (file, actor, at, input, known) => {
  const why = refuseDecision(file, actor, at, input, known);
  if (why) return why;
  if (!input) return waivable(file).length === 0 ? cannotBeWaived : undefined;
  const waives = input['waives'] as readonly string[];
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
    refuse: unlessKin(refuseClaim),
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
    refuse: unlessKin(refuseDecision),
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
    refuse: unlessKin(refuseAllowing),
    decide: (_file, request) => [
      { type: 'AppealAllowed', waives: request.input['waives'] as string[], ...reasonRef(request) },
    ],
  },
  cancel: {
    by: ['portal'],
    stages: ['IN_REVIEW'],
    title: { ar: 'سحب التظلم', en: 'Withdraw the appeal' },
    decide: (_file, request) => [{ type: 'CancellationRequested', ...reasonRef(request) }],
  },
};
