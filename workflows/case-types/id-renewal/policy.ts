import type { PhotoPolicy } from '../../../domain/photo-verdict';
import { defaultPhotoPolicy } from '../../../domain/photo-verdict';
import { sar, zero, type Money } from '../../../domain/money';
import { ours, press, type Sourced } from '../../../domain/policies/sourced';
import { HOUR, MINUTE, type LocalDate } from '../../../domain/time';
import type { PaymentTerms } from '../../stages/payment';

export type DocumentType = 'national-id' | 'resident-id';

export interface DocumentRules {
  readonly windowDays: Sourced<number>;
  /** From which somebody has to have a card, and applies for it in person. */
  readonly minimumAge: Sourced<number>;
  /** From which a guardian may apply for somebody younger, for the first card of a member who was identified too. */
  readonly guardianAge: Sourced<number>;
  readonly lateFine: Sourced<Money>;
  readonly fee: Sourced<Money>;
  readonly deliveryCharge: Sourced<Money>;
  /** Years by age at issue: the first row whose `upTo` is not below the age. */
  readonly validity: Sourced<readonly { readonly upTo: number; readonly years: number }[]>;
  /** The fine for the first, second, third and every further lost card. */
  readonly lossFines: Sourced<readonly Money[]>;
  readonly lossReportDays: Sourced<number>;
}

export interface RenewalPolicy {
  readonly version: string;
  readonly effectiveFrom: LocalDate;
  readonly documents: Readonly<Record<DocumentType, DocumentRules>>;
  /** What no appeal decides away. */
  readonly neverWaived: Sourced<readonly string[]>;
  readonly photo: Sourced<PhotoPolicy>;
  /** Months; an older portrait goes back. */
  readonly photoMaxAge: Sourced<number>;
  readonly payment: Sourced<PaymentTerms>;
  readonly returnDays: Sourced<number>;
  readonly returnRounds: Sourced<number>;
  /** Working days from the approval in which the holder has the card, or can collect it. */
  readonly cardWorkingDays: Sourced<number>;
  /** The bureau's share of them. */
  readonly printWorkingDays: Sourced<number>;
  /** Prints that a case asks for by itself before an operator has to look. */
  readonly printAttempts: Sourced<number>;
  readonly pickupDays: Sourced<number>;
  readonly pickupReminderDays: Sourced<number>;
}

const nationalId: DocumentRules = {
  windowDays: { value: 180, source: press('renewal opens 180 days before expiry') },
  minimumAge: { value: 15, source: 'Ministerial decision 2024, as reported: compulsory from 15' },
  guardianAge: {
    value: 6,
    source: 'Ministerial decision 2024, as reported: optional from 6 to 15 by a guardian; biometrics are taken from 6',
  },
  lateFine: { value: sar(100), source: press('SAR 100 once the card has expired, not waived') },
  fee: { value: zero, source: ours('no fee was found') },
  deliveryCharge: { value: sar(25), source: ours('a delivery charge exists, its amount is not published') },
  validity: {
    value: [{ upTo: 150, years: 10 }],
    source: press('ten years; a source of 2021 tells 5, 10 and 20 by age'),
  },
  lossFines: {
    value: [zero, sar(100), sar(300), sar(1000)],
    source: 'Conflicting: a ladder of 0, 100, 300 and 1000, or no fine',
  },
  lossReportDays: { value: 15, source: 'Conflicting: a loss is reported within 15 days' },
};

const residentId: DocumentRules = {
  ...nationalId,
  windowDays: { value: 180, source: ours('as for citizens') },
  minimumAge: { value: 15, source: ours('as for citizens: the age from which a resident has a card of their own') },
  guardianAge: { value: 6, source: ours('as for citizens: from the age at which biometrics are taken') },
  validity: { value: [{ upTo: 150, years: 5 }], source: ours('the card of a resident runs five years') },
};

/** What no version has changed. */
const everSince = {
  neverWaived: {
    value: [
      'known-person',
      'citizen-or-resident',
      'alive',
      'not-blocked',
      'has-card',
      'no-card-yet',
      'member-identified',
      'loss-date',
      'photo-usable',
      'guardian-link',
      'no-other-open-renewal',
    ],
    source: ours('a decision can weigh a photo and time limits, not what the register holds'),
  },
  photo: {
    value: defaultPhotoPolicy,
    source: press('white background, face clear, no glasses (which nothing here measures: a caseworker sees them)'),
  },
  photoMaxAge: { value: 6, source: press('a photo at most 6 months old') },
  payment: {
    value: { askAfter: 30 * MINUTE, remindAfter: 24 * HOUR, expireAfter: 72 * HOUR },
    source: ours('a quote stands for three days; the gateway is asked early, in case its message was lost'),
  },
  returnDays: { value: 14, source: ours('two weeks to complete a returned application') },
  returnRounds: { value: 3, source: ours('three rounds, then a new application is clearer') },
  cardWorkingDays: { value: 14, source: press('the card is due within 14 working days') },
  printWorkingDays: { value: 5, source: ours('the share of printing in the 14 working days') },
  printAttempts: { value: 3, source: ours('a bureau that fails three times does not fail by chance') },
  pickupDays: { value: 90, source: "Postal operator's old page: uncollected cards go back to the issuer" },
  pickupReminderDays: { value: 30, source: ours('one reminder, when two thirds of the time are left') },
} satisfies Partial<RenewalPolicy>;

/** Effective-dated: a case keeps the version that it was filed under. Newest last; a new version is a new row, never an edit. */
export const renewalPolicies: readonly RenewalPolicy[] = [
  {
    ...everSince,
    version: '2021-1',
    effectiveFrom: '2021-01-01',
    documents: {
      'national-id': {
        ...nationalId,
        validity: {
          value: [
            { upTo: 30, years: 5 },
            { upTo: 50, years: 10 },
            { upTo: 150, years: 20 },
          ],
          source: 'A source of 2021: 5 years at 15-30, 10 at 31-50, 20 from 51',
        },
      },
      'resident-id': residentId,
    },
  },
  {
    ...everSince,
    version: '2024-1',
    effectiveFrom: '2024-01-01',
    documents: {
      'national-id': nationalId,
      'resident-id': { ...residentId, fee: { value: zero, source: ours("the employer's fees are paid elsewhere") } },
    },
  },
];

/** The policy in force on a date. */
export function renewalPolicyOn(date: LocalDate): RenewalPolicy {
  const inForce = renewalPolicies.filter((policy) => policy.effectiveFrom <= date).at(-1);
  if (!inForce) throw new RangeError(`no renewal policy was in force on ${date}`);
  return inForce;
}

export function renewalPolicy(version: string): RenewalPolicy {
  const found = renewalPolicies.find((policy) => policy.version === version);
  if (!found) throw new RangeError(`there is no renewal policy ${version}`);
  return found;
}

export const validityYears = (rules: DocumentRules, age: number): number =>
  rules.validity.value.find((row) => age <= row.upTo)?.years ?? 10;
