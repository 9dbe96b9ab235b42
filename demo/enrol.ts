import type { EnrolledPerson } from '../adapters/register/enrol';
import type { GeneratedPerson } from './people';
import type { GeneratedVisitor } from './visitors';

/** A generated person as the register takes them in. */
export function asEnrolled(person: GeneratedPerson | GeneratedVisitor): EnrolledPerson {
  const { address, name, document } = person;
  return {
    number: person.identityNumber,
    nameAr: name.full.ar,
    nameEn: name.full.en,
    sex: person.sex,
    birthDate: person.birthDate,
    birthPlaceAr: person.birthPlace.ar,
    birthPlaceEn: person.birthPlace.en,
    nationality: person.nationality,
    phone: person.phone,
    language: 'ar',
    address: {
      recipient: name.full.ar,
      phone: person.phone,
      line: `${address.building} ${address.street.ar}`,
      district: address.district.ar,
      city: address.city.ar,
      postalCode: address.postalCode,
    },
    card: { type: document.type, issuedOn: document.issuedOn, expiresOn: document.expiresOn },
  };
}
