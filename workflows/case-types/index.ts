import type { AnyEvent, CaseFile, CaseType } from '../../domain/case/model';
import { appeal } from './appeal';
import { familyRegistration } from './family-registration';
import { idRenewal } from './id-renewal';
import { recordAmendment } from './record-amendment';

/** Forgets the types of a case type's own file and events: whoever handles all case types knows only what they share. */
const anyCase = <F extends CaseFile, E extends AnyEvent>(type: CaseType<F, E>): CaseType => type as unknown as CaseType;

/** Every case type there is. A new one is a folder here and a line in this list, and in those that must stay out of the bundle: see README. */
export const caseTypes: readonly CaseType[] = [
  anyCase(idRenewal),
  anyCase(familyRegistration),
  anyCase(appeal),
  anyCase(recordAmendment),
];

export function caseTypeNamed(name: string): CaseType | undefined {
  return caseTypes.find(({ type }) => type === name);
}

/** The type of a case, by the first part of its id. */
export function caseTypeOfId(caseId: string): CaseType | undefined {
  return caseTypes.find(({ prefix }) => caseId.startsWith(`${prefix}_`));
}
