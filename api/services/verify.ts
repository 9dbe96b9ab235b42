import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isCardSerial } from '../../domain/card-serial';
import { beneficiaryOf } from '../../domain/identity-number';
import { GUARD, verdicts, verdictTexts } from '../../domain/services/verification';
import { instant, isLocalDate, millis } from '../../domain/time';
import type { ApiDeps } from '../deps';
import { verificationsAnswered } from '../health/metrics';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';
import { clientOf } from './caller-client';
import { onTheGrid } from './grid';
import { personNumbers, PersonNumberText } from './person-number';
import { SIGNED, signedAnswers } from './signed-answer';

export const LocalDate = z
  .string()
  .refine(isLocalDate, { params: { code: 'date-does-not-exist' } })
  .meta({ format: 'date', example: '1990-01-31' });
/** Of a citizen or a resident. */
export const IdentityNumberText = z
  .string()
  .min(1)
  .max(40)
  .meta({ description: 'Ten digits, ASCII or Arabic-Indic', example: '1000000008' });
export const CardSerial = z
  .string()
  .refine(isCardSerial, { params: { code: 'wrong-format' } })
  .meta({ description: 'As printed on the card', example: 'A00000018' });

const Question = z
  .strictObject({
    identityNumber: PersonNumberText,
    birthDate: LocalDate.optional(),
    cardSerial: CardSerial.optional(),
  })
  .refine(({ birthDate, cardSerial }) => (birthDate === undefined) !== (cardSerial === undefined), {
    params: { code: 'one-of-two' },
    path: ['birthDate'],
  })
  .meta({
    id: 'VerificationQuestion',
    description: 'The number and one more fact: `birthDate` or `cardSerial`, not both',
  });

const Answer = z
  .object({
    verdict: z.enum(verdicts),
    since: z.string().optional().meta({ format: 'date', description: 'The first day on which it was no longer valid' }),
    text: BilingualText,
    checkedAt: z.string().meta({ format: 'date-time' }),
    ...SIGNED,
  })
  .meta({ id: 'VerificationAnswer' });

export function verificationRoute(deps: ApiDeps): Route {
  const { services, vault, settings, now = Date.now } = deps;
  const numberIn = personNumbers(settings);
  const { verifications } = services;
  const signed = signedAnswers(deps);

  return route({
    method: 'post',
    path: '/v1/verifications',
    tag: 'Verification',
    operationId: 'verifyDocument',
    summary: 'Whether an identity document is valid today',
    description: `The identity card of a citizen or a resident, or the visa of a visitor. For the document with this serial, or the one that the person has now. What does not fit together is \`unknown\`, whichever part of it is wrong. After wrong guesses about one person a client gets no answer about them for a while, right or wrong; after ${GUARD.hourlyFailures} in an hour, whomever they are about, none about anybody until the next.`,
    roles: ['portal'],
    body: Question,
    success: { status: 200, description: 'The answer, signed', schema: Answer },
    problems: [
      'identity-number-not-ten-digits',
      'identity-number-unknown-first-digit',
      'identity-number-wrong-check-digit',
      'validation-failed',
      'unknown-field',
      'date-does-not-exist',
      'too-many-guesses',
      'too-many-guesses-this-hour',
      'temporarily-unavailable',
    ],
    async handle({ body, caller }) {
      const began = performance.now();
      const { client, channel } = clientOf(caller);
      const number = numberIn(body.identityNumber);
      const { birthDate = null, cardSerial: serial = null } = body;
      const at = instant(now());
      const question = {
        person: vault.personRef(number),
        beneficiary: beneficiaryOf(number),
        birthDate,
        serial,
        client,
        channel,
      };
      const checked = await verifications.check(question, at);
      if ('refusal' in checked) {
        verificationsAnswered.inc({ verdict: checked.refusal });
        const seconds = Math.max(1, Math.ceil((millis(checked.retryAt) - millis(at)) / 1000));
        await onTheGrid(began);
        throw new Problem(checked.refusal, { headers: { 'retry-after': String(seconds) } });
      }
      const { verdict, since } = checked;
      verificationsAnswered.inc({ verdict });
      const salt = randomBytes(16).toString('base64url');
      const jws = signed(checked, { client, salt, number, fact: birthDate ?? serial ?? '', at });
      if (verdict === 'unknown') await onTheGrid(began);
      return {
        body: {
          verdict,
          ...(since === undefined ? {} : { since }),
          text: verdictTexts[verdict],
          checkedAt: at,
          salt,
          signed: jws,
        },
      };
    },
  });
}
