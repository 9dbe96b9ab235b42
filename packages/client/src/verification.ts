import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import type { VerificationAnswer } from './client';

/** What `/.well-known/jwks.json` answers: keep it, and ask for it again when a key is not in it. */
export interface Jwks {
  readonly keys: readonly (JsonWebKey & { readonly kid?: string })[];
}

/** What Tajdid signed about a document. */
export interface VerificationClaims {
  readonly iss: string;
  /** The client that asked. */
  readonly aud: string;
  /** Seconds since 1970; the answer may be relied on until `exp`, the end of its day in Riyadh. */
  readonly iat: number;
  readonly exp: number;
  readonly verdict: VerificationAnswer['verdict'];
  readonly since?: string;
  readonly question: string;
}

export interface VerificationCheck {
  /** Whose answer it has to be: the public address of the API. */
  readonly issuer?: string;
  /** About whom it has to be: the salt that came with the answer, the number in ASCII digits, and the birth date or card serial. */
  readonly about?: { readonly salt: string; readonly identityNumber: string; readonly fact: string };
  /** Milliseconds since 1970; the clock by default. */
  readonly now?: number;
}

const TYPE = 'tajdid-verification+jws';
const jsonOf = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());

function insist(right: boolean, why: string): void {
  if (!right) throw new Error(`not an answer to rely on: ${why}`);
}

/**
 * Checks a signed answer without asking anybody, then reads it. Throws when it is not signed by one of these keys, is of another
 * kind, has expired, or is not what `check` asks for.
 */
export function readVerification(jwks: Jwks, signed: string, check: VerificationCheck = {}): VerificationClaims {
  const [head = '', payload = '', signature = '', ...more] = signed.split('.');
  insist(more.length === 0 && signature !== '', 'it is no compact JWS');
  const { alg, typ, kid } = jsonOf(head) as { alg?: string; typ?: string; kid?: string };
  insist(alg === 'EdDSA' && typ === TYPE, 'it is of another kind');
  const key = jwks.keys.find((each) => each.kid === kid && each.crv === 'Ed25519');
  insist(key !== undefined, 'its key is not among these');
  const publicKey = createPublicKey({ key: key ?? {}, format: 'jwk' });
  insist(
    verify(null, Buffer.from(`${head}.${payload}`), publicKey, Buffer.from(signature, 'base64url')),
    'its signature is wrong',
  );
  const claims = jsonOf(payload) as VerificationClaims;
  insist(claims.exp * 1000 > (check.now ?? Date.now()), 'its day is over');
  insist(check.issuer === undefined || claims.iss === check.issuer, 'somebody else issued it');
  if (check.about) {
    const { salt, identityNumber, fact } = check.about;
    const question = createHash('sha256').update(`${salt}\n${identityNumber}\n${fact}`).digest('base64url');
    insist(question === claims.question, 'it is about somebody else');
  }
  return claims;
}
