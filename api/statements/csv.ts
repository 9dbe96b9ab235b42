/** What a spreadsheet begins a formula with, in full width too, blanks before it or not; and what begins another cell or line. */
export const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@|＝＋－＠｜])/;

/** A cell that a spreadsheet would take for a formula is made a text by an apostrophe; then quoted where it must be. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180. */
export const csvText = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
