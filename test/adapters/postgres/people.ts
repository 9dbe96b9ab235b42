import type { EnrolledPerson } from '../../../adapters/register/enrol';
import { aPerson } from '../../support/people';

/** Somebody of the register for tests, told apart by their running number. */
export const person = (n: number, more: Partial<EnrolledPerson> = {}): EnrolledPerson => ({
  ...aPerson(String(100_000_000 + n), {
    nameAr: 'نورة بنت عبدالله القحطاني',
    nameEn: 'Noura Abdullah Alqahtani',
    sex: 'F',
    birthDate: '1991-04-12',
    birthPlaceAr: 'أبها',
    birthPlaceEn: 'Abha',
    phone: '+966500000001',
    card: { type: 'national-id', issuedOn: '2017-01-01', expiresOn: '2027-01-01' },
  }),
  ...more,
});
