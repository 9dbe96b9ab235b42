import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { digestOf, disclosureOf } from '../../adapters/signing/sd-jwt';
import { createSigner } from '../../adapters/signing/ed25519';
import type { IdentityNumber } from '../../domain/identity-number';
import { createApi } from '../../api/app';
import { createServiceFlows } from '../../client/services';
import { until } from '../support/until';
import { startApiWorld, type Answer, type ApiWorld } from '../api/api-world';
import { aPerson } from '../support/people';

let api: ApiWorld;
let portal: string;
let health: string;
let number: IdentityNumber;
let person: string;

beforeAll(async () => {
  api = await startApiWorld();
  portal = await api.portal();
  health = await body('ministry-of-health');
  const given = aPerson('140000001');
  number = given.number;
  const [enrolled] = await api.world.enrol([given]);
  person = enrolled?.person ?? '';
});
afterAll(() => api?.stop());

interface Granted {
  readonly id: string;
  readonly state: string;
  readonly receipt: string;
  readonly credential: string;
}

const body = (client: string): Promise<string> =>
  api.token({ sub: client, roles: ['portal'], clientId: client, channel: client });
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
let keys = 0;
const grant = (change: object = {}, key = `share-${(keys += 1)}`): Promise<Answer> =>
  api.call('POST', '/v1/people/shares', {
    token: portal,
    headers: { 'idempotency-key': api.key(key) },
    body: {
      identityNumber: number,
      recipient: 'ministry-of-health',
      fields: ['name', 'birthDate', 'address'],
      purpose: 'فتح ملف طبي',
      expiresAt: inSeconds(3600),
      ...change,
    },
  });
async function granted(change: object = {}): Promise<Granted> {
  const answer = await grant(change);
  if (answer.status !== 201) throw new Error(answer.text);
  return JSON.parse(answer.text) as Granted;
}
const fetchShare = (id: string, token = health, fields?: string): Promise<Answer> =>
  api.call('GET', `/v1/shares/${id}${fields === undefined ? '' : `?fields=${fields}`}`, { token });
const revoke = (id: string, identityNumber: string = number, token = portal): Promise<Answer> =>
  api.call('POST', `/v1/people/shares/${id}/revoke`, { token, body: { identityNumber } });
const messages = async (id: string): Promise<string[]> =>
  (await api.world.control.ledger('messages', id)).map(({ textEn }) => String(textEn));
const code = (answer: Answer): [number, string] => [answer.problem().status, answer.problem().code];
const jwks = async () =>
  createLocalJWKSet(JSON.parse((await api.call('GET', '/.well-known/jwks.json')).text) as JSONWebKeySet);

test('granted, fetched by the body, each fetch logged and told', async () => {
  const { id, state } = await granted();
  expect(state).toBe('active');
  const fetched = JSON.parse((await fetchShare(id)).text) as { data: object; purpose: string };
  expect(fetched).toMatchObject({
    purpose: 'فتح ملف طبي',
    data: {
      name: { ar: 'محمد بن عبدالله الأحمد', en: 'Mohammed Alahmad' },
      birthDate: '1990-01-01',
      address: { city: 'الرياض' },
    },
  });
  expect(Object.keys(fetched.data)).toEqual(['name', 'birthDate', 'address']);
  expect((JSON.parse((await fetchShare(id, health, 'birthDate')).text) as { data: object }).data).toEqual({
    birthDate: '1990-01-01',
  });
  const sent = await until(
    () => messages(id),
    (texts) => texts.length === 3,
  );
  expect(sent[0]).toMatch(/^You let Ministry of Health read: name, date of birth, national address, until /);
  expect(sent.slice(1)).toEqual(
    Array.from({ length: 2 }, () => 'Ministry of Health has fetched the data that you let it read.'),
  );

  const record = JSON.parse(
    (await api.call('POST', '/v1/people/record', { token: portal, body: { identityNumber: number } })).text,
  ) as { accesses: { times: number; what: { code: string }; by: { code: string } }[] };
  expect(record.accesses.slice(0, 2).map(({ times, what, by }) => [times, what.code, by.code])).toEqual([
    [2, 'fetched', 'ministry-of-health'],
    [1, 'shared', 'absher-individuals'],
  ]);
});

