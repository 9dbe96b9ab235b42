import fc from 'fast-check';
import { castOf, FATHERS_COUSIN, MOTHERS_COUSIN } from '../../demo/story/cast';
import { generatePeople } from '../../demo/people';
import { staffAsPeople } from '../../demo/staff';
import type { FamilyGraph } from '../../domain/family/graph';
import { kinshipDegree } from '../../domain/family/kinship';
import { parseIdentityNumber } from '../../domain/identity-number';
import { addDays, ageOn } from '../../domain/time';

const day = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2026-01-01', days));

test('the cast is what the story needs, on every day', () => {
  fc.assert(
    fc.property(day, (today) => {
      const { family, uncle, aunt, formerWife, eldest, daughter, son, suitor, bride } = castOf(today);
      expect([eldest, daughter, son].map(({ birthDate }) => ageOn(birthDate, today))).toEqual([17, 14, 12]);
      expect([uncle, aunt, formerWife, suitor, bride].map(({ sex }) => sex)).toEqual(['M', 'F', 'F', 'M', 'F']);
      expect(ageOn(family.mother.birthDate, today)).toBeLessThan(45);
    }),
    { numRuns: 40 },
  );
});

test('two officials are the first cousins of the father and of the mother, and of nobody else of the parents', () => {
  const { family, staff, ties } = castOf('2026-11-23');
  const graph: FamilyGraph = ties.map((tie) =>
    tie.kind === 'marriage'
      ? { person: tie.husband, relative: tie.wife, kind: 'spouse', from: tie.on }
      : { person: tie.child, relative: tie.parent, kind: tie.as, from: tie.on },
  );
  const kinTo = (official: string, relative: string): number | undefined =>
    kinshipDegree(graph, staff.find(({ sub }) => sub === official)?.person.number ?? '', relative);
  const parents = [family.father.identityNumber, family.mother.identityNumber];
  expect(parents.map((parent) => kinTo(FATHERS_COUSIN, parent))).toEqual([4, undefined]);
  expect(parents.map((parent) => kinTo(MOTHERS_COUSIN, parent))).toEqual([undefined, 4]);
  expect(staff.filter(({ sub }) => parents.some((parent) => kinTo(sub, parent) !== undefined))).toHaveLength(2);
});

test('parents are older than their children, and nobody has the number of another', () => {
  const today = '2026-11-23';
  const { people, staff, ties } = castOf(today);
  const everybody = [...people, ...staff].map(({ person }) => person);
  const others = generatePeople({ seed: 'tajdid', count: 200, today }).map(({ identityNumber }) => identityNumber);
  const numbers = [...everybody.map(({ number }) => number), ...others];
  expect(new Set<string>(numbers).size).toBe(numbers.length);
  const born = new Map<string, string>(everybody.map(({ number, birthDate }) => [number, birthDate]));
  for (const tie of ties) {
    if (tie.kind === 'marriage') continue;
    expect(ageOn(born.get(tie.parent) ?? '', born.get(tie.child) ?? '')).toBeGreaterThanOrEqual(15);
  }
});

test('everybody on the staff is a person with a number of their own', () => {
  const staff = staffAsPeople('2026-11-23');
  expect(staff.map(({ sub }) => sub)).toContain('staff-201');
  for (const { person } of staff) expect(parseIdentityNumber(person.number)).toEqual({ number: person.number });
  expect(new Set(staff.map(({ person }) => person.number)).size).toBe(staff.length);
});
