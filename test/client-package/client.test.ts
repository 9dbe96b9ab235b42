import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  answer,
  clientCredentials,
  createTajdidClient,
  idempotencyKey,
  readVerification,
  TajdidProblem,
  type Case,
  type CaseCloudEvent,
  type CaseEvent,
  type Jwks,
  type TajdidClient,
} from '@tajdid/client';
import { checkOffline } from '../../packages/client/examples/check-offline';
import { firstSteps } from '../../packages/client/examples/first-steps';
import { receiveWebhooks } from '../../packages/client/examples/receive-webhooks';
import { renew } from '../../packages/client/examples/renew';
import { verify } from '../../packages/client/examples/verify';
import { verifyFile } from '../../packages/client/examples/verify-file';
import { samplePortrait } from '../../demo/portraits';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { startWebhookWorld, type WebhookWorld } from '../portal-webhooks/webhook-world';
import { listening } from '../support/listening';
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
});
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
});

test('the README shows the first steps as they are compiled and run here', async () => {
  const [readme, example] = await Promise.all(
    ['README.md', 'examples/first-steps.ts'].map((path) =>
      readFile(join(__dirname, '../../packages/client', path), 'utf8'),
    ),
  );
  expect(/```ts\n(.*?)```/s.exec(readme ?? '')?.[1]).toBe(example);
  const said: string[] = [];
  const portal = {
    apiUrl: hooks.api.url,
    tokenUrl: `${hooks.api.world.sandboxUrl}/idp/token`,
    clientSecret: DEVELOPMENT_SECRETS.portalSecrets['absher-individuals'],
    say: (line: string) => void said.push(line),
  };
  expect((await firstSteps(portal, await hooks.api.person(), photo)).status).toBe('COMPLETED');
  expect(said.length).toBeGreaterThan(5);
  expect(said.at(0)).toMatch(/\p{Script=Arabic}/u);
});

describe('a signed answer that is checked offline', () => {
  const fact = '1990-01-01';
  const asked = async () => {
    const identityNumber = await hooks.api.person();
    const jwks = JSON.parse((await hooks.api.call('GET', '/.well-known/jwks.json')).text) as Jwks;
    return { identityNumber, jwks, answer: await verify(client, identityNumber, fact) };
  };

  test('says what was answered, about whom, and by whom', async () => {
    const { identityNumber, jwks, answer } = await asked();
    expect(checkOffline(jwks, answer, identityNumber, fact)).toMatchObject({
      iss: 'https://tajdid.example',
      aud: 'absher-individuals',
      verdict: 'valid',
    });
    expect(() => checkOffline(jwks, answer, identityNumber, '1990-01-02')).toThrow(/about somebody else/);
  });

  test('is refused when it is forged, of another kind or issuer, by an unknown key, or of a day that is over', async () => {
    const { jwks, answer } = await asked();
    const [head = '', payload = '', signature = ''] = answer.signed.split('.');
    const forged = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('"valid"', '"expired"')).toString(
      'base64url',
    );
    const kind = (header: object): string => Buffer.from(JSON.stringify(header)).toString('base64url');
    expect(() => readVerification(jwks, `${head}.${forged}.${signature}`)).toThrow(/signature/);
    expect(() => readVerification(jwks, `${kind({ alg: 'none' })}.${payload}.x`)).toThrow(/another kind/);
    expect(() => readVerification({ keys: [] }, answer.signed)).toThrow(/key/);
    expect(() => readVerification(jwks, 'nonsense')).toThrow(/no compact JWS/);
    expect(() => readVerification(jwks, answer.signed, { issuer: 'https://elsewhere.example' })).toThrow(/issued/);
    expect(() => readVerification(jwks, answer.signed, { now: Date.now() + 25 * 3_600_000 })).toThrow(/day is over/);
  });
});

test('the verification example', async () => {
  const number = await hooks.api.person();
  expect(await verify(client, number, '1990-01-01')).toMatchObject({ verdict: 'valid' });
  expect(await verify(client, number, '1991-01-01')).toMatchObject({ verdict: 'unknown' });
});

test('the example of a file of questions, as CSV and as lines, typed', async () => {
  const number = await hooks.api.person();
  const csv = `identity_number,birth_date,reference\n${number},1990-01-01,الأول\n${number},1990-01-02,\n`;
  const lines = [{ identityNumber: number, birthDate: '1990-01-01', reference: 'الأول' }, { identityNumber: number }];
  const said = async (file: Parameters<typeof verifyFile>[1]) =>
    (await verifyFile(client, file, randomUUID())).map(({ reference, verdict, refused }) => [
      reference,
      verdict ?? refused,
    ]);
  expect(await said(csv)).toEqual([
    ['الأول', 'valid'],
    [null, 'unknown'],
  ]);
  expect(await said(lines)).toEqual([
    ['الأول', 'valid'],
    [null, 'one-fact-needed'],
  ]);
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
});

