import type { LocalDate } from '../time';

interface Standing {
  readonly status: string;
  readonly expiresOn: LocalDate;
}

/** What a card is on a day: the register keeps `valid` until another card or event takes its place, whatever the calendar says. */
export const cardStatusOn = ({ status, expiresOn }: Standing, today: LocalDate, diedOn: LocalDate | null): string =>
  status === 'valid' && (expiresOn < today || diedOn !== null) ? 'expired' : status;
