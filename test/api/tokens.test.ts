import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startApiWorld, type Answer, type ApiWorld } from './api-world';

let api: ApiWorld;
beforeAll(async () => {
  api = await startApiWorld();
});
afterAll(() => api?.stop());

const list = (token?: string, header?: string): Promise<Answer> =>
  api.call('GET', '/v1/cases', {
    ...(token === undefined ? {} : { token }),
    headers: header === undefined ? {} : { authorization: header },
  });

function refused(answer: Answer, code: string): void {
  expect(answer.problem()).toMatchObject({ status: 401, code, type: `https://tajdid.example/problems/${code}` });
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
}

const claims = () => ({
  sub: 'staff-101',
  roles: ['caseworker'],
  iss: `${api.world.sandboxUrl}/idp`,
  aud: 'tajdid',
  exp: Math.floor(Date.now() / 1000) + 600,
});
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('no token, and what is no token', async () => {
  refused(await list(), 'token-missing');
  refused(await list('not.a.token'), 'token-malformed');
  refused(await list('x'), 'token-malformed');
  refused(await list(undefined, 'Basic eDp5'), 'token-malformed');
});

test('an expired token, also one that was good a moment ago', async () => {
  refused(await list(await api.token({ as: 'staff-101', lifetimeSeconds: -60 })), 'token-expired');
  let ahead = 0;
  const later = await startApiWorld({ now: () => Date.now() + ahead });
  try {
    const token = await later.token({ as: 'staff-101', lifetimeSeconds: 60 });
    expect((await later.call('GET', '/v1/cases', { token })).status).toBe(200);
    ahead = 66_000;
    refused(await later.call('GET', '/v1/cases', { token }), 'token-expired');
  } finally {
    await later.stop();
  }
});

test('a token for another audience, and of another issuer', async () => {
  refused(await list(await api.token({ as: 'staff-101', audience: 'another-api' })), 'token-wrong-audience');
  refused(await list(await api.token({ as: 'staff-101', issuer: 'https://elsewhere.example' })), 'token-wrong-issuer');
});

test('an unsigned token', async () => {
  refused(await list(`${part({ alg: 'none' })}.${part(claims())}.`), 'token-unsigned');
});

test('a token of an algorithm that is not allowed, such as one signed with the public key as a secret', async () => {
  const secret = new TextEncoder().encode('0123456789abcdef0123456789abcdef');
  refused(
    await list(await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(secret)),
    'token-algorithm-not-allowed',
  );
});

test('a token signed by somebody else, and one that was changed', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  expect((await exportJWK(publicKey)).kty).toBe('RSA');
  refused(
    await list(await new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: 'mine' }).sign(privateKey)),
    'token-signature-wrong',
  );
  const [header, , signature] = (await api.token({ as: 'staff-101' })).split('.');
  refused(await list(`${header}.${part({ ...claims(), roles: ['operator'] })}.${signature}`), 'token-signature-wrong');
});

test('a role that may not', async () => {
  const analyst = await api.token({ as: 'staff-601' });
  expect((await list(analyst)).problem()).toMatchObject({ status: 403, code: 'not-your-role' });
  const caseworker = await api.token({ as: 'staff-101' });
  const filing = await api.call('POST', '/v1/cases', {
    token: caseworker,
    headers: { 'idempotency-key': 'k' },
    body: {},
  });
  expect(filing.problem()).toMatchObject({ status: 403, code: 'not-your-role' });
});

test('an identity provider that is away is not the caller’s fault', async () => {
  const away = await startApiWorld({}, { issuer: 'http://127.0.0.1:9/idp' });
  try {
    const answer = await away.call('GET', '/v1/cases', { token: await away.token({ as: 'staff-101' }) });
    expect(answer.problem()).toMatchObject({ status: 503, code: 'identity-provider-silent' });
    expect(answer.headers.get('retry-after')).toBe('2');
  } finally {
    await away.stop();
  }
});

test('a client that asks too often', async () => {
  const strict = await startApiWorld({}, { requestsPerMinute: 2 });
  try {
    const token = await strict.token({ as: 'staff-101' });
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await strict.call('GET', '/v1/cases', { token }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.problem().code).toBe('too-many-requests');
    expect((await strict.call('GET', '/v1/cases', { token: await strict.token({ as: 'staff-102' }) })).status).toBe(
      200,
    );
  } finally {
    await strict.stop();
  }
});
