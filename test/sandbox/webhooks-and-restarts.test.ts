import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { sar } from '../../domain/money';
import { type Faults, noFaults } from '../../sandbox/core/faults';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { manual, type Receiver, receiver, until, world, type World } from './world';

let w: World;
let hooks: Receiver;

beforeEach(async () => {
  hooks = await receiver();
  w = await world({ webhookTarget: hooks.url, seed: 7 });
});
afterEach(async () => {
  await w.stop();
  await hooks.stop();
});

const pay = (n: number) => w.payments.request({ key: `k${n}`, caseId: `c${n}`, amount: sar(n), purpose: 'renewal' });
const payMany = (n: number) => Promise.all(Array.from({ length: n }, (_, i) => pay(i + 1)));
const settled = (n: number) =>
  until(async () => (await w.control<{ payments: { captures: number } }>('GET', '/totals')).payments.captures === n);

test('a webhook is sent again, under the same id, until it is taken', async () => {
  hooks.refuse(2);
  await pay(1);
  await until(() => hooks.received.length === 1);
  expect(hooks.ids).toHaveLength(3);
  expect(new Set(hooks.ids).size).toBe(1);
});

test('a lost webhook: the thing happened, nobody is told, asking tells', async () => {
  await w.control('PUT', '/dials/payments', { webhooks: { lostRate: 1 } });
  const { paymentId } = await pay(1);
  await until(async () => (await w.payments.state(paymentId)).captures.length === 1);
  await w.control('PUT', '/dials/payments', {});
  await pay(2);
  await until(() => hooks.received.length > 0);
  expect(hooks.received.map((r) => r.message.caseId)).toEqual(['c2']);
});

test('doubled webhooks carry one id', async () => {
  await w.control('PUT', '/dials/payments', { webhooks: { doubledRate: 1 } });
  await pay(1);
  await until(() => hooks.received.length === 2);
  expect(new Set(hooks.received.map((r) => r.message.id)).size).toBe(1);
});

test('shuffled webhooks overtake each other and all arrive', async () => {
  await w.control('PUT', '/dials/payments', { webhooks: { shuffleMs: 2_000 } });
  for (let n = 1; n <= 12; n++) await pay(n);
  await until(() => hooks.received.length === 12);
  const order = hooks.received.map((r) => Number(r.message.caseId.slice(1)));
  expect(order).not.toEqual([...order].sort((a, b) => a - b));
});

test('of two captures of one payment one may be lost alone', async () => {
  await w.control('PUT', '/dials/payments', { webhooks: { lostRate: 0.5 } });
  for (let n = 1; n <= 8; n++) {
    await w.control('PUT', `/cases/c${n}`, { payment: 'capture-twice' });
    await pay(n);
  }
  await settled(16);
  const { lines } = await w.control<{ lines: { webhook?: { lost: boolean }; entry: { caseId: string } }[] }>(
    'GET',
    '/ledger/payments',
  );
  const lost = lines.filter((line) => line.webhook?.lost).map((line) => line.entry.caseId);
  expect(lost.some((caseId) => lost.filter((each) => each === caseId).length === 1)).toBe(true);
});

test('the same seed loses the same webhooks', async () => {
  const lost = async (seed: number): Promise<string[]> => {
    w = await w.restart({ seed });
    await w.control('PUT', '/dials/payments', { webhooks: { lostRate: 0.5 } });
    await payMany(20);
    await settled(20);
    const { lines } = await w.control<{ lines: { webhook?: { lost: boolean }; entry: { caseId: string } }[] }>(
      'GET',
      '/ledger/payments',
    );
    return lines
      .filter((line) => line.webhook?.lost)
      .map((line) => line.entry.caseId)
      .sort();
  };
  const first = await lost(7);
  await w.stop();
  w = await world({ webhookTarget: hooks.url });
  expect(await lost(7)).toEqual(first);
  expect(first.length).toBeGreaterThan(3);
  expect(first.length).toBeLessThan(17);
});

