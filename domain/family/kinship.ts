import type { LocalDate } from '../time';
import { ancestorsOf, spousesOf, type FamilyGraph } from './graph';

export type Relation =
  | { readonly kind: 'self' }
  | { readonly kind: 'spouse' }
  | { readonly kind: 'ascendant' | 'descendant' | 'collateral'; readonly degree: number };

/**
 * The degree of kinship by blood, by the civil method: the steps up from one to the nearest common ancestor and down to the
 * other. Parent and child 1, siblings 2, uncle and nephew 3, first cousins 4; 0 for the person. undefined for no kin.
 */
export function kinshipDegree(graph: FamilyGraph, a: string, b: string): number | undefined {
  const upFromA = ancestorsOf(graph, a);
  const upFromB = ancestorsOf(graph, b);
  let least: number | undefined;
  for (const [ancestor, steps] of upFromA) {
    const down = upFromB.get(ancestor);
    if (down !== undefined && (least === undefined || steps + down < least)) least = steps + down;
  }
  return least;
}

/** What `b` is to `a`, the nearest relation first; undefined for strangers. Whoever is married on that day is a spouse. */
export function relationOf(graph: FamilyGraph, a: string, b: string, on: LocalDate): Relation | undefined {
  if (a === b) return { kind: 'self' };
  if (spousesOf(graph, a, on).includes(b)) return { kind: 'spouse' };
  const degree = kinshipDegree(graph, a, b);
  if (degree === undefined) return undefined;
  if (ancestorsOf(graph, a).has(b)) return { kind: 'ascendant', degree };
  return { kind: ancestorsOf(graph, b).has(a) ? 'descendant' : 'collateral', degree };
}

/** Spouse, ascendant and descendant whatever the distance, and other kin up to `degree`: the circle of Civil Status Law art. 22. */
export function isWithin(relation: Relation | undefined, degree: number): boolean {
  return relation !== undefined && (relation.kind !== 'collateral' || relation.degree <= degree);
}
