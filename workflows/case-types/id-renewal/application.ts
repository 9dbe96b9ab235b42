import { z } from 'zod';
import type { Filing } from '../../../domain/case/model';
import { parseIdentityNumber, type IdentityNumber } from '../../../domain/identity-number';
import { isLocalDate } from '../../../domain/time';

const localDate = z
  .string()
  .refine(isLocalDate, { error: 'a date that exists, as YYYY-MM-DD', params: { code: 'date-does-not-exist' } })
  .meta({ format: 'date', example: '2026-11-01' });

/** Ten digits in either script; comes out in ASCII. */
export const IdentityNumberInput = z
  .string()
  .max(40)
  .transform((text, ctx): IdentityNumber => {
    const parsed = parseIdentityNumber(text);
    if ('number' in parsed) return parsed.number;
    ctx.issues.push({ code: 'custom', message: `identity number: ${parsed.refusal}`, input: '' });
    return z.NEVER;
  })
  .meta({
    id: 'IdentityNumberInput',
    description: 'An identity number, ASCII or Arabic-Indic digits',
    example: '1000000008',
  });

export const offices = ['riyadh-1', 'jeddah-1', 'dammam-1'] as const;
const documentRef = z.string().regex(/^d_[A-Za-z0-9_-]{16,64}$/, 'a documentRef from POST /v1/documents');

export const DeliveryChoice = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('courier') }).meta({ description: "To the holder's national address" }),
  z.strictObject({ method: z.literal('pickup'), office: z.enum(offices) }),
]);

/** The application of an ID renewal, as a portal sends it. */
export const RenewalApplication = z
  .strictObject({
    photo: documentRef.meta({ description: 'The documentRef of a portrait uploaded for the same person' }),
    delivery: DeliveryChoice,
    reason: z.enum(['expiring', 'lost', 'damaged']).default('expiring'),
    lostOn: localDate.optional(),
    guardian: IdentityNumberInput.optional().meta({
      description: 'The parent or guardian who applies for somebody under 15, by the tie that the register has',
    }),
    office: z.enum(offices).default('riyadh-1').meta({ description: 'The office that handles the case' }),
  })
  .meta({ id: 'RenewalApplication' });
export type RenewalApplication = z.infer<typeof RenewalApplication>;

/** What of the application the workflow may know: references and choices. */
export function renewalFiling(
  application: RenewalApplication,
  { personRef }: { readonly personRef: (number: IdentityNumber) => string },
): Pick<Filing, 'office' | 'facts'> {
  const { photo, delivery, reason, lostOn, guardian, office } = application;
  return {
    office: delivery.method === 'pickup' ? delivery.office : office,
    facts: {
      photoRef: photo,
      delivery,
      reason,
      ...(lostOn ? { lostOn } : {}),
      ...(guardian ? { guardian: personRef(guardian) } : {}),
    },
  };
}

const rejectionRules = ['photo', 'identity-doubtful', 'application-false'] as const;

/** What each action takes besides a reason. The photo of a resubmission becomes `photoRef`. */
export const renewalInputs = {
  return: z.strictObject({ items: z.array(z.enum(['photo', 'delivery'])).min(1) }),
  'recommend-rejection': z.strictObject({ rule: z.enum(rejectionRules) }),
  reject: z.strictObject({ rule: z.enum(rejectionRules) }),
  reassign: z.strictObject({ to: z.string().min(1).max(64) }),
  resubmit: z.strictObject({ photoRef: documentRef.optional(), delivery: DeliveryChoice.optional() }),
} as const;
