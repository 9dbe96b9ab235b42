import type { z } from 'zod';
import type { Bilingual } from '../../domain/refusal';

type Issue = z.core.$ZodIssue;

/** A longer list is in the API's document. */
const MOST_VALUES = 12;

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { ar: 'نص', en: 'a string' },
  number: { ar: 'رقم', en: 'a number' },
  int: { ar: 'عدد صحيح', en: 'a whole number' },
  boolean: { ar: 'true أو false', en: 'true or false' },
  array: { ar: 'قائمة', en: 'a list' },
  object: { ar: 'كائن', en: 'an object' },
};

const UNITS: Readonly<Record<string, Bilingual>> = {
  string: { ar: ' من الرموز', en: ' characters' },
  array: { ar: ' من العناصر', en: ' items' },
};

const wanted = (type: Bilingual | undefined): Bilingual | undefined =>
  type && { ar: `المتوقع ${type.ar}`, en: `${type.en} is expected` };

const oneOf = (values: readonly unknown[]): Bilingual | undefined =>
  values.length === 0 || values.length > MOST_VALUES
    ? undefined
    : { ar: values.join('، '), en: `one of ${values.join(', ')}` };

function bound(at: Bilingual, value: unknown, origin: string): Bilingual {
  const unit = UNITS[origin] ?? { ar: '', en: '' };
  return { ar: `${at.ar} ${String(value)}${unit.ar}`, en: `${at.en} ${String(value)}${unit.en}` };
}

/** The words by which the forms of a union are told apart; none where they are not. */
export const optionsOf = (issue: Issue): readonly unknown[] =>
  'options' in issue && Array.isArray(issue.options) ? issue.options : [];

/** What would be taken where this stands, from our own schema: it never quotes what came. Undefined where no few words say it. */
export function expectedBy(issue: Issue): Bilingual | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wanted(TYPES[issue.expected]);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return oneOf(optionsOf(issue));
    case 'invalid_format':
      return issue.format === 'datetime'
        ? { ar: 'مثل 2026-11-01T09:00:00Z', en: 'such as 2026-11-01T09:00:00Z' }
        : undefined;
    case 'too_small':
      return bound({ ar: 'على الأقل', en: 'at least' }, issue.minimum, issue.origin);
    case 'too_big':
      return bound({ ar: 'على الأكثر', en: 'at most' }, issue.maximum, issue.origin);
    default:
      return undefined;
  }
}
