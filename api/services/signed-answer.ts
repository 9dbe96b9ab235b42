import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Verification } from '../../domain/services/verification';
import { addDays, millis, riyadhDate, startOfRiyadhDay, type Instant } from '../../domain/time';
import type { ApiDeps } from '../deps';

/** What makes an answer one that others can check. */
export const SIGNED = {
  salt: z
    .string()
    .meta({ description: 'Shows, together with the number and the fact, what the signed answer is about' }),
  signed: z.string().meta({
    description:
      'The answer as a compact JWS, to be checked with the keys of /.well-known/jwks.json. Its `question` is the base64url SHA-256 of salt, number and fact, each on a line of its own: whoever has no salt learns nothing about the person.',
  }),
};

/** To whom and about what an answer is; `fact` is the birth date or the card serial. */
interface Asked {
  readonly client: string;
  readonly salt: string;
  readonly number: string;
  readonly fact: string;
  readonly at: Instant;
}

/** An answer is about a day: it may be relied on until that day ends in Riyadh. */
const endOfDay = (at: Instant): number => millis(startOfRiyadhDay(addDays(riyadhDate(at), 1))) / 1000;

/** Signs answers to verifications; the same answer to the same question comes out the same. */
export const signedAnswers =
  ({ services: { signer }, settings }: Pick<ApiDeps, 'services' | 'settings'>) =>
  ({ verdict, since }: Verification, { client, salt, number, fact, at }: Asked): string =>
    signer.sign('tajdid-verification+jws', {
      iss: settings.publicUrl,
      aud: client,
      iat: Math.floor(millis(at) / 1000),
      exp: endOfDay(at),
      verdict,
      ...(since === undefined ? {} : { since }),
      question: createHash('sha256').update(`${salt}\n${number}\n${fact}`).digest('base64url'),
    });
