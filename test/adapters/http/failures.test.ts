import { createServer, type Server } from 'node:http';
import { httpPayments } from '../../../adapters/payments/http';
import { OutsideFailure } from '../../../domain/failures';
import { sar } from '../../../domain/money';
import { address, world, type World } from '../../sandbox/world';
import { listening } from '../../support/listening';

let w: World;
beforeEach(async () => {
  // Short of what hangs, and long for what answers on a machine that others use too.
  w = await world({}, 2_000);
});
afterEach(() => w.stop());

const order = { key: 'k1', caseId: 'c1', amount: sar(125), purpose: 'renewal' };
const dial = (dials: object) => w.control('PUT', '/dials/payments', { automatic: false, ...dials });
const requests = async (): Promise<number> => (await w.entries('payments')).length;

test('503 is unavailable: nothing was done, and a retry does it', async () => {
  await dial({ failNext: 1 });
  await expect(w.payments.request(order)).rejects.toMatchObject({
    kind: 'unavailable',
    source: 'payments',
    code: 'http-503',
  });
  expect(await requests()).toBe(0);
  await w.payments.request(order);
  expect(await requests()).toBe(1);
});

test.each([
  ['hangNext', 'timeout'],
  ['cutNext', 'connection-lost'],
])('done and not answered (%s) is outcome-unknown, and a retry has no second effect', async (countdown, code) => {
  await dial({});
  await w.payments.state('none').catch(() => undefined);
  await dial({ [countdown]: countdown === 'cutNext' ? 2 : 1 });
  await expect(w.payments.request(order)).rejects.toMatchObject({ kind: 'outcome-unknown', code });
  expect(await requests()).toBe(1);
  const { paymentId } = await w.payments.request(order);
  expect(await requests()).toBe(1);
  expect((await w.payments.state(paymentId)).status).toBe('pending');
});

test('a read that is not answered is unavailable, for it has no outcome', async () => {
  await dial({});
  const { paymentId } = await w.payments.request(order);
  await dial({ hangNext: 1 });
  await expect(w.payments.state(paymentId)).rejects.toMatchObject({ kind: 'unavailable', code: 'timeout' });
});

test('under errors and time-outs of every kind, retries end in one effect each', async () => {
  await dial({ errorRate: 0.4, doThenTimeoutRate: 0.2 });
  const kinds = new Set<string>();
  const persist = async (n: number): Promise<void> => {
    for (;;) {
      try {
        await w.payments.request({ ...order, key: `many-${n}` });
        return;
      } catch (error) {
        if (!(error instanceof OutsideFailure)) throw error;
        kinds.add(`${error.kind} ${error.code}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 30 }, (_, n) => persist(n)));
  expect(await requests()).toBe(30);
  // Of many at once, one may not even have had its connection in time.
  kinds.delete('unavailable connect-timeout');
  expect([...kinds].sort()).toEqual(['outcome-unknown http-500', 'outcome-unknown timeout', 'unavailable http-503']);
});

test('no is no: the code of the refusal, and nothing of what was sent', async () => {
  await expect(w.payments.state('none')).rejects.toMatchObject({ kind: 'refused', code: 'unknown-payment' });
  const bad = w.messages.send({ key: 'm', caseId: 'c1', to: 'not-a-phone', textAr: 'سر', textEn: 'secret' });
  const failure = await bad.catch((error: unknown) => error);
  expect(failure).toMatchObject({ kind: 'refused', source: 'messages', code: 'invalid-body' });
  expect(String(failure)).not.toMatch(/phone|secret|سر/);
  const foreign = { ...address, extra: 'x' };
  await expect(w.courier.book({ key: 'p', caseId: 'c1', serial: 'S', to: { address: foreign } })).rejects.toMatchObject(
    {
      kind: 'refused',
      source: 'courier',
    },
  );
});

test('a wrong API key is refused', async () => {
  const stranger = httpPayments({ baseUrl: `${w.url}/payments`, apiKey: 'wrong' });
  await expect(stranger.request(order)).rejects.toMatchObject({ kind: 'refused', code: 'unauthorised' });
  stranger.close();
});

test('an answer that cannot be read is a defect', async () => {
  await dial({ garbleNext: 1 });
  await expect(w.payments.request(order)).rejects.toMatchObject({ kind: 'defect', code: 'unreadable-answer' });
});

test('nobody there is unavailable; a server that comes back is found again', async () => {
  await w.payments.request(order);
  const { port } = new URL(w.url);
  const adapter = httpPayments({ baseUrl: `${w.url}/payments`, apiKey: 'sandbox-payments-key' });
  await adapter.request(order);
  const { dataDir } = w;
  w = await w.restart({ port: 0 });
  await expect(adapter.request(order)).rejects.toMatchObject({ kind: 'unavailable', code: 'unreachable' });
  w = await w.restart({ port: Number(port), dataDir });
  const { paymentId } = await adapter.request(order);
  expect(paymentId).toMatch(/^pay_/);
  adapter.close();
});

describe('against a server of its own', () => {
  let server: Server;
  afterEach(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const serve = async (status: number, body: string, headers: Record<string, string> = {}): Promise<string> => {
    server = createServer((req, res) => {
      req.resume();
      res.writeHead(status, headers).end(body);
    });
    return (await listening(server)).url;
  };

  test.each([
    [429, '', 'unavailable', 'http-429'],
    [502, '', 'outcome-unknown', 'http-502'],
    [504, '{}', 'outcome-unknown', 'http-504'],
    [404, '<html>', 'refused', 'http-404'],
    [409, '{"code":"Saad bin Fahd"}', 'refused', 'http-409'],
    [302, '', 'defect', 'http-302'],
    [200, '{"paymentId":1}', 'defect', 'unreadable-answer'],
    [200, 'x'.repeat(2_000_000), 'defect', 'answer-too-large'],
  ])('%i %.20s is %s', async (status, body, kind, code) => {
    const adapter = httpPayments({ baseUrl: await serve(status, body), apiKey: 'k' });
    await expect(adapter.request(order)).rejects.toMatchObject({ kind, code });
    adapter.close();
  });
});
