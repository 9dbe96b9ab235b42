import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { world, type World } from './world';

const redirectUri = 'http://127.0.0.1:9/console/callback';
let w: World;

beforeEach(async () => {
  w = await world({ staffClients: [{ clientId: 'console', redirectUris: [redirectUri] }] });
});
afterEach(() => w.stop());

interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly error?: string;
}

async function discover(): Promise<Record<string, string>> {
  return (await (await fetch(`${w.url}/idp/.well-known/openid-configuration`)).json()) as Record<string, string>;
}

async function verify(token: string, audience = 'tajdid') {
  const { jwks_uri: jwksUri = '', issuer = '' } = await discover();
  return jwtVerify(token, createRemoteJWKSet(new URL(jwksUri)), { audience, issuer, algorithms: ['RS256'] });
}

const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers,
  redirect: 'manual' as const,
});

async function token(fields: Record<string, string>, headers?: Record<string, string>) {
  const answer = await fetch(`${w.url}/idp/token`, form(fields, headers));
  return { status: answer.status, headers: answer.headers, tokens: (await answer.json()) as Tokens };
}

const verifier = randomBytes(32).toString('base64url');
const asked = {
  response_type: 'code',
  client_id: 'console',
  redirect_uri: redirectUri,
  scope: 'openid profile',
  state: 'st"ate',
  nonce: 'n-1',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};

async function signIn(sub: string, change: Record<string, string> = {}): Promise<URL> {
  const answer = await fetch(`${w.url}/idp/authorize`, form({ ...asked, sub, ...change }));
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location') ?? '');
}

const exchange = (code: string, change: Record<string, string> = {}) =>
  token({
    grant_type: 'authorization_code',
    code,
    client_id: 'console',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...change,
  });

test('a portal gets a token for its credentials, by either way of giving them', async () => {
  const secret = 'sandbox-absher-individuals-secret';
  const fields = { grant_type: 'client_credentials', client_id: 'absher-individuals', client_secret: secret };
  const { tokens } = await token(fields);
  const { payload } = await verify(tokens.access_token);
  expect(payload).toMatchObject({
    sub: 'absher-individuals',
    client_id: 'absher-individuals',
    channel: 'absher-individuals',
    roles: ['portal'],
  });
  const body = 'ministry-of-health';
  const ofBody = await token({ ...fields, client_id: body, client_secret: `sandbox-${body}-secret` });
  expect((await verify(ofBody.tokens.access_token)).payload).toMatchObject({ client_id: body, roles: ['portal'] });
  const basic = `Basic ${Buffer.from(`absher-individuals:${secret}`).toString('base64')}`;
  expect((await token({ grant_type: 'client_credentials' }, { authorization: basic })).status).toBe(200);
  expect(await token({ ...fields, client_secret: 'wrong' })).toMatchObject({
    status: 401,
    tokens: { error: 'invalid_client' },
  });
  expect((await token({ ...fields, client_id: 'toString' })).status).toBe(401);
  expect((await token({ ...fields, grant_type: 'password' })).status).toBe(400);
});

