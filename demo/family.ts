import type { LocalDate } from '../domain/time';
import { MEN, WOMEN } from './names';
import { addressFrom, bornAt, createTaken, familyOf, nameFrom, person, type GeneratedPerson } from './people';
import { randomFrom } from './random';

/** Who is what to whom, by identity number. A child has one link from each parent. */
export type FamilyLink =
  | { readonly type: 'parent'; readonly parent: string; readonly child: string }
  | { readonly type: 'marriage'; readonly husband: string; readonly wife: string };

/** Three generations of citizens: both pairs of grandparents, the parents (with an uncle or aunt each) and the children. */
export interface GeneratedFamily {
  readonly father: GeneratedPerson;
  readonly mother: GeneratedPerson;
  readonly paternalGrandparents: readonly [GeneratedPerson, GeneratedPerson];
  readonly maternalGrandparents: readonly [GeneratedPerson, GeneratedPerson];
  /** The father's and the mother's brother or sister. */
  readonly siblingsOfParents: readonly [GeneratedPerson, GeneratedPerson];
  /** Two to five, oldest first, from 0 to 19 years of age. */
  readonly children: readonly GeneratedPerson[];
  readonly members: readonly GeneratedPerson[];
  readonly links: readonly FamilyLink[];
}

const CARD = { from: 200, to: 2000 } as const;

/**
 * The same seed gives the same family. Names follow the fathers' line: a child's second name is the father's first, the
 * third the grandfather's, and a wife keeps her own family's name. The youngest have a number but are under the age of
 * a card of their own; their `document` says what they would hold.
 */
export function generateFamily({ seed, today }: { seed: string | number; today: LocalDate }): GeneratedFamily {
  const random = randomFrom(`family ${seed}`);
  const taken = createTaken(random);
  const address = addressFrom(random);

  const grow = (
    sex: 'M' | 'F',
    age: number,
    line: { father: GeneratedPerson } | { family: ReturnType<typeof familyOf> },
    notNamed: readonly GeneratedPerson[] = [],
  ): GeneratedPerson => {
    const names = (sex === 'M' ? MEN : WOMEN).filter((name) =>
      notNamed.every((other) => other.name.given.en !== name.en),
    );
    const given = random.pick(names);
    const name =
      'father' in line
        ? nameFrom(given, line.father.name.given, line.father.name.father, line.father.name.family)
        : nameFrom(given, random.pick(MEN), random.pick(MEN), line.family);
    const birthDate = bornAt(random, age, today);
    return person(random, taken, { sex, nationality: 'SAU', birthDate, name, today, expiresIn: CARD, address });
  };

  const couple = (oldest: number): [GeneratedPerson, GeneratedPerson] => [
    grow('M', oldest + random.int(0, 4), { family: familyOf(random, 'SAU') }),
    grow('F', oldest - random.int(0, 4), { family: familyOf(random, 'SAU') }),
  ];
  const fatherAge = random.int(40, 46);
  const paternalGrandparents = couple(fatherAge + 26);
  const maternalGrandparents = couple(fatherAge + 22);
  const father = grow('M', fatherAge, { father: paternalGrandparents[0] });
  const mother = grow('F', fatherAge - random.int(1, 4), { father: maternalGrandparents[0] });
  const siblingsOfParents: [GeneratedPerson, GeneratedPerson] = [
    grow(random.chance(0.5) ? 'M' : 'F', fatherAge - 3, { father: paternalGrandparents[0] }, [father]),
    grow(random.chance(0.5) ? 'M' : 'F', fatherAge - 6, { father: maternalGrandparents[0] }, [mother]),
  ];

  const children: GeneratedPerson[] = [];
  const wanted = random.int(2, 5);
  for (let age = random.int(14, 19); children.length < wanted && age >= 0; age -= random.int(2, 4)) {
    children.push(grow(random.chance(0.5) ? 'M' : 'F', age, { father }, children));
  }

  const parentsOf = (parents: readonly GeneratedPerson[], child: GeneratedPerson): FamilyLink[] =>
    parents.map((parent) => ({ type: 'parent', parent: parent.identityNumber, child: child.identityNumber }));
  const married = ([husband, wife]: readonly [GeneratedPerson, GeneratedPerson]): FamilyLink => ({
    type: 'marriage',
    husband: husband.identityNumber,
    wife: wife.identityNumber,
  });
  return {
    father,
    mother,
    paternalGrandparents,
    maternalGrandparents,
    siblingsOfParents,
    children,
    members: [...paternalGrandparents, ...maternalGrandparents, father, mother, ...siblingsOfParents, ...children],
    links: [
      married(paternalGrandparents),
      married(maternalGrandparents),
      married([father, mother]),
      ...[father, siblingsOfParents[0]].flatMap((child) => parentsOf(paternalGrandparents, child)),
      ...[mother, siblingsOfParents[1]].flatMap((child) => parentsOf(maternalGrandparents, child)),
      ...children.flatMap((child) => parentsOf([father, mother], child)),
    ],
  };
}
