import { sar } from '../../domain/money';
import { manual, type Receiver, receiver, until, world, type World } from './world';

let w: World;
let hooks: Receiver;

beforeEach(async () => {
  hooks = await receiver();
  w = await world({ webhookTarget: hooks.url });
});
afterEach(async () => {
  await w.stop();
  await hooks.stop();
});

const order = (caseId: string) => ({ key: `${caseId}/payment`, caseId, amount: sar(125), purpose: 'renewal' });
const types = (): string[] => hooks.received.map((r) => r.message.type);

test('a payment is captured of itself and told by a signed webhook', async () => {
  const { paymentId, payUrl } = await w.payments.request(order('c1'));
  expect(payUrl).toBe(`${w.url}/payments/pay/${paymentId}`);
  const first = await until(() => hooks.received[0]);
  const { captures, status } = await w.payments.state(paymentId);
  expect(status).toBe('captured');
  expect(first.message).toEqual({
    id: `payments/${String(first.headers['webhook-id'])}`,
    type: 'payment.captured',
    caseId: 'c1',
    paymentId,
    captureId: captures[0]?.captureId,
    amount: sar(125),
  });
});

test('the same key gives the first answer and one effect; another body under it is refused', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => w.payments.request(order('c1'))));
  expect(new Set(answers.map((a) => a.paymentId)).size).toBe(1);
  await until(() => hooks.received[0]);
  expect((await w.entries('payments')).map((e) => e.type)).toEqual(['requested', 'captured']);
  await expect(w.payments.request({ ...order('c1'), amount: sar(1) })).rejects.toMatchObject({
    kind: 'refused',
    code: 'idempotency-key-reused',
  });
});

test('somebody pays twice, both captures are refunded once and to the halala', async () => {
  await w.control('PUT', '/cases/c1', { payment: 'capture-twice' });
  const { paymentId } = await w.payments.request(order('c1'));
  await until(() => types().length === 2);
  const { captures } = await w.payments.state(paymentId);
  expect(new Set(captures.map((c) => c.captureId)).size).toBe(2);
  for (const { captureId, amount } of captures) {
    const refund = { key: `refund/${captureId}`, captureId, amount, reason: 'paid-twice' };
    expect(await w.payments.refund(refund)).toEqual(await w.payments.refund(refund));
    await expect(w.payments.refund({ ...refund, key: 'more' })).rejects.toMatchObject({
      kind: 'refused',
      code: 'refund-exceeds-capture',
    });
  }
  const { payments } = await w.control<{ payments: object }>('GET', '/totals');
  expect(payments).toMatchObject({ captures: 2, capturedHalalas: 25_000, refundedHalalas: 25_000, netHalalas: 0 });
});

test('a capture that was under way comes after the cancellation', async () => {
  await w.control('PUT', '/dials/payments', manual);
  const { paymentId } = await w.payments.request(order('c1'));
  await w.payments.cancel({ key: 'c1/cancel', paymentId });
  expect(await w.payments.state(paymentId)).toMatchObject({ status: 'cancelled', captures: [] });
  await w.control('POST', '/steps/payments/capture', { caseId: 'c1' });
  await until(() => types()[0] === 'payment.captured');
  expect((await w.payments.state(paymentId)).captures).toHaveLength(1);
});

test('a declined card leaves the payment open, and the payer may pay by the page', async () => {
  await w.control('PUT', '/dials/payments', manual);
  const { paymentId, payUrl } = await w.payments.request(order('c1'));
  await w.control('POST', '/steps/payments/decline', { id: paymentId, reason: 'no-funds' });
  const declined = await until(() => hooks.received[0]);
  expect(declined.message).toMatchObject({ type: 'payment.failed', reason: 'no-funds', paymentId });
  expect(await (await fetch(payUrl)).text()).toContain('125.00 SAR');
  for (let press = 0; press < 2; press++) expect((await fetch(payUrl, { method: 'POST' })).status).toBe(200);
  await until(() => types().length === 2);
  expect((await w.payments.state(paymentId)).captures).toHaveLength(1);
  const paid = await (await fetch(payUrl)).text();
  expect(paid).not.toContain('<button');
  expect(paid).toContain('تم السداد · Paid');
});

test('a case is scripted one way while others run another way', async () => {
  await w.control('PUT', '/cases/slow', { payments: 'manual' });
  await w.payments.request(order('slow'));
  await w.payments.request(order('quick'));
  await until(() => hooks.received[0]?.message.caseId === 'quick');
  expect((await w.control<{ payments: object[] }>('GET', '/cases/slow')).payments).toMatchObject([
    { status: 'pending' },
  ]);
  await w.control('PUT', '/cases/slow', { payments: 'automatic' });
  await until(() => hooks.received[1]?.message.caseId === 'slow');
});

test('only who has the key may use the API or the controls', async () => {
  expect((await fetch(`${w.url}/payments/payments/x`)).status).toBe(401);
  expect((await fetch(`${w.url}/control/totals`)).status).toBe(401);
});
