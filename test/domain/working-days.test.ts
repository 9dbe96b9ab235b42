import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { addWorkingDays, addWorkingTime, isWorkingDay, workingTimeBetween } from '../../domain/calendar/working-days';
import { addDays, DAY, HOUR, instant, millis, riyadhDate } from '../../domain/time';

const NONE: ReadonlySet<string> = new Set();
// 2026-11-22 is a Sunday.
const SUNDAY = '2026-11-22';

const dates = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2024-01-01', days));
const holidays = fc
  .array(fc.integer({ min: 0, max: 3000 }), { maxLength: 200 })
  .map((all) => new Set(all.map((d) => addDays('2024-01-01', d))));
const instants = fc
  .integer({ min: millis('2024-01-01T00:00:00.000Z'), max: millis('2030-01-01T00:00:00.000Z') })
  .map(instant);
const durations = fc.integer({ min: 0, max: 60 * DAY });

test('the week is Sunday to Thursday, less the holidays', () => {
  const week = Array.from({ length: 7 }, (_, i) => isWorkingDay(addDays(SUNDAY, i), NONE));
  expect(week).toEqual([true, true, true, true, true, false, false]);
  expect(isWorkingDay(SUNDAY, new Set([SUNDAY]))).toBe(false);
});

test('working days are counted after the date, over weekends and holidays, both ways', () => {
  expect(addWorkingDays('2026-11-26', 1, NONE)).toBe('2026-11-29');
  expect(addWorkingDays('2026-11-27', 1, NONE)).toBe('2026-11-29');
  expect(addWorkingDays('2026-11-26', 1, new Set(['2026-11-29']))).toBe('2026-11-30');
  expect(addWorkingDays('2026-11-29', -1, NONE)).toBe('2026-11-26');
  expect(addWorkingDays(SUNDAY, 14, NONE)).toBe('2026-12-10');
  expect(addWorkingDays('2026-11-27', 0, NONE)).toBe('2026-11-27');
  expect(() => addWorkingDays(SUNDAY, 0.5, NONE)).toThrow(RangeError);
});

test('a holiday list that leaves no working day is an error, not an endless search', () => {
  const always = new Set(Array.from({ length: 1000 }, (_, i) => addDays(SUNDAY, i)));
  expect(() => addWorkingDays(SUNDAY, 1, always)).toThrow(RangeError);
  expect(() => addWorkingTime(`${SUNDAY}T00:00:00.000Z`, HOUR, always)).toThrow(RangeError);
});

test('the day turns at midnight in Riyadh', () => {
  // Thursday 23:00 in Riyadh; then Friday and Saturday do not count.
  const thursdayLate = '2026-11-26T20:00:00.000Z';
  expect(addWorkingTime(thursdayLate, HOUR, NONE)).toBe('2026-11-26T21:00:00.000Z');
  expect(addWorkingTime(thursdayLate, 2 * HOUR, NONE)).toBe('2026-11-28T22:00:00.000Z');
  expect(workingTimeBetween(thursdayLate, '2026-11-28T22:00:00.000Z', NONE)).toBe(2 * HOUR);
  expect(addWorkingTime('2026-11-27T12:00:00.000Z', 2 * DAY, NONE)).toBe('2026-11-30T21:00:00.000Z');
  expect(() => addWorkingTime(thursdayLate, -1, NONE)).toThrow(RangeError);
});

test('each working day that is added is one, and the last day is a working day', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 1, max: 30 }), holidays, (date, n, off) => {
      const end = addWorkingDays(date, n, off);
      expect(isWorkingDay(end, off)).toBe(true);
      let counted = 0;
      for (let day = addDays(date, 1); day <= end; day = addDays(day, 1)) if (isWorkingDay(day, off)) counted++;
      expect(counted).toBe(n);
      if (isWorkingDay(date, off)) expect(addWorkingDays(end, -n, off)).toBe(date);
    }),
  );
});

test('adding working time and measuring it are inverse', () => {
  fc.assert(
    fc.property(instants, durations, holidays, (at, ms, off) => {
      expect(workingTimeBetween(at, addWorkingTime(at, ms, off), off)).toBe(ms);
    }),
  );
});

test('what was measured leads back to the same instant, or to the rest before it', () => {
  fc.assert(
    fc.property(instants, durations, holidays, (a, ms, off) => {
      const b = instant(millis(a) + ms);
      const reached = addWorkingTime(a, workingTimeBetween(a, b, off), off);
      expect(millis(reached)).toBeLessThanOrEqual(millis(b));
      expect(workingTimeBetween(reached, b, off)).toBe(0);
    }),
  );
});

test('time added in two parts is the sum, and more time is never earlier', () => {
  fc.assert(
    fc.property(instants, durations, durations, holidays, (at, x, y, off) => {
      const once = addWorkingTime(at, x + y, off);
      expect(addWorkingTime(addWorkingTime(at, x, off), y, off)).toBe(once);
      expect(millis(addWorkingTime(at, x, off))).toBeLessThanOrEqual(millis(once));
      expect(millis(once) - millis(at)).toBeGreaterThanOrEqual(x + y);
    }),
  );
});

test('measuring is additive, antisymmetric and never more than the time itself', () => {
  fc.assert(
    fc.property(instants, durations, durations, holidays, (a, x, y, off) => {
      const b = instant(millis(a) + x);
      const c = instant(millis(b) + y);
      expect(workingTimeBetween(a, b, off) + workingTimeBetween(b, c, off)).toBe(workingTimeBetween(a, c, off));
      expect(workingTimeBetween(b, a, off)).toBe(0 - workingTimeBetween(a, b, off));
      expect(workingTimeBetween(a, b, off)).toBeLessThanOrEqual(x);
    }),
  );
});

test('a wait that ends, ends on a working day or at its last moment', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 20 * DAY }), holidays, (at, ms, off) => {
      const end = addWorkingTime(at, ms, off);
      expect(isWorkingDay(riyadhDate(instant(millis(end) - 1)), off)).toBe(true);
    }),
  );
});

test('what the engine loads brings no library along', () => {
  for (const file of ['domain/calendar/working-days.ts', 'domain/time.ts']) {
    const imports = [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map((m) => m[1]);
    expect(imports.every((from) => from?.startsWith('.'))).toBe(true);
  }
});
