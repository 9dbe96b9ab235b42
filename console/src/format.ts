import { preferences, type Preferences } from './preferences';

const RIYADH = 'Asia/Riyadh';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
function once<F extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => F): F {
  const found = made.get(key) as F | undefined;
  if (found) return found;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

const region = ({ language }: Preferences): string => (language === 'ar' ? 'ar-SA' : 'en-GB');
const locale = (chosen: Preferences, calendar: Preferences['calendar'] = chosen.calendar): string =>
  `${region(chosen)}-u-ca-${calendar}-nu-${chosen.digits}`;

const other = (calendar: Preferences['calendar']): Preferences['calendar'] =>
  calendar === 'gregory' ? 'islamic-umalqura' : 'gregory';

function dateFormat(kind: 'date' | 'time' | 'short' | 'year', calendar?: Preferences['calendar']): Intl.DateTimeFormat {
  const chosen = preferences();
  const tag = locale(chosen, calendar);
  const options: Record<typeof kind, Intl.DateTimeFormatOptions> = {
    date: { day: 'numeric', month: 'long', year: 'numeric' },
    short: { day: 'numeric', month: 'short' },
    year: { year: 'numeric' },
    time: { hour: 'numeric', minute: '2-digit' },
  };
  return once(`${kind}/${tag}`, () => new Intl.DateTimeFormat(tag, { ...options[kind], timeZone: RIYADH }));
}

/** In letters that the console's font has: the names of Hijri months come with a turned comma that it has not. */
const inFont = (text: string): string => text.replaceAll('\u02bb', '\u2019');

/** A date or instant; a date without a time is that day in Riyadh. */
const read = (at: string): Date => new Date(at.length === 10 ? `${at}T12:00:00+03:00` : at);

/** Today in Riyadh, `YYYY-MM-DD`: Swedes write a day so. */
export const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: RIYADH }).format(new Date());

export const date = (at: string): string => inFont(dateFormat('date').format(read(at)));
/** The same day in the calendar that is not the chosen one. */
export const otherDate = (at: string): string =>
  inFont(dateFormat('date', other(preferences().calendar)).format(read(at)));
export const year = (at: string): string => inFont(dateFormat('year').format(read(at)));
const together = (text: string): string => text.replaceAll(' ', '\u00a0');
/** Day and month alone, where the year is plain. */
export const dayAndMonth = (at: string): string => together(inFont(dateFormat('short').format(read(at))));
/** Of this year day and month, of another the year too. */
export const shortDate = (at: string): string =>
  year(at) === year(new Date().toISOString()) ? dayAndMonth(at) : `${dayAndMonth(at)} ${together(year(at))}`;
/** Its parts stay together: the half of the day never stands alone on a line. */
export const time = (at: string): string => together(dateFormat('time').format(read(at)));
export const moment = (at: string): string =>
  `${date(at)} ${preferences().language === 'ar' ? '،' : ','} ${time(at)}`.replace(' ،', '،').replace(' ,', ',');

export const number = (value: number, digits = 0): string => {
  const chosen = preferences();
  const tag = `${region(chosen)}-u-nu-${chosen.digits}`;
  return once(`number/${tag}/${digits}`, () => new Intl.NumberFormat(tag, { maximumFractionDigits: digits })).format(
    value,
  );
};

export const percent = (share: number): string => {
  const chosen = preferences();
  const tag = `${region(chosen)}-u-nu-${chosen.digits}`;
  return once(
    `percent/${tag}`,
    () => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 }),
  ).format(share);
};

/** A change in percent, with its sign, as the language writes both. */
export const changeText = (points: number): string => {
  const chosen = preferences();
  const tag = `${region(chosen)}-u-nu-${chosen.digits}`;
  return once(
    `change/${tag}`,
    () => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }),
  ).format(points / 100);
};

export const money = ({ halalas }: { halalas: number }): string => {
  const chosen = preferences();
  const tag = `${region(chosen)}-u-nu-${chosen.digits}`;
  const amount = once(
    `money/${tag}`,
    () => new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  ).format(halalas / 100);
  return chosen.language === 'ar' ? `${amount} ر.س` : `SAR ${amount}`;
};

const UNIT = {
  day: { ar: 'ي', en: 'd' },
  hour: { ar: 'س', en: 'h' },
  minute: { ar: 'د', en: 'm' },
} as const;

const UNDER_A_MINUTE = { ar: 'أقل من دقيقة', en: 'under a minute' } as const;

const unit = (value: number, name: keyof typeof UNIT): string => {
  const { language } = preferences();
  return language === 'ar' ? `${number(value)} ${UNIT[name].ar}` : `${number(value)}${UNIT[name].en}`;
};

/** Days and hours, hours and minutes, or minutes: two of them at most. Never negative. */
export function duration(ms: number): string {
  const left = Math.max(0, ms);
  const days = Math.floor(left / DAY);
  const hours = Math.floor((left % DAY) / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  if (days > 0) return hours > 0 && days < 10 ? `${unit(days, 'day')} ${unit(hours, 'hour')}` : unit(days, 'day');
  if (hours > 0) return minutes > 0 ? `${unit(hours, 'hour')} ${unit(minutes, 'minute')}` : unit(hours, 'hour');
  return minutes > 0 ? unit(minutes, 'minute') : UNDER_A_MINUTE[preferences().language];
}

/** In the digits that were chosen, letters as they are. */
export const inDigits = (text: string): string =>
  preferences().digits === 'arab' ? text.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit))) : text;

/** A number by itself; with a letter in it, it is a code and stays one. */
const ALONE = /[\w\u0660-\u0669](?:[-/.:]*[\w\u0660-\u0669])*/g;

/** The numbers that stand by themselves in a text, in the digits that were chosen: words are written with the one or the other. */
export const asChosen = (text: string): string =>
  text.replace(ALONE, (word) => {
    if (/[A-Za-z_]/.test(word)) return word;
    return preferences().digits === 'arab'
      ? inDigits(word).replace(/(?<=[٠-٩])\.(?=[٠-٩])/g, '٫')
      : latinDigits(word).replaceAll('٫', '.');
  });

export const shortId = (id: string): string => id.slice(id.indexOf('_') + 1, id.indexOf('_') + 9).toUpperCase();

/** In digits that a machine reads: Arabic and Persian ones count as well. */
export const latinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) % 16));

/** What was typed as a number. */
export const asNumber = (text: string): string => latinDigits(text.trim());
