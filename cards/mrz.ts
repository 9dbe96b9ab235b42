import type { LocalDate } from '../domain/time';

/** What a machine-readable zone of format TD1 holds (ICAO Doc 9303, part 5). */
export interface MrzFields {
  /** `I` and a letter of the issuer's choice, or `I` alone. */
  readonly documentCode: string;
  /** Three letters. */
  readonly issuer: string;
  /** Letters and digits; other characters are left out. Longer than nine goes on in the optional data, as the standard says. */
  readonly documentNumber: string;
  /** Up to 11 letters and digits; stands in the second line. */
  readonly optionalData: string;
  readonly birthDate: LocalDate;
  readonly sex: 'M' | 'F';
  readonly expiresOn: LocalDate;
  /** Three letters. */
  readonly nationality: string;
  readonly familyName: string;
  readonly givenNames: string;
}

const LINE = 30;
const DOCUMENT_NUMBER = 9;
const FIRST_OPTIONAL = 15;
const SECOND_OPTIONAL = 11;
const WEIGHTS = [7, 3, 1];

/** ICAO's check digit: values 0-9, A=10 to Z=35, `<`=0, weighted 7 3 1, modulo 10. */
export function checkDigit(text: string): string {
  let sum = 0;
  for (const [i, char] of [...text].entries()) sum += valueOf(char) * (WEIGHTS[i % 3] ?? 0);
  return String(sum % 10);
}

function valueOf(char: string): number {
  if (char === '<') return 0;
  if (/[0-9]/.test(char)) return Number(char);
  if (/[A-Z]/.test(char)) return char.charCodeAt(0) - 55;
  throw new RangeError('only A-Z, 0-9 and < stand in a machine-readable zone');
}

/** ICAO Doc 9303 part 3, table of Arabic letters (with the double letters that stand for one sound). */
const ARABIC: Readonly<Record<string, string>> = {
  ء: 'XE',
  آ: 'XAA',
  أ: 'XAE',
  ؤ: 'U',
  إ: 'I',
  ئ: 'XI',
  ا: 'A',
  ب: 'B',
  ة: 'XTA',
  ت: 'T',
  ث: 'XTH',
  ج: 'J',
  ح: 'XH',
  خ: 'XKH',
  د: 'D',
  ذ: 'XDH',
  ر: 'R',
  ز: 'Z',
  س: 'S',
  ش: 'XSH',
  ص: 'XSS',
  ض: 'XDZ',
  ط: 'XTT',
  ظ: 'XZZ',
  ع: 'E',
  غ: 'G',
  ف: 'F',
  ق: 'Q',
  ك: 'K',
  ل: 'L',
  م: 'M',
  ن: 'N',
  ه: 'H',
  و: 'W',
  ى: 'XAY',
  ي: 'Y',
};

const LATIN: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'OE',
  Å: 'AA',
  Ä: 'AE',
  Ö: 'OE',
  Ü: 'UE',
  ß: 'SS',
  Þ: 'TH',
  Ð: 'D',
  Ł: 'L',
};

/** A name in `A-Z` with `<` between its parts: accents fall, apostrophes vanish, hyphens and spaces part. */
export function transliterate(name: string): string {
  return [...name.normalize('NFC').toUpperCase()]
    .map((char) => LATIN[char] ?? ARABIC[char] ?? char)
    .join('')
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u0652\u0640'’ʻʼ.]/g, '')
    .replace(/[^A-Z]+/g, '<')
    .replace(/^<+|<+$/g, '');
}

/**
 * Family name, `<<`, given names, in 30 characters. Where they do not fit, the given names lose from their end first
 * but keep at least their first letter, and the last place is a letter, which says that the name goes on.
 */
export function mrzNames(familyName: string, givenNames: string): string {
  const family = transliterate(familyName);
  const given = transliterate(givenNames);
  if (!given) return fill(family.slice(0, LINE), LINE);
  const whole = `${family}<<${given}`;
  if (whole.length <= LINE) return fill(whole, LINE);
  const keptFamily = family.slice(0, LINE - 3).replace(/<+$/, '');
  const kept = given.slice(0, LINE - keptFamily.length - 2);
  if (!kept.endsWith('<')) return fill(`${keptFamily}<<${kept}`, LINE);
  // A filler in the last place would say that the name ends here: take one letter of an earlier part away instead.
  const parts = given.split('<');
  const lengthKept = kept.split('<').length - 1;
  const shortened = [
    (parts[0] ?? '').slice(0, -1),
    ...parts.slice(1, lengthKept),
    (parts[lengthKept] ?? '').slice(0, 1),
  ];
  return fill(`${keptFamily}<<${shortened.join('<')}`.slice(0, LINE), LINE);
}

const fill = (text: string, length: number): string => text.padEnd(length, '<');
const letters = (text: string, what: string): string => {
  if (!/^[A-Z]{3}$/.test(text)) throw new RangeError(`${what} is a code of three letters`);
  return text;
};
const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
const shortDate = (date: LocalDate): string => date.slice(2).replaceAll('-', '');

/** Three lines of 30. Throws a RangeError on a code that is not three letters, or on data that does not fit. */
export function mrzLines(fields: MrzFields): readonly [string, string, string] {
  const number = plain(fields.documentNumber);
  const { numberField, rest } = numberFields(number);
  const optional = plain(fields.optionalData);
  if (optional.length > SECOND_OPTIONAL) throw new RangeError('at most 11 characters of optional data');
  const first = `${fill(fields.documentCode, 2)}${letters(fields.issuer, 'the issuer')}${numberField}${fill(rest, FIRST_OPTIONAL)}`;
  const born = shortDate(fields.birthDate);
  const expires = shortDate(fields.expiresOn);
  const birthField = born + checkDigit(born);
  const expiryField = expires + checkDigit(expires);
  const optionalField = fill(optional, SECOND_OPTIONAL);
  const checked = first.slice(5) + birthField + expiryField + optionalField;
  const second = `${birthField}${fields.sex}${expiryField}${letters(fields.nationality, 'the nationality')}${optionalField}${checkDigit(checked)}`;
  return [first, second, mrzNames(fields.familyName, fields.givenNames)];
}

/** The number and its check digit in ten places; a longer number leaves `<` there and ends in the optional data. */
function numberFields(number: string): { numberField: string; rest: string } {
  if (number.length <= DOCUMENT_NUMBER) {
    const field = fill(number, DOCUMENT_NUMBER);
    return { numberField: field + checkDigit(field), rest: '' };
  }
  const rest = `${number.slice(DOCUMENT_NUMBER)}${checkDigit(number)}<`;
  if (rest.length > FIRST_OPTIONAL) throw new RangeError('at most 22 characters of document number');
  return { numberField: `${number.slice(0, DOCUMENT_NUMBER)}<`, rest };
}

const PARTICLES = new Set(['AL', 'EL', 'BIN', 'BINT', 'IBN', 'ABU', 'BA']);

/** The last word is the family name, with particles that stand before it apart (`Al`, `Bin`). */
export function splitName(name: string): { familyName: string; givenNames: string } {
  const words = name.trim().split(/\s+/);
  let from = Math.max(0, words.length - 1);
  while (from > 1 && PARTICLES.has((words[from - 1] ?? '').toUpperCase())) from--;
  return { familyName: words.slice(from).join(' '), givenNames: words.slice(0, from).join(' ') };
}
