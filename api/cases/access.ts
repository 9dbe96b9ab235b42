import type { ReadModel } from '../../adapters/read-model/port';
import type { Actor, CaseFile, CaseType, Role } from '../../domain/case/model';
import { caseTypeNamed } from '../../workflows/case-types';
import type { Caller } from '../auth/caller';
import { Problem } from '../problems/problem';

export const CASE_READERS: readonly Role[] = ['portal', 'caseworker', 'supervisor', 'committee', 'operator', 'auditor'];

/** A portal sees only its own cases; whoever reads cases for the agency sees all. A role that reads none opens none. */
export const isPortalOnly = ({ roles }: Caller): boolean =>
  roles.every((role) => role === 'portal' || !CASE_READERS.includes(role));

/** The caller as this case has them: the role of a portal counts in the cases that it filed. */
export const callerIn = ({ clientId }: CaseFile, caller: Caller): Caller =>
  clientId === caller.clientId ? caller : { ...caller, roles: caller.roles.filter((role) => role !== 'portal') };

export interface CaseSeen {
  readonly type: CaseType;
  readonly file: CaseFile;
}

/** The case, if there is one that this caller may see; another portal's case is not there at all. */
export async function seenCase(readModel: ReadModel, id: string, caller: Caller): Promise<CaseSeen> {
  const found = await readModel.caseById(id);
  const type = found && caseTypeNamed(found.file.type);
  if (!type || (isPortalOnly(caller) && found.file.clientId !== caller.clientId)) throw new Problem('case-not-found');
  return { type, file: found.file };
}

/** The offices that have the case: the one that handles it, and the one where its card lies. */
export function isAtOffice(file: CaseFile, office: string): boolean {
  const { parcel } = file as CaseFile & { parcel?: { office?: string } };
  return file.office === office || parcel?.office === office;
}

/**
 * The office that a caller is held to in what these roles may do: caseworkers and supervisors to theirs; whoever works for all, or may
 * do it for the committee too, to none. A role that may not do it lifts nothing.
 */
export const officeHeldTo = ({ roles, office }: Caller, may: readonly Role[]): string | undefined =>
  roles.every((role) => role === 'caseworker' || role === 'supervisor' || !may.includes(role)) ? office : undefined;

/** Caseworkers and supervisors act at their own office, unless they work for all; the committee and operators everywhere. */
export const isVisiting = (file: CaseFile, { role, office }: Actor): boolean =>
  (role === 'caseworker' || role === 'supervisor') && office !== undefined && !isAtOffice(file, office);
