import { z } from 'zod';
import { parsePersonNumber, type PersonNumber } from '../../domain/identity-number';
import { borderNumberPattern, wholly } from '../../domain/policies/border-numbers';
import type { ApiSettings } from '../deps';
import { Problem } from '../problems/problem';
import { fieldProblem } from '../problems/validation';

const BY_POLICY = wholly(borderNumberPattern.value);

/** What visitors' border numbers look like here. */
export const borderNumbersOf = ({ borderNumbers = BY_POLICY }: Pick<ApiSettings, 'borderNumbers'>): RegExp =>
  borderNumbers;

/** Reads the number of a citizen, a resident or a visitor; for services that all three have. */
export function personNumbers(settings: Pick<ApiSettings, 'borderNumbers'>): (text: string) => PersonNumber {
  const pattern = borderNumbersOf(settings);
  return (text) => {
    const parsed = parsePersonNumber(text, pattern);
    if ('number' in parsed) return parsed.number;
    const code = `identity-number-${parsed.refusal}` as const;
    throw new Problem(code, { errors: [fieldProblem(code, ['identityNumber'])] });
  };
}

export const PersonNumberText = z.string().min(1).max(40).meta({
  description: "Ten digits, ASCII or Arabic-Indic: an identity number, or a visitor's border number",
  example: '1000000008',
});
