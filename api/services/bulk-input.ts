import { z } from 'zod';
import { isCardSerial } from '../../domain/card-serial';
import { parsePersonNumber } from '../../domain/identity-number';
import type { KeptLine, LineRefusal } from '../../domain/services/bulk-file';
import { BULK_LINES } from '../../domain/services/verification';
import { isLocalDate } from '../../domain/time';
import { Problem } from '../problems/problem';
import { parsed } from '../problems/validation';
import { PersonNumberText } from './person-number';
import { CardSerial, LocalDate } from './verify';

const LONGEST_REFERENCE = 64;
/** Names of a CSV's columns, and of a JSON line's fields. */
const COLUMNS = {
  identity_number: 'identityNumber',
  birth_date: 'birthDate',
  card_serial: 'cardSerial',
  reference: 'reference',
} as const;
const NAMES = Object.keys(COLUMNS).join(', ');
const KNOWN_COLUMNS = {
  ar: `الأعمدة المعروفة هي: ${NAMES}. ويلزم منها identity_number، وتفصل بينها فواصل (,).`,
  en: `The columns are ${NAMES}, with commas between them; identity_number is needed.`,
};
type Field = (typeof COLUMNS)[keyof typeof COLUMNS];
const FIELDS: ReadonlySet<string> = new Set(Object.values(COLUMNS));

/** A file in JSON, for the document: what is wrong with a line is said for that line alone. */
export const BulkLines = z
  .object({
    lines: z
      .array(
        z
          .strictObject({
            identityNumber: PersonNumberText,
            birthDate: LocalDate.optional(),
            cardSerial: CardSerial.optional(),
            reference: z
              .string()
              .max(LONGEST_REFERENCE)
              .optional()
              .meta({ description: "Your own name for the line, never a person's; comes back with its answer" }),
          } satisfies Record<Field, z.ZodType>)
          .meta({ id: 'BulkLine', description: 'One of `birthDate` and `cardSerial` is needed, not both' }),
      )
      .min(1)
      .max(BULK_LINES),
  })
  .meta({ id: 'BulkLines' });
const AnyLines = z.object({ lines: z.array(z.unknown()) });

/** UTF-8 and nothing else: another encoding would be read as other names and digits than were meant. */
function textOf(bytes: Buffer, contentType: string): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  try {
    if (charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') throw new RangeError();
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) throw new RangeError();
    return text;
  } catch {
    throw new Problem('bulk-encoding');
  }
}

/** RFC 4180. An empty line is a row of one empty cell, so that each row is in its place. A quote that never ends takes the rest of the file for one cell, which then is no line that can be read. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(cell);
    rows.push(row);
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\n') endRow();
    else if (c !== '\r') cell += c;
  }
  endRow();
  return rows;
}

const isBlank = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === '');

/** What was given, and at which line: from 1, after the header of a CSV, blank lines counted. */
type Given = readonly { readonly line: number; readonly value: unknown }[];

function fromCsv(text: string): Given {
  const all = csvRows(text);
  while (all.length > 0 && isBlank(all[0] ?? [])) all.shift();
  while (all.length > 0 && isBlank(all.at(-1) ?? [])) all.pop();
  const [head, ...rows] = all;
  if (!head) return [];
  const names = head.map((cell) => {
    const name = cell.trim().toLowerCase();
    return Object.hasOwn(COLUMNS, name) ? COLUMNS[name as keyof typeof COLUMNS] : undefined;
  });
  if (
    names.some((name) => name === undefined) ||
    new Set(names).size !== names.length ||
    !names.includes('identityNumber')
  )
    throw new Problem('bulk-header', { detail: KNOWN_COLUMNS });
  if (rows.length > BULK_LINES) throw new Problem('bulk-too-many-lines');
  return rows.flatMap((row, i) => {
    if (row.length === 1 && isBlank(row)) return [];
    const cells = Object.fromEntries(names.flatMap((name, c) => (row[c]?.trim() ? [[name, row[c]?.trim()]] : [])));
    return [{ line: i + 1, value: row.length > names.length ? null : cells }];
  });
}

function fromJson(text: string): Given {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('malformed-json');
  }
  return parsed(AnyLines, value).lines.map((line, i) => ({ line: i + 1, value: line }));
}

function refusalOf(given: Record<string, unknown>, borderNumbers: RegExp): LineRefusal | undefined {
  const { identityNumber, birthDate, cardSerial, reference } = given;
  if (Object.keys(given).some((name) => !FIELDS.has(name))) return 'unknown-field';
  if (reference !== undefined && (typeof reference !== 'string' || reference.length > LONGEST_REFERENCE))
    return 'reference-too-long';
  if (typeof identityNumber !== 'string' || 'refusal' in parsePersonNumber(identityNumber, borderNumbers))
    return 'identity-number-invalid';
  if ((birthDate === undefined) === (cardSerial === undefined)) return 'one-fact-needed';
  if (birthDate !== undefined && (typeof birthDate !== 'string' || !isLocalDate(birthDate)))
    return 'birth-date-invalid';
  return cardSerial !== undefined && (typeof cardSerial !== 'string' || !isCardSerial(cardSerial))
    ? 'card-serial-invalid'
    : undefined;
}

function lineOf({ line, value }: Given[number], borderNumbers: RegExp): KeptLine {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { line, refusal: 'not-a-line' };
  const given = value as Record<string, string>;
  const refusal = refusalOf(given, borderNumbers);
  const reference =
    typeof given['reference'] === 'string' && refusal !== 'reference-too-long' ? { reference: given['reference'] } : {};
  if (refusal) return { line, ...reference, refusal };
  const read = parsePersonNumber(given['identityNumber'] ?? '', borderNumbers);
  if ('refusal' in read) return { line, ...reference, refusal: 'identity-number-invalid' };
  const { birthDate, cardSerial } = given;
  return {
    line,
    ...reference,
    number: read.number,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(cardSerial === undefined ? {} : { serial: cardSerial }),
  };
}

/** The lines of a file; a bad line is refused for itself, and only a file that cannot be read at all as a whole. */
export function bulkLines(bytes: Buffer, contentType: string, borderNumbers: RegExp): KeptLine[] {
  const text = textOf(bytes, contentType);
  const given = /^text\/csv/i.test(contentType) ? fromCsv(text) : fromJson(text);
  if (given.length === 0) throw new Problem('bulk-empty');
  if (given.length > BULK_LINES) throw new Problem('bulk-too-many-lines');
  return given.map((each) => lineOf(each, borderNumbers));
}
