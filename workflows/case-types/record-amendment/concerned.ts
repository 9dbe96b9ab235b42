import type { Concerned } from '../../../domain/family/recusal';
import type { RecusalPolicy } from '../../../domain/policies/recusal';
import { concernedBy } from './correction';
import type { Prepared } from './events';
import type { AmendmentFile } from './file';
import { amendmentPolicy } from './policy';

/** Whom the official must not be kin to, and the days of the event as it stands and as it is to stand. */
export const concernedInEntry = (
  { event, replacement, concerned = concernedBy(event, replacement, [], undefined), witnesses }: Prepared,
  policy: RecusalPolicy,
): Concerned => ({
  people: concerned,
  ...(witnesses ? { witnesses } : {}),
  days: [event.on, ...(replacement ? [replacement.on] : [])],
  policy,
});

/** Until the entry was looked up only the subject is known. */
export function concernedIn({ subject, prepared, policyVersion }: AmendmentFile): Concerned {
  const policy = amendmentPolicy(policyVersion);
  return prepared ? concernedInEntry(prepared, policy) : { people: [subject], policy };
}
