import fc from 'fast-check';
import { generateFamily } from '../../demo/family';
import { generatePeople } from '../../demo/people';
import { parseIdentityNumber } from '../../domain/identity-number';
import { ageOn, daysBetween, isLocalDate } from '../../domain/time';

const today = '2026-11-23';

test('the same seed gives the same people, another seed others', () => {
  const wanted = { seed: 'demo', count: 40, today };
  expect(generatePeople(wanted)).toEqual(generatePeople(wanted));
  expect(generatePeople({ ...wanted, seed: 'other' })).not.toEqual(generatePeople(wanted));
});

test('everybody is consistent in themselves', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      for (const person of generatePeople({ seed, count: 20, today })) {
        expect(parseIdentityNumber(person.identityNumber)).toEqual({ number: person.identityNumber });
        expect(person.identityNumber[0]).toBe(person.nationality === 'SAU' ? '1' : '2');
        expect(person.kind).toBe(person.nationality === 'SAU' ? 'citizen' : 'resident');
        expect(person.document.type).toBe(person.kind === 'citizen' ? 'national-id' : 'resident-id');
        expect(person.phone).toMatch(/^\+9665\d{8}$/);
        expect(person.address.postalCode).toMatch(/^\d{5}$/);
        expect(person.document.serial).toMatch(/^[NR]\d{8}$/);
        expect([person.birthDate, person.document.issuedOn, person.document.expiresOn].every(isLocalDate)).toBe(true);
        const age = ageOn(person.birthDate, today);
        expect(age >= 18 && age <= 75).toBe(true);
        const left = daysBetween(today, person.document.expiresOn);
        expect(left >= -20 && left <= 150).toBe(true);
        expect(person.name.full.ar).toMatch(/^[\u0600-\u06ff ]+$/);
        expect(person.name.full.en).toMatch(/^[A-Za-z ]+$/);
      }
    }),
    { numRuns: 30 },
  );
});

test('a thousand people have a thousand numbers, serials and phones, and a quarter are residents', () => {
  const people = generatePeople({ seed: 1, count: 1000, today });
  for (const unique of [
    people.map((p) => p.identityNumber),
    people.map((p) => p.phone),
    people.map((p) => p.document.serial),
  ]) {
    expect(new Set<string>(unique).size).toBe(1000);
  }
  const residents = people.filter((p) => p.kind === 'resident').length;
  expect(residents).toBeGreaterThan(200);
  expect(residents).toBeLessThan(300);
});

test('shares, ages and expiry are as asked', () => {
  const people = generatePeople({
    seed: 2,
    count: 50,
    today,
    residents: 1,
    ages: { from: 6, to: 14 },
    expiresIn: { from: 0, to: 0 },
  });
  expect(
    people.every((p) => p.kind === 'resident' && ageOn(p.birthDate, today) <= 14 && p.document.expiresOn === today),
  ).toBe(true);
});

test('a family hangs together over three generations', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const family = generateFamily({ seed, today });
      const byNumber = new Map<string, (typeof family.members)[number]>(
        family.members.map((m) => [m.identityNumber, m]),
      );
      expect(byNumber.size).toBe(family.members.length);
      expect(family.children.length).toBeGreaterThanOrEqual(2);
      for (const link of family.links) {
        if (link.type === 'marriage') {
          expect([byNumber.get(link.husband)?.sex, byNumber.get(link.wife)?.sex]).toEqual(['M', 'F']);
          continue;
        }
        const parent = byNumber.get(link.parent);
        const child = byNumber.get(link.child);
        if (!parent || !child) throw new Error('a link leads out of the family');
        const older = ageOn(parent.birthDate, today) - ageOn(child.birthDate, today);
        expect(older).toBeGreaterThanOrEqual(15);
        if (parent.sex !== 'M') continue;
        expect(child.name.father).toEqual(parent.name.given);
        expect(child.name.family).toEqual(parent.name.family);
      }
      const names = family.children.map((child) => child.name.given.en);
      expect(new Set(names).size).toBe(names.length);
      const parentsOf = (n: string) => family.links.filter((l) => l.type === 'parent' && l.child === n).length;
      for (const child of family.children) expect(parentsOf(child.identityNumber)).toBe(2);
    }),
    { numRuns: 50 },
  );
});