test('a field that was not granted, another body, no such share: each its own refusal, and on record', async () => {
  const { id } = await granted();
  expect(code(await fetchShare(id, health, 'name,phone'))).toEqual([403, 'share-field-not-granted']);
  expect(code(await fetchShare(id, await body('ministry-of-education')))).toEqual([403, 'share-for-another-body']);
  expect(code(await fetchShare(id, await body('absher-business')))).toEqual([403, 'share-for-another-body']);
  expect(code(await fetchShare('shr_aaaaaaaaaaaaaaaaaaaaaaaaaa'))).toEqual([404, 'share-not-found']);
  const refused = await api.world.database.from('register').query<{ outcome: string; client: string }>({
    text: `SELECT outcome, client FROM service_log WHERE ref = $1 AND what = 'refused' ORDER BY seq`,
    values: [id],
  });
  expect(refused.map(({ outcome, client }) => [outcome, client])).toEqual([
    ['share-field-not-granted', 'ministry-of-health'],
    ['share-for-another-body', 'ministry-of-education'],
    ['share-for-another-body', 'absher-business'],
  ]);
});

test('revoked: nothing from that moment on, and the person is told; only by the person', async () => {
  const { id } = await granted();
  const other = aPerson('140000002');
  await api.world.enrol([other]);
  expect(code(await revoke(id, other.number))).toEqual([404, 'share-not-found']);
  expect(code(await revoke(id, number, health))).toEqual([404, 'share-not-found']);
  expect((await fetchShare(id)).status).toBe(200);
  expect(JSON.parse((await revoke(id)).text)).toMatchObject({ state: 'revoked' });
  expect(code(await fetchShare(id))).toEqual([410, 'share-revoked']);
  expect((await revoke(id)).status).toBe(200);
  expect((await api.call('GET', `/v1/shares/${id}/status`)).text).toBe('{"state":"revoked"}');
  const sent = await until(
    () => messages(id),
    (texts) => texts.length === 3,
  );
  expect(sent[2]).toBe('Your share with Ministry of Health is revoked: it can read your data no more.');
  await until(
    () => api.world.client.workflow.getHandle(id).describe(),
    ({ status }) => status.name === 'COMPLETED',
  );
});

test('the key of a grant, sent again once the share is over, mints nothing', async () => {
  const expiresAt = inSeconds(3600);
  const { id } = JSON.parse((await grant({ expiresAt }, 'granted-and-revoked')).text) as Granted;
  await revoke(id);
  const again = await grant({ expiresAt }, 'granted-and-revoked');
  expect(code(again)).toEqual([410, 'share-revoked']);
  expect(again.text).not.toContain('~');
});

