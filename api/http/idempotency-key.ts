import { Problem } from '../problems/problem';

/**
 * The key in an Idempotency-Key header. The same key of the same client stands for the same thing, for ever. What it stands for is
 * named after it, to the engine and in logs and addresses: it may hold none of these numbers of people.
 */
export function keyIn(header: string | string[] | undefined, numbers: readonly string[] = []): string {
  if (typeof header !== 'string' || !/^[\x20-\x7e]{1,128}$/.test(header)) throw new Problem('idempotency-key-missing');
  if (numbers.some((number) => header.includes(number))) throw new Problem('idempotency-key-tells-who');
  return header;
}
