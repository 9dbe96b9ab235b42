import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { OutsideCalls } from '../outside';

export const happened = defineSignal<[string]>('happened');

const outside = proxyActivities<OutsideCalls>({ startToCloseTimeout: '10s' });

/** A renewal as one would first write it on the engine: an ordinary activity for each call outside, nothing else. */
export async function plainRenewal(caseId: string): Promise<string> {
  const seen = new Set<string>();
  setHandler(happened, (what) => void seen.add(what));
  await outside.requestPayment(caseId);
  if (!(await condition(() => seen.has('payment.captured'), '72 hours'))) return 'EXPIRED';
  await outside.orderCard(caseId);
  await condition(() => seen.has('card.printed'), '14 days');
  await outside.bookCourier(caseId);
  await outside.sendMessage(caseId);
  await condition(() => seen.has('parcel.delivered'), '30 days');
  return 'COMPLETED';
}
