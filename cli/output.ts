import type { Bilingual } from '../domain/refusal';

/** Where a command writes; the tests read it. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** A person watches: progress may be drawn. */
  readonly live: boolean;
  /** Once, before the engine's native part is used. */
  readonly beforeReplay?: () => Promise<void>;
}

/** Ends a command with what a script can act on. */
export class Ended extends Error {
  constructor(
    readonly exitCode: number,
    readonly said: string | Bilingual = '',
  ) {
    super(typeof said === 'string' ? said : said.en);
    this.name = 'Ended';
  }
}

/** Asked in a way that cannot be done; says what to do instead. */
export const askedWrongly = (en: string, ar: string): Ended => new Ended(EXIT.usage, { en, ar });

/** 0: well · 1: the command worked and found something wrong · 2: it was asked wrongly · 3: something could not be reached */
export const EXIT = { well: 0, found: 1, usage: 2, unreachable: 3 } as const;

/** A number and what it is of, in English: 1 case, 2 cases. */
export const several = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

export type Cell = string | number | null | undefined;

const textOf = (cell: Cell): string => (cell === null || cell === undefined || cell === '' ? '-' : String(cell));

/** Columns padded to their widest cell; a word for no rows. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], lang: 'ar' | 'en'): string[] {
  if (rows.length === 0) return [{ en: '(none)', ar: '(لا شيء)' }[lang]];
  const all = [head, ...rows.map((row) => row.map(textOf))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...all.slice(1).map(line)];
}

export const printJson = (output: Output, value: unknown): void => output.out(JSON.stringify(value, null, 2));
