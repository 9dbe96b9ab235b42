import type { EnrolledPerson } from '../../../adapters/register/enrol';
import { identityNumberFrom } from '../../../domain/identity-number';

/** Somebody of the register for tests, told apart by their running number. */
export const person = (n: number, more: Partial<EnrolledPerson> = {}): EnrolledPerson => ({
  number: identityNumberFrom(`1${String(n).padStart(8, '0')}`),
  nameAr: 'نورة بنت عبدالله القحطاني',
  nameEn: 'Noura Abdullah Alqahtani',
  sex: 'F',
  birthDate: '1991-04-12',
  birthPlaceAr: 'أبها',
  birthPlaceEn: 'Abha',
  nationality: 'SAU',
  phone: '+966500000001',
  language: 'ar',
  address: {
    recipient: 'نورة',
    phone: '+966500000001',
    line: '7442',
    district: 'العليا',
    city: 'الرياض',
    postalCode: '12211',
  },
  card: { type: 'national-id', issuedOn: '2017-01-01', expiresOn: '2027-01-01' },
  ...more,
});
