import type { FamilyGraph } from '../../../domain/family/graph';
import { isWithin, relationOf } from '../../../domain/family/kinship';
import { spousesAround } from '../../../domain/family/recusal';
import { peopleIn, type FamilyEvent } from '../../../domain/family/record';
import { ageOn, type LocalDate } from '../../../domain/time';
import { correctable, type AmendmentRequest, type Correctable } from './events';

/** What of each event an entry holds, and a correction can put right. */
export const heldIn: Readonly<Record<FamilyEvent['kind'], readonly Correctable[]>> = {
  'member-identification': ['on', 'relation'],
  birth: ['on', 'father', 'mother', 'sex', 'childName'],
  marriage: ['on', 'husband', 'wife'],
  divorce: ['on', 'husband', 'wife'],
  death: ['on'],
  'enrolled-parent': ['on'],
};

const askedFor = (request: AmendmentRequest): Correctable[] =>
  correctable.filter((name) => request[name] !== undefined);

/** The event with what is to stand instead; what the entry of such an event does not hold is left out of it. */
export function corrected(event: FamilyEvent, request: AmendmentRequest): FamilyEvent {
  const instead = askedFor(request)
    // Of a name the entry holds no more than that it is there: it stands sealed beside it.
    .filter((name) => name !== 'childName' && heldIn[event.kind].includes(name))
    .map((name) => [name, request[name]]);
  return { ...event, ...Object.fromEntries(instead) } as FamilyEvent;
}

const fits = (event: FamilyEvent, sexOf: (person: string) => 'M' | 'F' | undefined): boolean => {
  const is = (person: string, sex: 'M' | 'F'): boolean => (sexOf(person) ?? sex) === sex;
  switch (event.kind) {
    case 'birth':
      return is(event.father, 'M') && is(event.mother, 'F');
    case 'marriage':
    case 'divorce':
      return is(event.husband, 'M') && is(event.wife, 'F');
    case 'member-identification':
      return event.relation === 'guardian' || is(event.guardian, event.relation === 'father' ? 'M' : 'F');
    case 'death':
    case 'enrolled-parent':
      return true;
  }
};

export interface CorrectionFacts {
  /** Whoever is in the entry, now or then; strangers to the register are missing. */
  readonly people: readonly { readonly person: string; readonly sex: 'M' | 'F'; readonly birthDate: LocalDate }[];
  readonly graph: FamilyGraph;
  /** Nobody marries kin up to this degree. */
  readonly prohibitedDegree: number;
  readonly marriageAge: number;
  /** The child of a birth would be called otherwise than now. */
  readonly renamed: boolean;
  readonly today: LocalDate;
}

/** What an amendment that is let through was found to keep. */
export const preparedRules = ['registration-stands'] as const;

/** The rules that speak against a correction, before anybody confirms it; what else the register says, it says when it is entered. */
export function againstCorrection(
  event: FamilyEvent,
  replacement: FamilyEvent,
  request: AmendmentRequest,
  { people, graph, prohibitedDegree, marriageAge, renamed, today }: CorrectionFacts,
): string[] {
  const sexOf = (person: string) => people.find((each) => each.person === person)?.sex;
  const against: string[] = [];
  if (askedFor(request).some((name) => !heldIn[event.kind].includes(name))) against.push('not-in-the-entry');
  else if (JSON.stringify(event) === JSON.stringify(replacement) && !renamed) against.push('something-to-correct');
  if (replacement.on > today) against.push('event-date-in-future');
  if (peopleIn(replacement).some((person) => sexOf(person) === undefined)) against.push('person-unknown');
  if (!fits(replacement, sexOf)) against.push('parent-sex');
  if (replacement.kind === 'marriage') {
    const { husband, wife, on } = replacement;
    if (people.some(({ person, birthDate }) => [husband, wife].includes(person) && ageOn(birthDate, on) < marriageAge))
      against.push('marriage-age');
    const relation = relationOf(graph, husband, wife, on);
    if (relation && relation.kind !== 'spouse' && isWithin(relation, prohibitedDegree))
      against.push('prohibited-degree');
  }
  return against;
}

/** Everybody in the entry, who is and who would be; the widowed of a death; and who reported it. */
export function concernedBy(
  event: FamilyEvent,
  replacement: FamilyEvent | undefined,
  graph: FamilyGraph,
  reporter: string | undefined,
): string[] {
  const widowed = event.kind === 'death' ? spousesAround(graph, event.person, [event.on]) : [];
  return [
    ...new Set([
      ...peopleIn(event),
      ...(replacement ? peopleIn(replacement) : []),
      ...widowed,
      ...(reporter ? [reporter] : []),
    ]),
  ];
}
