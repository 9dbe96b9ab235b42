import { inRiyals, type Money } from '../money';
import type { Bilingual } from '../refusal';
import { daysBetween, type LocalDate } from '../time';

/** Days before expiry on which the holder is reminded, the last on the day itself. */
export const THRESHOLDS = [180, 90, 30, 7, 0] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/**
 * The reminder that is due for a card with this expiry: the nearest threshold at or above the days that are left, so that a day on
 * which nothing could be sent is made up for on the next. undefined for a card that has expired or has long to go.
 */
export function thresholdDue(expiresOn: LocalDate, today: LocalDate): Threshold | undefined {
  const left = daysBetween(today, expiresOn);
  if (left < 0) return undefined;
  return [...THRESHOLDS].reverse().find((threshold) => left <= threshold);
}

const daysAr = (days: number): string => {
  if (days === 1) return 'يوم واحد';
  if (days === 2) return 'يومين';
  return days <= 10 ? `${days} أيام` : `${days} يومًا`;
};

/** What the holder is sent: when, what a single day's delay will cost, and where to renew (a URL). */
export function reminderText(expiresOn: LocalDate, today: LocalDate, fine: Money, renewAt: string): Bilingual {
  const left = daysBetween(today, expiresOn);
  const riyals = fine.halalas / 100;
  const when =
    left === 0
      ? { ar: 'اليوم', en: 'today' }
      : { ar: `بعد ${daysAr(left)} (${expiresOn})`, en: `in ${left} ${left === 1 ? 'day' : 'days'} (${expiresOn})` };
  const cost =
    fine.halalas === 0
      ? { ar: 'لا غرامة على التأخير حاليًا.', en: 'There is no fine for a delay at present.' }
      : {
          ar: `التأخر يومًا واحدًا بعد الانتهاء يكلّف ${riyals} ريال.`,
          en: `A delay of a single day after that costs ${inRiyals(fine)}.`,
        };
  return {
    ar: `تنتهي بطاقة هويتك ${when.ar}. ${cost.ar} جدّدها الآن: ${renewAt}`,
    en: `Your identity card expires ${when.en}. ${cost.en} Renew it now: ${renewAt}`,
  };
}
