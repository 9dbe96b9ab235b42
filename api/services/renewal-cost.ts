import { z } from 'zod';
import type { PersonFacts } from '../../adapters/register/port';
import { beneficiaryOf } from '../../domain/identity-number';
import { addDays, instant, riyadhDate, type LocalDate } from '../../domain/time';
import { DeliveryChoice } from '../../workflows/stages/application';
import { assess } from '../../workflows/case-types/id-renewal/eligibility';
import { renewalPolicyOn } from '../../workflows/case-types/id-renewal/policy';
import { caseTypeNamed } from '../../workflows/case-types';
import { QuoteView } from '../cases/schemas';
import { textOf } from '../cases/texts';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';
import { personalPortalOf } from './caller-client';
import { personNumbers, PersonNumberText } from './person-number';

const Asked = z
  .strictObject({
    identityNumber: PersonNumberText,
    delivery: DeliveryChoice.default({ method: 'courier' }),
  })
  .meta({ id: 'RenewalCostAsked' });

const Day = z.string().meta({ format: 'date' });
const Cost = z.object({
  on: Day,
  policyVersion: z.string(),
  quote: QuoteView.nullable().meta({ description: 'null where it would be refused' }),
  refusedBy: z.array(z.object({ rule: z.string(), text: BilingualText })),
});
const RenewalCost = z
  .object({
    today: Cost,
    expired: Cost.nullable().meta({
      description: 'From the first day on that the card is expired; null where it is already, or there is none',
    }),
  })
  .meta({
    id: 'RenewalCost',
    description: 'By the policy of each day as it is known now; what is filed keeps its own quote',
  });

function costOn(facts: PersonFacts, delivery: z.output<typeof DeliveryChoice>, on: LocalDate): z.output<typeof Cost> {
  const policy = renewalPolicyOn(on);
  const assessed = assess({ reason: 'expiring', delivery }, facts, policy, on);
  const refused = 'refusedBy' in assessed;
  return {
    on,
    policyVersion: policy.version,
    quote: refused ? null : { lines: [...assessed.quote.lines], total: assessed.quote.total },
    refusedBy: refused
      ? assessed.refusedBy.map((rule) => ({ rule, text: textOf(caseTypeNamed('id-renewal'), 'rules', rule) }))
      : [],
  };
}

/** What renewing costs today, and what waiting until the card has expired would: by the very rules that a filing is assessed by. */
export function renewalCostRoute({ services, vault, register, settings, now = Date.now }: ApiDeps): Route {
  const numberIn = personNumbers(settings);
  return route({
    method: 'post',
    path: '/v1/people/renewal-cost',
    tag: 'People',
    operationId: 'askRenewalCost',
    summary: 'What the renewal of a card costs today, and once it has expired',
    description:
      'Nothing is filed. A photo that is not usable and another open renewal show only with a filing. The question itself is on record, before it is answered, and is no transaction.',
    roles: ['portal'],
    body: Asked,
    success: { status: 200, description: 'The costs', schema: RenewalCost },
    problems: [
      'identity-number-not-ten-digits',
      'identity-number-unknown-first-digit',
      'identity-number-wrong-check-digit',
      'person-not-found',
      'validation-failed',
      'unknown-field',
      'temporarily-unavailable',
    ],
    async handle({ body, caller }) {
      const party = personalPortalOf(caller);
      const number = numberIn(body.identityNumber);
      const person = vault.personRef(number);
      const facts = await register.facts(person);
      if (!facts) throw new Problem('person-not-found');
      const at = instant(now());
      const about = { service: 'my-data', what: 'renewal-cost-asked', outcome: 'served' } as const;
      await services.log.append({ at, ...about, ...party, beneficiary: beneficiaryOf(number), person });
      const today = riyadhDate(at);
      const expiresOn = facts.card?.expiresOn;
      return {
        body: {
          today: costOn(facts, body.delivery, today),
          expired:
            expiresOn === undefined || expiresOn < today ? null : costOn(facts, body.delivery, addDays(expiresOn, 1)),
        },
      };
    },
  });
}