test('staff sign in by code and PKCE', async () => {
  const page = await (await fetch(`${w.url}/idp/authorize?${new URLSearchParams(asked).toString()}`)).text();
  expect(page).toContain('نورة');
  expect(page).toContain('Noura Alqahtani');
  expect(page).toContain('st&#34;ate');

  const back = await signIn('staff-101');
  expect(back.searchParams.get('state')).toBe(asked.state);
  expect(back.searchParams.get('iss')).toBe((await discover()).issuer);
  const { tokens, headers } = await exchange(back.searchParams.get('code') ?? '');
  expect(headers.get('cache-control')).toBe('no-store');
  expect((await verify(tokens.id_token, 'console')).payload).toMatchObject({ sub: 'staff-101', nonce: 'n-1' });
  const { payload } = await verify(tokens.access_token);
  expect(payload).toMatchObject({
    sub: 'staff-101',
    roles: ['caseworker'],
    office: 'riyadh-1',
    name: 'Noura Alqahtani',
  });
  const info = await fetch(`${w.url}/idp/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  expect(await info.json()).toMatchObject({ sub: 'staff-101', 'name#ar': 'نورة بنت سعد القحطاني' });
  expect((await fetch(`${w.url}/idp/userinfo`)).status).toBe(401);
});

test('a code is good once, and only for who asked for it', async () => {
  const code = async (): Promise<string> => (await signIn('staff-201')).searchParams.get('code') ?? '';
  const used = await code();
  expect((await exchange(used)).status).toBe(200);
  const refusals = [
    await exchange(used),
    await exchange(await code(), { code_verifier: 'x'.repeat(43) }),
    await exchange(await code(), { redirect_uri: 'http://elsewhere/' }),
    await exchange(await code(), { client_id: 'other' }),
    await exchange('none'),
  ];
  for (const refusal of refusals) expect(refusal).toMatchObject({ status: 400, tokens: { error: 'invalid_grant' } });
});

describe('a token is renewed', () => {
  const signedIn = async (change: Record<string, string> = {}): Promise<Tokens> => {
    const code = (await signIn('staff-201', change)).searchParams.get('code') ?? '';
    return (await exchange(code, change)).tokens;
  };
  const renew = (refresh = '', change: Record<string, string> = {}) =>
    token({ grant_type: 'refresh_token', refresh_token: refresh, client_id: 'console', ...change });
  const refused = { status: 400, tokens: { error: 'invalid_grant' } };

  test('by a refresh token that is good once, for the client that it was given to', async () => {
    const first = await signedIn();
    expect(first.expires_in).toBeLessThan(3600);
    const second = await renew(first.refresh_token);
    expect(second).toMatchObject({ status: 200, tokens: { expires_in: first.expires_in } });
    expect((await verify(second.tokens.access_token)).payload).toMatchObject({
      sub: 'staff-201',
      client_id: 'console',
    });
    expect((await verify(second.tokens.id_token, 'console')).payload.sub).toBe('staff-201');
    expect(second.tokens.refresh_token).not.toBe(first.refresh_token);
    for (const wrong of [await renew('none'), await renew(second.tokens.refresh_token, { client_id: 'tajdid-cli' })])
      expect(wrong).toMatchObject(refused);
    expect((await renew(second.tokens.refresh_token)).status).toBe(200);
  });

  test('and one that comes a second time was stolen: nothing of that sign-in is renewed any more', async () => {
    const first = await signedIn();
    const { tokens } = await renew(first.refresh_token);
    expect(await renew(first.refresh_token)).toMatchObject(refused);
    expect(await renew(tokens.refresh_token)).toMatchObject(refused);
    expect((await renew((await signedIn()).refresh_token)).status).toBe(200);
  });

  test('until it is revoked', async () => {
    const { refresh_token: refresh = '' } = await signedIn();
    const revoke = async (clientId: string) =>
      (await fetch(`${w.url}/idp/revoke`, form({ token: refresh, client_id: clientId }))).status;
    expect(await revoke('tajdid-cli')).toBe(200);
    const { tokens } = await renew(refresh);
    expect(tokens.refresh_token).toBeDefined();
    const again = tokens.refresh_token ?? '';
    expect((await fetch(`${w.url}/idp/revoke`, form({ token: again, client_id: 'console' }))).status).toBe(200);
    expect(await renew(again)).toMatchObject(refused);
  });

  test('and a client that does not renew has one for a working day', async () => {
    const loopback = { client_id: 'tajdid-cli', redirect_uri: 'http://127.0.0.1:9/callback' };
    const tokens = await signedIn(loopback);
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.expires_in).toBe(8 * 3600);
  });
});

test('nothing is redirected to an address that is not on the list', async () => {
  for (const change of [{ redirect_uri: 'http://elsewhere/' }, { client_id: 'other' }]) {
    const query = new URLSearchParams({ ...asked, ...change }).toString();
    expect((await fetch(`${w.url}/idp/authorize?${query}`, { redirect: 'manual' })).status).toBe(400);
  }
});

test('whoever signs out is led back by a client that says which it is, or whose id token it has, to an address of its own', async () => {
  const tokens = (await exchange((await signIn('staff-101')).searchParams.get('code') ?? '')).tokens;
  const here = 'http://127.0.0.1:9/console';
  const out = async (fields: Record<string, string>) => {
    const answers = [
      await fetch(`${w.url}/idp/logout?${new URLSearchParams(fields).toString()}`, { redirect: 'manual' }),
      await fetch(`${w.url}/idp/logout`, form(fields)),
    ];
    expect(answers[1]?.status).toBe(answers[0]?.status);
    return answers[1]?.status;
  };
  const hints = [{ client_id: 'console' }, { id_token_hint: tokens.id_token }];
  for (const hint of [...hints, Object.assign({}, ...hints) as Record<string, string>]) {
    expect(await out({ ...hint, post_logout_redirect_uri: here })).toBe(303);
    expect(await out({ ...hint, post_logout_redirect_uri: 'http://elsewhere/' })).toBe(400);
  }
  for (const none of [
    {},
    { client_id: 'other' },
    { client_id: 'tajdid-cli' },
    { id_token_hint: 'made-up' },
    { id_token_hint: tokens.access_token },
    { id_token_hint: tokens.id_token, client_id: 'tajdid-cli' },
  ])
    expect(await out({ ...none, post_logout_redirect_uri: here })).toBe(400);
  expect(await out({})).toBe(200);
});

test.each([
  [{ response_type: 'token' }, 'unsupported_response_type'],
  [{ scope: 'profile' }, 'invalid_scope'],
  [{ code_challenge_method: 'plain' }, 'invalid_request'],
  [{ sub: 'nobody' }, 'access_denied'],
])('a wrong request %j goes back with its error', async (change, error) => {
  const back = await signIn('staff-101', change);
  expect(back.searchParams.get('error')).toBe(error);
  expect(back.searchParams.get('code')).toBeNull();
});

test('any token can be minted, the wrong ones too, and keys outlive a restart', async () => {
  const mint = async (order: object) =>
    (await w.control<{ access_token: string }>('POST', '/token', order)).access_token;
  const good = await mint({ as: 'staff-301', office: 'dammam-1' });
  expect((await verify(good)).payload).toMatchObject({ sub: 'staff-301', roles: ['committee'], office: 'dammam-1' });
  await expect(verify(await mint({ as: 'staff-301', lifetimeSeconds: -10 }))).rejects.toThrow('exp');
  await expect(verify(await mint({ sub: 'x', audience: 'other' }))).rejects.toThrow('aud');
  expect(decodeJwt(await mint({ sub: 'x', roles: ['auditor'] }))).toMatchObject({ sub: 'x', roles: ['auditor'] });
  w = await w.restart({ port: Number(new URL(w.url).port) });
  expect((await verify(good)).payload.sub).toBe('staff-301');
});

test('a browser client of a listed origin may read tokens, another may not', async () => {
  const from = (origin: string) => fetch(`${w.url}/idp/token`, { method: 'OPTIONS', headers: { origin } });
  const listed = await from('http://127.0.0.1:9');
  expect(listed.status).toBe(204);
  expect(listed.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:9');
  expect((await from('http://elsewhere')).headers.get('access-control-allow-origin')).toBeNull();
});

test('the command line is answered on any loopback port, and nowhere else', async () => {
  const back = (redirectUri: string) =>
    fetch(
      `${w.url}/idp/authorize`,
      form({ ...asked, client_id: 'tajdid-cli', redirect_uri: redirectUri, sub: 'staff-401' }),
    );
  for (const port of [1, 40_123]) expect((await back(`http://127.0.0.1:${port}/callback`)).status).toBe(303);
  for (const wrong of [
    'http://127.0.0.1.evil.example/callback',
    'http://127.0.0.1:1/other',
    'http://127.0.0.1:1@evil.example/callback',
  ])
    expect((await back(wrong)).status).toBe(400);
  // A client whose port is registered keeps to it.
  expect(
    (
      await fetch(
        `${w.url}/idp/authorize`,
        form({ ...asked, redirect_uri: redirectUri.replace(':9/', ':10/'), sub: 'staff-401' }),
      )
    ).status,
  ).toBe(400);
});
