import type { FamilyGraph } from '../../domain/family/graph';

/** Somebody who is their own ancestor, if there is one; none in a sound graph. Each person is walked once. */
export function cycleIn(graph: FamilyGraph): string | undefined {
  const parents = new Map<string, string[]>();
  for (const link of graph)
    if (link.kind === 'father' || link.kind === 'mother')
      parents.set(link.person, [...(parents.get(link.person) ?? []), link.relative]);
  const sound = new Set<string>();
  const walk = (person: string, below: ReadonlySet<string>): string | undefined => {
    if (below.has(person)) return person;
    if (sound.has(person)) return undefined;
    const line = new Set(below).add(person);
    for (const parent of parents.get(person) ?? []) {
      const found = walk(parent, line);
      if (found) return found;
    }
    sound.add(person);
    return undefined;
  };
  for (const person of parents.keys()) {
    const found = walk(person, new Set());
    if (found) return found;
  }
  return undefined;
}
