import type { Lookups, Steps, StepContext } from '../../../activities/step';
import {
  askBeforeClosing,
  askPayment,
  closePayment,
  expirePayment,
  keepPayment,
  refundNext,
  requestPayment,
} from '../../../activities/stages/payment';
import { colleagueOf } from '../../../activities/stages/colleague';
import { notify } from '../../../activities/stages/notify';
import { OutsideFailure } from '../../../domain/failures';
import { reviewSteps } from '../../stages/review';
import type { AddressKnown } from './actions';
import { askBureau, destroyCard, keepCard, orderCard, recallCard, releaseCard, swapCards } from './card-steps';
import { checkPhoto, validate } from './checking-steps';
import {
  askCourier,
  cancelParcel,
  dispatch,
  divertToOffice,
  keepParcel,
  redeliver,
  takeCardBack,
} from './delivery-steps';
import type { EndReason, RenewalEvent } from './events';
import type { RenewalFile } from './file';
import { renewalMessages, type RenewalMessage } from './messages';
import { outcomeOf, owedRefunds, receiveRenewal } from './next';
import { renewalPolicy } from './policy';

type Context = StepContext<RenewalFile, RenewalEvent>;

const tell = (ctx: Context, template: RenewalMessage, once: string = template): Promise<void> =>
  notify(ctx, renewalMessages(renewalPolicy(ctx.file.policyVersion))[template], once);

async function remindPickup(ctx: Context): Promise<void> {
  await tell(ctx, 'pickup-reminder');
  ctx.emit({ type: 'PickupReminded' });
}

/** For whom the register lets no card be. */
const NO_CARD: ReadonlyMap<string, EndReason> = new Map([
  ['person-died', 'subject-died'],
  ['identity-revoked', 'identity-revoked'],
]);

/** The death may have been registered, or the birth revoked, a moment ago: the case ends by it, whether it was told or not. */
const unlessNoMore =
  (step: (ctx: Context) => Promise<void>) =>
  async (ctx: Context): Promise<void> => {
    try {
      await step(ctx);
    } catch (error) {
      const why = error instanceof OutsideFailure && error.kind === 'refused' ? NO_CARD.get(error.code) : undefined;
      if (!why) throw error;
      ctx.emit({ type: 'EndingStarted', why });
    }
  };

async function close(ctx: Context): Promise<void> {
  await askBeforeClosing(ctx, receiveRenewal);
  ctx.emit({ type: 'CaseClosed', outcome: outcomeOf(ctx.file) });
}

/** Facts from outside that actions rest on. */
export const renewalLookups: Lookups<RenewalFile> = {
  colleague: ({ ports, input }) => colleagueOf(ports, input['to']),
  address: async ({ ports, file }): Promise<AddressKnown> => ({
    hasAddress: (await ports.register.facts(file.subject))?.hasAddress === true,
  }),
};

export const renewalSteps: Steps<RenewalFile, RenewalEvent> = {
  validate,
  'request-payment': (ctx) => requestPayment(ctx, 'id-renewal'),
  'ask-payment': (ctx) => askPayment(ctx, receiveRenewal),
  'remind-payment': async (ctx) => {
    await tell(ctx, 'payment-reminder');
    ctx.emit({ type: 'PaymentReminded' });
  },
  'expire-payment': async (ctx) => {
    if (await expirePayment(ctx, receiveRenewal)) ctx.emit({ type: 'EndingStarted', why: 'payment-expired' });
  },
  'close-payment': (ctx) => closePayment(ctx, receiveRenewal),
  refund: (ctx) => refundNext(ctx, owedRefunds),
  'keep-payment': keepPayment,
  'check-photo': checkPhoto,
  'keep-card': keepCard,
  'keep-parcel': keepParcel,
  'cancel-parcel': cancelParcel,
  'order-card': unlessNoMore(orderCard),
  'ask-bureau': askBureau,
  'recall-card': recallCard,
  'give-up-cancelling': async (ctx) => ctx.emit({ type: 'CardRecallTooLate' }),
  'notify-too-late': (ctx) => tell(ctx, 'too-late-to-cancel'),
  'destroy-card': destroyCard,
  'release-card': releaseCard,
  dispatch,
  'notify-dispatched': (ctx) => tell(ctx, 'on-its-way'),
  'ask-courier': askCourier,
  redeliver,
  'divert-to-office': divertToOffice,
  'notify-ready': (ctx) => tell(ctx, 'ready-for-pickup'),
  'notify-returned': (ctx) => tell(ctx, 'returned', `returned-${ctx.file.review.rounds}`),
  'notify-ended': (ctx) => tell(ctx, 'ended'),
  'remind-pickup': remindPickup,
  'take-card-back': takeCardBack,
  'swap-cards': unlessNoMore(swapCards),
  'expire-returned': async (ctx) => ctx.emit({ type: 'EndingStarted', why: 'returned-not-answered' }),
  close,
  ...Object.fromEntries(
    Object.entries(reviewSteps).map(([name, say]) => [name, async (ctx: Context) => ctx.emit(say())]),
  ),
};
