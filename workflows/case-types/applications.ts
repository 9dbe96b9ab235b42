import type { z } from 'zod';
import type { Filing, Role } from '../../domain/case/model';
import type { IdentityNumber } from '../../domain/identity-number';
import type { Instant } from '../../domain/time';
import { AppealApplication, appealFiling, appealInputs } from './appeal/application';
import { FamilyApplication, familyFiling, familyInputs } from './family-registration/application';
import { RenewalApplication, renewalFiling, renewalInputs } from './id-renewal/application';
import { AmendmentApplication, amendmentFiling } from './record-amendment/application';

/** What a filing may refer to besides what stands in the application. */
export interface FilingContext {
  /** Whoever applies, by reference. */
  readonly applicant: string;
  readonly personRef: (number: IdentityNumber) => string;
  readonly filedAt: Instant;
}

/** `subject` where the case is about somebody other than the applicant. */
export type FilingPart = Pick<Filing, 'office' | 'facts'> & Partial<Pick<Filing, 'subject' | 'parent'>>;

/** What a case type takes from outside: how its application looks, and what its actions take besides a reason. Never for workflow code: schemas stay out of the sandbox. */
export interface ApplicationForm {
  readonly type: string;
  readonly application: z.ZodType;
  /** What of a parsed application the workflow may know. */
  readonly filing: (application: unknown, context: FilingContext) => FilingPart;
  readonly inputs: Readonly<Record<string, z.ZodObject>>;
  /** Fields of inputs that hold an identity number: the engine gets the person's reference in its place. */
  readonly personInputs: readonly string[];
  /** Who may file one. */
  readonly filedBy: readonly Role[];
}

/** Forgets the application's own type: whoever handles all case types has only parsed it. */
const form = <S extends z.ZodType>(
  type: string,
  application: S,
  filing: (application: z.output<S>, context: FilingContext) => FilingPart,
  inputs: Readonly<Record<string, z.ZodObject>>,
  { personInputs = [], filedBy = ['portal'] }: Partial<Pick<ApplicationForm, 'personInputs' | 'filedBy'>> = {},
): ApplicationForm => ({
  type,
  application,
  filing: filing as ApplicationForm['filing'],
  inputs,
  personInputs,
  filedBy,
});

/** One line a case type. */
export const applicationForms: readonly ApplicationForm[] = [
  form('id-renewal', RenewalApplication, renewalFiling, renewalInputs),
  form('family-registration', FamilyApplication, familyFiling, familyInputs, { personInputs: ['person'] }),
  form('appeal', AppealApplication, appealFiling, appealInputs),
  form('record-amendment', AmendmentApplication, amendmentFiling, {}, { filedBy: ['supervisor'] }),
];

export function applicationFormOf(type: string): ApplicationForm | undefined {
  return applicationForms.find((each) => each.type === type);
}

/** An action's input as the engine may see it. */
export function referenced(
  type: string,
  input: Readonly<Record<string, unknown>>,
  personRef: FilingContext['personRef'],
): Readonly<Record<string, unknown>> {
  const people = applicationFormOf(type)?.personInputs ?? [];
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      people.includes(name) ? personRef(value as IdentityNumber) : value,
    ]),
  );
}
