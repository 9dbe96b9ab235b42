import type { Statistics } from '../api/client';
import { named, said, t } from '../words';

export type Split = 'type' | 'status' | 'channel' | 'office' | 'beneficiary';

export interface Days {
  readonly dates: readonly string[];
  /** The largest first. */
  readonly lines: readonly { readonly name: string; readonly values: readonly number[]; readonly total: number }[];
}

const DAY = 86_400_000;

function nameOf({ texts }: Statistics, split: Split, code: string): string {
  const text = split === 'type' ? texts.types[code] : split === 'status' ? texts.statuses[code] : undefined;
  if (text) return said(text);
  if (split === 'channel') return named('channels', code);
  return split === 'office' ? named('offices', code) : named('stats.beneficiaries', code);
}

/** Cases of each day, told apart by one thing; days without any are there too. */
export function series(data: Statistics, split: Split): Days {
  const dates: string[] = [];
  for (let at = Date.parse(data.from); at <= Date.parse(data.to); at += DAY)
    dates.push(new Date(at).toISOString().slice(0, 10));
  const index = new Map(dates.map((date, n) => [date, n]));
  const lines = new Map<string, number[]>();
  for (const row of data.filed) {
    const code = row[split];
    const values = lines.get(code) ?? dates.map(() => 0);
    const n = index.get(row.date.slice(0, 10));
    if (n !== undefined) values[n] = (values[n] ?? 0) + row.cases;
    lines.set(code, values);
  }
  const named = [...lines].map(([code, values]) => ({
    name: nameOf(data, split, code),
    values,
    total: values.reduce((sum, value) => sum + value, 0),
  }));
  return { dates, lines: named.sort((a, b) => b.total - a.total) };
}

/** The largest ones, and all the others as one: together as many cases as there are. */
export function largest({ dates, lines }: Days, most: number): Days['lines'] {
  if (lines.length <= most) return lines;
  const rest = lines.slice(most - 1);
  const other = {
    name: t('stats.others'),
    values: dates.map((_, n) => rest.reduce((sum, { values }) => sum + (values[n] ?? 0), 0)),
    total: rest.reduce((sum, { total }) => sum + total, 0),
  };
  return [...lines.slice(0, most - 1), other];
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * Minutes, hours or days, whichever says most.
 * @param context `after` a word such as within or under, which has an ending of its own for two of them in Arabic
 */
export function hoursText(hours: number, context: 'alone' | 'after' = 'after'): string {
  if (hours * 60 < 1) return t('stats.underMinute');
  if (hours < 1) return t('stats.minutes', { count: Math.round(hours * 60), context });
  return hours < 48
    ? t('stats.hours', { count: rounded(hours, hours < 10 ? 1 : 0), context })
    : t('stats.days', { count: rounded(hours / 24, hours < 240 ? 1 : 0), context });
}

const BIN_MINUTES = 5;

/** A time read off counts: below an hour they only say within which five minutes it lies. */
export function countedText(hours: number): string {
  if (hours >= 1) return hoursText(hours);
  const upTo = Math.max(1, Math.ceil((hours * 60) / BIN_MINUTES)) * BIN_MINUTES;
  return t('stats.under', { n: upTo === 60 ? hoursText(1) : t('stats.minutes', { count: upTo, context: 'after' }) });
}
