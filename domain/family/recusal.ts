import type { LocalDate } from '../time';
import type { FamilyGraph } from './graph';
import { isWithin, relationOf, type Relation } from './kinship';

/** Kin by marriage: an ascendant, a descendant or a sibling of a spouse. */
export type Tie = Relation | { readonly kind: 'affine' };

export interface Recusal {
  readonly relation: Tie;
  readonly person: string;
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
