import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { readWebhook } from '../../../adapters/webhooks/verify';

const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;
const secret = newSecret();
const now = Date.parse('2026-11-23T20:00:58.000Z');

const captured = {
  type: 'payment.captured',
  timestamp: '2026-11-23T20:00:58.000Z',
  data: { caseId: 'c1', paymentId: 'pay_1', captureId: 'cap_1', amount: { halalas: 12_500, currency: 'SAR' } },
};

function signed(content: object, { by = secret, at = now, id = 'msg_1' } = {}) {
  const rawBody = JSON.stringify(content);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': new Webhook(by).sign(id, new Date(at), rawBody),
  };
  return { source: 'payments', headers, rawBody, secrets: [secret], now } as const;
}

test('a genuine webhook is the message it says', () => {
  expect(readWebhook(signed(captured))).toEqual({
    message: { id: 'payments/msg_1', type: 'payment.captured', ...captured.data },
  });
});

test('two senders who number alike are told apart, for a case counts an id once', () => {
  const printed = { type: 'card.printed', data: { caseId: 'c1', orderId: 'ord_1', serial: 'A1' } };
  const [paid, made] = [readWebhook(signed(captured)), readWebhook({ ...signed(printed), source: 'card-bureau' })];
  expect([paid, made]).toMatchObject([{ message: { id: 'payments/msg_1' } }, { message: { id: 'card-bureau/msg_1' } }]);
});

test('as bytes as well as text', () => {
  const webhook = signed(captured);
  expect(readWebhook({ ...webhook, rawBody: Buffer.from(webhook.rawBody) })).toHaveProperty('message');
});

test('while secrets are rotated, either is good, on either side', () => {
  const next = newSecret();
  expect(readWebhook({ ...signed(captured, { by: next }), secrets: [secret, next] })).toHaveProperty('message');
  const both = signed(captured);
  const signature = `v1a,other ${signed(captured, { by: next }).headers['webhook-signature']} ${both.headers['webhook-signature']}`;
  expect(readWebhook({ ...both, headers: { ...both.headers, 'webhook-signature': signature } })).toHaveProperty(
    'message',
  );
});

test.each([
  ['by another secret', signed(captured, { by: newSecret() })],
  ['with another body', { ...signed(captured), rawBody: JSON.stringify({ ...captured, type: 'payment.failed' }) }],
  ['under another id', { ...signed(captured), headers: { ...signed(captured).headers, 'webhook-id': 'msg_2' } }],
  [
    'with another time',
    { ...signed(captured), headers: { ...signed(captured).headers, 'webhook-timestamp': '1795464059' } },
  ],
  [
    'without a signature',
    { ...signed(captured), headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': '1795464058' } },
  ],
  [
    'with a time that is none',
    { ...signed(captured), headers: { ...signed(captured).headers, 'webhook-timestamp': 'now' } },
  ],
  ['with no secret to go by', { ...signed(captured), secrets: [] }],
])('a webhook %s is refused', (_what, webhook) => {
  expect(readWebhook(webhook)).toEqual({ refusal: 'bad-signature' });
});

test.each([-301_000, 301_000])('a genuine webhook of %i ms is stale', (offset) => {
  expect(readWebhook(signed(captured, { at: now + offset }))).toEqual({ refusal: 'stale' });
  expect(readWebhook({ ...signed(captured, { at: now + offset }), toleranceSeconds: 600 })).toHaveProperty('message');
});

test.each([
  ['of a type that is not known', { ...captured, type: 'payment.lost' }],
  ['of another party', { type: 'parcel.delivered', data: { caseId: 'c1', parcelId: 'par_1' } }],
  ['without a case', { ...captured, data: { ...captured.data, caseId: undefined } }],
  ['with money in fractions', { ...captured, data: { ...captured.data, amount: { halalas: 0.5, currency: 'SAR' } } }],
])('a genuine webhook %s is unreadable', (_what, content) => {
  expect(readWebhook(signed(content))).toEqual({ refusal: 'unreadable' });
});

const parcelFailed = (data: object) => ({
  ...signed({ type: 'parcel.failed', data: { caseId: 'c1', parcelId: 'par_1', reason: 'no-answer', ...data } }),
  source: 'courier' as const,
});

test.each([
  ['no-answer', 'no-answer'],
  ['\u0000', 'other'],
  ['\ud800', 'other'],
  ['Layla Sulaiman was not at home', 'other'],
  ['x'.repeat(300), 'other'],
])('a reason is a word, and any other is nothing that goes on record: %j', (reason, kept) => {
  expect(readWebhook(parcelFailed({ reason }))).toMatchObject({ message: { reason: kept } });
});

test.each(['\u0000', 'par_\ud800', 'طرد', ''])('a genuine webhook whose reference is %j is unreadable', (parcelId) => {
  expect(readWebhook(parcelFailed({ parcelId }))).toEqual({ refusal: 'unreadable' });
});
