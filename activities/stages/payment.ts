import type { AnyEvent, CaseFile } from '../../domain/case/model';
import { OutsideFailure } from '../../domain/failures';
import type { OutsideMessage } from '../../domain/outside-messages';
import type { Quote } from '../../domain/quote';
import type { PaymentEvent, PaymentFile, RefundDue } from '../../workflows/stages/payment';
import type { StepContext } from '../step';
import { asking } from './ask';

type PayingFile = CaseFile & { readonly payment: PaymentFile; readonly quote?: Quote };
type Receive<F, E> = (file: F, message: OutsideMessage) => E[] | 'later';

const inRound = ({ round }: PaymentFile, name: string): string => (round === undefined ? name : `${name}-${round}`);

export async function requestPayment<F extends PayingFile, E extends AnyEvent>(
  ctx: StepContext<F, E | PaymentEvent>,
  purpose: string,
): Promise<void> {
  const { quote, id } = ctx.file;
  if (!quote) throw new OutsideFailure('defect', 'case', 'no-quote', 'The case has no quote to pay.');
  const { paymentId, payUrl } = await ctx.ports.payments.request({
    key: ctx.key(inRound(ctx.file.payment, 'payment')),
    caseId: id,
    amount: quote.total,
    purpose,
  });
  ctx.emit({ type: 'PaymentRequested', paymentId, payUrl, amount: quote.total });
}

/** Takes over every capture that the gateway knows and the case does not: a webhook may have been lost. Answers how many were new. */
async function reconcile<F extends PayingFile, E extends AnyEvent>(
  ctx: StepContext<F, E>,
  receive: Receive<F, E>,
): Promise<number> {
  const { paymentId } = ctx.file.payment;
  if (!paymentId) return 0;
  const { captures } = await ctx.ports.payments.state(paymentId);
  let fresh = 0;
  for (const { captureId, amount } of captures) {
    const news = receive(ctx.file, {
      id: `asked-${captureId}`,
      caseId: ctx.file.id,
      type: 'payment.captured',
      paymentId,
      captureId,
      amount,
    });
    if (news === 'later') continue;
    fresh += news.length;
    news.forEach((event) => ctx.emit(event));
  }
  return fresh;
}

export async function askPayment<F extends PayingFile, E extends AnyEvent>(
  ctx: StepContext<F, E | PaymentEvent>,
  receive: Receive<F, E | PaymentEvent>,
): Promise<void> {
  const asked = await asking(ctx, () => reconcile(ctx, receive));
  if ('unanswered' in asked) ctx.emit({ type: 'PaymentAsked', unanswered: asked.unanswered });
  else if (asked.answer === 0) ctx.emit({ type: 'PaymentAsked' });
}

/**
 * No capture is taken from here on, and what was taken before and not told is taken over: asked for last, so that nothing slips in
 * between. Answers whether that paid the quote.
 */
async function stopPaying<F extends PayingFile, E extends AnyEvent>(
  ctx: StepContext<F, E | PaymentEvent>,
  receive: Receive<F, E | PaymentEvent>,
): Promise<boolean> {
  const { paymentId } = ctx.file.payment;
  if (paymentId)
    await ctx.ports.payments.cancel({ key: ctx.key(inRound(ctx.file.payment, 'payment-cancel')), paymentId });
  await reconcile(ctx, receive);
  return ctx.file.payment.settledBy !== undefined;
}

/** At the deadline: closes the payment, unless it turns out to be paid. */
export async function expirePayment<F extends PayingFile, E extends AnyEvent>(
  ctx: StepContext<F, E | PaymentEvent>,
  receive: Receive<F, E | PaymentEvent>,
): Promise<boolean> {
  if (await stopPaying(ctx, receive)) return false;
  ctx.emit({ type: 'PaymentClosed', why: 'expired' });
  return true;
}

/** The case ends, or a reset goes back to before the payment; one that turns out to be paid is kept by the reset. */
export async function closePayment<F extends PayingFile, E extends AnyEvent>(
  ctx: StepContext<F, E | PaymentEvent>,
  receive: Receive<F, E | PaymentEvent>,
): Promise<void> {
  if (await stopPaying(ctx, receive)) return;
  ctx.emit({ type: 'PaymentClosed', why: ctx.file.resetting ? 'reset' : 'case-ended' });
}

/** Before a paid case closes: a second payment whose message was lost is owed back. A gateway that is away holds no case open. */
export async function askBeforeClosing<F extends PayingFile, E extends AnyEvent>(
  ctx: StepContext<F, E | PaymentEvent>,
  receive: Receive<F, E | PaymentEvent>,
): Promise<void> {
  if (!ctx.file.payment.settledBy) return;
  const asked = await asking(ctx, () => reconcile(ctx, receive));
  if ('unanswered' in asked) ctx.emit({ type: 'PaymentAsked', unanswered: asked.unanswered });
}

/** One refund a step, each under a key of its capture: a capture is refunded once, whatever happens. */
export async function refundNext<F extends PayingFile, E extends AnyEvent>(
  ctx: StepContext<F, E | PaymentEvent>,
  owed: (file: F) => readonly RefundDue[],
): Promise<void> {
  const due = owed(ctx.file)[0];
  if (!due) return;
  const { captureId, amount, why } = due;
  const { refundId } = await ctx.ports.payments.refund({
    key: ctx.key(`refund-${captureId}`),
    captureId,
    amount,
    reason: why,
  });
  ctx.emit({ type: 'RefundMade', captureId, refundId, amount, why });
}

/** After a reset that kept the payment: it has to be what the case now costs. */
export async function keepPayment<F extends PayingFile, E extends AnyEvent>(
  ctx: StepContext<F, E | PaymentEvent>,
): Promise<void> {
  const { payment, quote } = ctx.file;
  const kept = payment.captures.find(({ captureId }) => captureId === payment.settledBy);
  if (!kept) throw new OutsideFailure('defect', 'case', 'no-payment-kept', 'The case has no payment to keep.');
  if (kept.amount.halalas !== quote?.total.halalas)
    throw new OutsideFailure(
      'refused',
      'case',
      'kept-payment-differs',
      'The payment that was kept is not what the case costs now: reset again and give it back.',
    );
  ctx.emit({ type: 'PaymentKept', captureId: kept.captureId });
}
