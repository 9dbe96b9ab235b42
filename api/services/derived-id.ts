import { createHash } from 'node:crypto';
import { base32 } from '../../domain/base32';
import { Problem } from '../problems/problem';

/** What a client's idempotency key stands for, for ever: the same key meets the same thing. */
export function derivedId(prefix: string, client: string, key: string | string[] | undefined): string {
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,128}$/.test(key)) throw new Problem('idempotency-key-missing');
  const digest = createHash('sha256').update(`${prefix}\0${client}\0${key}`).digest();
  return `${prefix}_${base32(digest).slice(0, 26)}`;
}

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: true,
  description: '1 to 128 printable characters; the same key again meets the same thing',
};
