import type { Bilingual } from '../domain/refusal';
import type { Desk } from './connect';
import type { Identity } from './identity';
import type { Cell, Output } from './output';

/** What every command gets: its output, whether it is JSON, and a desk that is closed when the command is over. */
export interface Context {
  readonly output: Output;
  json(): boolean;
  lang(): 'ar' | 'en';
  /** In the language that was asked for. */
  said(text: Bilingual): string;
  /** Prints rows under their heads. */
  table(
    head: { readonly en: readonly string[]; readonly ar: readonly string[] },
    rows: readonly (readonly Cell[])[],
  ): void;
  identity(): Identity;
  desk<T>(work: (desk: Desk) => Promise<T>): Promise<T>;
}
