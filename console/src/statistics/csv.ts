import type { Statistics } from '../api/client';
import { csvFormula } from '../api/limits.json';
import { asWritten } from '../words';

type Cell = string | number | null;

const FORMULA = new RegExp(csvFormula);

/** A field that a spreadsheet would take for a formula is told to be text. */
const field = (value: Cell): string => {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const csv = (columns: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [columns, ...rows].map((row) => `${row.map(field).join()}\r\n`).join('');

const FILED = ['date', 'type', 'channel', 'office', 'status', 'beneficiary', 'cases'] as const;

/** What the page shows, each part as a table of its own; hours are hours. */
export const tables = {
  filed: ({ filed }: Statistics): string =>
    csv(
      FILED,
      filed.map((row) => FILED.map((name) => (name === 'date' ? row.date.slice(0, 10) : row[name]))),
    ),
  'time-to-card': ({ timeToCard }: Statistics): string =>
    csv(
      ['from_hours', 'to_hours', 'cases'],
      timeToCard.buckets.map(({ upTo, cases }, n, all) => [all[n - 1]?.upTo ?? 0, upTo, cases]),
    ),
  waits: ({ waitsSpent }: Statistics): string =>
    csv(
      ['wait', 'name', 'waits', 'hours', 'median_hours'],
      waitsSpent.map(({ what, text, waits, hours, medianHours }) => [what, asWritten(text), waits, hours, medianHours]),
    ),
  open: ({ open }: Statistics): string =>
    csv(
      ['wait', 'name', 'who', 'cases', 'overdue'],
      open.map(({ what, text, who, cases, overdue }) => [what, asWritten(text), who, cases, overdue]),
    ),
} as const;

/** With a byte order mark, without which spreadsheets take Arabic for something else. */
export const download = (name: string, text: string): void =>
  save(name, new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));

export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
