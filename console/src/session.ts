import { useSyncExternalStore } from 'react';

export interface Staff {
  readonly id: string;
  readonly name: { readonly ar: string; readonly en: string };
  readonly roles: readonly string[];
  readonly office: string | undefined;
}

export interface Session {
  readonly token: string;
  /** Milliseconds since 1970; from `renewAt` on it is renewed, where there is something to renew it by. */
  readonly until: number;
  readonly renewAt?: number;
  /** Good once, for the next token and the next of these. */
  readonly refresh?: string | undefined;
  /** One time of signing in: a tab that was duplicated has the same, and the same refresh token. */
  readonly signIn?: string;
  readonly staff: Staff;
  /** Where the provider's own session is ended, with what it asks for then; undefined where it offers no such place. */
  readonly signOut?: { readonly at: string; readonly clientId: string; readonly idToken: string };
}

interface Settings {
  readonly issuer: string;
  readonly clientId: string;
}

interface Provider {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly revocation_endpoint?: string;
  readonly end_session_endpoint?: string;
}

/** For this tab only: whoever closes it is signed out here. */
const SESSION = 'tajdid.session';
const PENDING = 'tajdid.sign-in';
const CALLBACK = '/console/callback';
/** Milliseconds before its end that a token is renewed, or a quarter of a shorter life. */
const BEFORE_END = 60_000;

function kept(): Session | undefined {
  const text = sessionStorage.getItem(SESSION);
  const found = text === null ? undefined : (JSON.parse(text) as Session);
  return found && (found.refresh !== undefined || found.until > Date.now()) ? found : undefined;
}

let current = kept();
const listeners = new Set<() => void>();
export const onSession = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const session = (): Session | undefined => current;
export const useSession = (): Session | undefined => useSyncExternalStore(onSession, session);

const DRAFTS = 'tajdid.draft.';
/** Where a draft of whoever is signed in rests: nobody else who uses this tab reads it. */
export const draftName = (key: string): string => `${DRAFTS}${encodeURIComponent(current?.staff.id ?? '')}/${key}`;

function forgetDrafts(butOf?: string): void {
  const mine = butOf === undefined ? undefined : `${DRAFTS}${encodeURIComponent(butOf)}/`;
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(DRAFTS) && (mine === undefined || !name.startsWith(mine))) sessionStorage.removeItem(name);
}

export function keep(next: Session | undefined): void {
  current = next;
  if (next) sessionStorage.setItem(SESSION, JSON.stringify(next));
  else sessionStorage.removeItem(SESSION);
  for (const listener of listeners) listener();
}

/** The token is not taken any more: what was typed stays, and signing in leads back to it. */
export const expire = (): void => keep(undefined);

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** The provider answered, and said no. */
export class SignInRefused extends Error {}

/** Milliseconds; a provider that does not answer in time keeps nothing else waiting. */
const ANSWERED_WITHIN = 15_000;

async function json<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWERED_WITHIN) });
  if (response.status === 400 || response.status === 401) throw new SignInRefused(`sign-in: ${response.status}`);
  if (!response.ok) throw new Error(`sign-in: ${response.status}`);
  return (await response.json()) as T;
}

export async function provider(): Promise<{ settings: Settings; at: Provider }> {
  const settings = await json<Settings>('/console/settings.json');
  return { settings, at: await json<Provider>(`${settings.issuer}/.well-known/openid-configuration`) };
}

let leaving = false;
window.addEventListener('pageshow', () => (leaving = false));
/** On the way to the identity provider and back to this very place: nothing here is left. */
export const isSigningIn = (): boolean => leaving;

/** Off to the identity provider; it comes back to the callback with a code. */
export async function signIn(): Promise<void> {
  const { settings, at } = await provider();
  const verifier = random();
  const state = random();
  const nonce = random();
  const challenge = base64url(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))),
  );
  const from = location.pathname === CALLBACK ? '/console/' : location.pathname + location.search;
  sessionStorage.setItem(PENDING, JSON.stringify({ verifier, state, nonce, from }));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: location.origin + CALLBACK,
    scope: 'openid profile',
    state,
    nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  leaving = true;
  location.assign(`${at.authorization_endpoint}?${query}`);
}

interface IdClaims {
  readonly sub: string;
  readonly nonce?: string;
  readonly name?: string;
  readonly 'name#ar'?: string;
  readonly roles?: readonly string[];
  readonly office?: string;
}

