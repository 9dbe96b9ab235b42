import { CalendarDate, IslamicUmalquraCalendar, toCalendar } from '@internationalized/date';
import { isLocalDate, type LocalDate } from '../time';

/** A date of the umm al-qura calendar (`islamic-umalqura`), not of the civil tabular one: they may differ by a day. */
export interface HijriDate {
  readonly year: number;
  /** 1 is Muharram. */
  readonly month: number;
  readonly day: number;
}

/** The years for which the kingdom's tables are known; outside them the calendar would have to be guessed. */
export const FIRST_HIJRI_YEAR = 1300;
export const LAST_HIJRI_YEAR = 1600;

const MONTHS_AR = [
  'محرم',
  'صفر',
  'ربيع الأول',
  'ربيع الآخر',
  'جمادى الأولى',
  'جمادى الآخرة',
  'رجب',
  'شعبان',
  'رمضان',
  'شوال',
  'ذو القعدة',
  'ذو الحجة',
] as const;

const MONTHS_EN = [
  'Muharram',
  'Safar',
  'Rabi al-Awwal',
  'Rabi al-Akhir',
  'Jumada al-Ula',
  'Jumada al-Akhirah',
  'Rajab',
  'Shaban',
  'Ramadan',
  'Shawwal',
  'Dhu al-Qadah',
  'Dhu al-Hijjah',
] as const;

const UMM_AL_QURA = new IslamicUmalquraCalendar();

/** Throws a RangeError on a date that is not in the calendar, or outside the years of the tables. */
export function toHijri(date: LocalDate): HijriDate {
  if (!isLocalDate(date)) throw new RangeError('not a date of the Gregorian calendar');
  const [y, m, d] = date.split('-').map(Number) as [number, number, number];
  const { year, month, day } = toCalendar(new CalendarDate(y, m, d), UMM_AL_QURA);
  if (year < FIRST_HIJRI_YEAR || year > LAST_HIJRI_YEAR) throw new RangeError('outside the years of umm al-qura');
  return { year, month, day };
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** ASCII digits as Arabic-Indic ones (٠-٩); everything else stays. */
export const arabicIndicDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));

export type DigitForm = 'ascii' | 'arabic-indic';

/** `30 رجب 1443 هـ` or `30 Rajab 1443 AH`. */
export function formatHijri(hijri: HijriDate, language: 'ar' | 'en', digits: DigitForm = 'ascii'): string {
  const text =
    language === 'ar'
      ? `${hijri.day} ${MONTHS_AR[hijri.month - 1]} ${hijri.year} هـ`
      : `${hijri.day} ${MONTHS_EN[hijri.month - 1]} ${hijri.year} AH`;
  return digits === 'arabic-indic' ? arabicIndicDigits(text) : text;
}

/** `1443/07/30`, the order in which Saudi papers print it. */
export function formatHijriShort(hijri: HijriDate, digits: DigitForm = 'ascii'): string {
  const text = `${hijri.year}/${pad(hijri.month)}/${pad(hijri.day)}`;
  return digits === 'arabic-indic' ? arabicIndicDigits(text) : text;
}
