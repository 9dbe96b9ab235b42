import type { ActionRequest, ActionRule } from '../../../domain/case/model';
import { refusal } from '../../../domain/refusal';
import { leaseUntil, refuseClaim, refuseSameEyes, refuseUnlessClaimed } from '../../stages/review';
import type { DeliveryChoice, RenewalEvent, ReturnedItem } from './events';
import type { RenewalFile } from './file';
import { renewalPolicy } from './policy';

type Rule = ActionRule<RenewalFile, RenewalEvent>;

const reasonRef = (request: ActionRequest): { reasonRef?: string } => {
  const ref = request.input['reasonRef'];
  return typeof ref === 'string' ? { reasonRef: ref } : {};
};

/** At the supervisor's level only a supervisor decides, and never one who handled the case. */
const refuseDecision: Rule['refuse'] = (file, actor, at) => {
  if (file.review.level === 'supervisor' || actor.role === 'supervisor') {
    return (
      refuseClaim(file.review, actor, at) ??
      refuseSameEyes(file.review, actor) ??
      refuseUnlessClaimed(file.review, actor, at)
    );
  }
  return refuseUnlessClaimed(file.review, actor, at);
};

const roundsUsedUp = (file: RenewalFile): boolean =>
  file.review.rounds >= renewalPolicy(file.policyVersion).returnRounds.value;

export const renewalActions: Readonly<Record<string, Rule>> = {
  claim: {
    by: ['caseworker', 'supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'استلام الحالة', en: 'Claim' },
    refuse: (file, actor, at) => refuseClaim(file.review, actor, at),
    decide: (file, { actor }, at) => [
      { type: file.review.claim?.by === actor.id ? 'ClaimRenewed' : 'CaseClaimed', until: leaseUntil(at) },
    ],
  },
  release: {
    by: ['caseworker', 'supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'إعادة الحالة إلى القائمة', en: 'Release' },
    refuse: (file, actor, at) => refuseUnlessClaimed(file.review, actor, at),
    decide: () => [{ type: 'ClaimReleased' }],
  },
  approve: {
    by: ['caseworker', 'supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'اعتماد', en: 'Approve' },
    weight: 'main',
    refuse: refuseDecision,
    decide: (_file, request) => [
      {
        type: 'CaseApproved',
        by: request.actor.role === 'supervisor' ? 'supervisor' : 'caseworker',
        ...reasonRef(request),
      },
    ],
  },
  return: {
    by: ['caseworker', 'supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'إعادة إلى مقدم الطلب', en: 'Return to the applicant' },
    reason: true,
    refuse: (file, actor, at, input) =>
      file.review.level === 'supervisor'
        ? refuseDecision(file, actor, at, input)
        : refuseUnlessClaimed(file.review, actor, at),
    decide: (file, request) =>
      // After the last round a return ends the case: another one would only keep the applicant waiting.
      roundsUsedUp(file)
        ? [{ type: 'EndingStarted', why: 'return-rounds-used-up', ...reasonRef(request) }]
        : [
            {
              type: 'CaseReturned',
              items: request.input['items'] as ReturnedItem[],
              reasons: [],
              ...reasonRef(request),
            },
          ],
  },
  'recommend-rejection': {
    by: ['caseworker'],
    stages: ['IN_REVIEW'],
    title: { ar: 'التوصية بالرفض', en: 'Recommend rejection' },
    weight: 'grave',
    reason: true,
    refuse: (file, actor, at) => refuseUnlessClaimed(file.review, actor, at),
    decide: (_file, request) => [
      { type: 'RejectionRecommended', rule: request.input['rule'] as string, ...reasonRef(request) },
    ],
  },
  escalate: {
    by: ['caseworker'],
    stages: ['IN_REVIEW'],
    title: { ar: 'تصعيد إلى المشرف', en: 'Escalate to a supervisor' },
    reason: true,
    refuse: (file, actor, at) => refuseUnlessClaimed(file.review, actor, at),
    decide: (_file, request) => [{ type: 'CaseEscalated', why: 'by-caseworker', ...reasonRef(request) }],
  },
  reject: {
    by: ['supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'رفض', en: 'Reject' },
    weight: 'grave',
    reason: true,
    refuse: refuseDecision,
    decide: (_file, request) => [
      { type: 'CaseRejected', rule: request.input['rule'] as string, ...reasonRef(request) },
    ],
  },
  reassign: {
    by: ['supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'إسناد إلى موظف آخر', en: 'Reassign' },
    reason: true,
    refuse: (file, _actor, _at, input) =>
      input && file.review.level === 'supervisor' && file.review.handledBy.includes(String(input['to']))
        ? refusal('invalid', 'four-eyes', 'That colleague handled this case already.', 'سبق لهذا الموظف معالجة الحالة.')
        : undefined,
    decide: (_file, request, at) => [
      { type: 'CaseReassigned', to: request.input['to'] as string, until: leaseUntil(at), ...reasonRef(request) },
    ],
  },
  resubmit: {
    by: ['portal'],
    stages: ['RETURNED'],
    title: { ar: 'إعادة التقديم', en: 'Resubmit' },
    refuse: (file, _actor, _at, input) => {
      if (!input) return undefined;
      const missing = (file.returned?.items ?? []).filter(
        (item) => input[item === 'photo' ? 'photoRef' : 'delivery'] === undefined,
      );
      return missing.length > 0
        ? refusal(
            'invalid',
            'returned-items-missing',
            `Still missing: ${missing.join(', ')}.`,
            'لم تُستكمل جميع البنود المطلوبة.',
          )
        : undefined;
    },
    decide: (_file, { input }) => [
      {
        type: 'ApplicationResubmitted',
        ...(input['photoRef'] ? { photoRef: input['photoRef'] as string } : {}),
        ...(input['delivery'] ? { delivery: input['delivery'] as DeliveryChoice } : {}),
      },
    ],
  },
  cancel: {
    by: ['portal'],
    stages: ['AWAITING_PAYMENT', 'PHOTO_CHECK', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'PRINT_QUEUED'],
    title: { ar: 'إلغاء الطلب', en: 'Cancel' },
    decide: (_file, request) => [{ type: 'CancellationRequested', ...reasonRef(request) }],
  },
  'hand-over': {
    by: ['caseworker', 'supervisor'],
    stages: ['READY_FOR_PICKUP'],
    title: { ar: 'تسليم البطاقة', en: 'Hand the card over' },
    refuse: (file, actor) =>
      file.parcel?.office && actor.office !== file.parcel.office
        ? refusal('forbidden', 'another-office', 'The card is at another office.', 'البطاقة في مكتب آخر.')
        : undefined,
    decide: () => [{ type: 'CardHandedOver', how: 'collected' }],
  },
};
