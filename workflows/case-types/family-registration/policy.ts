import type { DuplicateWeights } from '../../../domain/family/duplicates';
import { objectionTexts } from '../../../domain/family/objection-texts';
import type { FamilyEventKind } from '../../../domain/family/record';
import { sar, zero, type Money } from '../../../domain/money';
import { personalStatus, type PersonalStatusPolicy } from '../../../domain/policies/personal-status';
import { article22, type RecusalPolicy } from '../../../domain/policies/recusal';
import { ours, press, type Sourced } from '../../../domain/policies/sourced';
import { HOUR, type LocalDate } from '../../../domain/time';

export type Consenter = 'other-parent' | 'spouses' | 'adult-member';

export interface EventRules {
  /** Days within which the event is to be reported; null where there is no such time. */
  readonly deadlineDays: Sourced<number | null>;
  /** For each year of lateness or part of one. */
  readonly lateFine: Sourced<Money>;
  readonly fee: Sourced<Money>;
  readonly notice: Sourced<'always' | 'unless-linked'>;
  readonly consent: Sourced<readonly Consenter[]>;
  /** What a consent that is refused, withdrawn or not given in time does: the case ends, or it is a dispute and the committee's. */
  readonly withoutConsent: Sourced<'ends' | 'committee'>;
  readonly review: Sourced<'always' | 'when-unsure'>;
}

export interface Committee {
  readonly members: number;
  readonly workingDays: number;
}

export interface FamilyPolicy extends RecusalPolicy, PersonalStatusPolicy {
  readonly version: string;
  readonly effectiveFrom: LocalDate;
  readonly events: Readonly<Record<FamilyEventKind, EventRules>>;
  /** What no appeal decides away. */
  readonly neverWaived: Sourced<readonly string[]>;
  readonly reporterAge: Sourced<number>;
  /** From this age on a member is asked before they are identified. */
  readonly consentAge: Sourced<number>;
  readonly memberAge: Sourced<{ readonly from: number; readonly to: number }>;
  readonly reporterDegree: Sourced<number>;
  readonly noticeDays: Sourced<number>;
  readonly consentReminderDays: Sourced<number>;
  readonly consentDays: Sourced<number>;
  readonly duplicateScore: Sourced<number>;
  readonly duplicateWeights: Sourced<DuplicateWeights>;
  /** Working days in which an official looks at what no machine can decide; after that it is overdue. */
  readonly taskWorkingDays: Sourced<number>;
  readonly committeeAfterDays: Sourced<number>;
  readonly committee: Sourced<Committee>;
  readonly payment: Sourced<{ readonly remindAfter: number; readonly expireAfter: number }>;
}

const free = { value: zero, source: ours('no fee was found') };
const noFine = { value: zero, source: ours('no late fine was found for this event') };

/** Members are odd in number: an even one could be divided for ever. */
export function committeeOf(members: number, workingDays: number): Committee {
  if (!Number.isSafeInteger(members) || members < 1 || members % 2 === 0)
    throw new RangeError(`a committee of ${members} could be divided for ever`);
  return { members, workingDays };
}

