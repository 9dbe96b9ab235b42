import { z } from 'zod';
import type { IdentityNumber } from '../../../domain/identity-number';
import { isLocalDate } from '../../../domain/time';
import { IdentityNumberInput } from '../id-renewal/application';

/** A supervisor's request to correct or revoke a registered event. The one whom the event is about stands as the applicant. */
export const AmendmentApplication = z
  .strictObject({
    case: z
      .string()
      .regex(/^(fam|amd)_[A-Za-z0-9-]{1,64}$/)
      .meta({ description: 'The registered case, or the amendment that is amended again' }),
    what: z.enum(['correction', 'revocation']),
    on: z
      .string()
      .refine(isLocalDate, { error: 'a date that exists, as YYYY-MM-DD', params: { code: 'date-does-not-exist' } })
      .optional()
      .meta({ format: 'date' }),
    father: IdentityNumberInput.optional(),
    mother: IdentityNumberInput.optional(),
    why: z.string().trim().min(10).max(4000),
    office: z.string().min(1).max(40).default('riyadh-1'),
  })
  .meta({ id: 'AmendmentApplication' });
export type AmendmentApplication = z.infer<typeof AmendmentApplication>;

export function amendmentFiling(
  application: AmendmentApplication,
  { personRef }: { personRef: (number: IdentityNumber) => string },
) {
  const { case: amends, what, on, father, mother, office } = application;
  return {
    office,
    facts: {
      amends,
      what,
      ...(on ? { on } : {}),
      ...(father ? { father: personRef(father) } : {}),
      ...(mother ? { mother: personRef(mother) } : {}),
    },
    parent: amends,
  };
}
