import type { Statistics } from '../api/client';

/** A field that a spreadsheet would take for a formula is told to be text. */
const field = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const COLUMNS = ['date', 'type', 'channel', 'office', 'status', 'beneficiary', 'cases'] as const;

export const filedCsv = ({ filed }: Statistics): string =>
  [
    COLUMNS.join(),
    ...filed.map((row) => COLUMNS.map((name) => field(name === 'date' ? row.date.slice(0, 10) : row[name])).join()),
  ].join('\r\n') + '\r\n';

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
