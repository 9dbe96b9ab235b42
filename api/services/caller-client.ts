import type { Caller } from '../auth/caller';
import { Problem } from '../problems/problem';

/** The client behind a request and its channel; who uses a service is always a known client. */
export function clientOf({ clientId, channel }: Caller): { client: string; channel: string } {
  if (clientId === undefined) throw new Problem('not-your-role');
  return { client: clientId, channel: channel ?? clientId };
}
