import { isCardSerial } from '../../domain/card-serial';
import { parsePersonNumber } from '../../domain/identity-number';
import type { KeptLine, LineRefusal } from '../../domain/services/bulk-file';
import { BULK_LINES } from '../../domain/services/verification';
import { isLocalDate } from '../../domain/time';
import { Problem } from '../problems/problem';

const LONGEST_REFERENCE = 64;
/** Names of a CSV's columns, and of a JSON line's fields. */
const COLUMNS = {
  identity_number: 'identityNumber',
  birth_date: 'birthDate',
  card_serial: 'cardSerial',
  reference: 'reference',
} as const;
const FIELDS: ReadonlySet<string> = new Set(Object.values(COLUMNS));

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

/** RFC 4180. A quote that never ends takes the rest of the file for one cell, which then is no line that can be read. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(cell);
    if (row.length > 1 || cell !== '') rows.push(row);
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

function fromCsv(text: string): unknown[] {
  const [head = [], ...rows] = csvRows(text);
  const names = head.map((name) => COLUMNS[name.trim().toLowerCase() as keyof typeof COLUMNS]);
  if (
    names.some((name) => name === undefined) ||
    new Set(names).size !== names.length ||
    !names.includes('identityNumber')
  )
    throw new Problem('bulk-header');
  return rows.map((row) => {
    if (row.length > names.length) return null;
    return Object.fromEntries(names.flatMap((name, i) => (row[i]?.trim() ? [[name, row[i]?.trim()]] : [])));
  });
}

function fromJson(text: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('malformed-json');
  }
  const { lines } = (typeof value === 'object' && value !== null ? value : {}) as { lines?: unknown };
  if (!Array.isArray(lines)) throw new Problem('validation-failed');
  return lines;
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

function lineOf(value: unknown, i: number, borderNumbers: RegExp): KeptLine {
  const line = i + 1;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { line, refusal: 'not-a-line' };
  const given = value as Record<string, string>;
  const refusal = refusalOf(given, borderNumbers);
  const reference =
    typeof given['reference'] === 'string' && refusal !== 'reference-too-long' ? { reference: given['reference'] } : {};
  if (refusal) return { line, ...reference, refusal };
  const parsed = parsePersonNumber(given['identityNumber'] ?? '', borderNumbers);
  if ('refusal' in parsed) return { line, ...reference, refusal: 'identity-number-invalid' };
  const { birthDate, cardSerial } = given;
  return {
    line,
    ...reference,
    number: parsed.number,
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
  return given.map((value, i) => lineOf(value, i, borderNumbers));
}
