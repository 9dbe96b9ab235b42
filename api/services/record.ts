import { z } from 'zod';
import { beneficiaryOf } from '../../domain/identity-number';
import { instant } from '../../domain/time';
import { recordPdf } from '../../papers/record';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { personalPortalOf } from './caller-client';
import { personNumbers, PersonNumberText } from './person-number';
import {
  accessCursorIn,
  accessCursorOf,
  AccessList,
  accessViews,
  paperOf,
  recordView,
  RecordView,
} from './record-view';
import { IDENTITY_PROBLEMS } from './share-schemas';

/** Accesses of a page: in brief, and in detail. */
const BRIEF = 20;
const DETAIL = 500;

const Asked = z
  .strictObject({
    identityNumber: PersonNumberText,
    detail: z
      .boolean()
      .default(false)
      .meta({ description: 'Enhanced My Data: longer lists, and every entry of the register' }),
    language: z.enum(['ar', 'en']).default('ar').meta({ description: 'Of the PDF' }),
  })
  .meta({ id: 'RecordAsked' });

export function recordRoute({ services, vault, settings, now = Date.now }: ApiDeps): Route {
  const numberIn = personNumbers(settings);
  return route({
    method: 'post',
    path: '/v1/people/record',
    tag: 'People',
    operationId: 'readRecord',
    summary: "A person's own record: My Data, and Enhanced My Data with `detail`",
    description:
      'As JSON, or as a PDF where `Accept` asks for application/pdf. The read itself is on record, before it is answered.',
    roles: ['portal'],
    body: Asked,
    success: { status: 200, description: 'The record', schema: RecordView, alsoAs: ['application/pdf'] },
    problems: [
      ...IDENTITY_PROBLEMS,
      'person-not-found',
      'person-erased',
      'validation-failed',
      'unknown-field',
      'temporarily-unavailable',
    ],
    async handle({ body, caller, req, res }) {
      const { client, channel } = personalPortalOf(caller);
      const number = numberIn(body.identityNumber);
      const person = vault.personRef(number);
      const at = instant(now());
      const [record, accesses, reminders] = await Promise.all([
        services.records.read(person, body.detail),
        services.records.accesses(person, null, body.detail ? DETAIL : BRIEF),
        services.preferences.wantsReminders(person),
      ]);
      if (!record) throw new Problem('person-not-found');
      const line = { at, outcome: 'served', channel, client, beneficiary: beneficiaryOf(number), person } as const;
      await services.log.append(
        body.detail
          ? { ...line, service: 'my-data-enhanced', what: 'detail-read' }
          : { ...line, service: 'my-data', what: 'record-read' },
      );
      const view = recordView(record, { accesses, reminders, at });
      if (req.accepts(['application/json', 'application/pdf']) !== 'application/pdf') return { body: view };
      const pdf = await recordPdf(paperOf(view, body.detail), body.language);
      res
        .status(200)
        .set({
          'content-type': 'application/pdf',
          'cache-control': 'no-store',
          'content-disposition': 'inline; filename="record.pdf"',
        })
        .send(pdf);
      return undefined;
    },
  });
}

export function accessesRoute({ services, vault, settings, now = Date.now }: ApiDeps): Route {
  const numberIn = personNumbers(settings);
  return route({
    method: 'post',
    path: '/v1/people/record/accesses',
    tag: 'People',
    operationId: 'listAccesses',
    summary: "Who has looked at or received a person's data, the latest first",
    description:
      'From where a record, or a page of this list, left off. The same by the same on one day is one line. The read itself is on record, and is no transaction.',
    roles: ['portal'],
    body: z
      .strictObject({ identityNumber: PersonNumberText, cursor: z.string().max(200).optional() })
      .meta({ id: 'AccessesAsked' }),
    success: { status: 200, description: 'A page of the list', schema: AccessList },
    problems: [...IDENTITY_PROBLEMS, 'cursor-invalid', 'validation-failed', 'unknown-field', 'temporarily-unavailable'],
    async handle({ body, caller }) {
      const party = personalPortalOf(caller);
      const number = numberIn(body.identityNumber);
      const person = vault.personRef(number);
      const after = body.cursor === undefined ? null : accessCursorIn(body.cursor);
      const page = await services.records.accesses(person, after, DETAIL);
      const what = { service: 'my-data', what: 'accesses-read', outcome: 'served' } as const;
      await services.log.append({ at: instant(now()), ...what, ...party, beneficiary: beneficiaryOf(number), person });
      return { body: { items: accessViews(page), next: accessCursorOf(page.next) } };
    },
  });
}
