import { identityNumberFrom, type IdentityNumber } from '../domain/identity-number';
import type { Nationality } from '../domain/nationalities';
import { addDays, addYears, type LocalDate } from '../domain/time';
import { BIRTH_PLACES, CITIES, FAMILIES, MEN, STREETS, WOMEN, type Words } from './names';
import { randomFrom, type Random } from './random';

export interface PersonName {
  readonly given: Words;
  readonly father: Words;
  readonly grandfather: Words;
  readonly family: Words;
  /** All four, in order. */
  readonly full: Words;
}

export interface NationalAddress {
  readonly building: string;
  readonly street: Words;
  readonly district: Words;
  readonly city: Words;
  readonly postalCode: string;
  readonly additional: string;
}

export interface GeneratedDocument {
  readonly type: 'national-id' | 'resident-id';
  readonly serial: string;
  readonly issuedOn: LocalDate;
  readonly expiresOn: LocalDate;
}

/** A person who does not exist, consistent in itself: the number fits the nationality, the names fit in both scripts. */
export interface GeneratedPerson {
  readonly identityNumber: IdentityNumber;
  readonly kind: 'citizen' | 'resident';
  readonly sex: 'M' | 'F';
  readonly name: PersonName;
  readonly birthDate: LocalDate;
  readonly birthPlace: Words;
  readonly nationality: Nationality;
  /** `+9665` and eight digits. */
  readonly phone: string;
  readonly address: NationalAddress;
  readonly document: GeneratedDocument;
}

export interface PeopleWanted {
  readonly seed: string | number;
  readonly count: number;
  /** Ages and cards are relative to it. */
  readonly today: LocalDate;
  /** Share of residents, 0 to 1; a quarter where not said. */
  readonly residents?: number;
  /** Days from `today` to the cards' expiry, both ends included; negative is expired. -20 to 150 where not said. */
  readonly expiresIn?: { readonly from: number; readonly to: number };
  /** Years, both ends included; 18 to 75 where not said. */
  readonly ages?: { readonly from: number; readonly to: number };
}

const RESIDENT_NATIONALITIES = ['EGY', 'YEM', 'SDN', 'JOR', 'SYR', 'PAK', 'IND', 'BGD'] as const;
const CARD_YEARS = { 'national-id': 10, 'resident-id': 5 } as const;

/** The same seed gives the same people; all identity numbers, serials and phones of one call are distinct. */
export function generatePeople(wanted: PeopleWanted): GeneratedPerson[] {
  const random = randomFrom(wanted.seed);
  const taken = createTaken(random);
  return Array.from({ length: wanted.count }, () => {
    const resident = random.chance(wanted.residents ?? 0.25);
    const nationality = resident ? random.pick(RESIDENT_NATIONALITIES) : 'SAU';
    const sex = random.chance(0.5) ? 'M' : 'F';
    const ages = wanted.ages ?? { from: 18, to: 75 };
    return person(random, taken, {
      sex,
      nationality,
      birthDate: bornAt(random, random.int(ages.from, ages.to), wanted.today),
      name: nameFrom(
        random.pick(sex === 'M' ? MEN : WOMEN),
        random.pick(MEN),
        random.pick(MEN),
        familyOf(random, nationality),
      ),
      today: wanted.today,
      expiresIn: wanted.expiresIn ?? { from: -20, to: 150 },
    });
  });
}

/** What one person of a family adds to the general run. */
export interface PersonSketch {
  readonly sex: 'M' | 'F';
  readonly nationality: Nationality;
  readonly birthDate: LocalDate;
  readonly name: PersonName;
  readonly today: LocalDate;
  readonly expiresIn: { readonly from: number; readonly to: number };
  readonly address?: NationalAddress;
}

export interface Taken {
  /** Digits that this set has not given out before. */
  digits(prefix: string, length: number): string;
}

export function createTaken(random: Random): Taken {
  const given = new Set<string>();
  return {
    digits(prefix, length) {
      for (;;) {
        let text = prefix;
        while (text.length < length) text += random.int(0, 9);
        if (given.has(text)) continue;
        given.add(text);
        return text;
      }
    },
  };
}

export function person(random: Random, taken: Taken, sketch: PersonSketch): GeneratedPerson {
  const kind = sketch.nationality === 'SAU' ? 'citizen' : 'resident';
  const type = kind === 'citizen' ? 'national-id' : 'resident-id';
  const expiresOn = addDays(sketch.today, random.int(sketch.expiresIn.from, sketch.expiresIn.to));
  const bornAbroad = BIRTH_PLACES[sketch.nationality];
  const { ar, en } = random.pick(bornAbroad ?? CITIES);
  return {
    identityNumber: identityNumberFrom(taken.digits(kind === 'citizen' ? '1' : '2', 9)),
    kind,
    sex: sketch.sex,
    name: sketch.name,
    birthDate: sketch.birthDate,
    birthPlace: { ar, en },
    nationality: sketch.nationality,
    phone: `+966${taken.digits('5', 9)}`,
    address: sketch.address ?? addressFrom(random),
    document: {
      type,
      serial: `${kind === 'citizen' ? 'N' : 'R'}${taken.digits('', 8)}`,
      issuedOn: addYears(expiresOn, -CARD_YEARS[type]),
      expiresOn,
    },
  };
}

export function nameFrom(given: Words, father: Words, grandfather: Words, family: Words): PersonName {
  const parts = [given, father, grandfather, family];
  const full = { ar: parts.map((part) => part.ar).join(' '), en: parts.map((part) => part.en).join(' ') };
  return { given, father, grandfather, family, full };
}

export const familyOf = (random: Random, nationality: Nationality): Words =>
  random.pick(FAMILIES[nationality] ?? FAMILIES.SAU);

/** A birthday that makes somebody exactly `age` years old on `today`. */
export const bornAt = (random: Random, age: number, today: LocalDate): LocalDate =>
  addDays(addYears(today, -age), -random.int(1, 360));

export function addressFrom(random: Random): NationalAddress {
  const city = random.pick(CITIES);
  const district = random.pick(city.districts);
  return {
    building: String(random.int(2000, 9899)),
    street: random.pick(STREETS),
    district: { ar: district.ar, en: district.en },
    city: { ar: city.ar, en: city.en },
    postalCode: `${district.postal}${random.int(11, 99)}`,
    additional: String(random.int(2000, 9899)),
  };
}
