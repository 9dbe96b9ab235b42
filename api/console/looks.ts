import { staffRoleTexts } from '../../domain/services/record-texts';
import { instant } from '../../domain/time';
import type { Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';
import { Problem } from '../problems/problem';

/** Puts on record that somebody of the staff sees these people's data; before they are shown. `ref`: the case, or the certificate. */
export async function lookedAt(
  { services, now = Date.now }: Pick<ApiDeps, 'services' | 'now'>,
  { id, roles, office }: Caller,
  people: readonly string[],
  ref: string,
): Promise<void> {
  const role = roles.find((each) => Object.hasOwn(staffRoleTexts, each));
  if (role === undefined) throw new Problem('not-your-role');
  await services.log.seenByStaff({ at: instant(now()), by: id, role, office: office ?? null, people, ref });
}
