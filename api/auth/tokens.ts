import { createTokenCheck } from '../../adapters/identity-provider/oidc';
import { TokenRefused, type TokenSettings } from '../../adapters/identity-provider/port';
import type { StaffMember } from '../../adapters/staff/port';
import { Problem } from '../problems/problem';
import type { Authenticate } from './caller';

/** Verifies bearer tokens. Each way in which one can be wrong has its own problem. `meet` hears of the staff behind them, once a token. */
export function createAuthenticate(
  settings: TokenSettings,
  now: () => number,
  meet: (member: StaffMember) => Promise<void>,
): Authenticate {
  const check = createTokenCheck(settings, now, meet);
  return async (authorization) => {
    try {
      return await check(authorization);
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      const { code } = error;
      const invalid = code !== 'token-missing' && code !== 'identity-provider-silent';
      throw new Problem(code, invalid ? { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } } : {});
    }
  };
}
