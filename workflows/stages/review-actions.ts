import type { ActionRule, CaseFile, Role } from '../../domain/case/model';
import { refusal, type Refusal } from '../../domain/refusal';
import { reasonRef } from '../../domain/case/reason';
import { refuseColleagueWhoTookPart, refuseParticipant, refuseWaived } from './recusal';
import {
  assignedUntil,
  leaseUntil,
  refuseClaim,
  refuseSameEyes,
  refuseUnlessClaimed,
  renewedUntil,
  type ReviewEvent,
  type ReviewFile,
} from './review';

type Reviewed = CaseFile & { readonly review: ReviewFile };

export type DecisionEvent =
  | { readonly type: 'CaseApproved'; readonly by: 'caseworker' | 'supervisor'; readonly reasonRef?: string }
  | { readonly type: 'CaseRejected'; readonly rule: string; readonly reasonRef?: string };

type Rule<F extends Reviewed> = ActionRule<F, ReviewEvent | DecisionEvent>;
type Refuse<F extends Reviewed> = NonNullable<Rule<F>['refuse']>;

/** At the supervisor's level only a supervisor decides, and never one who handled the case, or the one that was appealed. */
export const refuseDecision: Refuse<Reviewed> = ({ review, appeal }, actor, at) =>
  refuseParticipant(appeal?.tookPart, actor) ??
  (review.level === 'supervisor' || actor.role === 'supervisor'
    ? (refuseClaim(review, actor, at) ?? refuseSameEyes(review, actor) ?? refuseUnlessClaimed(review, actor, at))
    : refuseUnlessClaimed(review, actor, at));

const refuseUnclaimed: Refuse<Reviewed> = ({ review }, actor, at) => refuseUnlessClaimed(review, actor, at);

/** What the look-up `colleague` gives: null for somebody whom the staff directory does not know. */
export interface ColleagueKnown {
  readonly colleague: { readonly roles: readonly Role[]; readonly office: string | null } | null;
}

/** A case goes to somebody who can decide it: else nobody could, until the lease is over. */
function refuseColleague({ review, office }: Reviewed, to: string, known: unknown): Refusal | undefined {
  if (review.level === 'supervisor' && review.handledBy.includes(to))
    return refusal(
      'invalid',
      'four-eyes',
      'That colleague handled this case already.',
      'سبق لهذا الموظف معالجة الحالة.',
    );
  const { colleague } = (known ?? {}) as Partial<ColleagueKnown>;
  // Whoever only asks what could be done has nobody looked up.
  if (colleague === undefined) return undefined;
  const able: readonly Role[] = review.level === 'supervisor' ? ['supervisor'] : ['caseworker', 'supervisor'];
  if (!colleague?.roles.some((role) => able.includes(role)))
    return refusal(
      'invalid',
      'no-such-colleague',
      `Nobody of this number is known who could decide this case: it takes a ${able.join(' or a ')} who has signed in before.`,
      'لا يُعرف موظف بهذا الرقم تخوّله صلاحياته البتّ في الحالة.',
    );
  return colleague.office !== null && colleague.office !== office
    ? refusal('invalid', 'colleague-of-another-office', 'That colleague is at another office.', 'الموظف في مكتب آخر.')
    : undefined;
}

/** The actions of a review, which every case type that has one shares. */
export const reviewActions = {
  claim: {
    by: ['caseworker', 'supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'استلام الحالة', en: 'Claim' },
    refuse: ({ review, appeal }, actor, at) =>
      refuseParticipant(appeal?.tookPart, actor) ?? refuseClaim(review, actor, at),
    decide: ({ review: { claim } }, { actor }, at) => [
      claim?.by === actor.id
        ? { type: 'ClaimRenewed', until: renewedUntil(claim, at) }
        : { type: 'CaseClaimed', until: leaseUntil(at) },
    ],
  },
  release: {
    by: ['caseworker', 'supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'إعادة الحالة إلى القائمة', en: 'Release' },
    refuse: refuseUnclaimed,
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
  'recommend-rejection': {
    by: ['caseworker'],
    stages: ['IN_REVIEW'],
    title: { ar: 'التوصية بالرفض', en: 'Recommend rejection' },
    weight: 'grave',
    reason: true,
    refuse: (file, actor, at, input) => refuseUnclaimed(file, actor, at) ?? refuseWaived(file, input?.['rule']),
    decide: (_file, request) => [
      { type: 'RejectionRecommended', rule: request.input['rule'] as string, ...reasonRef(request) },
    ],
  },
  escalate: {
    by: ['caseworker'],
    stages: ['IN_REVIEW'],
    title: { ar: 'تصعيد إلى المشرف', en: 'Escalate to a supervisor' },
    reason: true,
    refuse: refuseUnclaimed,
    decide: (_file, request) => [{ type: 'CaseEscalated', why: 'by-caseworker', ...reasonRef(request) }],
  },
  reject: {
    by: ['supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'رفض', en: 'Reject' },
    weight: 'grave',
    reason: true,
    refuse: (file, actor, at, input) => refuseDecision(file, actor, at) ?? refuseWaived(file, input?.['rule']),
    decide: (_file, request) => [
      { type: 'CaseRejected', rule: request.input['rule'] as string, ...reasonRef(request) },
    ],
  },
  reassign: {
    by: ['supervisor'],
    stages: ['IN_REVIEW'],
    title: { ar: 'إسناد إلى موظف آخر', en: 'Reassign' },
    reason: true,
    needs: 'colleague',
    refuse: (file, _actor, _at, input, known) =>
      input === undefined
        ? undefined
        : (refuseColleagueWhoTookPart(file, String(input['to'])) ?? refuseColleague(file, String(input['to']), known)),
    decide: (_file, request, at) => [
      { type: 'CaseReassigned', to: request.input['to'] as string, until: assignedUntil(at), ...reasonRef(request) },
    ],
  },
} as const satisfies Readonly<Record<string, Rule<Reviewed>>>;
