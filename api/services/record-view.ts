import { z } from 'zod';
import type { Access, AccessCursor, AccessPage, PersonalRecord } from '../../adapters/personal-record/port';
import { bodyNamed } from '../../domain/policies/official-bodies';
import type { Bilingual } from '../../domain/refusal';
import { actText } from '../../domain/services/acts';
import { cardStatusOn } from '../../domain/services/cards';
import { channelTexts } from '../../domain/services/catalogue';
import {
  cardStatusTexts,
  cardTypeTexts,
  CIVIL_AFFAIRS,
  entryTexts,
  relationTexts,
  staffRoleTexts,
} from '../../domain/services/record-texts';
import { riyadhDate, type Instant } from '../../domain/time';
import type { RecordPaper } from '../../papers/record';
import { named as wordsFor } from '../../papers/words';
import { caseTypeNamed } from '../../workflows/case-types';
import { textOf } from '../cases/texts';
import { BilingualText, Problem } from '../problems/problem';

const Day = z.string().meta({ format: 'date' });
const Moment = z.string().meta({ format: 'date-time' });
const Named = { code: z.string(), text: BilingualText };

const AccessView = z
  .object({
    at: Moment.meta({ format: 'date-time', description: 'The last time of that day in Riyadh' }),
    times: z.int().meta({ description: 'How often the same was done by the same on that day' }),
    service: z.string(),
    what: z.object(Named),
    outcome: z.string().meta({ description: 'What came of it; of the staff, in which role' }),
    by: z.object(Named),
    channel: z.string().meta({ description: 'Through what; of the staff, at which office' }),
  })
  .meta({ id: 'Access' });
const Next = z
  .string()
  .nullable()
  .meta({ description: 'Where the list goes on: `cursor` of /v1/people/record/accesses; null at its end' });
export const AccessList = z.object({ items: z.array(AccessView), next: Next }).meta({ id: 'AccessList' });

export const RecordView = z
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
      diedOn: Day.nullable(),
    }),
    contact: z.object({
      phone: z.string(),
      language: z.enum(['ar', 'en']),
      address: z
        .object({ line: z.string(), district: z.string(), city: z.string(), postalCode: z.string() })
        .nullable(),
      reminders: z.boolean().meta({ description: 'Whether they want to be reminded before a card expires' }),
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
    accesses: z.array(AccessView),
    accessesNext: Next,
    entries: z.array(
      z.object({
        kind: z.string(),
        text: BilingualText,
        effectiveOn: Day,
        recordedAt: Moment,
        caseId: z.string().nullable(),
      }),
    ),
    more: z.object({ cases: z.boolean(), entries: z.boolean() }).meta({
      description:
        'Whether there are more than these: open cases stand first, then the latest; `detail` shows up to 500',
    }),
  })
  .meta({ id: 'PersonalRecord' });
export type RecordView = z.infer<typeof RecordView>;

const named = (texts: Readonly<Record<string, Bilingual>>, code: string): { code: string; text: Bilingual } => ({
  code,
  text: wordsFor(texts, code),
});
const clientNamed = (client: string): { code: string; text: Bilingual } => ({
  code: client,
  text: bodyNamed(client)?.name ?? named(channelTexts, client).text,
});

/** People are told the office and the role of who handled their case, and not which colleague it was. */
function staffNamed({ outcome, channel }: Access): { code: string; text: Bilingual } {
  const role = named(staffRoleTexts, outcome).text;
  const office = channel === 'tajdid' ? '' : ` (${channel})`;
  return {
    code: 'civil-affairs',
    text: { ar: `${CIVIL_AFFAIRS.ar}: ${role.ar}${office}`, en: `${CIVIL_AFFAIRS.en}: ${role.en}${office}` },
  };
}

export const accessViews = ({ items }: AccessPage): RecordView['accesses'] =>
  items.map((access) => {
    const { at, times, service, what, outcome, client, channel } = access;
    const by = service === 'case-handling' ? staffNamed(access) : clientNamed(client);
    return { at, times, service, what: { code: what, text: actText(service, what) }, outcome, by, channel };
  });

export const accessCursorOf = (next: AccessCursor | null): string | null =>
  next && Buffer.from(JSON.stringify([next.upTo, next.before])).toString('base64url');
const Cursor = z.tuple([z.int(), z.int()]);
export function accessCursorIn(text: string): AccessCursor {
  try {
    const [upTo, before] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { upTo, before };
  } catch {
    throw new Problem('cursor-invalid');
  }
}

export function recordView(
  record: PersonalRecord,
  { accesses, reminders, at }: { accesses: AccessPage; reminders: boolean; at: Instant },
): RecordView {
  const { identity, contact } = record;
  const { number, nameAr, nameEn, sex, birthDate, birthPlaceAr, birthPlaceEn, nationality } = identity;
  const address = contact.address && {
    line: contact.address.line,
    district: contact.address.district,
    city: contact.address.city,
    postalCode: contact.address.postalCode,
  };
  return {
    readAt: at,
    identity: {
      number,
      nameAr,
      nameEn,
      sex,
      birthDate,
      birthPlaceAr,
      birthPlaceEn,
      nationality,
      diedOn: record.diedOn,
    },
    contact: { phone: contact.phone, language: contact.language, address, reminders },
    cards: record.cards.map((card) => ({
      ...card,
      type: named(cardTypeTexts, card.type),
      status: named(cardStatusTexts, cardStatusOn(card, riyadhDate(at), record.diedOn)),
    })),
    family: record.family.map(({ person: _person, relation, ...each }) => ({
      ...each,
      relation: named(relationTexts, relation),
    })),
    cases: record.cases.map(({ type, status, ...each }) => {
      const known = caseTypeNamed(type);
      return {
        ...each,
        type: { code: type, text: known?.title ?? { ar: type, en: type } },
        status: { code: status, text: textOf(known, 'statuses', status) },
      };
    }),
    accesses: accessViews(accesses),
    accessesNext: accessCursorOf(accesses.next),
    entries: record.entries.map((entry) => ({ ...entry, text: named(entryTexts, entry.kind).text })),
    more: record.more,
  };
}

const addressLine = ({ address }: RecordView['contact']): Bilingual | null => {
  if (!address) return null;
  const parts = [address.line, address.district, address.city, address.postalCode];
  return { ar: parts.join('، '), en: parts.join(', ') };
};

export const paperOf = (view: RecordView, detail: boolean): RecordPaper => ({
  at: view.readAt,
  identity: view.identity,
  phone: view.contact.phone,
  address: addressLine(view.contact),
  cards: view.cards.map(({ type, status, ...card }) => ({ ...card, type: type.text, status: status.text })),
  family: view.family.map(({ relation, ...each }) => ({ ...each, relation: relation.text })),
  cases: view.cases.map(({ type, status, ...each }) => ({ ...each, type: type.text, status: status.text })),
  accesses: view.accesses.map(({ what, by, ...each }) => ({ ...each, what: what.text, client: by.text })),
  more: { ...view.more, accesses: view.accessesNext !== null },
  ...(detail ? { entries: view.entries } : {}),
});
