import { readFile } from 'node:fs/promises';
import { readVerification, type Jwks, type VerificationClaims } from '@tajdid/client';
import { run } from './settings';

/** What somebody else was answered, checked without a network: they hand over the answer, its salt and what they asked. */
export function checkOffline(
  jwks: Jwks,
  answer: { readonly signed: string; readonly salt: string },
  identityNumber: string,
  fact: string,
): VerificationClaims {
  return readVerification(jwks, answer.signed, { about: { salt: answer.salt, identityNumber, fact } });
}

if (require.main === module) {
  void run(async () => {
    const [keys = '', answer = '', identityNumber = '', fact = ''] = process.argv.slice(2);
    const [jwks, given] = await Promise.all([keys, answer].map(async (path) => await readFile(path, 'utf8')));
    const { verdict, since } = checkOffline(
      JSON.parse(jwks ?? '') as Jwks,
      JSON.parse(given ?? '') as { signed: string; salt: string },
      identityNumber,
      fact,
    );
    process.stdout.write(`${verdict}${since ? ` since ${since}` : ''}\n`);
  }, ['<jwks.json>', '<answer.json>', '<identity number>', '<birth date or card serial>']);
}
