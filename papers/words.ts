import { formatHijriShort, toHijri } from '../domain/calendar/hijri';
import type { Bilingual } from '../domain/refusal';
import { riyadhTime, type Instant, type LocalDate } from '../domain/time';
import type { Language } from './page';

export const ISSUER_NAME: Bilingual = { ar: 'الأحوال المدنية · نظام تجديد', en: 'Civil Affairs · Tajdid' };

/** The words for a code; a code without words stands for itself. */
export const named = (texts: Readonly<Record<string, Bilingual>>, code: string): Bilingual =>
  texts[code] ?? { ar: code, en: code };

/** A date in both calendars. */
export const dateText = (date: LocalDate | null, language: Language): string => {
  if (date === null) return '—';
  const hijri = formatHijriShort(toHijri(date));
  return language === 'ar' ? `${date} م · ${hijri}` : `${date} · ${hijri} AH`;
};

/** To the minute, in Riyadh. */
export const timeText = (at: Instant): string => riyadhTime(at).replace('T', ' ');

export const numberText = (value: number): string => value.toLocaleString('en-US');
