import { Webhook } from 'standardwebhooks';
import { EngineSilent } from '../../client/cases';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { startApiWorld, type Answer, type ApiWorld } from './api-world';

let api: ApiWorld;
beforeAll(async () => {
  api = await startApiWorld();
});
afterAll(() => api?.stop());

const CASE = 'rnw_aaaaaaaaaaaaaaaaaaaaaaaaaa';
const message = (caseId: string): string =>
  JSON.stringify({
    type: 'payment.captured',
    data: { caseId, paymentId: 'pay_1', captureId: 'cap_1', amount: { halalas: 2500, currency: 'SAR' } },
  });

interface Signed {
  readonly id?: string;
  readonly at?: Date;
  readonly secret?: string;
  readonly sent?: string;
}

function send(
  to: ApiWorld,
  body: string,
  { id = 'msg_1', at = new Date(), secret = DEVELOPMENT_SECRETS.webhookSecrets.payments, sent = body }: Signed = {},
): Promise<Answer> {
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
    'content-type': 'application/json',
  };
  return to.call('POST', '/v1/webhooks/payments', { raw: sent, headers });
}

function refused(answer: Answer, status: number, code: string): void {
  expect(answer.problem()).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
}

test('a wrong signature, a changed body, an old timestamp and an unknown message are refused', async () => {
  const now = async () => ({ ...(await api.written()), remembered: await api.remembered() });
  const before = await now();
  refused(
    await send(api, message(CASE), { secret: DEVELOPMENT_SECRETS.webhookSecrets.courier }),
    401,
    'webhook-signature-wrong',
  );
  refused(await send(api, message(CASE), { sent: message(`${CASE}x`) }), 401, 'webhook-signature-wrong');
  refused(await api.call('POST', '/v1/webhooks/payments', { raw: message(CASE) }), 401, 'webhook-signature-wrong');
  refused(await send(api, message(CASE), { at: new Date(Date.now() - 600_000) }), 400, 'webhook-stale');
  refused(await send(api, '{"type":"payment.invented","data":{}}'), 422, 'webhook-unreadable');
  refused(await api.call('POST', '/v1/webhooks/weather', { raw: '{}' }), 404, 'unknown-route');
  expect(await now()).toEqual(before);
});

test('a message for a case that cannot be ours is taken, so that it is not sent for ever, and logged', async () => {
  const answer = await send(api, message('nobody'), { id: 'msg_nobody' });
  expect([answer.status, answer.text]).toEqual([200, '{"taken":"unknown-case"}']);
  expect(api.logged.join('\n')).toContain('a webhook names a case that cannot be ours');
  expect((await api.call('GET', '/metrics')).text).toMatch(
    /tajdid_webhooks_total\{source="payments",outcome="unknown-case"\} 1/,
  );
});

test('a message that came before is taken without the engine, and one that the engine did not take is not', async () => {
  let told = 0;
  let silent = true;
  const tell = () => {
    told += 1;
    return silent ? Promise.reject(new EngineSilent('down')) : Promise.resolve();
  };
  const other = await startApiWorld({ cases: { ...api.world.cases, tell } });
  try {
    const down = await send(other, message(CASE), { id: 'msg_twice' });
    refused(down, 503, 'engine-silent');
    expect(down.headers.get('retry-after')).toBe('2');
    silent = false;
    expect((await send(other, message(CASE), { id: 'msg_twice' })).text).toBe('{"taken":"handed-on"}');
    expect((await send(other, message(CASE), { id: 'msg_twice' })).text).toBe('{"taken":"seen-before"}');
    expect(told).toBe(2);
  } finally {
    await other.stop();
  }
});
