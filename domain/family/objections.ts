import { addDays, addYears, type LocalDate } from '../time';
import { inForce, spousesSince, wouldCycle, type FamilyLink } from './graph';
import { peopleIn, type CivilState, type FamilyEvent, type FamilyRecord } from './record';

/** What the register itself never lets in, whatever a case decided; told by the same words as the rules of a case. */
export const objections = [
  'already-identified',
  'identity-revoked',
  'alive',
  'no-cycle',
  'has-another-parent',
  'married-already',
  'married-to-each-other',
  'marriage-ended-by-death',
  'already-dead',
  'before-birth',
  'before-later-events',
  'parents-older',
  'parent-too-young',
  'spouse-limit',
  'different-people',
] as const;
export type Objection = (typeof objections)[number];

/** A person as far as an event can stand beside them. */
export interface PersonState extends CivilState {
  /** The last day on which she bore, and he begot, a child that is in the register. */
  readonly boreOn?: LocalDate;
  readonly begotOn?: LocalDate;
}

/** What is known about the people whom an event is about, and their ancestors. */
export interface Standing {
  readonly links: FamilyRecord['links'];
  readonly people: Readonly<Record<string, PersonState>>;
}

export interface FamilyLimits {
  /** Wives that a husband may have at a time. */
  readonly wives: number;
  readonly husbands: number;
  /** Years that a parent is older than the child, at least. */
  readonly parentAge: number;
  /** Days after the father's death in which his child may still be born. */
  readonly posthumousDays: number;
}

/** A person of the register, as the objections see them. */
export function stateOf(person: {
  readonly birthDate: LocalDate;
  readonly diedOn: LocalDate | null;
  readonly identified: boolean;
  readonly revoked: boolean;
  readonly boreOn: LocalDate | null;
  readonly begotOn: LocalDate | null;
}): PersonState {
  const { birthDate, diedOn, identified, revoked, boreOn, begotOn } = person;
  return {
    bornOn: birthDate,
    ...(diedOn ? { diedOn } : {}),
    ...(identified ? { identifiedOn: birthDate } : {}),
    ...(revoked ? { revoked } : {}),
    ...(boreOn ? { boreOn } : {}),
    ...(begotOn ? { begotOn } : {}),
  };
}

/** Why this person cannot be the father or mother of one who was born that day. */
function againstParent(
  child: string,
  parent: string,
  as: 'father' | 'mother',
  bornOn: LocalDate | undefined,
  { links, people }: Standing,
  limits: FamilyLimits,
): Objection | undefined {
  if (wouldCycle(links, child, parent)) return 'no-cycle';
  const another = links.some(
    ({ person, kind, relative, to }) => person === child && kind === as && relative !== parent && to === undefined,
  );
  if (another) return 'has-another-parent';
  const parentBorn = people[parent]?.bornOn;
  if (parentBorn === undefined || bornOn === undefined) return undefined;
  if (parentBorn >= bornOn) return 'parents-older';
  return addYears(parentBorn, limits.parentAge) > bornOn ? 'parent-too-young' : undefined;
}

/** The first reason why this event cannot stand beside what stands; undefined when it can. */
export function objectionTo(event: FamilyEvent, standing: Standing, limits: FamilyLimits): Objection | undefined {
  const { links, people } = standing;
  if (peopleIn(event).some((person) => people[person]?.revoked)) return 'identity-revoked';
  switch (event.kind) {
    case 'member-identification': {
      const { member, guardian, relation } = event;
      if (member === guardian) return 'different-people';
      const state = people[member];
      if (state?.identifiedOn !== undefined) return 'already-identified';
      if (state?.diedOn !== undefined || people[guardian]?.diedOn !== undefined) return 'alive';
      return relation === 'guardian'
        ? undefined
        : againstParent(member, guardian, relation, state?.bornOn, standing, limits);
    }
    case 'birth': {
      const { child, father, mother, on } = event;
      if (father === mother || child === father || child === mother) return 'different-people';
      if ([father, mother].some((parent) => (people[parent]?.bornOn ?? '') >= on)) return 'parents-older';
      const against =
        againstParent(child, father, 'father', on, standing, limits) ??
        againstParent(child, mother, 'mother', on, standing, limits);
      if (against) return against;
      const [fatherDied, motherDied] = [people[father]?.diedOn, people[mother]?.diedOn];
      const outlived = fatherDied !== undefined && addDays(fatherDied, limits.posthumousDays) < on;
      return outlived || (motherDied !== undefined && motherDied < on) ? 'alive' : undefined;
    }
    case 'marriage': {
      const { husband, wife, on } = event;
      if (husband === wife) return 'different-people';
      if ([husband, wife].some((spouse) => people[spouse]?.diedOn !== undefined)) return 'alive';
      const open = (person: string) => spousesSince(links, person, on);
      if (open(husband).includes(wife)) return 'married-already';
      return open(wife).length >= limits.husbands || open(husband).length >= limits.wives ? 'spouse-limit' : undefined;
    }
    case 'divorce': {
      const { husband, wife, on } = event;
      const married = links.filter(
        ({ kind, person, relative, from }) =>
          kind === 'spouse' && person === husband && relative === wife && from <= on,
      );
      if (married.some(({ to }) => to === undefined)) return undefined;
      const died = [husband, wife].map((spouse) => people[spouse]?.diedOn);
      const outlived = married.some(({ to }) => to !== undefined && on <= to && died.includes(to));
      return outlived ? 'marriage-ended-by-death' : 'married-to-each-other';
    }
    case 'death': {
      const state = people[event.person];
      if (state?.diedOn !== undefined) return 'already-dead';
      if (event.on < (state?.bornOn ?? '')) return 'before-birth';
      const laterChild =
        (state?.boreOn !== undefined && state.boreOn > event.on) ||
        (state?.begotOn !== undefined && state.begotOn > addDays(event.on, limits.posthumousDays));
      const laterTie = links.some(
        (link) =>
          link.kind === 'spouse' &&
          (link.person === event.person || link.relative === event.person) &&
          (link.to ?? link.from) > event.on,
      );
      return laterChild || laterTie ? 'before-later-events' : undefined;
    }
    case 'enrolled-parent': {
      const { child, parent, as } = event;
      if (child === parent) return 'no-cycle';
      // Who was on record before may lack every other date: only what contradicts itself stays out.
      return as === 'guardian' ? undefined : againstParent(child, parent, as, undefined, standing, limits);
    }
  }
}

/**
 * Whether marriages of these people cannot all stand: more at a time than is allowed, or one that outlives a spouse. An event
 * cannot be entered into that; an earlier one that is taken back can leave it behind.
 */
export function marriagesClash(people: readonly string[], { links, people: states }: Standing, limits: FamilyLimits) {
  const marriages = links.filter(({ kind }) => kind === 'spouse');
  const crowded = (own: readonly FamilyLink[], most: number): boolean =>
    own.some(({ from }) => own.filter((other) => inForce(other, from)).length > most);
  const outlives = ({ person, relative, to }: FamilyLink): boolean =>
    to === undefined && [person, relative].some((spouse) => states[spouse]?.diedOn !== undefined);
  return people.some(
    (who) =>
      crowded(
        marriages.filter(({ person }) => person === who),
        limits.wives,
      ) ||
      crowded(
        marriages.filter(({ relative }) => relative === who),
        limits.husbands,
      ) ||
      marriages.some((link) => (link.person === who || link.relative === who) && outlives(link)),
  );
}
