import { randomUUID } from 'node:crypto';
import {
  clientCredentials,
  createTajdidClient,
  idempotencyKey,
  TajdidProblem,
  type CaseCloudEvent,
  type CaseEvent,
  type TajdidClient,
} from '@tajdid/client';
import { receiveWebhooks } from '../../packages/client/examples/receive-webhooks';
import { renew } from '../../packages/client/examples/renew';
import { verify } from '../../packages/client/examples/verify';
import { samplePortrait } from '../../demo/portraits';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { startWebhookWorld, type WebhookWorld } from '../portal-webhooks/webhook-world';
import { until } from '../support/until';

let hooks: WebhookWorld;
let client: TajdidClient;
let photo: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  hooks = await startWebhookWorld();
  const clientId = 'absher-individuals';
  const token = clientCredentials({
    tokenUrl: `${hooks.api.world.sandboxUrl}/idp/token`,
    clientId,
    clientSecret: DEVELOPMENT_SECRETS.portalSecrets[clientId],
  });
  client = createTajdidClient({ baseUrl: hooks.api.url, token });
  photo = new Uint8Array(await samplePortrait('good'));
}, 240_000);
afterAll(() => hooks?.stop());

async function thrown(work: Promise<unknown>): Promise<TajdidProblem> {
  const error: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof TajdidProblem)) throw new Error(`no problem was thrown, but ${String(error)}`);
  return error;
}

test('the renewal example renews a card, and the webhook example hears of it', async () => {
  const heard: CaseCloudEvent[] = [];
  let secret = '';
  const { url, server } = await receiveWebhooks(
    0,
    () => secret,
    (event) => heard.push(event),
  );
  ({ secret } = await hooks.add(url));
  const said: string[] = [];
  const number = await hooks.api.person();
  const closed = await renew(client, {
    identityNumber: number,
    photo,
    application: randomUUID(),
    say: (line) => said.push(line),
  });
  expect(closed.status).toBe('COMPLETED');
  expect(said.at(0)).toMatch(/^to be paid at http/);
  await until(
    () => Promise.resolve(heard.length),
    (count) => count === closed.version,
  );
  expect(heard.map(({ data }) => data.version)).toEqual(Array.from({ length: closed.version }, (_, i) => i + 1));
  const forger = await fetch(url, {
    method: 'POST',
    body: '{}',
    headers: { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' },
  });
  expect(forger.status).toBe(401);
  server.close();
  server.closeAllConnections();

  const events = async (by: 'stream' | 'poll', after: number): Promise<CaseEvent[]> => {
    const seen: CaseEvent[] = [];
    for await (const event of client.follow(closed.id, { by, after, everyMs: 10 })) seen.push(event);
    return seen;
  };
  const all = await events('stream', 0);
  expect(all.map(({ version }) => version)).toEqual(Array.from({ length: closed.version }, (_, i) => i + 1));
  expect(await events('poll', 0)).toEqual(all);
  expect(await events('stream', 3)).toEqual(all.slice(3));
  expect(await events('stream', closed.version)).toEqual([]);
}, 120_000);

test('the verification example', async () => {
  const number = await hooks.api.person();
  expect(await verify(client, number, '1990-01-01')).toMatchObject({ verdict: 'valid' });
  expect(await verify(client, number, '1991-01-01')).toMatchObject({ verdict: 'unknown' });
});

test('a filing that is sent again is the same case; problems are typed and say whether to try again', async () => {
  const number = await hooks.api.person();
  const { documentRef } = await client.uploadPhoto(number, photo);
  const filing = {
    type: 'id-renewal',
    applicant: { identityNumber: number },
    application: { photo: documentRef, delivery: { method: 'courier' } },
  } as const;
  const key = idempotencyKey('again', 1);
  const first = await client.fileCase(key, filing);
  expect((await client.fileCase(key, filing)).id).toBe(first.id);

  const reused = await thrown(
    client.fileCase(key, {
      ...filing,
      application: { ...filing.application, delivery: { method: 'pickup', office: 'riyadh-1' } },
    }),
  );
  expect([reused.code, reused.status, reused.retryable, reused.is('idempotency-key-reused')]).toEqual([
    'idempotency-key-reused',
    422,
    false,
    true,
  ]);
  expect(reused.problem?.titles.ar).toMatch(/\p{Script=Arabic}/u);
  expect((await thrown(client.getCase('rnw_nosuchcase'))).code).toBe('case-not-found');
  expect((await thrown(client.act({ id: first.id, version: 999 }, 'cancel'))).code).toBe('stale-version');
  expect((await thrown(client.act(first, 'dance'))).code).toBe('unknown-action');
  expect(() => idempotencyKey('مفتاح')).toThrow(RangeError);
  expect((await client.closed(first.id)).status).toBe('COMPLETED');
}, 60_000);

test('a stream that breaks is taken up where it was; an aborted one ends', async () => {
  const number = await hooks.api.person();
  let streams = 0;
  const breaking: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const url = input instanceof Request ? input.url : String(input);
    if (!url.endsWith('/stream') || ++streams > 2) return response;
    // The connection ends after its first piece.
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return new Response(value ?? null, { status: response.status, headers: response.headers });
  };
  const fragile = createTajdidClient({ baseUrl: hooks.api.url, token: () => hooks.api.portal(), fetch: breaking });
  const { documentRef } = await fragile.uploadPhoto(number, photo);
  const filed = await fragile.fileCase('breaking', {
    type: 'id-renewal',
    applicant: { identityNumber: number },
    application: { photo: documentRef, delivery: { method: 'courier' } },
  });
  const versions: number[] = [];
  for await (const { version } of fragile.follow(filed.id, { everyMs: 10 })) versions.push(version);
  expect(streams).toBeGreaterThan(2);
  expect(versions).toEqual(versions.map((_, i) => i + 1));

  const stop = new AbortController();
  stop.abort();
  await expect(client.follow(filed.id, { signal: stop.signal }).next()).rejects.toThrow(/abort/i);
}, 60_000);
