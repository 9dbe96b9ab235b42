import type { PersonalRecord } from '../../adapters/personal-record/port';
import { cardStatusOn } from '../../domain/services/cards';
import type { ShareField } from '../../domain/services/shares';
import { instant, riyadhDate, type LocalDate } from '../../domain/time';

const standing = ({ family }: PersonalRecord): PersonalRecord['family'] => family.filter(({ to }) => to === null);

const VALUES: Readonly<Record<ShareField, (record: PersonalRecord, today: LocalDate) => unknown>> = {
  name: ({ identity }) => ({ ar: identity.nameAr, en: identity.nameEn }),
  identityNumber: ({ identity }) => identity.number,
  birthDate: ({ identity }) => identity.birthDate,
  birthPlace: ({ identity }) => ({ ar: identity.birthPlaceAr, en: identity.birthPlaceEn }),
  sex: ({ identity }) => identity.sex,
  nationality: ({ identity }) => identity.nationality,
  card: ({ cards, diedOn }, today) => {
    const card = cards.find(({ status }) => status === 'valid') ?? cards[0];
    return card
      ? {
          serial: card.serial,
          type: card.type,
          status: cardStatusOn(card, today, diedOn),
          issuedOn: card.issuedOn,
          expiresOn: card.expiresOn,
        }
      : null;
  },
  phone: ({ contact }) => contact.phone,
  address: ({ contact: { address } }) =>
    address && { line: address.line, district: address.district, city: address.city, postalCode: address.postalCode },
  family: (record) =>
    standing(record).map(({ relation, nameAr, nameEn, birthDate }) => ({ relation, nameAr, nameEn, birthDate })),
};

/** Whose data, beside the owner's own, these fields hold. */
export const relativesIn = (record: PersonalRecord, fields: readonly ShareField[]): string[] =>
  fields.includes('family') ? standing(record).map(({ person }) => person) : [];

/** These fields of the record, as they are now (milliseconds), and not one more. */
export function sharedData(
  record: PersonalRecord,
  fields: readonly ShareField[],
  now: number,
): Record<string, unknown> {
  const today = riyadhDate(instant(now));
  return Object.fromEntries(fields.map((field) => [field, VALUES[field](record, today)]));
}
