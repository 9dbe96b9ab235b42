import fc from 'fast-check';
import { arabicIndicDigits, formatHijri, formatHijriShort, toHijri } from '../../domain/calendar/hijri';
import { addDays } from '../../domain/time';

// Published umm al-qura dates; in the first the civil tabular calendar is a day behind.
const KNOWN: [string, [number, number, number]][] = [
  ['2022-03-03', [1443, 7, 30]],
  ['2023-03-23', [1444, 9, 1]],
  ['2023-04-21', [1444, 10, 1]],
  ['2024-03-11', [1445, 9, 1]],
  ['2024-07-07', [1446, 1, 1]],
  ['2025-03-01', [1446, 9, 1]],
  ['2025-06-26', [1447, 1, 1]],
  ['2026-06-16', [1448, 1, 1]],
];

describe('umm al-qura', () => {
  test.each(KNOWN)('%s', (date, [year, month, day]) => {
    expect(toHijri(date)).toEqual({ year, month, day });
  });

  test('the next day is the next day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (offset) => {
        const date = addDays('1900-01-01', offset);
        const hijri = toHijri(date);
        const next = toHijri(addDays(date, 1));
        if (next.day !== 1) expect(next).toEqual({ ...hijri, day: hijri.day + 1 });
        else expect([29, 30]).toContain(hijri.day);
      }),
    );
  });

  test('dates that do not exist are refused', () => {
    expect(() => toHijri('2025-02-30')).toThrow(RangeError);
    expect(() => toHijri('1700-01-01')).toThrow(RangeError);
  });

  test('in words and in digits', () => {
    const hijri = toHijri('2022-03-03');
    expect(formatHijri(hijri, 'en')).toBe('30 Rajab 1443 AH');
    expect(formatHijri(hijri, 'ar')).toBe('30 رجب 1443 هـ');
    expect(formatHijri(hijri, 'ar', 'arabic-indic')).toBe('٣٠ رجب ١٤٤٣ هـ');
    expect(formatHijriShort(hijri)).toBe('1443/07/30');
    expect(formatHijriShort(hijri, 'arabic-indic')).toBe('١٤٤٣/٠٧/٣٠');
    expect(arabicIndicDigits('10-01')).toBe('١٠-٠١');
  });
});
