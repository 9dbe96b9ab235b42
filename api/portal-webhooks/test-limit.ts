import { MINUTE } from '../../domain/time';
import { Problem } from '../problems/problem';

/** A test has us send at once to an address of the client's choosing, and wait for it. */
export const TESTS_PER_MINUTE = 20;

/** Counts tests of each client, in this process; throws `too-many-requests`. */
export function limitedTests(): (client: string, now: number) => void {
  let minute = 0;
  let counts = new Map<string, number>();
  return (client, now) => {
    const current = Math.floor(now / MINUTE);
    if (current !== minute) {
      minute = current;
      counts = new Map();
    }
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    if (count <= TESTS_PER_MINUTE) return;
    const seconds = Math.ceil(((current + 1) * MINUTE - now) / 1_000);
    throw new Problem('too-many-requests', { headers: { 'retry-after': String(seconds) } });
  };
}
