import { useSyncExternalStore } from 'react';

export interface Staff {
  readonly id: string;
  readonly name: { readonly ar: string; readonly en: string };
  readonly roles: readonly string[];
  readonly office: string | undefined;
}

interface Session {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly staff: Staff;
  /** Where the provider's own session is ended, with what it asks for then; undefined where it offers no such place. */
  readonly signOut: { readonly at: string; readonly clientId: string; readonly idToken: string } | undefined;
}

interface Settings {
  readonly issuer: string;
  readonly clientId: string;
}

interface Provider {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint?: string;
}

/** For this tab only: whoever closes it is signed out here. */
const SESSION = 'tajdid.session';
const PENDING = 'tajdid.sign-in';
const CALLBACK = '/console/callback';

function kept(): Session | undefined {
  const text = sessionStorage.getItem(SESSION);
  const found = text === null ? undefined : (JSON.parse(text) as Session);
  return found && found.until > Date.now() ? found : undefined;
}

let current = kept();
const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const session = (): Session | undefined => current;
export const useSession = (): Session | undefined => useSyncExternalStore(subscribe, session);

const DRAFTS = 'tajdid.draft.';
/** Where a draft of whoever is signed in rests: nobody else who uses this tab reads it. */
export const draftName = (key: string): string => `${DRAFTS}${encodeURIComponent(current?.staff.id ?? '')}/${key}`;

function forgetDrafts(butOf?: string): void {
  const mine = butOf === undefined ? undefined : `${DRAFTS}${encodeURIComponent(butOf)}/`;
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(DRAFTS) && (mine === undefined || !name.startsWith(mine))) sessionStorage.removeItem(name);
}

function keep(next: Session | undefined): void {
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

async function json<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`sign-in: ${response.status}`);
  return (await response.json()) as T;
}

async function provider(): Promise<{ settings: Settings; at: Provider }> {
  const settings = await json<Settings>('/console/settings.json');
  return { settings, at: await json<Provider>(`${settings.issuer}/.well-known/openid-configuration`) };
}

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
  const tokens = await json<{ access_token: string; id_token: string; expires_in: number }>(at.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      client_id: settings.clientId,
      redirect_uri: location.origin + CALLBACK,
      code_verifier: pending.verifier,
    }),
  });
  const claims = claimsOf(tokens.id_token);
  if (claims.nonce !== pending.nonce) throw new Error('sign-in: the answer does not fit the question');
  const english = claims.name ?? claims.sub;
  forgetDrafts(claims.sub);
  keep({
    token: tokens.access_token,
    until: Date.now() + tokens.expires_in * 1000,
    signOut: at.end_session_endpoint
      ? { at: at.end_session_endpoint, clientId: settings.clientId, idToken: tokens.id_token }
      : undefined,
    staff: {
      id: claims.sub,
      name: { ar: claims['name#ar'] ?? english, en: english },
      roles: claims.roles ?? [],
      office: claims.office,
    },
  });
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
