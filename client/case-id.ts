import { createHash } from 'node:crypto';
import { base32 } from '../domain/base32';
import { caseTypeNamed } from '../workflows/case-types';

/**
 * The id of the case that a client's idempotency key stands for: the same key meets the same case, however often it is sent.
 * Of two types it stands for two ids, of which only one can be filed. `rnw_` and 26 letters and digits, from
 * which nothing can be read; whoever knows the client can try keys, so a key holds no number of a person.
 */
export function caseIdFor(type: string, clientId: string, idempotencyKey: string): string {
  const definition = caseTypeNamed(type);
  if (!definition) throw new RangeError(`there is no case type ${type}`);
  const digest = createHash('sha256').update(`${clientId}\0${idempotencyKey}`).digest();
  return `${definition.prefix}_${base32(digest).slice(0, 26)}`;
}
