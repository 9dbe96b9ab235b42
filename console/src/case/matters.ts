import type { CaseEvent } from '../api/client';
import { session } from '../session';

const OWN_CLAIM: ReadonlySet<string> = new Set(['CaseClaimed', 'ClaimRenewed', 'ClaimReleased']);

/** A claim of one's own that was taken, renewed or given back changes nothing that a decision rests on. */
export const matters = ({ type, actor }: CaseEvent): boolean =>
  !OWN_CLAIM.has(type) || actor.id === undefined || actor.id !== session()?.staff.id;