test('a restart keeps answers, effects, dials and scripts, and cuts off a torn line', async () => {
  await w.control('PUT', '/dials/payments', { ...manual, failNext: 5 });
  await w.control('PUT', '/dials/payments', manual);
  await w.control('PUT', '/cases/c1', { payment: 'decline' });
  const { paymentId } = await pay(1);
  await w.control('POST', '/steps/payments/capture', { caseId: 'c1' });
  await until(() => hooks.received.length === 1);
  const before = await w.entries('payments');
  appendFileSync(join(w.dataDir, 'payments.jsonl'), '{"seq":3,"at":"2026-');

  w = await w.restart();
  expect(await w.entries('payments')).toEqual(before);
  expect(await w.control('GET', '/dials/payments')).toMatchObject(manual);
  expect(await w.control('GET', '/cases/c1')).toMatchObject({ script: { payment: 'decline' } });
  expect((await pay(1)).paymentId).toBe(paymentId);
  await pay(2);
  expect((await w.entries('payments')).map((e) => e.type)).toEqual(['requested', 'captured', 'requested']);
  expect(hooks.received).toHaveLength(1);
});

test('what was to follow of itself, and webhooks not yet taken, are taken up after a restart', async () => {
  await hooks.stop();
  await w.control('PUT', '/cases/c2', { payments: 'manual' });
  await payMany(2);
  await settled(1);
  const late = await receiver();
  w = await w.restart({ webhookTarget: late.url });
  await w.control('PUT', '/cases/c2', { payments: 'automatic' });
  await until(() => late.received.length === 2);
  expect(late.received.map((r) => r.message.caseId).sort()).toEqual(['c1', 'c2']);
  await late.stop();
});

test('webhooks wait for a target', async () => {
  w = await w.restart({ webhookTarget: null });
  await payMany(3);
  await settled(3);
  await w.control('PUT', '/webhook-target', { url: hooks.url });
  await until(() => hooks.received.length === 3);
});

test('a ledger is read page by page and case by case', async () => {
  await payMany(3);
  await settled(3);
  const page = await w.control<{ lines: { seq: number }[]; next: number }>('GET', '/ledger/payments?limit=4');
  expect(page.lines).toHaveLength(4);
  const rest = await w.control<{ lines: object[]; next: null }>('GET', `/ledger/payments?limit=4&after=${page.next}`);
  expect(rest).toMatchObject({ next: null });
  expect(rest.lines).toHaveLength(2);
  expect((await w.control<{ lines: object[] }>('GET', '/ledger/payments?caseId=c2')).lines).toHaveLength(2);
});

test('what really went wrong is counted, kind by kind', async () => {
  const faults = async () => (await w.control<{ payments: Faults }>('GET', '/faults')).payments;
  expect(await faults()).toEqual(noFaults());
  for (const webhooks of [{ lostRate: 1 }, { doubledRate: 1, shuffleMs: 500 }]) {
    const before = (await w.control<{ payments: { captures: number } }>('GET', '/totals')).payments.captures;
    await w.control('PUT', '/dials/payments', { webhooks });
    await pay(before + 1);
    await settled(before + 1);
  }
  const { paymentId } = await pay(1);
  const path = `${w.url}/payments/payments/${paymentId}`;
  const ask = () =>
    fetch(path, {
      headers: { authorization: `Bearer ${DEVELOPMENT_SECRETS.apiKeys.payments}` },
      signal: AbortSignal.timeout(5_000),
    }).then(
      ({ status }) => status,
      () => 'no answer',
    );
  expect(await ask()).toBe(200);
  const seen: unknown[] = [];
  for (const dials of [{ errorRate: 1 }, { timeoutRate: 1 }, { doThenTimeoutRate: 1 }]) {
    await w.control('PUT', '/dials/payments', dials);
    seen.push(await ask());
  }
  expect(seen).toEqual([expect.any(Number), 'no answer', 'no answer']);
  const counted = { lostWebhooks: 1, doubledWebhooks: 1, shuffledWebhooks: 1 };
  expect(await faults()).toEqual({ errors: 1, timeouts: 1, doneThenTimeouts: 1, ...counted });
});
