import type { IncomingMessage, ServerResponse } from 'node:http';
import { jwtVerify, createLocalJWKSet } from 'jose';
import { HttpProblem } from '../core/problem';
import { type Call, type Handler, redirect, type Router, sendHtml, sendJson } from '../core/router';
import {
  AuthorizationError,
  Authorizations,
  type AuthorizationRequest,
  type Grant,
  type StaffClient,
} from './authorization';
import { ALGORITHM, type SigningKeys } from './keys';
import { signedOutPage, signInPage } from './pages';
import { type Person, personOf } from './people';
import { Renewals } from './renewals';
import { PORTAL_TOKEN_SECONDS, STAFF_TOKEN_SECONDS, staffClaims, type TokenMint } from './tokens';

export interface IdentityProviderParts {
  readonly keys: SigningKeys;
  readonly mint: TokenMint;
  /** Of portals and official bodies, by client id. */
  readonly clientSecrets: ReadonlyMap<string, string>;
  readonly staffClients: readonly StaffClient[];
}

/** A small OIDC provider: client credentials for portals and official bodies, authorisation code with PKCE for staff. */
export function identityProviderRoutes(router: Router, parts: IdentityProviderParts): void {
  const { keys, mint, clientSecrets, staffClients } = parts;
  const authorizations = new Authorizations(staffClients);
  const renewals = new Renewals();
  const jwks = createLocalJWKSet({ keys: [...keys.jwks.keys] });
  const open = (path: string, method: 'GET' | 'POST', handler: Handler): void => {
    router.on(method, path, (call) => {
      allowOrigin(call, authorizations);
      return handler(call);
    });
    router.on('OPTIONS', path, (call) => {
      allowOrigin(call, authorizations);
      call.res.writeHead(204).end();
    });
  };

  open('/idp/.well-known/openid-configuration', 'GET', ({ res }) => sendJson(res, 200, discovery(mint.issuer())));
  open('/idp/jwks', 'GET', ({ res }) => sendJson(res, 200, keys.jwks));

  router.on('GET', '/idp/authorize', ({ res, query }) => {
    withRedirects(res, mint, () => {
      authorizations.read(query);
      sendHtml(res, 200, signInPage(query));
    });
  });
  router.on('POST', '/idp/authorize', ({ res, body }) => {
    withRedirects(res, mint, () => {
      const form = new URLSearchParams(body);
      const request = authorizations.read(form);
      const code = authorizations.grant(request, form.get('sub') ?? '');
      redirect(res, backTo(request, mint, { code }));
    });
  });

  open('/idp/token', 'POST', async ({ req, res, body }) => {
    res.setHeader('cache-control', 'no-store');
    const form = new URLSearchParams(body);
    const answer = async (): Promise<object | string> => {
      switch (form.get('grant_type')) {
        case 'client_credentials':
          return portalTokens(req, form);
        case 'authorization_code':
          return signedIn(authorizations.redeem(form));
        case 'refresh_token':
          return renewed(form);
        default:
          return 'unsupported_grant_type';
      }
    };
    const given = await answer();
    if (typeof given === 'string') sendJson(res, given === 'invalid_client' ? 401 : 400, { error: given });
    else sendJson(res, 200, given);
  });

  open('/idp/revoke', 'POST', ({ res, body }) => {
    renewals.revoke(new URLSearchParams(body));
    sendJson(res, 200, {});
  });

  open('/idp/userinfo', 'GET', async ({ req, res }) => {
    const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
    const options = { issuer: mint.issuer(), audience: mint.audience, algorithms: [ALGORITHM] };
    const verified = await jwtVerify(token, jwks, options).catch(() => null);
    const person = personOf(verified?.payload.sub ?? '');
    if (!person) throw new HttpProblem(401, 'invalid_token');
    sendJson(res, 200, staffClaims(person));
  });

  router.on('GET', '/idp/logout', ({ res, query }) => signOut(res, query));
  router.on('POST', '/idp/logout', ({ res, body }) => signOut(res, new URLSearchParams(body)));

  /** OpenID Connect RP-Initiated Logout: who wants people led back says which client it is, or shows an id token of theirs. */
  async function signOut(res: ServerResponse, given: URLSearchParams): Promise<void> {
    const to = given.get('post_logout_redirect_uri');
    if (to === null) return sendHtml(res, 200, signedOutPage());
    const [hint, clientId] = [given.get('id_token_hint'), given.get('client_id')];
    if (hint === null && clientId === null) throw new HttpProblem(400, 'invalid_request');
    const audience = hint === null ? clientId : await audienceOf(hint);
    if (clientId !== null && audience !== clientId) throw new HttpProblem(400, 'invalid_request');
    if (!authorizations.mayReturnTo(to, audience ?? '')) throw new HttpProblem(400, 'invalid_redirect_uri');
    redirect(res, withParams(to, { state: given.get('state') ?? undefined }));
  }

  /** Whose id token it is; one that has run out says so too. */
  async function audienceOf(idToken: string): Promise<string | null> {
    const options = { issuer: mint.issuer(), algorithms: [ALGORITHM], typ: 'JWT', currentDate: new Date(0) };
    const verified = await jwtVerify(idToken, jwks, options).catch(() => null);
    return verified === null ? null : String(verified.payload.aud);
  }

  async function portalTokens(req: IncomingMessage, form: URLSearchParams): Promise<object | string> {
    const [id, secret] = clientCredentials(req, form);
    if (secret === '' || clientSecrets.get(id) !== secret) return 'invalid_client';
    return { access_token: await mint.portal(id), token_type: 'Bearer', expires_in: PORTAL_TOKEN_SECONDS };
  }

  async function signedIn(grant: Grant | null): Promise<object | string> {
    if (!grant) return 'invalid_grant';
    const { person, request } = grant;
    const seconds = authorizations.clientOf(request)?.tokenSeconds;
    return {
      ...(await staffTokens(person, request, seconds)),
      id_token: await mint.identity(person, request.client_id, request.nonce),
      ...(seconds === undefined && { refresh_token: renewals.begin(grant) }),
    };
  }

  async function renewed(form: URLSearchParams): Promise<object | string> {
    const grant = renewals.renew(form);
    if (!grant) return 'invalid_grant';
    const { person, request, refresh } = grant;
    return {
      ...(await staffTokens(person, request)),
      id_token: await mint.identity(person, request.client_id, undefined),
      refresh_token: refresh,
    };
  }

  const staffTokens = async (
    person: Person,
    { client_id, scope }: AuthorizationRequest,
    seconds = STAFF_TOKEN_SECONDS,
  ): Promise<object> => ({
    access_token: await mint.staff(person, client_id, seconds),
    token_type: 'Bearer',
    expires_in: seconds,
    scope,
  });
}

