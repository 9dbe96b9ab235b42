import { z } from 'zod';
import { beneficiaryOf } from '../../domain/identity-number';
import { instant } from '../../domain/time';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { personalPortalOf } from './caller-client';
import { personNumbers, PersonNumberText } from './person-number';

const Wanted = z
  .strictObject({
    identityNumber: PersonNumberText,
    reminders: z.boolean().meta({ description: 'Whether to be reminded before a card expires' }),
  })
  .meta({ id: 'PreferencesWanted' });
const Preferences = z.object({ reminders: z.boolean() }).meta({ id: 'Preferences' });

export function preferencesRoute({ services, vault, settings, now = Date.now }: ApiDeps): Route {
  const numberIn = personNumbers(settings);
  return route({
    method: 'post',
    path: '/v1/people/preferences',
    tag: 'People',
    operationId: 'setPreferences',
    summary: 'What a person wants to be told',
    description: 'What was chosen stands in `contact` of the record.',
    roles: ['portal'],
    body: Wanted,
    success: { status: 200, description: 'As it is from now on', schema: Preferences },
    problems: [
      'identity-number-not-ten-digits',
      'identity-number-unknown-first-digit',
      'identity-number-wrong-check-digit',
      'person-not-found',
      'person-erased',
      'validation-failed',
      'unknown-field',
      'temporarily-unavailable',
    ],
    async handle({ body: { identityNumber, reminders }, caller }) {
      const { client, channel } = personalPortalOf(caller);
      const number = numberIn(identityNumber);
      const person = vault.personRef(number);
      if (!(await services.records.read(person, false))) throw new Problem('person-not-found');
      const at = instant(now());
      await services.preferences.set(person, { reminders }, at);
      await services.log.append({
        at,
        service: 'my-data',
        what: 'reminder-preference',
        outcome: reminders ? 'on' : 'off',
        channel,
        client,
        beneficiary: beneficiaryOf(number),
        person,
      });
      return { body: { reminders } };
    },
  });
}
