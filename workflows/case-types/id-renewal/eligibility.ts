import type { AppealBasis } from '../../../domain/case/model';
import { zero, type Money } from '../../../domain/money';
import { inForce, type FamilyGraph } from '../../../domain/family/graph';
import { quoteOf, type Quote } from '../../../domain/quote';
import { addDays, ageOn, daysBetween, type LocalDate } from '../../../domain/time';
import type { DeliveryChoice } from '../../stages/delivery';
import type { EligibilityFacts, RenewalReason } from './events';
import type { DocumentRules, DocumentType, RenewalPolicy } from './policy';

/** What the register says about a person, as far as a renewal asks. */
export interface RenewalFacts {
  readonly beneficiary: 'citizen' | 'resident' | 'visitor';
  readonly birthDate: LocalDate;
  readonly diedOn: LocalDate | null;
  readonly blocked: boolean;
  readonly hasAddress: boolean;
  readonly losses: number;
  /** Where a guardian applies: whether the register has them as a living parent or guardian on that day. */
  readonly guardianLinked?: boolean;
  /** Where a first card is applied for: whether an identification of the person stands. */
  readonly identified?: boolean;
  readonly card: {
    readonly serial: string;
    readonly expiresOn: LocalDate;
    readonly status: string;
    readonly issuedOn?: LocalDate;
    /** Where it was reported lost; the report stands, whatever reason the applicant gives. */
    readonly loss?: Loss;
  } | null;
}

export interface Loss {
  readonly lostOn: LocalDate;
  readonly reportedOn: LocalDate;
}

export interface RenewalRequest {
  readonly reason: RenewalReason;
  readonly lostOn?: LocalDate;
  readonly guardian?: string;
  /** A first card that somebody applied for: an identification starts one by itself. */
  readonly applied?: true;
  readonly delivery: DeliveryChoice;
  readonly appeal?: AppealBasis;
}

const documentTypeOf = (beneficiary: RenewalFacts['beneficiary']): DocumentType | undefined =>
  beneficiary === 'citizen' ? 'national-id' : beneficiary === 'resident' ? 'resident-id' : undefined;

/** The loss that this renewal is for. A loss that nobody reported before is reported by the filing. */
export function lossOf(
  request: RenewalRequest,
  { card }: Pick<RenewalFacts, 'card'>,
  today: LocalDate,
): Loss | undefined {
  if (card?.loss) return card.loss;
  return request.reason === 'lost' && request.lostOn ? { lostOn: request.lostOn, reportedOn: today } : undefined;
}

/** @param before cards that the same person had lost before this one */
export function lossFine({ lossFines, lossReportDays }: DocumentRules, before: number, loss: Loss): Money {
  const fines = lossFines.value;
  // A loss that was reported too late is fined as one more loss.
  const reportedLate = daysBetween(loss.lostOn, loss.reportedOn) > lossReportDays.value;
  return fines[Math.min(before + (reportedLate ? 1 : 0), fines.length - 1)] ?? zero;
}

/** Whether the register has a tie by which this person answers for that one on that day. */
export const answersFor = (graph: FamilyGraph, guardian: string, person: string, on: LocalDate): boolean =>
  graph.some(
    (link) => link.kind !== 'spouse' && link.person === person && link.relative === guardian && inForce(link, on),
  );

/** Nobody applies too young; until somebody applies in person, a parent or guardian does. */
function refusedForAge(request: RenewalRequest, facts: RenewalFacts, rules: DocumentRules, age: number): string[] {
  if (age < rules.guardianAge.value) return ['minimum-age'];
  // A first card that comes from the identification was asked for by the guardian who reported it.
  if (request.reason === 'first-issue' && !request.applied) return [];
  if (age >= rules.minimumAge.value) return request.guardian === undefined ? [] : ['guardian-not-needed'];
  if (request.guardian === undefined) return ['guardian-needed'];
  return facts.guardianLinked ? [] : ['guardian-link'];
}