describe('a fetch that a revocation overtakes', () => {
  /** Another server on the same data, whose vault takes its time and whose engine is silent. */
  async function slowServer(): Promise<{ url: string; reading: Promise<void>; goOn(): void; stop(): void }> {
    let reached = (): void => undefined;
    const reading = new Promise<void>((resolve) => (reached = resolve));
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const { vault, services } = api.deps;
    const app = createApi({
      ...api.deps,
      vault: {
        ...vault,
        async get<T>(ref: string) {
          reached();
          await gate;
          return vault.get<T>(ref);
        },
      },
      services: {
        ...services,
        flows: { ...services.flows, shareChanged: () => Promise.reject(new Error('the engine is silent')) },
      },
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const stop = (): void => {
      server.close();
      server.closeAllConnections();
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, reading, goOn, stop };
  }

  test.each(['revoked while it is read', 'left alone'])('%s', async (what) => {
    const { id } = await granted();
    const server = await slowServer();
    const answer = fetch(`${server.url}/v1/shares/${id}`, { headers: { authorization: `Bearer ${health}` } });
    await server.reading;
    if (what !== 'left alone') expect((await revoke(id)).status).toBe(200);
    server.goOn();
    const { status } = await answer;
    expect(status).toBe(what === 'left alone' ? 200 : 410);
    const fetched = await api.world.database.from('register').query({
      text: `SELECT 1 FROM service_log WHERE ref = $1 AND what = 'fetched'`,
      values: [id],
    });
    expect(fetched).toHaveLength(what === 'left alone' ? 1 : 0);
    server.stop();
  });
});

test('what a crash left behind: the sweep starts the workflow of a share that has none, and tells one that was not told', async () => {
  const { shares } = api.deps.services;
  const past = new Date(Date.now() - 60 * 60_000).toISOString();
  const { id: orphan } = await granted();
  const lost = 'shr_aaaaaaaaaaaaaaaaaaaaaaaaab';
  await shares.grant(
    {
      id: lost,
      person,
      client: 'absher-individuals',
      recipient: 'ministry-of-health',
      fields: ['name'],
      purposeDigest: null,
      grantedAt: past,
      expiresAt: inSeconds(600),
    },
    { client: 'absher-individuals', channel: 'absher-individuals' },
  );
  await until(
    () => messages(orphan),
    (texts) => texts.length === 1,
  );
  await shares.fetch(orphan, { client: 'ministry-of-health', channel: 'ministry-of-health' }, past, []);
  const inbox = api.world.database.from('case');
  await inbox.query({
    text: `INSERT INTO webhook_inbox (source, id, received_at) VALUES ('payments', 'old', now() - interval '8 days'), ('payments', 'new', now())`,
  });
  await createServiceFlows(api.world.client, api.world.taskQueue).sweepNow();
  expect(
    await until(
      () => messages(lost),
      (texts) => texts.length === 1,
    ),
  ).toEqual([expect.stringMatching(/^You let/)]);
  expect(
    await until(
      () => messages(orphan),
      (texts) => texts.length === 2,
    ),
  ).toEqual([expect.stringMatching(/^You let/), expect.stringMatching(/has fetched/)]);
  const kept = await inbox.query<{ id: string }>({ text: `SELECT id FROM webhook_inbox WHERE source = 'payments'` });
  expect(kept).toEqual([{ id: 'new' }]);
});

test('a person lists their own shares, and finds there what to revoke', async () => {
  const owner = aPerson('140000005');
  await api.world.enrol([owner]);
  const first = await granted({ identityNumber: owner.number });
  const second = await granted({ identityNumber: owner.number, fields: ['phone'], purpose: 'تحديث الجوال' });
  const list = async (token = portal): Promise<Answer> =>
    api.call('POST', '/v1/people/shares/list', { token, body: { identityNumber: owner.number } });
  const items = async (): Promise<Record<string, unknown>[]> =>
    (JSON.parse((await list()).text) as { items: Record<string, unknown>[] }).items;
  expect(await items()).toMatchObject([
    { id: second.id, state: 'active', fields: ['phone'], purpose: 'تحديث الجوال' },
    { id: first.id, state: 'active', purpose: 'فتح ملف طبي' },
  ]);
  const { revoke: revokeAt } = z.object({ revoke: z.string() }).parse((await items())[0]?.['links']);
  await api.call('POST', revokeAt, { token: portal, body: { identityNumber: owner.number } });
  expect((await items()).map(({ state }) => state)).toEqual(['revoked', 'active']);
  expect(code(await list(health))).toEqual([403, 'not-your-role']);
});

test('its time over: refused at once, ended by the timer, told', async () => {
  const { id } = await granted({ expiresAt: inSeconds(5) });
  expect((await fetchShare(id)).status).toBe(200);
  const ended = await until(
    () => fetchShare(id),
    ({ status }) => status !== 200,
  );
  expect(code(ended)).toEqual([410, 'share-expired']);
  await until(
    () => messages(id),
    (texts) => texts.includes('Your share with Ministry of Health has come to its end.'),
  );
  await until(
    () => api.world.client.workflow.getHandle(id).describe(),
    ({ status }) => status.name === 'COMPLETED',
  );
  const [row] = await api.world.database.from('register').query<{ ended: boolean }>({
    text: 'SELECT ended_at IS NOT NULL AS ended FROM shares WHERE id = $1',
    values: [id],
  });
  expect(row?.ended).toBe(true);
});

test('a receipt for both, without personal data, checked offline', async () => {
  const { id, receipt } = await granted();
  const { payload } = await compactVerify(receipt, await jwks());
  const said = JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>;
  expect(said).toMatchObject({
    iss: 'https://tajdid.example',
    jti: id,
    aud: 'ministry-of-health',
    fields: ['name', 'birthDate', 'address'],
  });
  expect(Buffer.from(payload).toString()).not.toMatch(new RegExp(`${number}|${person}|طبي`));
  const list = JSON.parse((await api.call('GET', '/v1/shares', { token: health })).text) as { items: Granted[] };
  expect(list.items[0]).toMatchObject({ id, receipt });
  expect(
    (JSON.parse((await api.call('GET', '/v1/shares', { token: await body('social-insurance') })).text) as { items: [] })
      .items,
  ).toEqual([]);
});

test('the digest of a disclosure is the one of RFC 9901', () => {
  expect(digestOf('WyI2cU1RdlJMNWhhaiIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0')).toBe(
    'uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY',
  );
  expect(JSON.parse(Buffer.from(disclosureOf('s', 'name', 'x'), 'base64url').toString())).toEqual(['s', 'name', 'x']);
});

test('the credential shows what its holder lets it show, and a made-up disclosure fits no digest', async () => {
  const { credential } = await granted({ fields: ['name', 'birthDate', 'nationality'] });
  const [jwt = '', ...disclosures] = credential.split('~').slice(0, -1);
  const { payload, protectedHeader } = await compactVerify(jwt, await jwks());
  expect(protectedHeader.typ).toBe('dc+sd-jwt');
  const signed = JSON.parse(Buffer.from(payload).toString()) as {
    _sd: string[];
    _sd_alg: string;
    vct: string;
    exp: number;
  };
  expect(signed).toMatchObject({ vct: 'https://tajdid.example/credentials/civil-record', _sd_alg: 'sha-256' });
  expect(Buffer.from(payload).toString()).not.toContain('Mohammed');
  const read = (shown: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(
      shown
        .filter((disclosure) => signed['_sd'].includes(digestOf(disclosure)))
        .map(
          (disclosure) =>
            (JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as [string, string, unknown]).slice(1) as [
              string,
              unknown,
            ],
        ),
    );
  expect(read(disclosures)).toEqual({
    name: { ar: 'محمد بن عبدالله الأحمد', en: 'Mohammed Alahmad' },
    birthDate: '1990-01-01',
    nationality: 'SAU',
  });
  const onlyNationality = disclosures.filter((disclosure) =>
    Buffer.from(disclosure, 'base64url').toString().includes('nationality'),
  );
  expect(read(onlyNationality)).toEqual({ nationality: 'SAU' });
  expect(read([disclosureOf('salt', 'nationality', 'EGY')])).toEqual({});
  const stranger = createSigner(Buffer.alloc(32, 7)).sign('dc+sd-jwt', signed);
  await expect(compactVerify(stranger, await jwks())).rejects.toThrow();
});

test('another implementation of SD-JWT VC takes the credential, shows a part of it, and refuses a forged one', async () => {
  const { credential } = await granted({ fields: ['name', 'birthDate', 'nationality'] });
  const { keys: known } = JSON.parse((await api.call('GET', '/.well-known/jwks.json')).text) as {
    keys: (JsonWebKey & { kid: string })[];
  };
  const [key] = known;
  const verifier = new SDJwtVcInstance({
    hasher: (data, alg) =>
      createHash(alg.replace('-', ''))
        .update(typeof data === 'string' ? data : Buffer.from(data))
        .digest(),
    hashAlg: 'sha-256',
    verifier: (data, signature) =>
      verify(
        null,
        Buffer.from(data),
        createPublicKey({ key: key ?? {}, format: 'jwk' }),
        Buffer.from(signature, 'base64url'),
      ),
  });
  const { payload } = await verifier.verify(credential);
  expect(payload).toMatchObject({
    iss: 'https://tajdid.example',
    aud: 'ministry-of-health',
    birthDate: '1990-01-01',
    nationality: 'SAU',
    name: { en: 'Mohammed Alahmad' },
  });
  const shown = await verifier.verify(await verifier.present(credential, { nationality: true }));
  expect(shown.payload).toMatchObject({ nationality: 'SAU' });
  expect(JSON.stringify(shown.payload)).not.toMatch(/Mohammed|1990-01-01/);
  const madeUp = disclosureOf('salt', 'nationality', 'EGY');
  const added = `${await verifier.present(credential, { birthDate: true })}${madeUp}~`;
  expect((await verifier.verify(added)).payload).not.toHaveProperty('nationality');
  const [jwt = '', ...rest] = credential.split('~');
  const [head, body, signature = ''] = jwt.split('.');
  const wrong = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  await expect(verifier.verify([`${head}.${body}.${wrong}`, ...rest].join('~'))).rejects.toThrow();
});

test('bad input', async () => {
  expect(code(await grant({ recipient: 'a-friend' }))).toEqual([422, 'recipient-unknown']);
  expect(code(await grant({ expiresAt: inSeconds(-1) }))).toEqual([422, 'share-time']);
  expect(code(await grant({ expiresAt: inSeconds(400 * 86_400) }))).toEqual([422, 'share-time']);
  expect(code(await grant({ fields: [] }))).toEqual([422, 'validation-failed']);
  expect(code(await grant({ fields: ['salary'] }))).toEqual([422, 'validation-failed']);
  expect(code(await grant({ identityNumber: aPerson('149999999').number }))).toEqual([404, 'person-not-found']);
  const expiresAt = inSeconds(600);
  const first = await grant({ expiresAt }, 'the-same');
  expect((JSON.parse((await grant({ expiresAt }, 'the-same')).text) as Granted).id).toBe(
    (JSON.parse(first.text) as Granted).id,
  );
  expect(code(await grant({ expiresAt, fields: ['phone'] }, 'the-same'))).toEqual([422, 'idempotency-key-reused']);
});
