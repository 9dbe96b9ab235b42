import { z } from 'zod';
import type { Filing } from '../../../domain/case/model';
import type { IdentityNumber } from '../../../domain/identity-number';
import { riyadhDate, type LocalDate } from '../../../domain/time';
import {
  DeliveryChoice,
  documentRef,
  IdentityNumberInput,
  localDate,
  nameAr,
  nameEn,
  office,
  placeAr,
  placeEn,
} from '../../stages/application';
import type { Parties, ReportFacts } from './events';

const notice = z
  .string()
  .trim()
  .min(3)
  .max(64)
  .meta({ description: "The reference number of the hospital's or the court's notice", example: 'HSP-2026-000123' });

export const FamilyApplication = z
  .discriminatedUnion('event', [
    z.strictObject({
      event: z.literal('member-identification'),
      member: IdentityNumberInput,
      relation: z
        .enum(['father', 'mother', 'guardian'])
        .optional()
        .meta({ description: 'What the applicant is to the member, where the register does not have the tie yet' }),
      notice: notice.optional(),
      photo: documentRef.meta({
        description: 'The documentRef of a portrait uploaded for the member: the first ID card is issued with it',
      }),
      delivery: DeliveryChoice.optional(),
      office,
    }),
    z.strictObject({
      event: z.literal('birth'),
      on: localDate,
      father: IdentityNumberInput,
      mother: IdentityNumberInput,
      child: z.strictObject({
        nameAr,
        nameEn,
        sex: z.enum(['M', 'F']),
        birthPlaceAr: placeAr,
        birthPlaceEn: placeEn,
      }),
      notice,
      office,
    }),
    z.strictObject({
      event: z.literal('marriage'),
      on: localDate,
      husband: IdentityNumberInput,
      wife: IdentityNumberInput,
      witnesses: z.array(IdentityNumberInput).max(4).default([]),
      notice,
      office,
    }),
    z.strictObject({
      event: z.literal('divorce'),
      on: localDate,
      husband: IdentityNumberInput,
      wife: IdentityNumberInput,
      notice,
      office,
    }),
    z.strictObject({ event: z.literal('death'), on: localDate, deceased: IdentityNumberInput, notice, office }),
  ])
  .meta({ id: 'FamilyApplication' });
export type FamilyApplication = z.infer<typeof FamilyApplication>;

function partiesOf(application: FamilyApplication, ref: (number: IdentityNumber) => string): Parties {
  switch (application.event) {
    case 'member-identification':
      return { member: ref(application.member) };
    case 'birth':
      return { father: ref(application.father), mother: ref(application.mother) };
    case 'marriage':
    case 'divorce':
      return { husband: ref(application.husband), wife: ref(application.wife) };
    case 'death':
      return { deceased: ref(application.deceased) };
  }
}

/** What of a report the workflow may know: references, dates, choices. The case is about the one whom the event befalls; of a birth, the mother. */
export function familyFiling(
  application: FamilyApplication,
  {
    applicant,
    personRef,
    filedAt,
  }: { applicant: string; personRef: (number: IdentityNumber) => string; filedAt: string },
): Pick<Filing, 'office' | 'facts'> & { subject: string } {
  const parties = partiesOf(application, personRef);
  const on: LocalDate = 'on' in application ? application.on : riyadhDate(filedAt);
  const report: ReportFacts = {
    event: application.event,
    on,
    reporter: applicant,
    parties,
    ...(application.event === 'birth' ? { sex: application.child.sex } : {}),
    ...(application.event === 'marriage' && application.witnesses.length > 0
      ? { witnesses: application.witnesses.map(personRef) }
      : {}),
    ...(application.event === 'member-identification'
      ? {
          ...(application.relation ? { relation: application.relation } : {}),
          photoRef: application.photo,
          ...(application.delivery ? { delivery: application.delivery } : {}),
        }
      : {}),
  };
  return {
    office: application.office,
    facts: { ...report },
    subject: parties.member ?? parties.mother ?? parties.husband ?? parties.deceased ?? applicant,
  };
}

const rejectionRules = ['evidence-insufficient', 'identity-doubtful', 'application-false', 'event-not-proved'] as const;

/** `person` is given as an identity number; the engine gets the reference. */
const Consenter = z.strictObject({ person: IdentityNumberInput });

export const familyInputs = {
  'recommend-rejection': z.strictObject({ rule: z.enum(rejectionRules) }),
  reject: z.strictObject({ rule: z.enum(rejectionRules) }),
  reassign: z.strictObject({ to: z.string().min(1).max(64) }),
  vote: z.strictObject({
    vote: z.enum(['approve', 'reject']),
    rule: z.enum(rejectionRules).optional().meta({ description: 'What a vote against rests on; needed with one' }),
  }),
  'same-event': z.strictObject({
    of: z.string().min(1).max(80).meta({ description: 'The candidate that it is the same as' }),
  }),
  consent: Consenter,
  'refuse-consent': Consenter,
  'withdraw-consent': Consenter,
} as const;
