import type { FamilyGraph } from '../../../domain/family/graph';
import { spousesOf } from '../../../domain/family/graph';
import { isWithin, relationOf } from '../../../domain/family/kinship';
import { objectionTo, stateOf } from '../../../domain/family/objections';
import type { FamilyEvent } from '../../../domain/family/record';
import { halalas } from '../../../domain/money';
import { quoteOf, type Quote } from '../../../domain/quote';
import { addDays, addYears, ageOn, daysBetween, type LocalDate } from '../../../domain/time';
import type { Accepted, Lateness, ReportFacts } from './events';
import { limitsOf } from '../../../domain/policies/personal-status';
import type { EventRules, FamilyPolicy } from './policy';

/** What the register says about somebody, as far as a report asks. */
export interface PersonStanding {
  readonly person: string;
  readonly sex: 'M' | 'F';
  readonly birthDate: LocalDate;
  readonly diedOn: LocalDate | null;
  readonly blocked: boolean;
  readonly hasAddress: boolean;
  readonly hasCard: boolean;
  readonly unpaidFines: boolean;
  readonly identified: boolean;
  /** An identification stands, or stood once. */
  readonly wasIdentified: boolean;
  /** The birth that made this identity was revoked. */
  readonly revoked: boolean;
  /** The birth of the youngest child that she bore, and that he begot. */
  readonly boreOn: LocalDate | null;
  readonly begotOn: LocalDate | null;
}

export interface Surroundings {
  readonly people: readonly PersonStanding[];
  readonly graph: FamilyGraph;
}

export const eligibilityRules = [
  'known-person',
  'alive',
  'reporter-of-age',
  'reporter-has-the-right',
  'event-date',
  'register-agrees',
  'photo-usable',
  'no-other-open-report',
] as const;

/** The child of a birth has no reference yet; this stands for it. */
const UNBORN = 'child';

type Tie = NonNullable<ReportFacts['relation']>;

/** What the reporter is to the member, as the register has it; a parent by blood before anything else. */
function tiesOf(report: ReportFacts, graph: FamilyGraph): Tie[] {
  const kinds = new Set(
    graph
      .filter(
        ({ person, relative, to }) =>
          to === undefined && person === report.parties.member && relative === report.reporter,
      )
      .map(({ kind }) => kind),
  );
  return (['father', 'mother', 'guardian'] as const).filter((kind) => kinds.has(kind));
}

/** What a member identification enters: what the reporter says to be, else what the register has them as. */
const relationOfReporter = (report: ReportFacts, graph: FamilyGraph): Tie | undefined =>
  report.relation ?? tiesOf(report, graph)[0];

/** Whether the tie that a member identification tells of is in the register already, as that tie: a guardian is no father yet. */
function isLinked(report: ReportFacts, graph: FamilyGraph): boolean {
  const relation = relationOfReporter(report, graph);
  return relation !== undefined && tiesOf(report, graph).includes(relation);
}

/** The event as the register would enter it. Throws a RangeError on a report without its parties: the schema does not let one in. */
export function eventOf(report: ReportFacts, child = UNBORN): FamilyEvent {
  const { event, on, parties, reporter, relation, sex } = report;
  const party = (role: keyof typeof parties): string => {
    const person = parties[role];
    if (person === undefined) throw new RangeError(`a ${event} needs its ${role}`);
    return person;
  };
  switch (event) {
    case 'member-identification':
      return { kind: event, on, guardian: reporter, member: party('member'), relation: relation ?? 'guardian' };
    case 'birth':
      return { kind: event, on, father: party('father'), mother: party('mother'), child, sex: sex ?? 'M' };
    case 'marriage':
    case 'divorce':
      return { kind: event, on, husband: party('husband'), wife: party('wife') };
    case 'death':
      return { kind: event, on, person: party('deceased') };
  }
}

/** Those who have the member in their custody. A guardian comes before the parents: the member is fostered. */
export const guardiansOf = (report: ReportFacts, graph: FamilyGraph): string[] =>
  graph.flatMap(({ person, relative, kind, to }) =>
    kind === 'guardian' && to === undefined && person === report.parties.member ? [relative] : [],
  );

