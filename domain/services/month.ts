import { startOfRiyadhDay, type Instant } from '../time';

/** A calendar month in Riyadh, `YYYY-MM`. */
export type Month = string;

export const isMonth = (text: string): boolean => /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text);

export function monthAfter(month: Month, months: number): Month {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** From the first moment of it to the first moment after it. */
export const boundsOf = (month: Month): { readonly from: Instant; readonly to: Instant } => ({
  from: startOfRiyadhDay(`${month}-01`),
  to: startOfRiyadhDay(`${monthAfter(month, 1)}-01`),
});
