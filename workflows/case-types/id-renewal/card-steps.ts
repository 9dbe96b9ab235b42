import type { StepContext } from '../../../activities/step';
import { asking } from '../../../activities/stages/ask';
import { OutsideFailure } from '../../../domain/failures';
import { addYears, ageOn } from '../../../domain/time';
import type { RenewalEvent } from './events';
import type { RenewalFile } from './file';
import { renewalPolicy, validityYears } from './policy';

type Context = StepContext<RenewalFile, RenewalEvent>;

export function cardOf({ file }: Context): NonNullable<RenewalFile['card']> {
  if (!file.card) throw new OutsideFailure('defect', 'case', 'no-card', 'The case has no card in this step.');
  return file.card;
}

/**
 * Reserves a serial and orders the card under it. Whoever dies before this is in the log reserves and orders again: the register and the
 * bureau answer as before, and the card has the day of the register's entry, whatever day it is by then.
 */
export async function orderCard(ctx: Context): Promise<void> {
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
    const { serial, reservedOn: issuedOn } = await ports.register.reserveCard({
      key: ctx.key(`reserve-${attempt}`),
      person: file.subject,
      type: facts.documentType,
      caseId: file.id,
    });
    const years = validityYears(policy.documents[facts.documentType], ageOn(identity.birthDate, issuedOn));
    ctx.emit({ type: 'CardReserved', serial, issuedOn, expiresOn: addYears(issuedOn, years), attempt });
  }
  if (file.reason === 'first-issue' && !(await isIdentified(ctx)))
    return ctx.emit({ type: 'EndingStarted', why: 'identity-revoked' });
  const { serial, issuedOn, expiresOn } = cardOf(ctx);
  const orderKey = orderKeyOf(ctx);
  const card = { ...identity, documentType: facts.documentType, serial, issuedOn, expiresOn, photo: photo.bytes };
  const { orderId } = await ports.cardBureau.order({ key: orderKey, caseId: file.id, serial, card });
  ctx.emit({ type: 'CardOrdered', orderId, orderKey });
}

/** Looked up once the card is reserved: from then on a revocation marks it. */
async function isIdentified({ ports, file }: Context): Promise<boolean> {
  const [member] = await ports.family.people([file.subject]);
  return member?.identified === true;
}

const orderKeyOf = (ctx: Context): string => ctx.key(`print-${cardOf(ctx).attempt}`);

export async function askBureau(ctx: Context): Promise<void> {
  const { serial, orderId } = cardOf(ctx);
  if (!orderId) return;
  const asked = await asking(ctx, () => ctx.ports.cardBureau.state(orderId));
  if ('unanswered' in asked) return ctx.emit({ type: 'BureauAsked', unanswered: asked.unanswered });
  const { status } = asked.answer;
  if (status === 'printed') ctx.emit({ type: 'CardPrinted', orderId, serial });
  else if (status === 'failed') ctx.emit({ type: 'CardPrintFailed', orderId, reason: 'told-when-asked' });
  else ctx.emit({ type: 'BureauAsked' });
}

export async function recallCard(ctx: Context): Promise<void> {
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

export async function destroyCard(ctx: Context): Promise<void> {
  const { serial } = cardOf(ctx);
  await ctx.ports.cardBureau.destroy({ key: ctx.key(`destroy-${serial}`), serial });
  ctx.emit({ type: 'CardDestroyed', serial });
}

export async function releaseCard(ctx: Context): Promise<void> {
  const serial = ctx.file.failedPrints.find((print) => !print.released)?.serial ?? cardOf(ctx).serial;
  await ctx.ports.register.releaseCard({ key: ctx.key(`release-${serial}`), serial, caseId: ctx.file.id });
  ctx.emit({ type: 'CardReleased', serial });
}

/** After a reset that kept the card: not ordered again, only asked after. */
export async function keepCard(ctx: Context): Promise<void> {
  const { orderId } = cardOf(ctx);
  if (!orderId) throw new OutsideFailure('defect', 'case', 'no-card-kept', 'The case has no card order to keep.');
  ctx.emit({ type: 'CardKept', orderId });
  if (ctx.file.stage === 'PRINT_QUEUED') await askBureau(ctx);
}

/** The point of no return: one register transaction makes the new card valid and ends the old one. */
export async function swapCards(ctx: Context): Promise<void> {
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
