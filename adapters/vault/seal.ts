import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { OutsideFailure, type Outside } from '../../domain/failures';

const FORMAT = 1;
const NONCE = 12;
const TAG = 16;
const HEADER = 1 + NONCE + TAG;

/**
 * AES-256-GCM: format byte, nonce, tag, ciphertext. The nonce is random, which is safe for some 2^32 values under one key;
 * a person has a few hundred. `about` is authenticated with it, so that a sealed value cannot be moved to another place.
 */
export function seal(key: Buffer, about: string, plain: Uint8Array, nonce: Buffer = randomBytes(NONCE)): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), body]);
}

/** Fails with a defect of `source` when it was sealed under another key, about another thing, or changed since. */
export function unseal(key: Buffer, about: string, sealed: Buffer, source: Outside): Buffer {
  if (sealed.length < HEADER || sealed[0] !== FORMAT) throw unreadable(source);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(1 + NONCE, HEADER));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEADER)), decipher.final()]);
  } catch {
    throw unreadable(source);
  }
}

const unreadable = (source: Outside): OutsideFailure =>
  new OutsideFailure(
    'defect',
    source,
    'sealed-value-unreadable',
    'a sealed value was changed or is not under this key',
  );
