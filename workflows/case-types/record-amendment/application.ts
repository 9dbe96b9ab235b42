import { z } from 'zod';
import type { IdentityNumber } from '../../../domain/identity-number';
import { IdentityNumberInput, localDate, nameAr, nameEn, office } from '../../stages/application';
import type { AmendmentRequest } from './events';

/** A supervisor's request to correct or revoke a registered event. The one whom the event is about stands as the applicant. */
export const AmendmentApplication = z
  .strictObject({
    case: z
      .string()
      .regex(/^(fam|amd)_[A-Za-z0-9-]{1,64}$/)
      .meta({
        description: 'The registered case, or an amendment of it. What is amended is the entry that stands by now',
      }),
    what: z.enum(['correction', 'revocation']),
    on: localDate.optional().meta({ description: 'The date that is to stand; of a death, the day of it' }),
    father: IdentityNumberInput.optional(),
    mother: IdentityNumberInput.optional(),
    sex: z.enum(['M', 'F']).optional().meta({ description: 'Of the child of a birth' }),
    child: z
      .strictObject({ nameAr, nameEn })
      .optional()
      .meta({ description: 'What the child of a birth is to be called, in full and in both scripts' }),
    husband: IdentityNumberInput.optional(),
    wife: IdentityNumberInput.optional(),
    relation: z
      .enum(['father', 'mother', 'guardian'])
      .optional()
      .meta({ description: 'What the guardian is to the member who was identified' }),
    why: z.string().trim().min(10).max(4000),
    office,
  })
  .meta({ id: 'AmendmentApplication' });
export type AmendmentApplication = z.infer<typeof AmendmentApplication>;

const PEOPLE = ['father', 'mother', 'husband', 'wife'] as const;

export function amendmentFiling(
  application: AmendmentApplication,
  { personRef }: { personRef: (number: IdentityNumber) => string },
) {
  const { case: amends, what, on, sex, relation, child } = application;
  const people = PEOPLE.flatMap((part) => {
    const number = application[part];
    return number ? [[part, personRef(number)]] : [];
  });
  const facts: AmendmentRequest = {
    amends,
    what,
    ...(on ? { on } : {}),
    ...(sex ? { sex } : {}),
    ...(relation ? { relation } : {}),
    ...(child ? { childName: true } : {}),
    ...(Object.fromEntries(people) as Pick<AmendmentRequest, (typeof PEOPLE)[number]>),
  };
  return { office: application.office, facts: { ...facts }, parent: amends };
}
