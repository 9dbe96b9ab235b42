import { addDays, DAY, instant, millis, riyadhDate, startOfRiyadhDay, type Instant, type LocalDate } from '../time';

/** Dates in Riyadh on which nobody works though the week says so; policy data, handed in. */
export type Holidays = ReadonlySet<LocalDate>;

const FRIDAY = 5;
const SATURDAY = 6;
/** Longer than any run of days off that a holiday list could mean; beyond it the list is a mistake. */
const LONGEST_REST = 366;

/** Sunday to Thursday, less the holidays. */
export function isWorkingDay(date: LocalDate, holidays: Holidays): boolean {
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  return weekday !== FRIDAY && weekday !== SATURDAY && !holidays.has(date);
}

/**
 * The `n`th working day after `date`, which itself never counts; for a negative `n` before it. 0 gives `date` as it is.
 * Throws a RangeError on a fraction, or where the holidays leave no working day within a year.
 */
export function addWorkingDays(date: LocalDate, n: number, holidays: Holidays): LocalDate {
  if (!Number.isSafeInteger(n)) throw new RangeError('a whole number of working days is needed');
  let day = date;
  for (let left = Math.abs(n); left > 0; left--) day = nextWorkingDay(day, Math.sign(n), holidays);
  return day;
}

function nextWorkingDay(date: LocalDate, step: number, holidays: Holidays): LocalDate {
  let day = date;
  for (let i = 0; i < LONGEST_REST; i++) {
    day = addDays(day, step);
    if (isWorkingDay(day, holidays)) return day;
  }
  throw new RangeError('the holidays leave no working day within a year');
}

/**
 * Milliseconds of working days between two instants; a working day counts its whole 24 hours in Riyadh, a day off
 * counts nothing. Negative when `b` is the earlier.
 */
export function workingTimeBetween(a: Instant, b: Instant, holidays: Holidays): number {
  const from = millis(a);
  const to = millis(b);
  if (to < from) return 0 - workingTimeBetween(b, a, holidays);
  let total = 0;
  for (let day = riyadhDate(a); ; day = addDays(day, 1)) {
    const start = millis(startOfRiyadhDay(day));
    if (start >= to) return total;
    if (isWorkingDay(day, holidays)) total += Math.min(to, start + DAY) - Math.max(from, start);
  }
}

/**
 * The earliest instant with `ms` of working time since `at`; so a wait that begins on a Friday begins to run on Sunday.
 * Throws a RangeError on a negative duration, or where the holidays leave no working day within a year.
 */
export function addWorkingTime(at: Instant, ms: number, holidays: Holidays): Instant {
  if (!(ms >= 0)) throw new RangeError('working time is added, not taken away');
  if (ms === 0) return at;
  let left = ms;
  let day = riyadhDate(at);
  let from = millis(at);
  for (;;) {
    if (isWorkingDay(day, holidays)) {
      const room = millis(startOfRiyadhDay(day)) + DAY - from;
      if (left <= room) return instant(from + left);
      left -= room;
    }
    day = nextWorkingDay(day, 1, holidays);
    from = millis(startOfRiyadhDay(day));
  }
}
