import { z } from 'zod';
import { AUDIT_CURSOR, headVerdicts, isHeadKey, SignedHead } from '../../ops/audit';

export const Audit = z.object({
  events: z.int(),
  head: z.string(),
  broken: z.object({ version: z.int(), what: z.string() }).nullable(),
});

export const AuditQuery = z.strictObject({
  after: z
    .string()
    .regex(AUDIT_CURSOR)
    .optional()
    .meta({ description: '`next` of the part before; without it, from the beginning' }),
});

export const AuditPart = z.object({
  cases: z.int().meta({ description: 'Walked in this part' }),
  events: z.int(),
  broken: z.array(z.object({ caseId: z.string(), version: z.int(), what: z.string() })),
  next: z.string().nullable().meta({ description: 'null: this was the last part' }),
});

export const HeadCheck = z.strictObject({
  head: SignedHead.extend({ publicKey: z.string().max(2_000), signature: z.string().max(200) }).meta({
    description: 'What `tajdid audit head` wrote',
  }),
  publicKey: z
    .string()
    .max(2_000)
    .refine(isHeadKey, { params: { code: 'wrong-format' } })
    .meta({
      description: 'Who signs heads (PEM, Ed25519), known from elsewhere: the one inside the head proves nothing',
    }),
});

export const HeadChecked = z
  .object({
    events: z.int().meta({ description: 'Read so far' }),
    verdict: z.enum(headVerdicts).nullable().meta({ description: 'null but in the last line' }),
  })
  .meta({ id: 'HeadChecked' });
