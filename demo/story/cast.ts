import type { EnrolledPerson } from '../../adapters/register/enrol';
import { addDays, addYears, ageOn, type LocalDate } from '../../domain/time';
import { asEnrolled } from '../enrol';
import { generateFamily, type GeneratedFamily } from '../family';
import { generatePeople, type GeneratedPerson } from '../people';
import { staffAsPeople, type StaffPerson } from '../staff';

/** A tie that was on record before the story begins, by identity numbers. */
export type KnownTie =
  | {
      readonly kind: 'parent';
      readonly as: 'father' | 'mother';
      readonly parent: string;
      readonly child: string;
      readonly on: LocalDate;
    }
  | { readonly kind: 'marriage'; readonly husband: string; readonly wife: string; readonly on: LocalDate };

/** Whom the story is about. Everybody is invented. */
export interface Cast {
  readonly family: GeneratedFamily;
  /** The father's brother, who divorces `formerWife` and marries `aunt`, the mother's sister. */
  readonly uncle: GeneratedPerson;
  readonly aunt: GeneratedPerson;
  readonly formerWife: GeneratedPerson;
  /** Of 17, 14 and 12 years; none has a card yet. */
  readonly eldest: GeneratedPerson;
  readonly daughter: GeneratedPerson;
  readonly son: GeneratedPerson;
  /** Strangers to the family. */
  readonly suitor: GeneratedPerson;
  readonly bride: GeneratedPerson;
  readonly staff: readonly StaffPerson[];
  /** Everybody but the staff, by what they are in the story. */
  readonly people: readonly { readonly role: string; readonly person: EnrolledPerson }[];
  readonly ties: readonly KnownTie[];
}

/** The caseworker who is the father's first cousin, and the member of the committee who is the mother's. */
export const FATHERS_COUSIN = 'staff-101';
export const MOTHERS_COUSIN = 'staff-303';

/** A seed whose father has a brother, whose mother has a sister, and whose children are of the ages that the story needs. */
const SEED = 'family-114';
const CARD_AGE = 15;

const of = <T>(what: T | undefined, who: string): T => {
  if (what === undefined) throw new RangeError(`the story has no ${who}`);
  return what;
};

const born = (
  parent: GeneratedPerson,
  child: { number: string; birthDate: LocalDate },
  as: 'father' | 'mother',
): KnownTie => ({
  kind: 'parent',
  as,
  parent: parent.identityNumber,
  child: child.number,
  on: child.birthDate,
});

/** The same cast on every day: ages are relative to `today`. */
export function castOf(today: LocalDate): Cast {
  const family = generateFamily({ seed: SEED, today });
  const { father, mother, paternalGrandparents, maternalGrandparents, siblingsOfParents, children } = family;
  const [uncle, aunt] = siblingsOfParents;
  const [eldest, daughter, son] = children;
  const others = generatePeople({
    seed: 'around the family',
    count: 40,
    today,
    residents: 0,
    ages: { from: 26, to: 34 },
  });
  const elders = generatePeople({
    seed: 'before the family',
    count: 40,
    today,
    residents: 0,
    ages: { from: 62, to: 66 },
  });
  const women = elders.filter(({ sex }) => sex === 'F');
  const [formerWife, bride] = others.filter(({ sex }) => sex === 'F');
  const suitor = others.find(({ sex }) => sex === 'M');
  const staff = staffAsPeople(today);

  const people: { role: string; person: EnrolledPerson }[] = [];
  const enter = (role: string, person: GeneratedPerson, differs: Partial<EnrolledPerson> = {}): GeneratedPerson => {
    const minor = ageOn(person.birthDate, today) < CARD_AGE || person === eldest;
    people.push({ role, person: { ...asEnrolled(person), ...(minor ? { card: null } : {}), ...differs } });
    return person;
  };
  const ties: KnownTie[] = family.links.map((link) => {
    if (link.type === 'marriage')
      return { kind: 'marriage', husband: link.husband, wife: link.wife, on: marriedOn(family, link.husband) };
    const [parent, child] = [link.parent, link.child].map((number) =>
      of(
        family.members.find(({ identityNumber }) => identityNumber === number),
        'member of that number',
      ),
    ) as [GeneratedPerson, GeneratedPerson];
    return born(
      parent,
      { number: child.identityNumber, birthDate: child.birthDate },
      parent.sex === 'M' ? 'father' : 'mother',
    );
  });

  /** A cousin by the mother's side: the child of a sister of this grandmother. */
  const cousin = (sub: string, grandmother: GeneratedPerson): void => {
    const sister = enter(`a sister of ${grandmother.name.full.en}`, of(women.shift(), 'sister'));
    const elder = of(women.shift(), 'great-grandmother');
    const birthDate = addYears(grandmother.birthDate, -24);
    enter(`the mother of ${grandmother.name.full.en}`, elder, {
      birthDate,
      diedOn: addYears(birthDate, 79),
      card: null,
    });
    const { person } = of(
      staff.find((each) => each.sub === sub),
      sub,
    );
    for (const child of [grandmother, sister])
      ties.push(born(elder, { number: child.identityNumber, birthDate: child.birthDate }, 'mother'));
    ties.push(born(sister, person, 'mother'));
  };

  enter('grandfather', paternalGrandparents[0]);
  enter('grandmother', paternalGrandparents[1]);
  enter("the mother's father", maternalGrandparents[0]);
  enter("the mother's mother", maternalGrandparents[1]);
  enter('father', father);
  enter('mother', mother);
  enter("the father's brother", uncle);
  enter("the mother's sister", aunt);
  for (const child of children) enter('child', child);
  enter("the wife of the father's brother", of(formerWife, 'former wife'));
  enter('a stranger', of(suitor, 'suitor'));
  enter('a stranger', of(bride, 'bride'));
  cousin(FATHERS_COUSIN, paternalGrandparents[1]);
  cousin(MOTHERS_COUSIN, maternalGrandparents[1]);
  ties.push({
    kind: 'marriage',
    husband: uncle.identityNumber,
    wife: of(formerWife, 'former wife').identityNumber,
    on: addDays(today, -1500),
  });
  return {
    family,
    uncle,
    aunt,
    formerWife: of(formerWife, 'former wife'),
    eldest: of(eldest, 'eldest child'),
    daughter: of(daughter, 'daughter'),
    son: of(son, 'son'),
    suitor: of(suitor, 'suitor'),
    bride: of(bride, 'bride'),
    staff,
    people,
    ties,
  };
}

/** A year before the first child of the couple. */
function marriedOn({ links, members }: GeneratedFamily, husband: string): LocalDate {
  const children = links.flatMap((link) => (link.type === 'parent' && link.parent === husband ? [link.child] : []));
  const births = members
    .filter(({ identityNumber }) => children.includes(identityNumber))
    .map(({ birthDate }) => birthDate);
  return addYears(of(births.sort()[0], 'child of that couple'), -1);
}
