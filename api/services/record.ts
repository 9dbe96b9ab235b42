import { z } from 'zod';
import type { PersonalRecord } from '../../adapters/personal-record/port';
import { beneficiaryOf } from '../../domain/identity-number';
import { bodyNamed } from '../../domain/policies/official-bodies';
import type { Bilingual } from '../../domain/refusal';
import { channelTexts } from '../../domain/services/catalogue';
import { accessTexts, cardStatusTexts, cardTypeTexts, relationTexts } from '../../domain/services/record-texts';
import { instant, riyadhDate, type Instant } from '../../domain/time';
import { recordPdf } from '../../papers/record';
import { caseTypeNamed } from '../../workflows/case-types';
import { textOf } from '../cases/texts';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';
import { personalPortalOf } from './caller-client';
import { personNumbers, PersonNumberText } from './person-number';

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

const Day = z.string().meta({ format: 'date' });
const Moment = z.string().meta({ format: 'date-time' });
const Named = { code: z.string(), text: BilingualText };

const RecordView = z
  .object({
    readAt: Moment,
    identity: z.object({
      number: z.string(),
      nameAr: z.string(),
      nameEn: z.string(),
      sex: z.enum(['M', 'F']),
      birthDate: Day,
      birthPlaceAr: z.string(),
      birthPlaceEn: z.string(),
      nationality: z.string(),
    }),
    contact: z.object({
      phone: z.string(),
      language: z.enum(['ar', 'en']),
      address: z
        .object({ line: z.string(), district: z.string(), city: z.string(), postalCode: z.string() })
        .nullable(),
    }),
    cards: z.array(
      z.object({
        serial: z.string(),
        type: z.object(Named),
        status: z.object(Named),
        issuedOn: Day,
        expiresOn: Day,
        validFrom: Day.nullable(),
        validTo: Day.nullable(),
      }),
    ),
    family: z.array(
      z.object({
        relation: z.object(Named),
        nameAr: z.string(),
        nameEn: z.string(),
        birthDate: Day,
        from: Day,
        to: Day.nullable(),
      }),
    ),
    cases: z.array(
      z.object({
        id: z.string(),
        type: z.object(Named),
        status: z.object(Named),
        channel: z.string(),
        filedAt: Moment,
        closedAt: Moment.nullable(),
      }),
    ),
    accesses: z.array(
      z.object({
        at: Moment,
        service: z.string(),
        what: z.object(Named),
        outcome: z.string(),
        by: z.object(Named),
        channel: z.string(),
      }),
    ),
    entries: z.array(
      z.object({ kind: z.string(), effectiveOn: Day, recordedAt: Moment, caseId: z.string().nullable() }),
    ),
  })
  .meta({ id: 'PersonalRecord' });
type RecordView = z.infer<typeof RecordView>;

const named = (texts: Readonly<Record<string, Bilingual>>, code: string): { code: string; text: Bilingual } => ({
  code,
  text: texts[code] ?? { ar: code, en: code },
});
const clientNamed = (client: string): { code: string; text: Bilingual } => ({
  code: client,
  text: bodyNamed(client)?.name ?? named(channelTexts, client).text,
});

function recordView(record: PersonalRecord, at: Instant): RecordView {
  const { identity, contact } = record;
  const { number, nameAr, nameEn, sex, birthDate, birthPlaceAr, birthPlaceEn, nationality } = identity;
  const address = contact.address && {
    line: contact.address.line,
    district: contact.address.district,
    city: contact.address.city,
    postalCode: contact.address.postalCode,
  };
  const statusNow = ({ status, expiresOn }: { status: string; expiresOn: string }): string =>
    status === 'valid' && expiresOn < riyadhDate(at) ? 'expired' : status;
  return {
    readAt: at,
    identity: { number, nameAr, nameEn, sex, birthDate, birthPlaceAr, birthPlaceEn, nationality },
    contact: { phone: contact.phone, language: contact.language, address },
    cards: record.cards.map((card) => ({
      ...card,
      type: named(cardTypeTexts, card.type),
      status: named(cardStatusTexts, statusNow(card)),
    })),
    family: record.family.map((each) => ({ ...each, relation: named(relationTexts, each.relation) })),
    cases: record.cases.map(({ type, status, ...each }) => {
      const known = caseTypeNamed(type);
      return {
        ...each,
        type: { code: type, text: known?.title ?? { ar: type, en: type } },
        status: { code: status, text: textOf(known, 'statuses', status) },
      };
    }),
    accesses: record.accesses.map(({ at: when, service, what, outcome, client, channel }) => ({
      at: when,
      service,
      what: named(accessTexts, what),
      outcome,
      by: clientNamed(client),
      channel,
    })),
    entries: [...record.entries],
  };
}

const addressLine = ({ address }: RecordView['contact']): string | null =>
  address && [address.line, address.district, address.city, address.postalCode].join('، ');

const paperOf = (view: RecordView) => ({
  at: view.readAt,
  identity: view.identity,
  phone: view.contact.phone,
  address: addressLine(view.contact),
  cards: view.cards.map(({ type, status, ...card }) => ({ ...card, type: type.text, status: status.text })),
  family: view.family.map(({ relation, ...each }) => ({ ...each, relation: relation.text })),
  cases: view.cases.map(({ type, status, ...each }) => ({ ...each, type: type.text, status: status.text })),
  accesses: view.accesses.map(({ what, by, ...each }) => ({ ...each, what: what.text, client: by.text })),
});

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
      'identity-number-not-ten-digits',
      'identity-number-unknown-first-digit',
      'identity-number-wrong-check-digit',
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
      const record = await services.records.read(person, body.detail);
      if (!record) throw new Problem('person-not-found');
      const what = body.detail
        ? ({ service: 'my-data-enhanced', what: 'detail-read' } as const)
        : ({ service: 'my-data', what: 'record-read' } as const);
      await services.log.append({
        at,
        ...what,
        outcome: 'served',
        channel,
        client,
        beneficiary: beneficiaryOf(number),
        person,
      });
      const view = recordView(record, at);
      if (req.accepts(['application/json', 'application/pdf']) !== 'application/pdf') return { body: view };
      const pdf = await recordPdf(paperOf(view), body.language);
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
