import type { RecusalPolicy } from '../policies/recusal';
import { riyadhDate, type Instant, type LocalDate } from '../time';
import type { FamilyGraph } from './graph';
import { isWithin, relationOf, type Relation } from './kinship';

/** Kin by marriage: an ascendant, a descendant or a sibling of a spouse. */
export type Tie = Relation | { readonly kind: 'affine' };

export interface Recusal {
  readonly relation: Tie;
  readonly person: string;
}

/** Whom a case concerns, and which kin of theirs decide nothing in it. */
export interface Concerned {
  readonly people: readonly string[];
  /** They decide nothing about what they witnessed; their kin may. */
  readonly witnesses?: readonly string[];
  /** Whose consent was asked for. Kin of theirs who are kin to nobody else here may decide. */
  readonly asked?: readonly string[];
  /** The days of the events that it is about: who was married then counts as married. */
  readonly days?: readonly LocalDate[];
  readonly policy: RecusalPolicy;
}

/** Why an official may have nothing to do with a case, if so. How they are related is for the rule alone, and told to nobody. */
export interface KinshipKnown {
  readonly recusal?: Recusal;
  /** The register does not know which person this member of staff is, so that nobody can tell whose kin it is. */
  readonly unknownOfficial?: true;
  /** The register could not be asked. */
  readonly cannotTell?: true;
  /** The same of the colleague to whom a case is to go. */
  readonly colleagueKin?: KinshipKnown;
}

export interface RecusalRules {
  /** Blood relations beside the straight line count up to this degree. */
  readonly degree: number;
  readonly affines: boolean;
}

/** A brother or sister by the civil method. */
const SIBLINGS = 2;

/** Whoever was married on one of these days. A marriage that ended on such a day counts: it is that end which the event may be about. */
export const spousesAround = (graph: FamilyGraph, person: string, days: readonly LocalDate[]): string[] => [
  ...new Set(
    graph.flatMap(({ kind, person: husband, relative: wife, from, to }) => {
      const other = husband === person ? wife : wife === person ? husband : undefined;
      const counts = kind === 'spouse' && days.some((day) => from <= day && (to === undefined || day <= to));
      return counts && other !== undefined ? [other] : [];
    }),
  ),
];

const isNear = (graph: FamilyGraph, spouse: string, person: string, day: LocalDate): boolean => {
  const relation = relationOf(graph, spouse, person, day);
  return relation !== undefined && 'degree' in relation && isWithin(relation, SIBLINGS);
};

function tieTo(
  graph: FamilyGraph,
  official: string,
  person: string,
  { degree, affines }: RecusalRules,
  days: readonly LocalDate[],
): Tie | undefined {
  const [day = ''] = days;
  const relation = relationOf(graph, official, person, day);
  if (isWithin(relation, degree)) return relation;
  const spouses = spousesAround(graph, official, days);
  if (spouses.includes(person)) return { kind: 'spouse' };
  // Either way round: the wife's brother, and the brother's wife.
  const byMarriage =
    spouses.some((spouse) => isNear(graph, spouse, person, day)) ||
    spousesAround(graph, person, days).some((spouse) => isNear(graph, spouse, official, day));
  return affines && byMarriage ? { kind: 'affine' } : undefined;
}

/**
 * The first of these people whom the official may not decide about, or undefined.
 * @param days on which a marriage counts: today, and the day of the event
 */
export function recusalOf(
  graph: FamilyGraph,
  official: string,
  people: readonly string[],
  rules: RecusalRules,
  days: readonly LocalDate[],
): Recusal | undefined {
  for (const person of people) {
    const relation = tieTo(graph, official, person, rules, days);
    if (relation) return { relation, person };
  }
  return undefined;
}

/**
 * Whether an official is kin to anybody whom the case concerns, by blood or by marriage, or one of its witnesses.
 * @param official null where the register does not know who it is
 * @param graph of the official and the people, and of whom they are or were married to
 */
export function kinshipTo(
  official: string | null,
  graph: FamilyGraph,
  { people, witnesses = [], days = [], policy: { recusalDegree, recusesAffines } }: Concerned,
  at: Instant,
): KinshipKnown {
  if (official === null) return { unknownOfficial: true };
  if (witnesses.includes(official)) return { recusal: { relation: { kind: 'self' }, person: official } };
  const rules = { degree: recusalDegree.value, affines: recusesAffines.value };
  const recusal = recusalOf(graph, official, people, rules, [riyadhDate(at), ...days]);
  return recusal ? { recusal } : {};
}
