import { text } from 'node:stream/consumers';
import { parseIdentityNumber, type IdentityNumber } from '../domain/identity-number';
import type { Bilingual } from '../domain/refusal';
import { fileGiven } from './files';
import { Ended, EXIT } from './output';

/** Never an argument: command lines are seen by whoever looks at the machine's processes, and kept by shells. */
export const writtenIn = (file: string | undefined): Promise<string> =>
  file ? fileGiven('--file', file) : text(process.stdin);

export const wrongNumber = (rule: string): Bilingual => ({
  en: `identity number: ${rule}`,
  ar: `رقم الهوية: ${rule}`,
});

/** What is wrong is told by its rule; the number itself is not repeated. */
export async function identityNumberFrom(file: string | undefined): Promise<IdentityNumber> {
  const parsed = parseIdentityNumber((await writtenIn(file)).trim());
  if ('refusal' in parsed) throw new Ended(EXIT.usage, wrongNumber(parsed.refusal));
  return parsed.number;
}
