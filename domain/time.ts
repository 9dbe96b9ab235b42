/** An instant in UTC, ISO 8601 with milliseconds: `2026-11-23T20:00:58.000Z`. */
export type Instant = string;
/** A Gregorian calendar date, `YYYY-MM-DD`. A date is never an instant. */
export type LocalDate = string;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Business dates are in Asia/Riyadh, which is UTC+3 all year round. */
const RIYADH_OFFSET = 3 * HOUR;

export const millis = (at: Instant): number => Date.parse(at);
export const instant = (ms: number): Instant => new Date(ms).toISOString();
export const after = (at: Instant, ms: number): Instant => instant(millis(at) + ms);
export const earlier = (a: Instant, b: Instant): Instant => (millis(a) <= millis(b) ? a : b);

/** What clocks in Riyadh show at this instant, `YYYY-MM-DDTHH:MM`. */
export const riyadhTime = (at: Instant): string => after(at, RIYADH_OFFSET).slice(0, 16);
/** The date in Riyadh at this instant. */
export const riyadhDate = (at: Instant): LocalDate => riyadhTime(at).slice(0, 10);
/** The instant at which this date begins in Riyadh. */
export const startOfRiyadhDay = (date: LocalDate): Instant =>
  instant(Date.parse(`${date}T00:00:00.000Z`) - RIYADH_OFFSET);

/** Nobody whom the register knows, and nothing that happened to them, is older. Databases know no year 0. */
const FIRST_YEAR = '1800';

/** A date that stands in the calendar, from 1800 on: `2025-02-30` does not. */
export const isLocalDate = (text: string): boolean => isInCalendar(text) && text >= FIRST_YEAR;

function isInCalendar(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY).toISOString().slice(0, 10);

/** Days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: LocalDate, b: LocalDate): number =>
  Math.round((Date.parse(`${b}T00:00:00.000Z`) - Date.parse(`${a}T00:00:00.000Z`)) / DAY);

/** The same day `years` later; 29 February becomes 28 February in a common year. */
export function addYears(date: LocalDate, years: number): LocalDate {
  const [y, m, d] = date.split('-') as [string, string, string];
  const year = String(Number(y) + years).padStart(4, '0');
  const same = `${year}-${m}-${d}`;
  return isInCalendar(same) ? same : `${year}-02-28`;
}

/** The same day so many months later, or earlier for a negative number; the last of the month where it has no such day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(y, m + months, 0)).getUTCDate();
  return new Date(Date.UTC(y, m - 1 + months, Math.min(d, last))).toISOString().slice(0, 10);
}

/** Whole years of age on `on` for somebody born on `born`. */
export function ageOn(born: LocalDate, on: LocalDate): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) >= born.slice(5) ? years : years - 1;
}
