import type { EnrolledPerson } from '../adapters/register/enrol';
import type { LocalDate } from '../domain/time';
import { people as staff } from '../sandbox/identity-provider/people';
import { asEnrolled } from './enrol';
import { generatePeople } from './people';

/** Somebody who can sign in at the sandbox, as the person that they are in the register too. */
export interface StaffPerson {
  readonly sub: string;
  readonly person: EnrolledPerson;
}

/** Officials are people: as such they have kin, about whom they decide nothing. */
export function staffAsPeople(today: LocalDate): StaffPerson[] {
  const generated = generatePeople({
    seed: 'staff',
    count: staff.length,
    today,
    residents: 0,
    ages: { from: 27, to: 42 },
  });
  return staff.flatMap(({ sub, nameAr, nameEn }, n) => {
    const like = generated[n];
    if (!like) return [];
    const enrolled = asEnrolled(like);
    const sex = nameAr.includes(' بنت ') ? 'F' : 'M';
    const address = enrolled.address && { ...enrolled.address, recipient: nameAr };
    return [{ sub, person: { ...enrolled, nameAr, nameEn, sex, address } }];
  });
}
