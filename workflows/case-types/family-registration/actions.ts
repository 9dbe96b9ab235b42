import type { ActionRequest, ActionRule } from '../../../domain/case/model';
import { refusal } from '../../../domain/refusal';
import { refuseWhileResetting } from '../../stages/operators';
import { refuseSameEyes, refuseUnlessClaimed } from '../../stages/review';
import { reviewActions } from '../../stages/review-actions';
import { reasonRef } from '../../../domain/case/reason';
import { refuseKinOfColleague, refuseWaived, unlessRecused } from '../../stages/recusal';
import type { FamilyCaseEvent } from './events';
import type { FamilyFile, FamilyStage } from './file';
import { familyPolicy } from './policy';

type Rule = ActionRule<FamilyFile, FamilyCaseEvent>;
type Refuse = NonNullable<Rule['refuse']>;

const nothing: Refuse = () => undefined;

const refuseNoticeDecision: Refuse = (file, actor) => {
  if (!file.notice.overdueSince)
    return refusal('not-now', 'notice-still-awaited', 'The notice is still awaited.', 'ما زال الإشعار منتظرًا.');
  return file.notice.escalatedAt && actor.role !== 'supervisor'
    ? refusal('forbidden', 'supervisor-only', 'This case has gone to a supervisor.', 'أُحيلت هذه الحالة إلى المشرف.')
    : undefined;
};

const consentOf = (file: FamilyFile, input: Readonly<Record<string, unknown>> | undefined) =>
  file.consent.people.find(({ person }) => person === input?.['person']);

/** Only somebody who was asked can answer, and only once. */
const refuseConsent: Refuse = (file, _actor, _at, input) => {
  if (!input) return undefined;
  const asked = consentOf(file, input);
  if (!asked)
    return refusal(
      'invalid',
      'consent-not-asked',
      'This person was not asked for a consent.',
      'لم تُطلب موافقة هذا الشخص.',
    );
  return asked.state === 'asked'
    ? undefined
    : refusal('not-now', 'consent-answered', 'This person has answered already.', 'سبق لهذا الشخص الرد.');
};

/** Before anybody is named, it is offered where there is a consent at all. */
const refuseWithdrawal: Refuse = (file, _actor, _at, input) => {
  if (!input) {
    if (file.consent.people.some(({ state }) => state === 'given')) return undefined;
    return refusal(
      'not-now',
      'consent-not-given',
      'Nobody has consented: there is nothing to withdraw.',
      'لم يوافق أحد، فلا موافقة تُسحب.',
    );
  }
  const given = consentOf(file, input);
  if (!given)
    return refusal(
      'invalid',
      'consent-not-asked',
      'This person was not asked for a consent.',
      'لم تُطلب موافقة هذا الشخص.',
    );
  return given.state === 'given'
    ? undefined
    : refusal(
        'not-now',
        'consent-not-given',
        'There is no consent of this person to withdraw.',
        'لا توجد موافقة لهذا الشخص لسحبها.',
      );
};

/** Without a consent a case ends, or it is disputed and the committee's; which, says the policy. */
function withoutConsent(file: FamilyFile, event: FamilyCaseEvent): FamilyCaseEvent[] {
  const rules = familyPolicy(file.policyVersion).events[file.event];
  if (rules.withoutConsent.value === 'ends')
    return [event, { type: 'EndingStarted', why: 'consent-refused', rule: 'consent' }];
  if (file.stage !== 'IN_REVIEW') return [event];
  // Whoever had the case in hand has looked into it, and does not sit in its committee.
  const heldBy = file.review.claim?.by;
  return [event, { type: 'CommitteeConvened', why: ['disputed'], ...(heldBy ? { heldBy } : {}) }];
}

const person = (request: ActionRequest): string => request.input['person'] as string;