function reporterHasRight(
  report: ReportFacts,
  { graph }: Surroundings,
  policy: FamilyPolicy,
  today: LocalDate,
): boolean {
  const { reporter, parties } = report;
  const kinTo = (person: string | undefined): boolean =>
    person !== undefined && isNear(graph, reporter, person, policy.reporterDegree.value, today);
  switch (report.event) {
    case 'member-identification':
      // A tie that is not in the register is proved by a notice.
      return isLinked(report, graph) || report.relation !== undefined;
    case 'birth':
      return (
        reporter === parties.father || reporter === parties.mother || kinTo(parties.father) || kinTo(parties.mother)
      );
    case 'marriage':
      return reporter === parties.husband || reporter === parties.wife || kinTo(parties.husband) || kinTo(parties.wife);
    case 'divorce':
      return reporter === parties.husband || reporter === parties.wife;
    case 'death':
      return reporter !== parties.deceased && kinTo(parties.deceased);
  }
}

/** A spouse, or kin up to this degree in whatever line. */
function isNear(graph: FamilyGraph, a: string, b: string, degree: number, on: LocalDate): boolean {
  const relation = relationOf(graph, a, b, on);
  return relation !== undefined && (!('degree' in relation) || relation.degree <= degree);
}

function aboutMember(
  report: ReportFacts,
  around: Surroundings,
  find: (ref?: string) => PersonStanding | undefined,
  policy: FamilyPolicy,
  today: LocalDate,
): string[] {
  const member = find(report.parties.member);
  const guardian = find(report.reporter);
  const relation = relationOfReporter(report, around.graph);
  const against: string[] = [];
  if (member) {
    const age = ageOn(member.birthDate, today);
    const { from, to } = policy.memberAge.value;
    if (age < from || age > to) against.push('member-age');
    // A card that came with an identification which was revoked since stands in the way of no other.
    if (member.hasCard && !member.wasIdentified) against.push('no-card-yet');
    if (member.blocked) against.push('not-blocked');
  }
  if (guardian?.unpaidFines) against.push('no-unpaid-fines');
  const toAddress = report.delivery?.method === 'courier';
  if ((guardian && !guardian.hasAddress) || (toAddress && member && !member.hasAddress))
    against.push('national-address');
  const sex = relation === 'father' ? 'M' : relation === 'mother' ? 'F' : undefined;
  if (guardian && sex && guardian.sex !== sex) against.push('parent-sex');
  const custodians = guardiansOf(report, around.graph).filter((person) => find(person)?.diedOn === null);
  if (custodians.length > 0 && !custodians.includes(report.reporter)) against.push('custodial-guardian');
  return against;
}

function aboutCouple(
  report: ReportFacts,
  around: Surroundings,
  find: (ref?: string) => PersonStanding | undefined,
  policy: FamilyPolicy,
): string[] {
  const husband = find(report.parties.husband);
  const wife = find(report.parties.wife);
  if (!husband || !wife) return [];
  const against: string[] = [];
  if (husband.sex !== 'M' || wife.sex !== 'F') against.push('parent-sex');
  if ([husband, wife].some(({ birthDate }) => ageOn(birthDate, report.on) < policy.marriageAge.value))
    against.push('marriage-age');
  const relation = relationOf(around.graph, husband.person, wife.person, report.on);
  if (relation && relation.kind !== 'spouse' && isWithin(relation, policy.prohibitedDegree.value))
    against.push('prohibited-degree');
  return against;
}

function aboutParents(report: ReportFacts, find: (ref?: string) => PersonStanding | undefined): string[] {
  const father = find(report.parties.father);
  const mother = find(report.parties.mother);
  return (father && father.sex !== 'M') || (mother && mother.sex !== 'F') ? ['parent-sex'] : [];
}

/** Every rule that speaks against the report, so that the reporter is told once. */
function refusals(report: ReportFacts, around: Surroundings, policy: FamilyPolicy, today: LocalDate): string[] {
  const find = (ref?: string) => around.people.find(({ person }) => person === ref);
  const wanted = [report.reporter, ...Object.values(report.parties as Record<string, string>)];
  if (wanted.some((ref) => !find(ref))) return ['known-person'];
  const reporter = find(report.reporter);
  const against: string[] = [];
  if (reporter?.diedOn) against.push('alive');
  if (reporter?.blocked) against.push('not-blocked');
  if (reporter && ageOn(reporter.birthDate, today) < policy.reporterAge.value) against.push('reporter-of-age');
  if (!reporterHasRight(report, around, policy, today)) against.push('reporter-has-the-right');
  if (report.on > today) against.push('event-date-in-future');
  if (report.event === 'member-identification') against.push(...aboutMember(report, around, find, policy, today));
  if (report.event === 'birth') against.push(...aboutParents(report, find));
  if (report.event === 'marriage') against.push(...aboutCouple(report, around, find, policy));
  const relation = relationOfReporter(report, around.graph);
  const objection = objectionTo(
    eventOf({ ...report, ...(relation ? { relation } : {}) }),
    {
      links: around.graph,
      people: Object.fromEntries(around.people.map((person) => [person.person, stateOf(person)])),
    },
    limitsOf(policy),
  );
  return [...new Set([...against, ...(objection ? [objection] : [])])];
}

