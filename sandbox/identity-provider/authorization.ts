import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { HttpProblem } from '../core/problem';
import { type Person, personOf } from './people';

/** A public client that signs staff in, by authorisation code with PKCE. */
export interface StaffClient {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  /** How long a token is good for a client that does not renew its tokens. */
  readonly tokenSeconds?: number;
}

/** Operators' command line: it listens on whatever loopback port is free (RFC 8252, 7.3), and a token lasts it a working day. */
export const COMMAND_LINE: StaffClient = {
  clientId: 'tajdid-cli',
  redirectUris: ['http://127.0.0.1/callback'],
  tokenSeconds: 8 * 3600,
};

const CODE_LIVES_MS = 60_000;

const AuthorizationRequest = z.object({
  response_type: z.string().optional(),
  client_id: z.string(),
  redirect_uri: z.string(),
  scope: z.string().default(''),
  state: z.string().optional(),
  nonce: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.string().optional(),
});
export type AuthorizationRequest = z.infer<typeof AuthorizationRequest>;

/** Somebody who signed in, and what the client had asked for. */
export interface Grant {
  readonly person: Person;
  readonly request: AuthorizationRequest;
}

/** A refusal that may go back to the client by redirect. */
export class AuthorizationError extends Error {
  constructor(
    readonly code: string,
    readonly request: AuthorizationRequest,
  ) {
    super(code);
    this.name = 'AuthorizationError';
  }
}

/** The codes that were given out: each is good once, for a minute, for the client, address and verifier it was asked with. */
export class Authorizations {
  private readonly grants = new Map<string, Grant & { readonly until: number }>();

  constructor(private readonly clients: readonly StaffClient[]) {}

  /** Throws an HttpProblem where nothing may be redirected: an unknown client or address. */
  read(params: URLSearchParams): AuthorizationRequest {
    const parsed = AuthorizationRequest.safeParse(Object.fromEntries(params));
    if (!parsed.success) throw new HttpProblem(400, 'invalid_request');
    const request = parsed.data;
    const client = this.clientOf(request);
    if (!client) throw new HttpProblem(400, 'unauthorized_client');
    if (!client.redirectUris.includes(withoutLoopbackPort(client, request.redirect_uri)))
      throw new HttpProblem(400, 'invalid_redirect_uri');
    if (request.response_type !== 'code') throw new AuthorizationError('unsupported_response_type', request);
    if (!request.scope.split(' ').includes('openid')) throw new AuthorizationError('invalid_scope', request);
    if (request.code_challenge_method !== 'S256' || !/^[\w-]{43}$/.test(request.code_challenge ?? '')) {
      throw new AuthorizationError('invalid_request', request);
    }
    return request;
  }

  grant(request: AuthorizationRequest, sub: string): string {
    const person = personOf(sub);
    if (!person) throw new AuthorizationError('access_denied', request);
    const now = Date.now();
    for (const [code, { until }] of this.grants) if (until < now) this.grants.delete(code);
    const code = randomBytes(32).toString('base64url');
    this.grants.set(code, { person, request, until: now + CODE_LIVES_MS });
    return code;
  }

  /** null where any of it does not fit; the code is spent either way. */
  redeem(form: URLSearchParams): Grant | null {
    const code = form.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    if (!grant || grant.until < Date.now()) return null;
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      challenge === grant.request.code_challenge &&
      form.get('client_id') === grant.request.client_id &&
      form.get('redirect_uri') === grant.request.redirect_uri;
    return fits ? grant : null;
  }

  clientOf({ client_id }: AuthorizationRequest): StaffClient | undefined {
    return this.clients.find(({ clientId }) => clientId === client_id);
  }

  /** Without a client: whether any of them does. */
  mayReturnTo(url: string, clientId?: string): boolean {
    return this.clients.some(
      (client) =>
        (clientId === undefined || client.clientId === clientId) &&
        client.redirectUris.some((uri) => origin(uri) === origin(url)),
    );
  }
}

/** The port of a loopback address counts only where the client has registered one. */
function withoutLoopbackPort({ redirectUris }: StaffClient, uri: string): string {
  const bare = uri.replace(/^(http:\/\/127\.0\.0\.1):\d+\//, '$1/');
  return redirectUris.includes(bare) ? bare : uri;
}

/** null for what is no URL. */
function origin(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}
