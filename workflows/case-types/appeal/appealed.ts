import { fileFrom, filingOf } from '../../../domain/case/from-log';
import type { CaseType, Filing, Recorded } from '../../../domain/case/model';
import { familyRegistration } from '../family-registration';
import { idRenewal } from '../id-renewal';
import { recordAmendment } from '../record-amendment';

/** Whatever can be appealed: every type but the appeal itself. */
const decided = [idRenewal, familyRegistration, recordAmendment] as unknown as readonly CaseType[];

const typeOf = ({ type }: Filing): CaseType | undefined => decided.find((each) => each.type === type);

/** What the appealed case's own type says that nobody decides away, under the policy that the case went by. */
export function neverWaivedIn(original: Filing): readonly string[] {
  const type = typeOf(original);
  return type?.neverWaived?.(type.open(original).policyVersion) ?? [];
}

/** The application that was rejected: as it was filed, and with what was resubmitted or repaired since. */
export function applicationIn(log: readonly Recorded[]): Filing | undefined {
  const filed = filingOf(log);
  const type = filed && typeOf(filed);
  const file = type && fileFrom(type, log);
  return file ? { ...filed, office: file.office, facts: { ...filed.facts, ...type.changedFacts?.(file) } } : undefined;
}