const events: FamilyPolicy['events'] = {
  'member-identification': {
    deadlineDays: { value: null, source: ours('identification has no deadline') },
    lateFine: noFine,
    fee: free,
    notice: { value: 'unless-linked', source: ours('a tie that the register has needs no paper; a new one does') },
    consent: { value: ['adult-member'], source: ours('a member of age is asked') },
    withoutConsent: { value: 'ends', source: ours('nobody of age is identified against their will') },
    review: { value: 'when-unsure', source: press('family members are identified without a visit or paper') },
  },
  birth: {
    deadlineDays: { value: 30, source: press('a birth is reported within 30 days') },
    lateFine: { value: sar(50), source: 'One source: SAR 50 a year or part of it' },
    fee: free,
    notice: { value: 'always', source: ours("the hospital's notice is the evidence") },
    consent: { value: ['other-parent'], source: ours('a parent who did not report, unless the parents are married') },
    withoutConsent: { value: 'committee', source: ours('a contested parenthood is a dispute') },
    review: { value: 'always', source: ours('an official records each birth') },
  },
  marriage: {
    deadlineDays: { value: 60, source: press('within 60 days') },
    lateFine: noFine,
    fee: free,
    notice: { value: 'always', source: ours("the contract's reference is the evidence") },
    consent: { value: ['spouses'], source: ours('each spouse who did not report') },
    withoutConsent: { value: 'ends', source: ours('no marriage without both') },
    review: { value: 'always', source: ours('an official records each marriage') },
  },
  divorce: {
    deadlineDays: { value: 60, source: press('within 60 days') },
    lateFine: noFine,
    fee: free,
    notice: { value: 'always', source: ours("the court's reference is the evidence") },
    consent: { value: [], source: ours('the court has decided') },
    withoutConsent: { value: 'committee', source: ours('a contested divorce is a dispute') },
    review: { value: 'always', source: ours('an official records each divorce') },
  },
  death: {
    deadlineDays: { value: 30, source: press('a death is reported within 30 days') },
    lateFine: noFine,
    fee: free,
    notice: { value: 'always', source: ours("the hospital's notice is the evidence") },
    consent: { value: [], source: ours('nobody is asked') },
    withoutConsent: { value: 'committee', source: ours('a contested death is a dispute') },
    review: { value: 'always', source: ours('an official records each death') },
  },
};

const neverWaived: FamilyPolicy['neverWaived'] = {
  value: [
    ...Object.keys(objectionTexts),
    'known-person',
    'already-reported',
    'event-date-in-future',
    'prohibited-degree',
    'parent-sex',
    'custodial-guardian',
    'photo-usable',
    'no-card-yet',
    'not-blocked',
    'consent',
  ],
  source: ours(
    'a decision can weigh evidence and time limits, not what the register holds nor what others have to agree to',
  ),
};

/** Effective-dated: a case keeps the version that it was filed under. Newest last; a new version is a new row, never an edit. */
export const familyPolicies: readonly FamilyPolicy[] = [
  {
    version: '2024-1',
    effectiveFrom: '1987-01-01',
    events,
    neverWaived,
    reporterAge: { value: 18, source: 'Law commentary: father, mother, else a relative of 18 or over' },
    memberAge: { value: { from: 6, to: 19 }, source: 'Third-party copy: a member aged 6 to 19 without an ID' },
    consentAge: { value: 18, source: ours('of age, as reporters are') },
    ...personalStatus,
    ...article22,
    reporterDegree: { value: 4, source: ours('a relative is kin to the 4th degree') },
    noticeDays: { value: 10, source: ours('a notice that is not there after 10 days is looked for by a caseworker') },
    consentReminderDays: { value: 7, source: ours('half of the time') },
    consentDays: { value: 14, source: ours('two weeks to consent') },
    duplicateScore: {
      value: 60,
      source: ours('the same parents and day, or the same name and mother, are worth a look'),
    },
    duplicateWeights: {
      value: {
        sameName: 40,
        similarName: 20,
        sameDate: 25,
        nearDate: 15,
        nearDays: 180,
        sameMother: 25,
        sameFather: 10,
        sameSex: 5,
        otherSex: -15,
      },
      source: ours(
        'the same mother on the same day is suspicious by itself; one mother bears twice in half a year hardly ever',
      ),
    },
    taskWorkingDays: { value: 5, source: ours('a week for what a person has to look into') },
    committeeAfterDays: {
      value: 365,
      source: ours('more than a year late goes to the committee; the routing is not published'),
    },
    committee: {
      value: committeeOf(3, 10),
      source: ours('committee tiers exist; their size is not published'),
    },
    payment: {
      value: { remindAfter: 24 * HOUR, expireAfter: 72 * HOUR },
      source: ours('a quote stands for three days'),
    },
  },
];

export function familyPolicyOn(date: LocalDate): FamilyPolicy {
  const inForce = familyPolicies.filter((policy) => policy.effectiveFrom <= date).at(-1);
  if (!inForce) throw new RangeError(`no family policy was in force on ${date}`);
  return inForce;
}

export function familyPolicy(version: string): FamilyPolicy {
  const found = familyPolicies.find((policy) => policy.version === version);
  if (!found) throw new RangeError(`there is no family policy ${version}`);
  return found;
}
