import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

/** RS256, because the API verifies far more often than this signs, and RSA verifies cheapest. */
export const ALGORITHM = 'RS256';

export interface SigningKeys {
  readonly privateKey: CryptoKey;
  readonly kid: string;
  readonly jwks: { readonly keys: readonly JWK[] };
}

/** Made once and kept, so that tokens outlive a restart. */
export async function signingKeys(dataDir: string): Promise<SigningKeys> {
  const path = join(dataDir, 'signing-key.json');
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    const made = await generateKeyPair(ALGORITHM, { extractable: true });
    writeFileSync(path, JSON.stringify(await exportJWK(made.privateKey)), { mode: 0o600 });
  }
  const jwk = JSON.parse(readFileSync(path, 'utf8')) as JWK;
  const privateKey = await importJWK(jwk, ALGORITHM);
  if (privateKey instanceof Uint8Array) throw new Error(`${path} holds no RSA key`);
  const kid = await calculateJwkThumbprint(jwk);
  const { kty, n, e } = jwk;
  if (kty === undefined || n === undefined || e === undefined) throw new Error(`${path} holds no RSA key`);
  return { privateKey, kid, jwks: { keys: [{ kty, n, e, kid, alg: ALGORITHM, use: 'sig' }] } };
}