/** Only shown, never trusted: the API verifies the access token itself. */
function claimsOf(idToken: string): IdClaims {
  const body = (idToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(
    new TextDecoder().decode(Uint8Array.from(atob(body), (char) => char.codePointAt(0) ?? 0)),
  ) as IdClaims;
}

interface Tokens {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
}

/** Asks for tokens; what they say of who signed in stands in the id token, where one came. */
export async function tokensFor(
  { settings, at }: { readonly settings: Settings; readonly at: Provider },
  form: Readonly<Record<string, string>>,
): Promise<
  Pick<Session, 'token' | 'until' | 'renewAt' | 'refresh'> &
    Partial<Pick<Session, 'signOut'>> & { readonly claims: IdClaims | undefined }
> {
  const body = new URLSearchParams({ ...form, client_id: settings.clientId });
  const given = await json<Tokens>(at.token_endpoint, { method: 'POST', body });
  const lasts = given.expires_in * 1000;
  const now = Date.now();
  return {
    token: given.access_token,
    until: now + lasts,
    renewAt: now + lasts - Math.min(BEFORE_END, lasts / 4),
    refresh: given.refresh_token,
    ...(at.end_session_endpoint !== undefined && given.id_token !== undefined
      ? { signOut: { at: at.end_session_endpoint, clientId: settings.clientId, idToken: given.id_token } }
      : {}),
    claims: given.id_token === undefined ? undefined : claimsOf(given.id_token),
  };
}

export function staffOf(claims: IdClaims): Staff {
  const english = claims.name ?? claims.sub;
  return {
    id: claims.sub,
    name: { ar: claims['name#ar'] ?? english, en: english },
    roles: claims.roles ?? [],
    office: claims.office,
  };
}

export const isCallback = (): boolean => location.pathname === CALLBACK;

/** Trades the code for a token; answers with the address that signing in began at. */
export async function finishSignIn(): Promise<string> {
  const given = new URLSearchParams(location.search);
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? '{}') as {
    verifier?: string;
    state?: string;
    nonce?: string;
    from?: string;
  };
  sessionStorage.removeItem(PENDING);
  const code = given.get('code');
  if (code === null || !pending.verifier || given.get('state') !== pending.state)
    throw new Error('sign-in: the answer does not fit the question');
  const { settings, at } = await provider();
  if (given.has('iss') && given.get('iss') !== settings.issuer) throw new Error('sign-in: answered by somebody else');
  const { claims, ...tokens } = await tokensFor(
    { settings, at },
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: location.origin + CALLBACK,
      code_verifier: pending.verifier,
    },
  );
  if (!claims || claims.nonce !== pending.nonce) throw new Error('sign-in: the answer does not fit the question');
  forgetDrafts(claims.sub);
  keep({ ...tokens, signIn: random(), staff: staffOf(claims) });
  return pending.from ?? '/console/';
}

const farewells = new Set<() => Promise<unknown>>();
/** What has to be said while there still is a token. */
export const beforeSignOut = (say: () => Promise<unknown>): void => void farewells.add(say);
/** Milliseconds; whoever wants to leave does not wait longer for what cannot be said. */
const PATIENCE = 2_000;

/** By a form: the id token says who it is, which belongs in no address. */
function endAtProvider({ at, clientId, idToken }: NonNullable<Session['signOut']>): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = at;
  const fields = {
    id_token_hint: idToken,
    client_id: clientId,
    post_logout_redirect_uri: `${location.origin}/console/`,
  };
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

export function signOut(): void {
  const ended = current?.signOut;
  const leave = (): void => {
    forgetDrafts();
    keep(undefined);
    if (ended) endAtProvider(ended);
  };
  const said = Promise.allSettled([...farewells].map((say) => say()));
  void Promise.race([said, new Promise((wake) => setTimeout(wake, PATIENCE))]).then(leave);
}

export const hasRole = (...roles: readonly string[]): boolean =>
  current?.staff.roles.some((role) => roles.includes(role)) ?? false;

/** The office that one's work is of; undefined for whoever works for all of them, as the committee does. */
export const officeHeldTo = (): string | undefined =>
  hasRole('committee', 'operator') ? undefined : current?.staff.office;

/** Somebody who repairs and decides nothing: their work begins at the incidents. */
export const isOnCall = (): boolean => hasRole('operator') && !hasRole('caseworker', 'supervisor', 'committee');
