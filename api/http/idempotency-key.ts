import { Problem } from '../problems/problem';

/** The key in an Idempotency-Key header. The same key of the same client stands for the same thing, for ever. */
export function keyIn(header: string | string[] | undefined): string {
  if (typeof header !== 'string' || !/^[\x20-\x7e]{1,128}$/.test(header)) throw new Problem('idempotency-key-missing');
  return header;
}
