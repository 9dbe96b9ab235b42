import type { StepContext } from '../../../activities/step';
import { asking } from '../../../activities/stages/ask';
import { OutsideFailure } from '../../../domain/failures';
import { officeIn } from '../../../domain/policies/offices';
import { cardOf } from './card-steps';
import type { RenewalEvent } from './events';
import { officeOf, type RenewalFile } from './file';
import { receiveRenewal } from './next';

type Context = StepContext<RenewalFile, RenewalEvent>;

function parcelOf({ file }: Context): NonNullable<RenewalFile['parcel']> {
  if (!file.parcel) throw new OutsideFailure('defect', 'case', 'no-parcel', 'The case has no parcel in this step.');
  return file.parcel;
}

export async function dispatch(ctx: Context): Promise<void> {
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

export async function keepParcel(ctx: Context): Promise<void> {
  ctx.emit({ type: 'ParcelKept', parcelId: parcelOf(ctx).parcelId });
  await askCourier(ctx);
}

export async function cancelParcel(ctx: Context): Promise<void> {
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

export async function askCourier(ctx: Context): Promise<void> {
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

export async function redeliver(ctx: Context): Promise<void> {
  const { parcelId, failures } = parcelOf(ctx);
  await ctx.ports.courier.redeliver({ key: ctx.key(`redeliver-${failures}`), parcelId });
  ctx.emit({ type: 'RedeliveryAsked' });
}

export async function divertToOffice(ctx: Context): Promise<void> {
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

/** The courier is asked first: the card may have been collected or returned, and the message of it lost. */
export async function takeCardBack(ctx: Context): Promise<void> {
  const { parcelId } = parcelOf(ctx);
  const { status } = await ctx.ports.courier.state(parcelId);
  if (hear(ctx, status) > 0) return;
  if (status === 'delivered' || status === 'collected') return ctx.emit({ type: 'CardNotRecovered', parcelId });
  await ctx.ports.courier.returnToIssuer({ key: ctx.key('take-back'), parcelId: parcelOf(ctx).parcelId });
  const { ending } = ctx.file;
  const why = ending?.why === 'subject-died' ? ending.why : ending ? 'case-ended' : 'uncollected';
  ctx.emit({ type: 'CardReturnedToIssuer', why });
}
