import fc from 'fast-check';
import { generateFamily, type GeneratedFamily } from '../../../demo/family';
import { ancestorsOf, parentsOf, wouldCycle, type FamilyGraph } from '../../../domain/family/graph';
import { cycleIn } from '../../support/cycles';
import { kinshipDegree, relationOf } from '../../../domain/family/kinship';
import { recusalOf } from '../../../domain/family/recusal';
import { marriagesClash, objectionTo } from '../../../domain/family/objections';
import {
  foldRecord,
  peopleIn,
  type FamilyEntry,
  type FamilyEvent,
  type FamilyRecord,
} from '../../../domain/family/record';
import { addDays } from '../../../domain/time';

const TODAY = '2026-11-23';
const RUNS = { numRuns: 1_000 };
const LIMITS = { wives: 4, husbands: 1, parentAge: 12, posthumousDays: 305 };

/** The family as the register would have entered it. */
function enrolled(family: GeneratedFamily): FamilyEntry[] {
  const bornOn = new Map(family.members.map(({ identityNumber, birthDate }) => [identityNumber as string, birthDate]));
  const sexOf = new Map(family.members.map(({ identityNumber, sex }) => [identityNumber as string, sex]));
  return family.links.map((link, i) => ({
    key: `tie-${i}`,
    caseId: null,
    entry:
      link.type === 'marriage'
        ? { kind: 'marriage', on: '2000-01-01', husband: link.husband, wife: link.wife }
        : {
            kind: 'enrolled-parent',
            on: bornOn.get(link.child) ?? TODAY,
            child: link.child,
            parent: link.parent,
            as: sexOf.get(link.parent) === 'M' ? 'father' : 'mother',
          },
  }));
}

/** A seed: short to read when a property fails. */
const aSeed = fc.nat();
const familyFrom = (seed: number): GeneratedFamily => generateFamily({ seed, today: TODAY });
const numberOf = ({ identityNumber }: { identityNumber: string }): string => identityNumber;

test('kinship in 1,000 families is what the family is', () => {
  fc.assert(
    fc.property(aSeed, fc.nat(), fc.nat(), (seed, i, j) => {
      const family = familyFrom(seed);
      const graph: FamilyGraph = foldRecord(enrolled(family)).links;
      const [father, mother] = [numberOf(family.father), numberOf(family.mother)];
      const [uncle, aunt] = family.siblingsOfParents.map(numberOf) as [string, string];
      const [grandfather] = family.paternalGrandparents.map(numberOf) as [string, string];
      const children = family.children.map(numberOf);
      expect(cycleIn(graph)).toBeUndefined();
      for (const child of children) {
        expect(parentsOf(graph, child).sort()).toEqual([father, mother].sort());
        expect(kinshipDegree(graph, child, father)).toBe(1);
        expect(kinshipDegree(graph, child, grandfather)).toBe(2);
        expect(kinshipDegree(graph, child, uncle)).toBe(3);
        expect(relationOf(graph, grandfather, child, TODAY)).toEqual({ kind: 'descendant', degree: 2 });
        expect(wouldCycle(graph, grandfather, child)).toBe(true);
        expect(wouldCycle(graph, child, uncle)).toBe(false);
        expect(recusalOf(graph, aunt, [child], { degree: 4, affines: false }, [TODAY])).toEqual({
          person: child,
          relation: { kind: 'collateral', degree: 3 },
        });
        expect(recusalOf(graph, aunt, [child], { degree: 2, affines: false }, [TODAY])).toBeUndefined();
      }
      expect(kinshipDegree(graph, children[0] ?? '', children[1] ?? '')).toBe(2);
      expect(kinshipDegree(graph, father, mother)).toBeUndefined();
      expect(relationOf(graph, father, mother, TODAY)).toEqual({ kind: 'spouse' });

      const pick = (n: number): string =>
        numberOf(family.members[n % family.members.length] as { identityNumber: string });
      const [a, b] = [pick(i), pick(j)];
      const degree = kinshipDegree(graph, a, b);
      expect(kinshipDegree(graph, b, a)).toBe(degree);
      expect(kinshipDegree(graph, a, a)).toBe(0);
      // Whoever is kin to a parent is kin to the child, one step further at most.
      for (const parent of parentsOf(graph, a)) {
        const throughParent = kinshipDegree(graph, parent, b);
        if (throughParent !== undefined) expect(degree).toBeLessThanOrEqual(throughParent + 1);
      }
      expect(ancestorsOf(graph, a).get(a)).toBe(0);
    }),
    RUNS,
  );
});

interface Move {
  readonly what: 'birth' | 'marriage' | 'divorce' | 'death' | 'identification' | 'reversal';
  readonly i: number;
  readonly j: number;
  readonly day: number;
}

const aMove: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom('birth', 'marriage', 'divorce', 'death', 'identification', 'reversal'),
  i: fc.nat(1_000),
  j: fc.nat(1_000),
  day: fc.nat(9_000),
});

/** He dies, she marries another, and his death is taken back: only the register's look at what is left keeps her from two husbands. */
const WIDOW_MARRIES_AGAIN: Move[] = [
  { what: 'death', i: 0, j: 0, day: 0 },
  { what: 'marriage', i: 2, j: 56, day: 0 },
  { what: 'reversal', i: 0, j: 0, day: 0 },
];

