import type { z } from 'zod';
import type { Filing } from '../../domain/case/model';
import { RenewalApplication, renewalFiling, renewalInputs } from './id-renewal/application';

/** What a case type takes from outside: how its application looks, and what its actions take besides a reason. Never for workflow code: schemas stay out of the sandbox. */
export interface ApplicationForm {
  readonly type: string;
  readonly application: z.ZodType;
  /** What of a parsed application the workflow may know. */
  readonly filing: (application: unknown) => Pick<Filing, 'office' | 'facts'>;
  readonly inputs: Readonly<Record<string, z.ZodObject>>;
}

/** Forgets the application's own type: whoever handles all case types has only parsed it. */
const form = <S extends z.ZodType>(
  type: string,
  application: S,
  filing: (application: z.output<S>) => Pick<Filing, 'office' | 'facts'>,
  inputs: Readonly<Record<string, z.ZodObject>>,
): ApplicationForm => ({ type, application, filing: filing as ApplicationForm['filing'], inputs });

/** One line a case type. */
export const applicationForms: readonly ApplicationForm[] = [form('id-renewal', RenewalApplication, renewalFiling, renewalInputs)];

export function applicationFormOf(type: string): ApplicationForm | undefined {
  return applicationForms.find((each) => each.type === type);
}
