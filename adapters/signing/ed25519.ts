import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { PublicKey, Signer } from './port';

/** What PKCS #8 writes before the 32 bytes of an Ed25519 key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function publicKeyOf(key: KeyObject): PublicKey {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return publishedAs(x);
}

function publishedAs(x: string): PublicKey {
  // RFC 7638: the thumbprint of the key is its name.
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' };
}

/**
 * Ed25519 by Node itself: some 50 microseconds a signature, where WebCrypto takes its way through the thread pool.
 * @param seed 32 bytes
 * @param former public keys, 32 bytes each, of those that sign no more and whose signatures are still about
 */
export function createSigner(seed: Buffer, former: readonly Buffer[] = []): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const own = publicKeyOf(key);
  const others = former.map((bytes) => publishedAs(bytes.toString('base64url'))).filter(({ kid }) => kid !== own.kid);
  const headers = new Map<string, string>();
  const headerOf = (typ: string): string => {
    const known = headers.get(typ) ?? base64url({ alg: 'EdDSA', kid: own.kid, typ });
    headers.set(typ, known);
    return known;
  };
  return {
    sign(typ, payload) {
      const text = `${headerOf(typ)}.${base64url(payload)}`;
      return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
    },
    keys: [own, ...others],
  };
}
