import type { LocalDate } from '../time';

export type LinkKind = 'father' | 'mother' | 'guardian' | 'spouse';

/** `relative` is the `kind` of `person`: "the father of person is relative". A marriage is one link, from the husband to the wife. */
export interface FamilyLink {
  readonly person: string;
  readonly relative: string;
  readonly kind: LinkKind;
  readonly from: LocalDate;
  /** The day from which it is no more. */
  readonly to?: LocalDate;
}

/** Who is what to whom, as references: no names. Every link once. */
export type FamilyGraph = readonly FamilyLink[];

const isParent = (link: FamilyLink): boolean => link.kind === 'father' || link.kind === 'mother';

/** Parents by blood. A guardian is no kin. */
export const parentsOf = (graph: FamilyGraph, person: string): string[] =>
  graph.filter((link) => link.person === person && isParent(link)).map((link) => link.relative);

export const inForce = (link: FamilyLink, on: LocalDate): boolean =>
  link.from <= on && (link.to === undefined || on < link.to);

/** Husbands or wives on that day. */
export const spousesOf = (graph: FamilyGraph, person: string, on: LocalDate): string[] =>
  graph.flatMap((link) => {
    if (link.kind !== 'spouse' || !inForce(link, on)) return [];
    if (link.person === person) return [link.relative];
    return link.relative === person ? [link.person] : [];
  });

export interface Marriage {
  readonly spouse: string;
  readonly from: LocalDate;
  readonly to?: LocalDate;
}

/** Every marriage that this person was ever in. */
export const marriagesOf = (graph: FamilyGraph, person: string): Marriage[] =>
  graph.flatMap(({ kind, person: husband, relative: wife, from, to }) => {
    if (kind !== 'spouse' || (husband !== person && wife !== person)) return [];
    return [{ spouse: husband === person ? wife : husband, from, ...(to === undefined ? {} : { to }) }];
  });

/** Husbands or wives at any time from that day on: whom a marriage from that day would stand beside. */
export const spousesSince = (graph: FamilyGraph, person: string, on: LocalDate): string[] => [
  ...new Set(
    graph.flatMap((link) => {
      if (link.kind !== 'spouse' || (link.to !== undefined && link.to <= on)) return [];
      if (link.person === person) return [link.relative];
      return link.relative === person ? [link.person] : [];
    }),
  ),
];

/** Every ancestor with the fewest steps up to them, the person included at 0. Ends on a broken graph too. */
export function ancestorsOf(graph: FamilyGraph, person: string): ReadonlyMap<string, number> {
  const parents = new Map<string, string[]>();
  for (const link of graph)
    if (isParent(link)) parents.set(link.person, [...(parents.get(link.person) ?? []), link.relative]);
  const steps = new Map<string, number>([[person, 0]]);
  // A map is walked in the order of its entries, those added on the way included: nearest first.
  for (const [ancestor, up] of steps) {
    for (const parent of parents.get(ancestor) ?? []) if (!steps.has(parent)) steps.set(parent, up + 1);
  }
  return steps;
}

/** A parent who is the child or descends from it: with that link somebody would be their own ancestor. */
export const wouldCycle = (graph: FamilyGraph, child: string, parent: string): boolean =>
  ancestorsOf(graph, parent).has(child);
