import type { ActionRule } from '../../../domain/case/model';
import { refusal, type Refusal } from '../../../domain/refusal';
import type { DeliveryChoice } from '../../stages/delivery';
import { refuseWhileResetting } from '../../stages/operators';
import { reasonRef } from '../../../domain/case/reason';
import { refuseUnlessClaimed } from '../../stages/review';
import { refuseDecision, reviewActions } from '../../stages/review-actions';
import type { RenewalEvent, ReturnedItem } from './events';
import type { RenewalFile } from './file';
import { renewalPolicy } from './policy';

type Rule = ActionRule<RenewalFile, RenewalEvent>;

const roundsUsedUp = (file: RenewalFile): boolean =>
  file.review.rounds >= renewalPolicy(file.policyVersion).returnRounds.value;

/** What the look-up `address` gives. */
export interface AddressKnown {
  readonly hasAddress: boolean;
}

const fieldOf = { photo: 'photoRef', delivery: 'delivery' } as const satisfies Record<ReturnedItem, string>;

/** What was asked for has to come, and nothing else: the rest of the application was decided, and paid, as it is. */
function refuseItems(items: readonly ReturnedItem[], input: Readonly<Record<string, unknown>>): Refusal | undefined {
  const given = (item: ReturnedItem): boolean => input[fieldOf[item]] !== undefined;
  const missing = items.filter((item) => !given(item));
  if (missing.length > 0)
    return refusal(
      'invalid',
      'returned-items-missing',
      `Still missing: ${missing.join(', ')}.`,
      `لم تُستكمل جميع البنود المطلوبة: ${missing.join('، ')}.`,
    );
  const unasked = (['photo', 'delivery'] as const).filter((item) => given(item) && !items.includes(item));
  return unasked.length > 0
    ? refusal(
        'invalid',
        'not-asked-for',
        `Nobody asked for: ${unasked.join(', ')}. Only what was sent back can be changed.`,
        `لم يُطلب استكمال: ${unasked.join('، ')}. ولا يمكن تغيير إلا ما أُعيد للاستكمال.`,
      )
    : undefined;
}

/** The price is frozen with the quote: another way of delivery costs something else, so it takes an application of its own. */
function refuseDelivery(was: DeliveryChoice, chosen: DeliveryChoice, known: unknown): Refusal | undefined {
  if (chosen.method !== was.method)
    return refusal(
      'invalid',
      'delivery-costs-otherwise',
      'Courier and pickup cost differently: cancel, which gives the money back, and file anew.',
      'تختلف رسوم التوصيل عن الاستلام: ألغِ الطلب ليُرد المبلغ ثم قدّم طلبًا جديدًا.',
    );
  return chosen.method === 'courier' && known !== undefined && !(known as AddressKnown).hasAddress
    ? refusal(
        'invalid',
        'national-address',
        'There is no national address to deliver to: register one first.',
        'لا يوجد عنوان وطني مسجل للتوصيل: سجّل العنوان أولًا.',
      )
    : undefined;
}

const { claim, release, approve, ...otherReviewActions } = reviewActions;

/** In the order in which they are offered. */
export const renewalActions: Readonly<Record<string, Rule>> = {
  claim,
  release,
  approve,
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
  ...otherReviewActions,
  resubmit: {
    by: ['portal'],
    stages: ['RETURNED'],
    title: { ar: 'إعادة التقديم', en: 'Resubmit' },
    needs: 'address',
    refuse: (file, _actor, _at, input, known) => {
      if (!input) return undefined;
      const chosen = input['delivery'] as DeliveryChoice | undefined;
      return refuseItems(file.returned?.items ?? [], input) ?? (chosen && refuseDelivery(file.delivery, chosen, known));
    },
    decide: (_file, { input }) => [
      {
        type: 'ApplicationResubmitted',
        ...(input['photoRef'] ? { photoRef: input['photoRef'] as string } : {}),
        ...(input['delivery'] ? { delivery: input['delivery'] as DeliveryChoice } : {}),
      },
    ],
  },
  /**
   * Until printing starts, in an incident too: what failed on the way is then no longer wanted, and everything is taken back. Not on
   * hold: what a supervisor has stopped to look into stays as it is, its deadlines stand still, and the supervisor is reminded of it.
   */
  cancel: {
    by: ['portal'],
    stages: ['SUBMITTED', 'AWAITING_PAYMENT', 'PHOTO_CHECK', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'PRINT_QUEUED'],
    title: { ar: 'إلغاء الطلب', en: 'Cancel' },
    evenInIncident: true,
    refuse: refuseWhileResetting,
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
