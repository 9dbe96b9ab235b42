import { z } from 'zod';
import type { Filing } from '../../../domain/case/model';
import type { IdentityNumber } from '../../../domain/identity-number';
import { DeliveryChoice, documentRef, IdentityNumberInput, localDate, office } from '../../stages/application';

/** The application of an ID renewal, as a portal sends it. */
export const RenewalApplication = z
  .strictObject({
    photo: documentRef.meta({ description: 'The documentRef of a portrait uploaded for the same person' }),
    delivery: DeliveryChoice,
    reason: z.enum(['expiring', 'lost', 'damaged', 'first-issue']).default('expiring').meta({
      description: '`first-issue`: for a family member who was identified and whose first card never came',
    }),
    lostOn: localDate.optional(),
    guardian: IdentityNumberInput.optional().meta({
      description: 'The parent or guardian who applies for somebody under 15, by the tie that the register has',
    }),
    office,
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
      ...(reason === 'first-issue' ? { applied: true } : {}),
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
