import { randomBytes } from 'node:crypto';
import type { Grant } from './authorization';

/** However often it is renewed, a sign-in ends after a working day. */
const SIGN_IN_LIVES_MS = 12 * 3_600_000;

/** One sign-in, and the refresh token of it that is good now; null once it is over. */
interface SignIn {
  readonly grant: Grant;
  readonly until: number;
  latest: string | null;
}

/**
 * Refresh tokens, each good once and for its client. One that comes a second time is somebody else's by then, so the whole sign-in
 * is over (RFC 9700, 4.14.2).
 */
export class Renewals {
  private readonly signIns = new Map<string, SignIn>();

  /** The first refresh token of a sign-in. */
  begin(grant: Grant): string {
    const now = Date.now();
    for (const [token, { until }] of this.signIns) if (until < now) this.signIns.delete(token);
    return this.next({ grant, until: now + SIGN_IN_LIVES_MS, latest: null });
  }

  /** Who signed in, with the next refresh token; null where this one is not good. */
  renew(form: URLSearchParams): (Grant & { readonly refresh: string }) | null {
    const token = form.get('refresh_token') ?? '';
    const signIn = this.of(token, form.get('client_id'));
    if (!signIn) return null;
    if (signIn.latest !== token || signIn.until < Date.now()) {
      signIn.latest = null;
      return null;
    }
    return { ...signIn.grant, refresh: this.next(signIn) };
  }

  /** Ends the sign-in that the token is of (RFC 7009); what is unknown is over already. */
  revoke(form: URLSearchParams): void {
    const signIn = this.of(form.get('token') ?? '', form.get('client_id'));
    if (signIn) signIn.latest = null;
  }

  private of(token: string, clientId: string | null): SignIn | undefined {
    const signIn = this.signIns.get(token);
    return signIn?.grant.request.client_id === clientId ? signIn : undefined;
  }

  private next(signIn: SignIn): string {
    const token = randomBytes(32).toString('base64url');
    signIn.latest = token;
    this.signIns.set(token, signIn);
    return token;
  }
}
