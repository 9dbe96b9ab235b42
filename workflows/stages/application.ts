import { z } from 'zod';
import { parseIdentityNumber, type IdentityNumber } from '../../domain/identity-number';
import { offices } from '../../domain/policies/offices';
import { isLocalDate } from '../../domain/time';

/** Fields that the applications of several case types have. */
export const office = z.enum(offices).default('riyadh-1').meta({ description: 'The office that handles the case' });

export const localDate = z
  .string()
  .refine(isLocalDate, { error: 'a date that exists, as YYYY-MM-DD', params: { code: 'date-does-not-exist' } })
  .meta({ format: 'date', example: '2026-11-01' });

const written = (pattern: RegExp, code: 'not-arabic-script' | 'not-latin-script', description: string) =>
  z
    .string()
    .trim()
    .min(2)
    .max(120)
    .refine((text) => pattern.test(text), { error: description, params: { code } })
    .meta({ description });

const inArabic = (pattern: RegExp) => written(pattern, 'not-arabic-script', 'In Arabic letters, without hidden signs');
const inLatin = (pattern: RegExp) => written(pattern, 'not-latin-script', 'In Latin letters, without hidden signs');

/**
 * What is certified in one script is written in it: a character that turns the direction of text, or that looks like another,
 * would make a paper say something else than the register. A place may have a number.
 */
export const nameAr = inArabic(/^(?=\p{L})(?:(?=\p{scx=Arabic})[\p{L}\p{M}]|[ .'’-])+$/u);
export const placeAr = inArabic(/^(?=\p{L})(?:(?=\p{scx=Arabic})[\p{L}\p{M}]|[ .'’\p{Nd}،,()/-])+$/u);
export const nameEn = inLatin(/^(?=\p{L})(?:[\p{Script=Latin}\u0300-\u036f`ʻʼ]|[ .'’-])+$/u);
export const placeEn = inLatin(/^(?=\p{L})(?:[\p{Script=Latin}\u0300-\u036f`ʻʼ]|[ .'’\p{Nd},()/-])+$/u);

export const documentRef = z.string().regex(/^d_[A-Za-z0-9_-]{16,64}$/, 'a documentRef from POST /v1/documents');

export const DeliveryChoice = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('courier') }).meta({ description: "To the holder's national address" }),
  z.strictObject({ method: z.literal('pickup'), office: z.enum(offices) }),
]);

/** Ten digits in either script; comes out in ASCII. */
export const IdentityNumberInput = z
  .string()
  .max(40)
  .transform((text, ctx): IdentityNumber => {
    const parsed = parseIdentityNumber(text);
    if ('number' in parsed) return parsed.number;
    ctx.issues.push({ code: 'custom', params: { code: `identity-number-${parsed.refusal}` }, input: '' });
    return z.NEVER;
  })
  .meta({
    id: 'IdentityNumberInput',
    description: 'An identity number, ASCII or Arabic-Indic digits',
    example: '1000000008',
  });