const refuseVote: Refuse = (file, actor, _at, input) => {
  if (file.votes.some(({ by }) => by === actor.id))
    return refusal('not-now', 'voted-already', 'You have voted on this case already.', 'سبق أن صوّتَّ على هذه الحالة.');
  const [against, rule] = [input?.['vote'] === 'reject', input?.['rule']];
  if (against && rule === undefined)
    return refusal(
      'invalid',
      'rule-needed',
      'A vote against names the rule that it rests on.',
      'يُذكر مع التصويت بالرفض السبب الذي يستند إليه.',
    );
  return refuseSameEyes(file.review, actor) ?? refuseWaived(file, against ? rule : undefined);
};

/** The vote, and what it comes to once one side has the majority. */
function vote(file: FamilyFile, request: ActionRequest): FamilyCaseEvent[] {
  const choice = request.input['vote'] as 'approve' | 'reject';
  const rule = request.input['rule'] as string;
  const cast: FamilyCaseEvent = {
    type: 'VoteCast',
    vote: choice,
    ...(choice === 'reject' ? { rule } : {}),
    ...reasonRef(request),
  };
  const { members } = familyPolicy(file.policyVersion).committee.value;
  const same = file.votes.filter((other) => other.vote === choice).length + 1;
  if (same * 2 <= members) return [cast];
  return [cast, choice === 'approve' ? { type: 'CaseApproved', by: 'committee' } : { type: 'CaseRejected', rule }];
}

/**
 * What became of a candidate: one that ended without an entry would take this event with it. Of two open reports the later is
 * linked to the earlier, so that two people who decide at once never link each to the other.
 */
export type CandidateState = 'stands' | 'gone' | 'filed-later';

const refuseCandidate: Refuse = (file, _actor, _at, input, known) => {
  if (!input) return undefined;
  if (!file.duplicates?.candidates.some(({ ref }) => ref === input['of']))
    return refusal('invalid', 'no-such-candidate', 'That is none of the candidates.', 'ليس من بين الوقائع المحتملة.');
  switch ((known as { readonly candidate?: CandidateState } | undefined)?.candidate) {
    case 'gone':
      return refusal(
        'not-now',
        'candidate-gone',
        'That report ended without an entry in the register: this one is the event.',
        'انتهى ذلك البلاغ دون قيد في السجل، فهذه هي الواقعة.',
      );
    case 'filed-later':
      return refusal(
        'not-now',
        'candidate-filed-later',
        'That report came later and is still open: link it to this one, or wait until it is registered.',
        'ذلك البلاغ أحدث ولم يُبت فيه بعد: اضممه إلى هذه الحالة أو انتظر تسجيله.',
      );
    case 'stands':
    case undefined:
      return undefined;
  }
};

/** One of the actions that every review has, closed to kin and to whoever decided before. */
const ofNoKin = (rule: Rule): Rule => ({ ...rule, needs: 'kinship', refuse: unlessRecused(rule.refuse ?? nothing) });

const consentable: readonly FamilyStage[] = ['AWAITING_CONSENT', 'AWAITING_PAYMENT', 'IN_REVIEW', 'COMMITTEE'];

