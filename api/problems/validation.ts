import { z } from 'zod';
import { nearest } from '../../domain/nearest';
import type { Bilingual } from '../../domain/refusal';
import { catalogue, type ProblemCode } from './catalogue';
import { expectedBy, optionsOf } from './expected';
import { Problem, type FieldProblem } from './problem';

type Issue = z.core.$ZodIssue;

const INVALID: Bilingual = { ar: 'القيمة غير صالحة', en: 'The value is not valid' };

const MESSAGES: Readonly<Record<string, Bilingual>> = {
  'unknown-field': { ar: 'حقل غير معروف', en: 'This field is not known' },
  missing: { ar: 'حقل مطلوب', en: 'This field is needed' },
  'wrong-type': { ar: 'نوع القيمة غير صحيح', en: 'The value has the wrong type' },
  'unknown-value': { ar: 'القيمة ليست من القيم المتاحة', en: 'The value is not one of those that are possible' },
  'wrong-format': { ar: 'صيغة القيمة غير صحيحة', en: 'The value has the wrong format' },
  'too-short': { ar: 'القيمة أقصر أو أصغر من المطلوب', en: 'The value is too short or too small' },
  'too-long': { ar: 'القيمة أطول أو أكبر من المسموح', en: 'The value is too long or too large' },
  'date-does-not-exist': {
    ar: 'التاريخ غير موجود أو ليس بصيغة YYYY-MM-DD',
    en: 'There is no such date, or it is not written YYYY-MM-DD',
  },
  'not-arabic-script': {
    ar: 'يُكتب هذا بحروف عربية، دون رموز خفية',
    en: 'This is written in Arabic letters, without hidden signs',
  },
  'not-latin-script': {
    ar: 'يُكتب هذا بحروف لاتينية، دون رموز خفية',
    en: 'This is written in Latin letters, without hidden signs',
  },
  'text-not-storable': { ar: 'في النص رموز لا يمكن حفظها', en: 'The text has characters that cannot be kept' },
  'one-of-two': {
    ar: 'يلزم أحد الحقلين فقط: تاريخ الميلاد أو الرقم التسلسلي للبطاقة',
    en: 'One of birthDate and cardSerial is needed, not both',
  },
  ...Object.fromEntries(
    (['not-ten-digits', 'unknown-first-digit', 'wrong-check-digit'] as const).map((refusal) => [
      `identity-number-${refusal}`,
      catalogue[`identity-number-${refusal}`].title,
    ]),
  ),
};

/** One kind of mistake alone has a problem type of its own. */
const OWN_TYPE: Readonly<Record<string, ProblemCode>> = {
  'unknown-field': 'unknown-field',
  'date-does-not-exist': 'date-does-not-exist',
};

/** A field's name is quoted only when it looks like one: anything can stand in a key. */
const NAME = /^[A-Za-z][\w-]{0,63}$/;

export function fieldProblem(
  code: string,
  path: readonly PropertyKey[],
  {
    didYouMean,
    expected,
  }: { readonly didYouMean?: string | undefined; readonly expected?: Bilingual | undefined } = {},
): FieldProblem {
  const { ar, en } = MESSAGES[code] ?? INVALID;
  return {
    path: path.map((part) => `/${String(part)}`).join(''),
    code,
    message: expected ? { ar: `${ar}: ${expected.ar}`, en: `${en}: ${expected.en}` } : { ar, en },
    ...(didYouMean === undefined ? {} : { didYouMean }),
  };
}

/** A value that is none of those known, or is not there. */
function unknownValue(issue: Issue, given: unknown, known: readonly unknown[]): FieldProblem {
  if (given === undefined) return fieldProblem('missing', issue.path);
  const words = known.filter((each) => typeof each === 'string');
  const didYouMean = typeof given === 'string' ? nearest(given, words) : undefined;
  return fieldProblem('unknown-value', issue.path, { didYouMean, expected: expectedBy(issue) });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined),
    value,
  );
}

/** The names that this schema knows at this path, for suggestions only. */
function namesAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return namesAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => namesAt(option, path));
  if (schema instanceof z.ZodArray) return namesAt(schema.element, path.slice(1));
  if (!(schema instanceof z.ZodObject)) return [];
  const [first, ...rest] = path;
  return first === undefined ? Object.keys(schema.shape) : namesAt(schema.shape[String(first)], rest);
}

function fieldsOf(issue: Issue, schema: z.ZodType, value: unknown): FieldProblem[] {
  const path = issue.path;
  const absent = (): boolean => valueAt(value, path) === undefined;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        NAME.test(key)
          ? fieldProblem('unknown-field', [...path, key], { didYouMean: nearest(key, namesAt(schema, path)) })
          : fieldProblem('unknown-field', path),
      );
    case 'invalid_type':
      return [
        absent() ? fieldProblem('missing', path) : fieldProblem('wrong-type', path, { expected: expectedBy(issue) }),
      ];
    case 'invalid_value':
      return [unknownValue(issue, valueAt(value, path), issue.values)];
    case 'invalid_union':
      return [unknownValue(issue, valueAt(value, path), optionsOf(issue))];
    case 'invalid_format':
      return [fieldProblem('wrong-format', path, { expected: expectedBy(issue) })];
    case 'too_small':
      return [fieldProblem('too-short', path, { expected: expectedBy(issue) })];
    case 'too_big':
      return [fieldProblem('too-long', path, { expected: expectedBy(issue) })];
    case 'custom': {
      const code: unknown = issue.params?.['code'];
      return [fieldProblem(typeof code === 'string' ? code : 'invalid', path)];
    }
    default:
      return [fieldProblem('invalid', path)];
  }
}

function problemOfFields(errors: FieldProblem[]): Problem {
  const [first] = errors;
  const own = first && errors.every(({ code }) => code === first.code) ? OWN_TYPE[first.code] : undefined;
  return new Problem(own ?? 'validation-failed', { errors });
}

/** NUL and half a surrogate pair fit into JSON and into no database. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

function unstorable(value: unknown, path: readonly PropertyKey[] = []): FieldProblem[] {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? [fieldProblem('text-not-storable', path)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => unstorable(member, [...path, name]));
}

/** The parsed value; throws a Problem that names every field at fault and quotes no value. */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw problemOfFields(result.error.issues.flatMap((issue) => fieldsOf(issue, schema, value)));
  return result.data;
}

/** As `parsed`, and every text of it can be kept. */
export function validated<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const data = parsed(schema, value);
  const bad = unstorable(data);
  if (bad.length > 0) throw problemOfFields(bad);
  return data;
}