test('a case that cannot be followed says why, however it is looked at', async () => {
  for (const by of ['stream', 'poll'] as const) {
    const refused = await thrown(client.closed('rnw_nosuchcase', { by }));
    expect([by, refused.code, refused.status, refused.retryable]).toEqual([by, 'case-not-found', 404, false]);
    expect(refused.problem?.titles.ar).toMatch(/\p{Script=Arabic}/u);
  }
});

test('an answer without a body is an answer', async () => {
  const { id } = await hooks.add('http://127.0.0.1:9/');
  const remove = () => answer(client.api.DELETE('/v1/webhook-endpoints/{id}', { params: { path: { id } } }));
  expect((await remove()).response.status).toBe(204);
  expect((await thrown(remove())).code).toBe('webhook-endpoint-not-found');
});

/** The first two streams end after their first event. */
function breaking() {
  const seen = { streams: 0 };
  const fetchWith: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const url = input instanceof Request ? input.url : String(input);
    if (!url.endsWith('/stream') || ++seen.streams > 2) return response;
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const piece = Buffer.from((await reader.read()).value ?? []);
    await reader.cancel();
    // Of all that had come by then, one event at most: the case may be over already.
    const end = piece.indexOf('\n\n');
    const first = end === -1 ? piece : piece.subarray(0, end + 2);
    return new Response(new Uint8Array(first), { status: response.status, headers: response.headers });
  };
  return { seen, fetch: fetchWith };
}

async function filedBy(portal: TajdidClient, key: string): Promise<Case> {
  const number = await hooks.api.person();
  const { documentRef } = await portal.uploadPhoto(number, photo);
  return portal.fileCase(key, {
    type: 'id-renewal',
    applicant: { identityNumber: number },
    application: { photo: documentRef, delivery: { method: 'courier' } },
  });
}

test('a stream that breaks is taken up where it was; an aborted one ends', async () => {
  const { seen, fetch } = breaking();
  const fragile = createTajdidClient({ baseUrl: hooks.api.url, token: () => hooks.api.portal(), fetch });
  const filed = await filedBy(fragile, 'breaking');
  const versions: number[] = [];
  for await (const { version } of fragile.follow(filed.id, { everyMs: 10 })) versions.push(version);
  expect(seen.streams).toBeGreaterThan(2);
  expect(versions).toEqual(versions.map((_, i) => i + 1));

  const stop = new AbortController();
  stop.abort();
  await expect(client.follow(filed.id, { signal: stop.signal }).next()).rejects.toThrow(/abort/i);
});

describe('an identity provider', () => {
  /** Its tokens last for one request; it answers what `answer` says. */
  const provider = { asked: 0, answer: (): number => 200 };
  const server = createServer((_request, response) => {
    provider.asked += 1;
    const status = provider.answer();
    void hooks.api.portal().then((token) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(status === 200 ? JSON.stringify({ access_token: token, expires_in: 1 }) : 'busy');
    });
  });
  let tokenUrl: string;
  beforeAll(async () => {
    tokenUrl = `${(await listening(server)).url}/token`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const clientOf = (fetchWith?: typeof fetch): TajdidClient =>
    createTajdidClient({
      baseUrl: hooks.api.url,
      token: clientCredentials({ tokenUrl, clientId: 'absher-individuals', clientSecret: 's' }),
      ...(fetchWith ? { fetch: fetchWith } : {}),
    });

  test('that is busy for a moment ends nothing that is followed', async () => {
    const { seen, fetch } = breaking();
    const fragile = clientOf(fetch);
    const filed = await filedBy(fragile, 'busy-provider');
    let busy = 0;
    provider.answer = () => (seen.streams === 1 && ++busy === 1 ? 503 : 200);
    const versions: number[] = [];
    for await (const { version } of fragile.follow(filed.id, { everyMs: 10 })) versions.push(version);
    expect(busy).toBeGreaterThan(1);
    expect(versions).toEqual(versions.map((_, i) => i + 1));
  });

  test('that refuses the client is not asked for ever', async () => {
    provider.answer = () => 401;
    provider.asked = 0;
    const refused = clientOf().follow('rnw_some', { everyMs: 10 }).next();
    await expect(refused).rejects.toMatchObject({ name: 'TokenProblem', status: 401, retryable: false });
    expect(provider.asked).toBe(1);
  });
});

test('an address that is none is refused at once, not tried for ever', () => {
  const token = (): Promise<string> => Promise.resolve('t');
  for (const baseUrl of ['tajdid.example', 'localhost:8080', ''])
    expect(() => createTajdidClient({ baseUrl, token })).toThrow(/baseUrl/);
  expect(() => clientCredentials({ tokenUrl: '/token', clientId: 'c', clientSecret: 's' })).toThrow(/tokenUrl/);
});