export const familyActions: Readonly<Record<string, Rule>> = {
  claim: ofNoKin(reviewActions.claim),
  release: reviewActions.release,
  approve: ofNoKin(reviewActions.approve),
  'recommend-rejection': ofNoKin(reviewActions['recommend-rejection']),
  // Kin may hand a case on: that is what is wanted of them.
  escalate: reviewActions.escalate,
  reject: ofNoKin(reviewActions.reject),
  reassign: {
    ...reviewActions.reassign,
    needs: 'kin-of-colleague',
    refuse: unlessRecused(
      (file, actor, at, input, known) =>
        refuseKinOfColleague(known) ?? reviewActions.reassign.refuse(file, actor, at, input, known),
    ),
  },
  'refer-to-committee': {
    by: ['caseworker', 'supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'إحالة إلى اللجنة', en: 'Refer to the committee' },
    reason: true,
    needs: 'kinship',
    refuse: unlessRecused((file, actor, at) => refuseUnlessClaimed(file.review, actor, at)),
    decide: (_file, request) => [{ type: 'CommitteeConvened', why: ['disputed'], ...reasonRef(request) }],
  },
  vote: {
    by: ['committee'],
    stages: ['COMMITTEE'],
    title: { ar: 'التصويت', en: 'Vote' },
    weight: 'main',
    reason: true,
    needs: 'kinship',
    refuse: unlessRecused(refuseVote),
    decide: vote,
  },
  'accept-notice': {
    by: ['caseworker', 'supervisor'],
    stages: ['EVIDENCE_CHECK'],
    title: { ar: 'قبول الإثبات', en: 'Accept the evidence' },
    weight: 'main',
    reason: true,
    needs: 'kinship',
    refuse: unlessRecused(refuseNoticeDecision),
    decide: (_file, request) => [{ type: 'NoticeAccepted', ...reasonRef(request) }],
  },
  'reject-notice': {
    by: ['supervisor'],
    stages: ['EVIDENCE_CHECK'],
    title: { ar: 'رفض لعدم الإثبات', en: 'Reject for want of evidence' },
    weight: 'grave',
    reason: true,
    needs: 'kinship',
    refuse: unlessRecused(refuseNoticeDecision),
    decide: (_file, request) => [{ type: 'CaseRejected', rule: 'notice', ...reasonRef(request) }],
  },
  'same-event': {
    by: ['supervisor'],
    stages: ['DUPLICATE_REVIEW'],
    title: { ar: 'الواقعة نفسها', en: 'It is the same event' },
    choices: ({ duplicates }) => ({ of: (duplicates?.candidates ?? []).map(({ ref }) => ({ value: ref })) }),
    reason: true,
    needs: 'candidate',
    refuse: unlessRecused(refuseCandidate),
    decide: (_file, request) => [{ type: 'EventFoundSame', of: request.input['of'] as string, ...reasonRef(request) }],
  },
  'distinct-event': {
    by: ['supervisor'],
    stages: ['DUPLICATE_REVIEW'],
    title: { ar: 'واقعة مستقلة', en: 'It is another event' },
    weight: 'main',
    reason: true,
    needs: 'kinship',
    refuse: unlessRecused(nothing),
    decide: (_file, request) => [{ type: 'EventFoundDistinct', ...reasonRef(request) }],
  },
  consent: {
    by: ['portal'],
    stages: ['AWAITING_CONSENT'],
    title: { ar: 'الموافقة', en: 'Consent' },
    refuse: refuseConsent,
    decide: (_file, request) => [{ type: 'ConsentGiven', person: person(request) }],
  },
  'refuse-consent': {
    by: ['portal'],
    stages: ['AWAITING_CONSENT'],
    title: { ar: 'رفض الموافقة', en: 'Refuse consent' },
    refuse: refuseConsent,
    decide: (file, request) => withoutConsent(file, { type: 'ConsentRefused', person: person(request) }),
  },
  'withdraw-consent': {
    by: ['portal'],
    stages: consentable,
    title: { ar: 'سحب الموافقة', en: 'Withdraw consent' },
    refuse: refuseWithdrawal,
    decide: (file, request) => withoutConsent(file, { type: 'ConsentWithdrawn', person: person(request) }),
  },
  /** Until it is being registered, in an incident too: what failed on the way is then no longer wanted. */
  cancel: {
    by: ['portal'],
    stages: ['ELIGIBILITY', 'EVIDENCE_CHECK', 'DUPLICATE_CHECK', 'DUPLICATE_REVIEW', ...consentable],
    title: { ar: 'إلغاء الطلب', en: 'Cancel' },
    evenInIncident: true,
    refuse: refuseWhileResetting,
    decide: (_file, request) => [{ type: 'CancellationRequested', ...reasonRef(request) }],
  },
};
