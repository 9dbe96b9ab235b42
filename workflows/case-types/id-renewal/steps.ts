import type { Lookups, Steps, StepContext } from '../../../activities/step';
import {
  closePayment,
  askPayment,
  expirePayment,
  keepPayment,
  refundNext,
  requestPayment,
} from '../../../activities/stages/payment';
import { asking } from '../../../activities/stages/ask';
import { colleagueOf } from '../../../activities/stages/colleague';
import { notify } from '../../../activities/stages/notify';
import { OutsideFailure } from '../../../domain/failures';
import { officeIn } from '../../../domain/policies/offices';
import { judgePhoto, judgePhotoAge, type PhotoVerdict } from '../../../domain/photo-verdict';
import { addYears, ageOn, riyadhDate } from '../../../domain/time';
import { reviewSteps } from '../../stages/review';
import type { AddressKnown } from './actions';
import { answersFor, assess, validationRules } from './eligibility';
import type { RenewalEvent } from './events';
import { officeOf, type RenewalFile } from './file';
import { renewalMessages, type RenewalMessage } from './messages';
import { outcomeOf, owedRefunds, receiveRenewal } from './next';
import { renewalPolicy, validityYears } from './policy';

type Context = StepContext<RenewalFile, RenewalEvent>;

const tell = (ctx: Context, template: RenewalMessage, once: string = template): Promise<void> =>
  notify(ctx, renewalMessages(renewalPolicy(ctx.file.policyVersion))[template], once);

function cardOf({ file }: Context): NonNullable<RenewalFile['card']> {
  if (!file.card) throw new OutsideFailure('defect', 'case', 'no-card', 'The case has no card in this step.');
  return file.card;
}

function parcelOf({ file }: Context): NonNullable<RenewalFile['parcel']> {
  if (!file.parcel) throw new OutsideFailure('defect', 'case', 'no-parcel', 'The case has no parcel in this step.');
  return file.parcel;
}

/** What the register says of a guardian's right; nothing is asked where nobody applies as one. */
async function guardianOf({ file, ports, at }: Context): Promise<{ guardianLinked?: boolean }> {
  const { guardian, subject } = file;
  if (guardian === undefined) return {};
  const [graph, facts] = await Promise.all([ports.family.graph([subject, guardian]), ports.register.facts(guardian)]);
  return { guardianLinked: facts?.diedOn === null && answersFor(graph, guardian, subject, riyadhDate(at)) };
}

async function validate(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  // First the place, then the look: a renewal that ends in between is seen in the register.
  const { heldBy } = await ports.log.takePlace(`renewal/${file.subject}`, file.id);
  const [facts, photo, guardian] = await Promise.all([
    ports.register.facts(file.subject),
    ports.documents.find(file.photoRef),
    guardianOf(ctx),
  ]);
  const assessed = assess(
    file,
    facts && { ...facts, ...guardian },
    renewalPolicy(file.policyVersion),
    riyadhDate(ctx.at),
  );
  const refusedBy = 'refusedBy' in assessed ? assessed.refusedBy : [];
  if (facts && photo?.person !== file.subject) refusedBy.push('photo-usable');
  if (refusedBy.length === 0 && heldBy !== file.id) refusedBy.push('no-other-open-renewal');
  if (refusedBy.length > 0 || 'refusedBy' in assessed) {
    ctx.emit({ type: 'ApplicationRefused', rules: refusedBy });
    return;
  }
  // Who files for a lost card has reported it lost: nobody is to pass with it while the new one is made.
  if (file.reason === 'lost' && file.lostOn && facts?.card?.status === 'valid')
    await ports.register.reportLost({
      person: file.subject,
      serial: facts.card.serial,
      lostOn: file.lostOn,
      caseId: file.id,
    });
  ctx.emit({ type: 'ApplicationValidated', facts: assessed.facts, quote: assessed.quote, rules: validationRules });
}

/**
 * A photo that came with a resubmission may be somebody else's, or none: such a one is no better than a bad one. How old it is tell
 * the day on which it first came here, the card that it is on already, and its camera.
 */
