import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

/** A renewal as one would first write it on the engine: an ordinary activity for each call outside, nothing else. */
export interface PlainActivities {
  requestPayment(caseId: string): Promise<string>;
  orderCard(caseId: string): Promise<string>;
  bookCourier(caseId: string): Promise<string>;
  sendMessage(caseId: string): Promise<string>;
}

export const happened = defineSignal<[string]>('happened');

const outside = proxyActivities<PlainActivities>({ startToCloseTimeout: '10s' });

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
