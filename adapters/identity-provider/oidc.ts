import { createHash } from 'node:crypto';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Caller } from '../../domain/caller';
import { roles, type Role } from '../../domain/case/model';
import type { StaffMember } from '../staff/port';
import { TokenRefused, type TokenCheck, type TokenFault, type TokenSettings } from './port';

const ALGORITHMS = ['RS256', 'ES256', 'PS256', 'EdDSA'];
/** Seconds that clocks may differ by. */
const TOLERANCE = 5;
/** Verified tokens that are remembered; a signature costs more to check than all the rest of a request. */
const KEPT = 10_000;
const ANSWER_WITHIN = 5_000;

const Claims = z.object({
  sub: z.string().min(1).max(128),
  exp: z.number(),
  roles: z.array(z.string()).default([]),
  client_id: z.string().max(128).optional(),
  azp: z.string().max(128).optional(),
  channel: z.string().max(64).optional(),
  office: z.string().max(64).optional(),
  /** OpenID Connect's own claim; by language tag in Arabic. */
  name: z.string().min(1).max(200).optional().catch(undefined),
  'name#ar': z.string().min(1).max(200).optional().catch(undefined),
});

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

function callerOf({ sub, exp, roles: given, client_id, azp, channel, office }: z.infer<typeof Claims>): Caller {
  const clientId = client_id ?? azp;
  return {
    id: sub,
    roles: given.filter(isRole),
    until: (exp + TOLERANCE) * 1000,
    ...(clientId === undefined ? {} : { clientId }),
    ...(channel === undefined ? {} : { channel }),
    ...(office === undefined ? {} : { office }),
  };
}

/** What a token says about somebody of the agency; portals and whoever has no name are nobody's colleagues. */
function memberOf(claims: z.infer<typeof Claims>): StaffMember | undefined {
  const { sub, name, 'name#ar': nameAr, office } = claims;
  const staffRoles = claims.roles.filter(isRole).filter((role) => role !== 'portal');
  const any = name ?? nameAr;
  if (any === undefined || staffRoles.length === 0) return undefined;
  return { id: sub, name: { ar: nameAr ?? any, en: name ?? any }, roles: staffRoles, office: office ?? null };
}

function codeOf(error: unknown, token: string): TokenFault {
  if (error instanceof errors.JWTExpired) return 'token-expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'token-wrong-audience';
    if (error.claim === 'iss') return 'token-wrong-issuer';
    return error.claim === 'nbf' ? 'token-not-yet-valid' : 'token-malformed';
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return isUnsigned(token) ? 'token-unsigned' : 'token-algorithm-not-allowed';
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return 'token-signature-wrong';
  if (error instanceof errors.JWKSTimeout) return 'identity-provider-silent';
  if (
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported
  )
    return 'token-malformed';
  return 'identity-provider-silent';
}

function isUnsigned(token: string): boolean {
  try {
    return String(decodeProtectedHeader(token).alg).toLowerCase() === 'none';
  } catch {
    return false;
  }
}

/** The provider's keys by OIDC discovery, looked up with the first token; a failure is not remembered. */
function discoveredKeys(issuer: string): () => Promise<JWTVerifyGetKey> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const discover = async (): Promise<JWTVerifyGetKey> => {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN) });
    const found = Discovery.parse(await response.json());
    if (found.issuer !== issuer) throw new Error('the identity provider is another one than it says');
    return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: ANSWER_WITHIN });
  };
  return () => {
    keys ??= discover().catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
}

/** Verifies bearer tokens by the provider's published keys. `meet` hears of the staff behind them, once a token. */
export function createTokenCheck(
  { issuer, audience }: TokenSettings,
  now: () => number,
  meet: (member: StaffMember) => Promise<void> = () => Promise.resolve(),
): TokenCheck {
  const keysOf = discoveredKeys(issuer);
  const kept = new Map<string, Caller>();

  const verify = async (token: string): Promise<z.infer<typeof Claims>> => {
    let payload: unknown;
    try {
      ({ payload } = await jwtVerify(token, await keysOf(), {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(now()),
      }));
    } catch (error) {
      throw new TokenRefused(codeOf(error, token));
    }
    const claims = Claims.safeParse(payload);
    if (!claims.success) throw new TokenRefused('token-malformed');
    return claims.data;
  };

  return async (authorization) => {
    const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new TokenRefused(authorization === undefined ? 'token-missing' : 'token-malformed');
    const key = createHash('sha256').update(token).digest('base64');
    const known = kept.get(key);
    if (known && known.until > now()) return known;
    kept.delete(key);
    const claims = await verify(token);
    const caller = callerOf(claims);
    const member = memberOf(claims);
    if (member) await meet(member);
    kept.set(key, caller);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? key);
    return caller;
  };
}