async function judged(ctx: Context): Promise<{ verdict: PhotoVerdict['verdict']; reasons: string[] }> {
  const { photoRef, subject, policyVersion } = ctx.file;
  const { documents, portraits } = ctx.ports;
  const [photo, enrolled] = await Promise.all([documents.find(photoRef), portraits.of(subject)]);
  if (!photo?.measurement || photo.person !== subject) return { verdict: 'fail', reasons: ['photo-usable'] };
  const policy = renewalPolicy(policyVersion);
  const { takenOn } = photo.measurement;
  const cameHere = riyadhDate(photo.uploadedAt);
  const seenOn = enrolled?.documentRef === photoRef && enrolled.takenOn < cameHere ? enrolled.takenOn : cameHere;
  const dates = { seenOn, ...(takenOn ? { takenOn } : {}) };
  const age = judgePhotoAge(dates, riyadhDate(ctx.at), policy.photoMaxAge.value);
  const { verdict, reasons } = judgePhoto(photo.measurement, policy.photo.value);
  const tooOld = age === 'fail' || (age === 'doubt' && verdict !== 'fail') ? ['too-old'] : [];
  return {
    verdict: age === 'fail' ? 'fail' : age === 'doubt' && verdict === 'pass' ? 'doubt' : verdict,
    reasons: [...(age === 'fail' && verdict === 'doubt' ? [] : reasons.map(({ rule }) => rule)), ...tooOld],
  };
}

async function checkPhoto(ctx: Context): Promise<void> {
  const { file } = ctx;
  if (!file.photo) {
    ctx.emit({ type: 'PhotoJudged', photoRef: file.photoRef, ...(await judged(ctx)) });
  }
  const photo = ctx.file.photo;
  const accepted = photo?.verdict === 'pass' || file.appeal?.waived.includes('photo');
  if (accepted && file.review.why.length === 0) ctx.emit({ type: 'CaseApproved', by: 'rule' });
  else if (photo?.verdict !== 'fail')
    ctx.emit({ type: 'ReviewOpened', why: photo?.reasons.length ? photo.reasons : ['resubmitted'] });
  else if (file.review.rounds >= renewalPolicy(file.policyVersion).returnRounds.value)
    ctx.emit({ type: 'EndingStarted', why: 'return-rounds-used-up' });
  else ctx.emit({ type: 'CaseReturned', items: ['photo'], reasons: photo.reasons });
}

/** Reserves a serial and orders the card under it; the reservation is on record before the bureau is asked. */
async function orderCard(ctx: Context): Promise<void> {
  const { ports, file } = ctx;
  const unreleased = file.failedPrints.find((print) => !print.released);
  if (unreleased) {
    await ports.register.releaseCard({
      key: ctx.key(`release-${unreleased.serial}`),
      serial: unreleased.serial,
      caseId: file.id,
    });
    ctx.emit({ type: 'CardReleased', serial: unreleased.serial });
  }
  const { facts } = file;
  if (!facts) throw new OutsideFailure('defect', 'case', 'not-validated', 'The case was never validated.');
  if (!file.photo)
    throw new OutsideFailure(
      'refused',
      'case',
      'photo-not-judged',
      'Nobody has judged this photo: reset the case to "check-photo".',
    );
  const policy = renewalPolicy(file.policyVersion);
  const attempt = file.failedPrints.length + 1;
  // Each retry of the incident allows one more print beyond the attempts that the case makes by itself.
  if (attempt > policy.printAttempts.value && !file.incident?.retrying) {
    throw new OutsideFailure(
      'refused',
      'card-bureau',
      'print-failed-repeatedly',
      `The bureau failed to print this card ${file.failedPrints.length} times.`,
    );
  }
  const [identity, photo] = await Promise.all([
    ports.register.identity(file.subject),
    ports.documents.get(file.photoRef),
  ]);
  if (!photo)
    throw new OutsideFailure('defect', 'documents', 'photo-missing', 'The photo is not in the document store.');
  if (photo.person !== file.subject)
    throw new OutsideFailure(
      'refused',
      'documents',
      'photo-not-theirs',
      'The photo is of somebody else than the case.',
    );
  if (!file.card) {
    const { serial } = await ports.register.reserveCard({
      key: ctx.key(`reserve-${attempt}`),
      person: file.subject,
      type: facts.documentType,
      caseId: file.id,
    });
    const issuedOn = riyadhDate(ctx.at);
    const years = validityYears(policy.documents[facts.documentType], ageOn(identity.birthDate, issuedOn));
    ctx.emit({ type: 'CardReserved', serial, issuedOn, expiresOn: addYears(issuedOn, years), attempt });
  }
  const { serial, issuedOn, expiresOn } = cardOf(ctx);
  const orderKey = orderKeyOf(ctx);
  const card = { ...identity, documentType: facts.documentType, serial, issuedOn, expiresOn, photo: photo.bytes };
  const { orderId } = await ports.cardBureau.order({ key: orderKey, caseId: file.id, serial, card });
  ctx.emit({ type: 'CardOrdered', orderId, orderKey });
}

