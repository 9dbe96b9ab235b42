import { z } from 'zod';
import { OutsideFailure } from '../../domain/failures';
import { beneficiaryOf } from '../../domain/identity-number';
import { cardStatusTexts } from '../../domain/services/record-texts';
import { instant, isLocalDate, riyadhDate } from '../../domain/time';
import { lossFine } from '../../workflows/case-types/id-renewal/eligibility';
import { renewalPolicyOn } from '../../workflows/case-types/id-renewal/policy';
import { Money } from '../cases/schemas';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';
import { personalPortalOf } from './caller-client';
import { personNumbers, PersonNumberText } from './person-number';
import { CardSerial } from './verify';

const Day = z.string().meta({ format: 'date' });

const Reported = z
  .strictObject({
    identityNumber: PersonNumberText,
    cardSerial: CardSerial,
    lostOn: z
      .string()
      .refine(isLocalDate, { params: { code: 'date-does-not-exist' } })
      .meta({ format: 'date', description: 'The day on which it was lost, as far as its holder knows' }),
  })
  .meta({ id: 'CardLossReported' });

const LossView = z
  .object({
    cardSerial: z.string(),
    status: z.object({ code: z.literal('lost'), text: BilingualText }),
    lostOn: Day,
    reportedOn: Day,
    renewal: z
      .object({ lossFine: Money, policyVersion: z.string() })
      .nullable()
      .meta({ description: 'What the loss will add to the price of a new card; null where none is issued' }),
  })
  .meta({ id: 'CardLoss' });

/** What the register refuses by, and the problem that it is. */
const REFUSED = {
  'person-unknown': 'person-not-found',
  'card-unknown': 'card-not-found',
  'card-not-in-force': 'card-not-in-force',
  'loss-date': 'loss-date',
} as const;

const problemOf = (error: unknown): unknown => {
  const code = error instanceof OutsideFailure && error.kind === 'refused' ? error.code : '';
  return code in REFUSED ? new Problem(REFUSED[code as keyof typeof REFUSED]) : error;
};

export function lossRoute({ services, vault, settings, now = Date.now }: ApiDeps): Route {
  const numberIn = personNumbers(settings);
  return route({
    method: 'post',
    path: '/v1/people/cards/lost',
    tag: 'People',
    operationId: 'reportCardLost',
    summary: 'Report a card lost',
    description:
      'From that moment on a verification answers `reported-lost`, for good, and the holder is told. The same card again is answered as the first time: the first report stands. A new card is asked for by a renewal.',
    roles: ['portal'],
    body: Reported,
    success: { status: 200, description: 'On record', schema: LossView },
    problems: [
      'identity-number-not-ten-digits',
      'identity-number-unknown-first-digit',
      'identity-number-wrong-check-digit',
      'person-not-found',
      'card-not-found',
      'card-not-in-force',
      'loss-date',
      'date-does-not-exist',
      'validation-failed',
      'unknown-field',
      'engine-silent',
      'temporarily-unavailable',
    ],
    async handle({ body: { identityNumber, cardSerial: serial, lostOn }, caller }) {
      const party = personalPortalOf(caller);
      const number = numberIn(identityNumber);
      const person = vault.personRef(number);
      const at = instant(now());
      const loss = await services.losses
        .report({ person, serial, lostOn }, { ...party, beneficiary: beneficiaryOf(number) }, at)
        .catch((error: unknown) => {
          throw problemOf(error);
        });
      await services.flows.cardLost({ person, serial, reportedOn: loss.reportedOn });
      const policy = renewalPolicyOn(riyadhDate(at));
      const renewal =
        loss.type === 'visit-visa'
          ? null
          : {
              lossFine: lossFine(policy.documents[loss.type], loss.before, loss),
              policyVersion: policy.version,
            };
      return {
        body: {
          cardSerial: serial,
          status: { code: 'lost' as const, text: cardStatusTexts['lost'] ?? { ar: '', en: '' } },
          lostOn: loss.lostOn,
          reportedOn: loss.reportedOn,
          renewal,
        },
      };
    },
  });
}
