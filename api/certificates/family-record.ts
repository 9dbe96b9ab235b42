import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  FAMILY_RECORD_TITLE,
  familyRecordMembers,
  familyRecordPdf,
  familyRecordRows,
  type FamilyRecordOn,
} from '../../cards/certificate';
import { base32 } from '../../domain/base32';
import { OutsideFailure } from '../../domain/failures';
import { foldRecord } from '../../domain/family/record';
import { beneficiaryOf } from '../../domain/identity-number';
import { instant, riyadhDate, type LocalDate } from '../../domain/time';
import { identityNumberIn } from '../http/identity-number';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';
import { personalPortalOf } from '../services/caller-client';
import { IDENTITY_PROBLEMS } from '../services/share-schemas';
import { IdentityNumberText } from '../services/verify';
import { familyRecordCode } from './codes';
import { Code, Day, paperOrJson, Row } from './paper';

const Asked = z
  .strictObject({ identityNumber: IdentityNumberText.meta({ description: 'The head of the family' }) })
  .meta({ id: 'FamilyRecordAsked' });

const FamilyRecordView = z
  .object({
    number: z.string(),
    issuedOn: Day,
    title: BilingualText,
    rows: z.array(Row),
    code: Code,
  })
  .meta({ id: 'FamilyRecord' });

/** The same for the same record on the same day; says nothing about whose it is. */
function numberOf({ head, record, on }: FamilyRecordOn): string {
  const deaths = Object.entries(record.people).flatMap(([person, { diedOn }]) =>
    diedOn ? [`${person} ${diedOn}`] : [],
  );
  const digest = createHash('sha256')
    .update([head, on, ...record.standing, ...deaths.sort()].join('\n'))
    .digest();
  return `FR${base32(digest).slice(0, 12).toUpperCase()}`;
}

export function familyRecordRoute({ family, services, vault, now = Date.now }: ApiDeps): Route {
  /** Somebody who was erased leaves a place without a name. */
  const namesOf = async (known: Awaited<ReturnType<typeof family.people>>): Promise<FamilyRecordOn['people']> => {
    const named = await Promise.all(
      known.map(async ({ person, birthDate, sex }) => {
        const name = await family.nameOf(person).catch((error: unknown) => {
          if (error instanceof OutsideFailure && error.kind === 'refused') return null;
          throw error;
        });
        return name ? [[person, { ...name, birthDate, sex }] as const] : [];
      }),
    );
    return Object.fromEntries(named.flat());
  };

  const recordOn = async (head: string, on: LocalDate): Promise<FamilyRecordOn> => {
    const folded = foldRecord(await family.entriesOf(head));
    const members = familyRecordMembers({ head, record: folded, on }).map(({ person }) => person);
    const known = await family.people(members);
    // A child's death is among the child's entries, not the head's.
    const died = known.flatMap(({ person, diedOn }) =>
      diedOn ? [[person, { ...folded.people[person], diedOn }] as const] : [],
    );
    const record = { ...folded, people: { ...folded.people, ...Object.fromEntries(died) } };
    return { head, record, on, people: await namesOf(known) };
  };

  return route({
    method: 'post',
    path: '/v1/people/family-record',
    tag: 'People',
    operationId: 'readFamilyRecord',
    summary: "A person's family record as it stands today",
    description:
      'The person, the wives of the day and the children, folded from the entries of the register; as JSON, or as a PDF in Arabic and English where `Accept` asks for application/pdf. The read itself is on record, before it is answered.',
    roles: ['portal'],
    body: Asked,
    success: { status: 200, description: 'The record', schema: FamilyRecordView, alsoAs: ['application/pdf'] },
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
      const number = identityNumberIn(body.identityNumber);
      const head = vault.personRef(number);
      const at = instant(now());
      const asked = await recordOn(head, riyadhDate(at));
      if ((await family.people([head])).length === 0) throw new Problem('person-not-found');
      if (!asked.people[head]) throw new Problem('person-erased');
      await services.log.append({
        at,
        service: 'my-data',
        what: 'family-record-read',
        outcome: 'served',
        channel,
        client,
        beneficiary: beneficiaryOf(number),
        person: head,
      });
      const paper = numberOf(asked);
      const code = familyRecordCode(services.signer, paper, asked.on);
      const view = {
        number: paper,
        issuedOn: asked.on,
        title: FAMILY_RECORD_TITLE,
        rows: familyRecordRows(asked).map(({ label, value }) => ({ label, value })),
        code,
      };
      return paperOrJson({ req, res }, { view, name: paper, pdf: () => familyRecordPdf(asked, paper, code) });
    },
  });
}