const orderKeyOf = (ctx: Context): string => ctx.key(`print-${cardOf(ctx).attempt}`);

async function askBureau(ctx: Context): Promise<void> {
  const { serial, orderId } = cardOf(ctx);
  if (!orderId) return;
  const asked = await asking(ctx, () => ctx.ports.cardBureau.state(orderId));
  if ('unanswered' in asked) return ctx.emit({ type: 'BureauAsked', unanswered: asked.unanswered });
  const { status } = asked.answer;
  if (status === 'printed') ctx.emit({ type: 'CardPrinted', orderId, serial });
  else if (status === 'failed') ctx.emit({ type: 'CardPrintFailed', orderId, reason: 'told-when-asked' });
  else ctx.emit({ type: 'BureauAsked' });
}

async function recallCard(ctx: Context): Promise<void> {
  const { serial, orderId, attempt } = cardOf(ctx);
  const { recalled } = await ctx.ports.cardBureau.recall({
    key: ctx.key(`recall-${attempt}`),
    orderKey: orderKeyOf(ctx),
  });
  if (recalled) ctx.emit({ type: 'CardOrderRecalled' });
  else if (ctx.file.ending?.why === 'cancelled-by-applicant') ctx.emit({ type: 'CardRecallTooLate' });
  // Only a cancellation can come too late: any other ending goes on with a card that exists.
  else ctx.emit({ type: 'CardPrinted', orderId: orderId ?? orderKeyOf(ctx), serial });
}

async function destroyCard(ctx: Context): Promise<void> {
  const { serial } = cardOf(ctx);
  await ctx.ports.cardBureau.destroy({ key: ctx.key(`destroy-${serial}`), serial });
  ctx.emit({ type: 'CardDestroyed', serial });
}

async function releaseCard(ctx: Context): Promise<void> {
  const serial = ctx.file.failedPrints.find((print) => !print.released)?.serial ?? cardOf(ctx).serial;
  await ctx.ports.register.releaseCard({ key: ctx.key(`release-${serial}`), serial, caseId: ctx.file.id });
  ctx.emit({ type: 'CardReleased', serial });
}

async function dispatch(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  const { serial } = cardOf(ctx);
  const { delivery } = file;
  const contact = await ports.register.contact(file.subject);
  const toAddress = delivery.method === 'courier' && contact.address;
  const to = toAddress ? { address: toAddress } : { office: officeOf(file) };
  const { parcelId } = await ports.courier.book({
    key: ctx.key(file.parcelsCancelled ? `parcel-${serial}-${file.parcelsCancelled + 1}` : `parcel-${serial}`),
    caseId: file.id,
    serial,
    to,
  });
  ctx.emit({ type: 'CardDispatched', parcelId, to: toAddress ? 'address' : 'office' });
}

/** After a reset that kept the card: not ordered again, only asked after. */
async function keepCard(ctx: Context): Promise<void> {
  const { orderId } = cardOf(ctx);
  if (!orderId) throw new OutsideFailure('defect', 'case', 'no-card-kept', 'The case has no card order to keep.');
  ctx.emit({ type: 'CardKept', orderId });
  if (ctx.file.stage === 'PRINT_QUEUED') await askBureau(ctx);
}

async function keepParcel(ctx: Context): Promise<void> {
  ctx.emit({ type: 'ParcelKept', parcelId: parcelOf(ctx).parcelId });
  await askCourier(ctx);
}

async function cancelParcel(ctx: Context): Promise<void> {
  const { parcelId } = parcelOf(ctx);
  const { cancelled } = await ctx.ports.courier.cancel({ key: ctx.key(`cancel-${parcelId}`), parcelId });
  if (!cancelled)
    throw new OutsideFailure(
      'refused',
      'courier',
      'parcel-on-its-way',
      'The courier can no longer take the parcel back: reset again and keep it.',
    );
  ctx.emit({ type: 'ParcelCancelled', parcelId });
}

async function askCourier(ctx: Context): Promise<void> {
  const asked = await asking(ctx, () => ctx.ports.courier.state(parcelOf(ctx).parcelId));
  if ('unanswered' in asked) return ctx.emit({ type: 'CourierAsked', unanswered: asked.unanswered });
  if (hear(ctx, asked.answer.status) === 0) ctx.emit({ type: 'CourierAsked' });
}