export function latenessOf(on: LocalDate, today: LocalDate, rules: EventRules, policy: FamilyPolicy): Lateness {
  const deadline = rules.deadlineDays.value;
  const late = deadline === null ? 0 : daysBetween(on, today) - deadline;
  if (late <= 0) return 'in-time';
  return late > policy.committeeAfterDays.value ? 'over-a-year' : 'late';
}

/** Years of lateness, which begins when the time to report has passed; a part of one counted whole, 0 in time. */
export function yearsLate(on: LocalDate, today: LocalDate, rules: EventRules): number {
  if (rules.deadlineDays.value === null) return 0;
  const due = addDays(on, rules.deadlineDays.value);
  let years = 0;
  while (addYears(due, years) < today) years++;
  return years;
}

function quote(report: ReportFacts, rules: EventRules, today: LocalDate): Quote {
  const years = yearsLate(report.on, today, rules);
  return quoteOf([
    {
      code: 'fee',
      title: { ar: 'رسم التسجيل', en: 'Registration fee' },
      amount: rules.fee.value,
      refundable: 'always',
      rule: 'fee',
    },
    {
      code: 'late-fine',
      title: { ar: 'غرامة التأخر في التبليغ', en: 'Late report fine' },
      amount: halalas(rules.lateFine.value.halalas * years),
      refundable: 'never',
      rule: 'late-fine',
    },
  ]);
}

function consenters(report: ReportFacts, around: Surroundings, policy: FamilyPolicy): string[] {
  const { parties, reporter, on } = report;
  const asked = policy.events[report.event].consent.value.flatMap((who): (string | undefined)[] => {
    switch (who) {
      case 'adult-member': {
        const member = around.people.find(({ person }) => person === parties.member);
        return member && ageOn(member.birthDate, on) >= policy.consentAge.value ? [member.person] : [];
      }
      case 'spouses':
        return [parties.husband, parties.wife];
      case 'other-parent': {
        const married =
          parties.father !== undefined &&
          parties.mother !== undefined &&
          spousesOf(around.graph, parties.father, on).includes(parties.mother);
        return married ? [] : [parties.father, parties.mother];
      }
    }
  });
  const alive = (person: string): boolean =>
    around.people.some((each) => each.person === person && each.diedOn === null);
  return [
    ...new Set(
      asked.filter((person): person is string => person !== undefined && person !== reporter && alive(person)),
    ),
  ];
}

/** Without an address there is nowhere to send it, whatever was chosen. */
function firstCardOf({ event, parties, delivery }: ReportFacts, around: Surroundings): Pick<Accepted, 'firstCard'> {
  const member = around.people.find(({ person }) => person === parties.member);
  if (event !== 'member-identification' || !member) return {};
  if (member.hasCard) return { firstCard: 'none' };
  return { firstCard: member.hasAddress && delivery?.method !== 'pickup' ? 'courier' : 'pickup' };
}

/** Pure: may this be reported by this person, what does it cost, and who is asked? */
export function assessReport(
  report: ReportFacts & { readonly appeal?: { readonly waived: readonly string[] } },
  around: Surroundings,
  policy: FamilyPolicy,
  today: LocalDate,
): { refusedBy: string[] } | ({ quote: Quote } & Accepted) {
  const waived = (rule: string): boolean => report.appeal?.waived.includes(rule) === true;
  const refusedBy = refusals(report, around, policy, today).filter((rule) => !waived(rule));
  if (refusedBy.length > 0) return { refusedBy };
  const rules = policy.events[report.event];
  const relation = report.event === 'member-identification' ? relationOfReporter(report, around.graph) : undefined;
  return {
    quote: quote(report, rules, today),
    lateness: latenessOf(report.on, today, rules, policy),
    ...(relation ? { relation } : {}),
    ...firstCardOf(report, around),
    noticeNeeded: !waived('notice') && (rules.notice.value === 'always' || !isLinked(report, around.graph)),
    consenters: waived('consent') ? [] : consenters(report, around, policy),
  };
}