/** By HTTP Basic, or in the form. */
function clientCredentials(req: IncomingMessage, form: URLSearchParams): [string, string] {
  const basic = /^Basic (.+)$/.exec(req.headers.authorization ?? '')?.[1];
  if (basic === undefined) return [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return [formDecode(text.slice(0, colon)), formDecode(text.slice(colon + 1))];
}

/** RFC 6749 2.3.1: both halves are form-encoded before they are joined. */
const formDecode = (text: string): string => new URLSearchParams(`v=${text}`).get('v') ?? '';

function discovery(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    revocation_endpoint: `${issuer}/revoke`,
    end_session_endpoint: `${issuer}/logout`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [ALGORITHM],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    scopes_supported: ['openid', 'profile'],
    authorization_response_iss_parameter_supported: true,
  };
}

/** A browser client may read the answers when its origin is one of those that sign-in returns to. */
function allowOrigin({ req, res }: Call, authorizations: Authorizations): void {
  const { origin } = req.headers;
  if (origin === undefined || !authorizations.mayReturnTo(origin)) return;
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader('access-control-allow-headers', 'authorization, content-type');
  res.setHeader('vary', 'origin');
}

/** RFC 9207: the issuer goes back too, so that a client knows who answered. */
const backTo = (request: AuthorizationRequest, mint: TokenMint, params: Record<string, string>): string =>
  withParams(request.redirect_uri, { ...params, state: request.state, iss: mint.issuer() });

function withParams(to: string, params: Record<string, string | undefined>): string {
  const url = new URL(to);
  for (const [name, value] of Object.entries(params)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

function withRedirects(res: ServerResponse, mint: TokenMint, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof AuthorizationError)) throw error;
    redirect(res, backTo(error.request, mint, { error: error.code }));
  }
}
