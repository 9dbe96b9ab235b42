import type { LocalDate } from '../time';

/** A line of a bulk file, as it is kept: a question, or why it is none. */
export type KeptLine = { readonly line: number; readonly reference?: string } & (
  | { readonly number: string; readonly birthDate?: LocalDate; readonly serial?: string }
  | { readonly refusal: LineRefusal }
);

export const lineRefusals = [
  'identity-number-invalid',
  'birth-date-invalid',
  'card-serial-invalid',
  'one-fact-needed',
  'reference-too-long',
  'unknown-field',
  'not-a-line',
] as const;
export type LineRefusal = (typeof lineRefusals)[number];

/** What the document store keeps, encrypted under a key of the file's own. */
export interface BulkFile {
  readonly client: string;
  readonly channel: string;
  readonly lines: readonly KeptLine[];
}

/** In whose name a file is kept, so that destroying that key forgets the file and nobody else. */
export const bulkPerson = (bulk: string): string => `bulk-${bulk}`;