/** The event that a move stands for, with whatever people it hits: most of them make no sense, and must not get in. */
function eventOf({ what, i, j, day }: Move, people: readonly string[], n: number): FamilyEvent {
  const [a, b] = [people[i % people.length] ?? '', people[j % people.length] ?? ''];
  const on = addDays('2001-01-01', day);
  switch (what) {
    case 'birth':
      return { kind: 'birth', on, father: a, mother: b, child: j % 5 === 0 ? a : `child-${n}`, sex: 'F' };
    case 'marriage':
    case 'divorce':
      return { kind: what, on, husband: a, wife: b };
    case 'death':
    case 'reversal':
      return { kind: 'death', on, person: a };
    case 'identification':
      return { kind: 'member-identification', on, guardian: a, member: b, relation: i % 2 === 0 ? 'father' : 'mother' };
  }
}

/** Only the event on top of everything about its people may be taken back. */
const topmost = (entries: readonly FamilyEntry[], standing: readonly string[], i: number): FamilyEntry | undefined => {
  const candidates = entries.filter(
    ({ key, entry }, at) =>
      standing.includes(key) &&
      entry.kind !== 'reversal' &&
      entry.kind !== 'enrolled-parent' &&
      !entries
        .slice(at + 1)
        .some(
          (later) =>
            later.entry.kind !== 'reversal' &&
            standing.includes(later.key) &&
            peopleIn(later.entry).some((person) => peopleIn(entry).includes(person)),
        ),
  );
  return candidates[i % Math.max(1, candidates.length)];
};

/** Cheaper than an `expect` where there are a million of them. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const once = (people: readonly string[]): boolean => new Set(people).size === people.length;

function holdsTogether({ links, people, standing }: FamilyRecord, entries: readonly FamilyEntry[]): void {
  must(cycleIn(links) === undefined, 'somebody is their own ancestor');
  const stands = new Set(standing);
  const events = entries.filter(({ key }) => stands.has(key)).map(({ entry }) => entry);
  must(once(events.flatMap((event) => (event.kind === 'birth' ? [event.child] : []))), 'born twice');
  must(
    once(events.flatMap((event) => (event.kind === 'member-identification' ? [event.member] : []))),
    'identified twice',
  );
  must(once(events.flatMap((event) => (event.kind === 'death' ? [event.person] : []))), 'dead twice');
  must(
    links.every(({ from, to }) => to === undefined || to >= from),
    'a tie that ends before it begins',
  );
  const marriages = links.filter(({ kind, to }) => kind === 'spouse' && to === undefined);
  const dead = (person: string): boolean => people[person]?.diedOn !== undefined;
  must(!marriages.some(({ person, relative }) => dead(person) || dead(relative)), 'married to the dead');
  must(once(marriages.map(({ person, relative }) => `${person}+${relative}`)), 'married twice to one person');
  for (const { person, relative } of marriages) {
    must(marriages.filter((other) => other.person === person).length <= LIMITS.wives, 'too many wives');
    must(marriages.filter((other) => other.relative === relative).length <= LIMITS.husbands, 'too many husbands');
  }
}

test('1,000 families hold together whatever is reported about them, and the record is the fold of the entries', () => {
  fc.assert(
    fc.property(aSeed, fc.array(aMove, { maxLength: 25 }), (seed, moves) => {
      const family = familyFrom(seed);
      let entries = enrolled(family);
      let people = family.members.map(numberOf);
      const bornOn = Object.fromEntries(
        family.members.map(({ identityNumber, birthDate }) => [identityNumber as string, birthDate]),
      );
      const states = (record: FamilyRecord) =>
        Object.fromEntries(
          [...people, ...Object.keys(record.people)].map((person) => [
            person,
            { ...(bornOn[person] ? { bornOn: bornOn[person] } : {}), ...record.people[person] },
          ]),
        );
      for (const [n, move] of moves.entries()) {
        const record = foldRecord(entries);
        const key = `entry-${n}`;
        if (move.what === 'reversal') {
          const original = topmost(entries, record.standing, move.i);
          if (!original) continue;
          const without = foldRecord(entries.filter(({ key: other }) => other !== original.key));
          // A widow who married again: the register refuses to take the death back until that marriage is.
          const left = { links: without.links, people: states(without) };
          if (marriagesClash(Object.keys(left.people), left, LIMITS)) continue;
          entries = [
            ...entries,
            { key, caseId: null, entry: { kind: 'reversal', reverses: original.key, why: 'revoked' } },
          ];
          // What was reversed counts as never said.
          expect(foldRecord(entries).links).toEqual(without.links);
        } else {
          const event = eventOf(move, people, n);
          if (objectionTo(event, { links: record.links, people: states(record) }, LIMITS)) continue;
          entries = [...entries, { key, caseId: null, entry: event }];
          if (event.kind === 'birth') people = [...people, event.child];
        }
        holdsTogether(foldRecord(entries), entries);
      }
    }),
    { ...RUNS, examples: [[0, WIDOW_MARRIES_AGAIN]] },
  );
});
