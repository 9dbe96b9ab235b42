import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  certificateText,
  certificateVerdict,
  certificateVerdicts,
  type CertificateVerification,
} from '../../domain/services/certificates';
import { addDays, instant, millis, riyadhDate, startOfRiyadhDay, type Instant } from '../../domain/time';
import type { ApiDeps } from '../deps';
import { verificationsAnswered } from '../health/metrics';
import { openRoute, type Route } from '../http/route';
import { BilingualText } from '../problems/problem';
import { codeReader, type ReadCode } from './codes';
import { Code, Day } from './paper';

/** What a QR code holds at most, with room to spare. */
const LONGEST_CODE = 4_000;

const Question = z
  .strictObject({ code: Code.trim().min(1).max(LONGEST_CODE) })
  .meta({ id: 'CertificateQuestion', description: 'The text that was read from the QR code' });

const Answer = z
  .object({
    verdict: z.enum(certificateVerdicts),
    since: Day.optional().meta({ description: 'The first day on which it held no more' }),
    replaced: z
      .literal(true)
      .optional()
      .meta({ description: 'The entry was corrected, and its holders have another certificate: ask for that one' }),
    text: BilingualText,
    checkedAt: z.string().meta({ format: 'date-time' }),
    signed: z.string().meta({
      description:
        'The answer as a compact JWS, to be checked with the keys of /.well-known/jwks.json and relied on until its `exp`. Its `question` is the base64url SHA-256 of the code.',
    }),
  })
  .meta({ id: 'CertificateAnswer' });

const questionOf = (code: string): string => createHash('sha256').update(code).digest('base64url');
const endOfDay = (at: Instant): number => millis(startOfRiyadhDay(addDays(riyadhDate(at), 1))) / 1000;

/**
 * Asked with the signed code and never with a number: numbers run on, and whoever counts them up would learn which events were
 * taken back. Who has the code has seen the paper; the answer adds one word and a day to what stands on it.
 */
export function certificateVerificationRoute({ family, services, settings, now = Date.now }: ApiDeps): Route {
  const { signer } = services;
  // Made with the first question: the document is made of these rows without any keys.
  let read: ((code: string) => Promise<ReadCode | null>) | undefined;

  const check = async (code: string, at: Instant): Promise<CertificateVerification> => {
    read ??= codeReader(signer);
    const said = await read(code);
    if (!said) return { verdict: 'unknown' };
    if (said.kind === 'family-record') {
      // It says how a family stood on one day, as an answer does.
      const { issuedOn } = said.claims;
      return issuedOn === riyadhDate(at) ? { verdict: 'valid' } : { verdict: 'expired', since: addDays(issuedOn, 1) };
    }
    const { serial, event, on, issuedOn } = said.claims;
    const standing = await family.certificateStanding(serial);
    if (!standing || standing.event !== event || standing.on !== on || standing.issuedOn !== issuedOn)
      return { verdict: 'unknown' };
    return certificateVerdict(standing);
  };

  return openRoute({
    method: 'post',
    path: '/v1/certificates/verification',
    tag: 'Certificates',
    operationId: 'verifyCertificate',
    summary: 'Whether a certificate still holds, for whoever was shown it',
    description:
      'For everybody, without a token. The code is what the QR code on the paper says. A certificate of an event holds until its entry is corrected or revoked; a family record holds on its day.',
    open: 'public',
    limited: true,
    body: Question,
    success: { status: 200, description: 'The answer, signed', schema: Answer },
    problems: ['validation-failed', 'unknown-field', 'temporarily-unavailable'],
    async handle({ body: { code } }) {
      const at = instant(now());
      const found = await check(code, at);
      verificationsAnswered.inc({ verdict: `paper-${found.verdict}` });
      const signed = signer.sign('tajdid-certificate-verification+jws', {
        iss: settings.publicUrl,
        iat: Math.floor(millis(at) / 1000),
        exp: endOfDay(at),
        ...found,
        question: questionOf(code),
      });
      return { body: { ...found, text: certificateText(found), checkedAt: at, signed } };
    },
  });
}
