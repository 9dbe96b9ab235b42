import { z } from 'zod';
import { office } from '../../stages/application';

/** An appeal against the rejection of a case; its words are the appellant's, and rest in the vault. */
export const AppealApplication = z
  .strictObject({
    case: z
      .string()
      .regex(/^[a-z]{2,8}_[A-Za-z0-9-]{1,64}$/)
      .meta({ description: 'The rejected case', example: 'fam_mfrggzdfmztwq2lknnwg23tpob' }),
    grounds: z.string().trim().min(10).max(4000),
    office,
  })
  .meta({ id: 'AppealApplication' });
export type AppealApplication = z.infer<typeof AppealApplication>;

/** The applicant has to be a party to the appealed case. */
export const appealFiling = (application: AppealApplication) => ({
  office: application.office,
  facts: { appealed: application.case },
  parent: application.case,
});

export const appealInputs = {
  allow: z.strictObject({
    waives: z.array(z.string().min(1).max(60)).default([]).meta({
      description:
        'The rules that no longer speak against the application. None: it is decided anew on the register as it is, and refused again for whatever still stands there',
    }),
  }),
} as const;
