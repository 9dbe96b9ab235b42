import {
  beforeSignOut,
  keep,
  onSession,
  provider,
  session,
  SignInRefused,
  staffOf,
  tokensFor,
  type Session,
} from './session';

/** Milliseconds after which a provider that could not be reached is asked again. */
const ASK_AGAIN = 10_000;
/** Milliseconds in which what one tab tells is heard by the others. */
const TELLS = 250;

/** Tabs that were duplicated hear of each other's renewals: their refresh token was the same, and is good once. */
const tabs = new BroadcastChannel('tajdid.session');
tabs.addEventListener('message', ({ data: told }: MessageEvent<Session>) => {
  const mine = session();
  if (mine && told.signIn === mine.signIn && told.until > mine.until) keep(told);
});

type Renewed = 'renewed' | 'refused' | 'unreached';

async function ask(before: Session, refresh: string): Promise<Renewed> {
  try {
    const at = await provider();
    const { claims, ...tokens } = await tokensFor(at, { grant_type: 'refresh_token', refresh_token: refresh });
    if (session() !== before) return 'refused';
    if (claims && claims.sub !== before.staff.id) throw new SignInRefused('sign-in: somebody else');
    const next = {
      ...before,
      ...tokens,
      refresh: tokens.refresh ?? refresh,
      ...(claims ? { staff: staffOf(claims) } : {}),
    };
    keep(next);
    tabs.postMessage(next);
    return 'renewed';
  } catch (error) {
    if (!(error instanceof SignInRefused)) return 'unreached';
    if (session() === before) keep({ ...before, refresh: undefined });
    return 'refused';
  }
}

/** Another token instead of one that is spent or soon will be; one tab asks for it at a time. */
export const renew = (spent: string): Promise<Renewed> =>
  navigator.locks.request(`tajdid.renewal.${session()?.signIn ?? ''}`, async () => {
    const before = session();
    if (before && before.token !== spent) return 'renewed';
    if (before?.refresh === undefined) return 'refused';
    const renewed = await ask(before, before.refresh);
    // Whoever is let in next has heard of it by then.
    if (renewed === 'renewed') await new Promise((wake) => setTimeout(wake, TELLS));
    return renewed;
  });

let timer: ReturnType<typeof setTimeout> | undefined;
function plan(pause = 0): void {
  clearTimeout(timer);
  const { token, refresh, renewAt } = session() ?? {};
  if (token === undefined || refresh === undefined || renewAt === undefined) return;
  const asked = async (): Promise<void> => {
    if ((await renew(token)) === 'unreached') plan(ASK_AGAIN);
  };
  timer = setTimeout(() => void asked(), Math.max(pause, renewAt - Date.now()));
}
onSession(() => plan());
plan();

/** A refresh token that nobody needs any more is not left good. */
async function revoke(): Promise<void> {
  const token = session()?.refresh;
  if (token === undefined) return;
  const { settings, at } = await provider();
  if (at.revocation_endpoint === undefined) return;
  const body = new URLSearchParams({ token, client_id: settings.clientId });
  await fetch(at.revocation_endpoint, { method: 'POST', body, keepalive: true });
}
beforeSignOut(revoke);
