import { bodyNamed } from '../../domain/policies/official-bodies';
import type { Caller } from '../auth/caller';
import { Problem } from '../problems/problem';

/** The client behind a request and its channel; who uses a service is always a known client. */
export function clientOf({ clientId, channel }: Caller): { client: string; channel: string } {
  if (clientId === undefined) throw new Problem('not-your-role');
  return { client: clientId, channel: channel ?? clientId };
}

/** For what is done in a person's own name. */
export function refuseOfficialBodies({ clientId }: Caller): void {
  if (clientId !== undefined && bodyNamed(clientId)) throw new Problem('not-your-role');
}

/**
 * As `clientOf`, where it is asked or done in a person's own name. An official body has a portal's role too, and gets only what the
 * person shares with it.
 */
export function personalPortalOf(caller: Caller): { client: string; channel: string } {
  refuseOfficialBodies(caller);
  return clientOf(caller);
}
