import type { EnrolledPerson } from '../../adapters/register/enrol';
import { identityNumberFrom, type BorderNumber, type IdentityNumber } from '../../domain/identity-number';
import { addDays, riyadhDate } from '../../domain/time';
import type { World } from './world';

const today = riyadhDate(new Date().toISOString());

/** In force for years to come: far from any renewal. */
export const validCard = { type: 'national-id', issuedOn: '2020-12-01', expiresOn: addDays(today, 1_500) } as const;

/** Somebody with a valid card, by the first nine digits of the number. */
export const aPerson = (
  nineDigits: string,
  change: Partial<Omit<EnrolledPerson, 'number'>> = {},
): EnrolledPerson & { number: IdentityNumber } => ({
  number: identityNumberFrom(nineDigits),
  nameAr: 'محمد بن عبدالله الأحمد',
  nameEn: 'Mohammed Alahmad',
  sex: 'M',
  birthDate: '1990-01-01',
  birthPlaceAr: 'الرياض',
  birthPlaceEn: 'Riyadh',
  nationality: 'SAU',
  phone: '+966500000000',
  language: 'ar',
  address: {
    recipient: 'محمد الأحمد',
    phone: '+966500000000',
    line: '8228 شارع الأمير سلطان',
    district: 'العليا',
    city: 'الرياض',
    postalCode: '12345',
  },
  card: validCard,
  ...change,
});

/** Somebody on a visit, with the visa that they came in with. */
export const aVisitor = (
  borderNumber: string,
  change: Partial<Omit<EnrolledPerson, 'number'>> = {},
): EnrolledPerson & { number: BorderNumber } => ({
  ...aPerson('100000000', {
    nameAr: 'يوسف حسن علي',
    nameEn: 'Youssef Hassan Ali',
    birthPlaceAr: 'القاهرة',
    birthPlaceEn: 'Cairo',
    nationality: 'EGY',
    phone: '+201000000000',
    address: null,
    card: { type: 'visit-visa', issuedOn: '2026-10-01', expiresOn: addDays(today, 30) },
    ...change,
  }),
  number: borderNumber as BorderNumber,
});

/** Puts somebody into the register of a world. */
export async function enrolIn<N>(
  world: Pick<World, 'enrol'>,
  given: EnrolledPerson & { number: N },
): Promise<{ number: N; person: string; serial: string }> {
  const [made] = await world.enrol([given]);
  if (!made) throw new Error('nobody was enrolled');
  return { number: given.number, person: made.person, serial: made.serial ?? '' };
}