/** Takes over what the courier says of the parcel, as if its message had come. Answers how much of it was new. */
function hear(ctx: Context, status: string): number {
  const { parcelId } = parcelOf(ctx);
  const type = {
    delivered: 'parcel.delivered',
    collected: 'parcel.collected',
    'ready-for-pickup': 'parcel.ready-for-pickup',
    returned: 'parcel.returned',
    failed: 'parcel.failed',
  } as const;
  const told = Object.hasOwn(type, status) ? type[status as keyof typeof type] : undefined;
  const message = { id: `asked-${parcelId}-${status}`, caseId: ctx.file.id, parcelId, reason: 'told-when-asked' };
  const news = told ? receiveRenewal(ctx.file, { ...message, type: told }) : [];
  if (news === 'later') return 0;
  news.forEach((event) => ctx.emit(event));
  return news.length;
}

async function redeliver(ctx: Context): Promise<void> {
  const { parcelId, failures } = parcelOf(ctx);
  await ctx.ports.courier.redeliver({ key: ctx.key(`redeliver-${failures}`), parcelId });
  ctx.emit({ type: 'RedeliveryAsked' });
}

async function divertToOffice(ctx: Context): Promise<void> {
  const { parcelId, failures } = parcelOf(ctx);
  // Nobody has to collect in another city what could not be brought in theirs.
  const { address } = await ctx.ports.register.contact(ctx.file.subject);
  const office = (address && officeIn(address.city)) ?? ctx.file.office;
  try {
    await ctx.ports.courier.divertToOffice({ key: ctx.key(`divert-${failures}`), parcelId, office });
    ctx.emit({ type: 'DivertedToOffice', office });
  } catch (error) {
    // A failure that was heard of by asking may be told once more, by a message that was late: the courier is past it.
    if (
      !(error instanceof OutsideFailure) ||
      error.kind !== 'refused' ||
      (await ctx.ports.courier.state(parcelId)).status === 'failed'
    )
      throw error;
    ctx.emit({ type: 'DeliveryFailureWithdrawn' });
  }
}

async function remindPickup(ctx: Context): Promise<void> {
  await tell(ctx, 'pickup-reminder');
  ctx.emit({ type: 'PickupReminded' });
}

/** The courier is asked first: the card may have been collected or returned, and the message of it lost. */
async function takeCardBack(ctx: Context): Promise<void> {
  const { parcelId } = parcelOf(ctx);
  const { status } = await ctx.ports.courier.state(parcelId);
  if (hear(ctx, status) > 0) return;
  if (status === 'delivered' || status === 'collected') return ctx.emit({ type: 'CardNotRecovered', parcelId });
  await ctx.ports.courier.returnToIssuer({ key: ctx.key('take-back'), parcelId: parcelOf(ctx).parcelId });
  ctx.emit({
    type: 'CardReturnedToIssuer',
    why: ctx.file.ending?.why === 'subject-died' ? 'subject-died' : 'uncollected',
  });
}

/** The point of no return: one register transaction makes the new card valid and ends the old one. */
async function swapCards(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  const { serial, issuedOn, expiresOn } = cardOf(ctx);
  const type = file.facts?.documentType ?? 'national-id';
  await ports.register.swapCards({
    key: ctx.key('swap'),
    person: file.subject,
    caseId: file.id,
    serial,
    type,
    issuedOn,
    expiresOn,
  });
  ctx.emit({ type: 'CardsSwapped', serial });
}

/** The death may have been registered a moment ago: the case ends by it, whether it was told already or not. */
const unlessDied =
  (step: (ctx: Context) => Promise<void>) =>
  async (ctx: Context): Promise<void> => {
    try {
      await step(ctx);
    } catch (error) {
      if (!(error instanceof OutsideFailure && error.kind === 'refused' && error.code === 'person-died')) throw error;
      ctx.emit({ type: 'EndingStarted', why: 'subject-died' });
    }
  };

async function close(ctx: Context): Promise<void> {
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
  'close-payment': closePayment,
  refund: (ctx) => refundNext(ctx, owedRefunds),
  'keep-payment': keepPayment,
  'check-photo': checkPhoto,
  'keep-card': keepCard,
  'keep-parcel': keepParcel,
  'cancel-parcel': cancelParcel,
  'order-card': unlessDied(orderCard),
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
  'swap-cards': unlessDied(swapCards),
  'expire-returned': async (ctx) => ctx.emit({ type: 'EndingStarted', why: 'returned-not-answered' }),
  close,
  ...Object.fromEntries(
    Object.entries(reviewSteps).map(([name, say]) => [name, async (ctx: Context) => ctx.emit(say())]),
  ),
};
