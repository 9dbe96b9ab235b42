import type { CaseType, Filing } from '../../../domain/case/model';
import { familyRegistration } from '../family-registration';
import { idRenewal } from '../id-renewal';
import { recordAmendment } from '../record-amendment';

type Decided = Pick<CaseType, 'type' | 'neverWaived'> & {
  readonly open: (filing: Filing) => { policyVersion: string };
};

/** Whatever can be appealed: every type but the appeal itself. */
const decided: readonly Decided[] = [idRenewal, familyRegistration, recordAmendment];

/** What the appealed case's own type says that nobody decides away, under the policy that the case went by. */
export function neverWaivedIn(original: Filing): readonly string[] {
  const type = decided.find((each) => each.type === original.type);
  return type?.neverWaived?.(type.open(original).policyVersion) ?? [];
}