/** The rules that speak against this renewal, by name; all of them, so that the applicant is told once. */
function refusals(request: RenewalRequest, facts: RenewalFacts, rules: DocumentRules, today: LocalDate): string[] {
  const { card } = facts;
  const against: string[] = [];
  if (facts.diedOn) against.push('alive');
  if (facts.blocked) against.push('not-blocked');
  const firstIssue = request.reason === 'first-issue';
  against.push(...refusedForAge(request, facts, rules, ageOn(facts.birthDate, today)));
  if (!card && !firstIssue) against.push('has-card');
  if (card && firstIssue) against.push('no-card-yet');
  if (request.applied && !facts.identified) against.push('member-identified');
  if (card && !card.loss && request.reason === 'expiring' && addDays(card.expiresOn, -rules.windowDays.value) > today)
    against.push('renewal-window');
  if (request.reason === 'lost' && !card?.loss) {
    const { lostOn } = request;
    if (!lostOn || lostOn > today || (card?.issuedOn !== undefined && lostOn < card.issuedOn))
      against.push('loss-date');
  }
  if (request.reason !== 'lost' && request.lostOn !== undefined) against.push('loss-reason');
  if (request.delivery.method === 'courier' && !facts.hasAddress) against.push('national-address');
  return against;
}

function quote(request: RenewalRequest, facts: RenewalFacts, rules: DocumentRules, today: LocalDate): Quote {
  // Whatever the reason that is given: an expired card is renewed late, and the fine is not waived.
  const late = facts.card !== null && facts.card.expiresOn < today;
  const loss = lossOf(request, facts, today);
  return quoteOf([
    {
      code: 'fee',
      title: { ar: 'رسم التجديد', en: 'Renewal fee' },
      amount: rules.fee.value,
      refundable: 'until-printed',
      rule: 'fee',
    },
    {
      code: 'late-fine',
      title: { ar: 'غرامة التأخر في التجديد', en: 'Late renewal fine' },
      amount: late ? rules.lateFine.value : zero,
      refundable: 'never',
      rule: 'late-fine',
    },
    {
      code: 'loss-fine',
      title: { ar: 'غرامة فقدان البطاقة', en: 'Lost card fine' },
      amount: loss ? lossFine(rules, facts.losses, loss) : zero,
      refundable: 'never',
      rule: 'loss-fines',
    },
    {
      code: 'delivery',
      title: { ar: 'رسم التوصيل', en: 'Delivery charge' },
      amount:
        request.delivery.method === 'courier' && request.reason !== 'first-issue' ? rules.deliveryCharge.value : zero,
      refundable: 'until-printed',
      rule: 'delivery-charge',
    },
  ]);
}

export const validationRules = [
  'known-person',
  'alive',
  'not-blocked',
  'minimum-age',
  'guardian-link',
  'has-card',
  'member-identified',
  'renewal-window',
  'national-address',
  'photo-usable',
  'no-other-open-renewal',
] as const;

/** Pure: may this person renew now, and what does it cost? */
export function assess(
  request: RenewalRequest,
  facts: RenewalFacts | null,
  policy: RenewalPolicy,
  today: LocalDate,
): { refusedBy: string[] } | { facts: EligibilityFacts; quote: Quote } {
  if (!facts) return { refusedBy: ['known-person'] };
  const documentType = documentTypeOf(facts.beneficiary);
  if (!documentType) return { refusedBy: ['citizen-or-resident'] };
  const rules = policy.documents[documentType];
  const refusedBy = refusals(request, facts, rules, today).filter((rule) => !request.appeal?.waived.includes(rule));
  if (refusedBy.length > 0) return { refusedBy };
  return {
    facts: {
      documentType,
      age: ageOn(facts.birthDate, today),
      oldSerial: facts.card?.serial ?? null,
      oldExpiresOn: facts.card?.expiresOn ?? null,
      losses: facts.losses,
    },
    quote: quote(request, facts, rules, today),
  };
}
