import type { Request } from 'express';
import { parseIdentityNumber, type IdentityNumber } from '../../domain/identity-number';
import { Problem, type ProblemMore } from '../problems/problem';
import { fieldProblem } from '../problems/validation';

const IN_HEADER = {
  ar: 'يُرسل رقم الهوية في الترويسة Identity-Number.',
  en: 'The identity number comes in the header Identity-Number.',
};

function read(text: string, more: (code: string) => ProblemMore): IdentityNumber {
  const parsed = parseIdentityNumber(text);
  if ('number' in parsed) return parsed.number;
  const code = `identity-number-${parsed.refusal}` as const;
  throw new Problem(code, more(code));
}

/** That of a field of the body, whose path the problem names. */
export const identityNumberIn = (text: string, path: readonly string[] = ['identityNumber']): IdentityNumber =>
  read(text, (code) => ({ errors: [fieldProblem(code, path)] }));

/** Identity numbers never stand in an address: where a request has no body for one, it comes in the header Identity-Number. */
export function identityNumberInHeader({ headers }: Request): IdentityNumber {
  const header = headers['identity-number'];
  // Node reads header bytes as Latin-1; digits in Arabic come as UTF-8.
  const text = typeof header === 'string' ? Buffer.from(header, 'latin1').toString('utf8') : '';
  return read(text, () => ({ detail: IN_HEADER }));
}
