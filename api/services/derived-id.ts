import { createHash } from 'node:crypto';
import { base32 } from '../../domain/base32';
import { keyIn } from '../http/idempotency-key';

/** What a client's idempotency key stands for, for ever: the same key meets the same thing. It may hold none of the numbers. */
export function derivedId(
  prefix: string,
  client: string,
  header: string | string[] | undefined,
  numbers: readonly string[] = [],
): string {
  const digest = createHash('sha256')
    .update(`${prefix}\0${client}\0${keyIn(header, numbers)}`)
    .digest();
  return `${prefix}_${base32(digest).slice(0, 26)}`;
}

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: true,
  description:
    '1 to 128 printable characters, no number of a person among them; the same key again meets the same thing',
};
