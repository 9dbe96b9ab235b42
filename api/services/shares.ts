import { z } from 'zod';
import { beneficiaryOf } from '../../domain/identity-number';
import { bodyNamed, officialBodies } from '../../domain/policies/official-bodies';
import { LONGEST_SHARE_DAYS, shareFields, shareStateAt } from '../../domain/services/shares';
import { DAY, instant, millis } from '../../domain/time';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { clientOf, personalPortalOf } from './caller-client';
import { derivedId, IDEMPOTENCY_KEY } from './derived-id';
import { personNumbers, PersonNumberText } from './person-number';
import { keepPurpose, purposeDigestOf, purposeOf } from './share-purpose';
import {
  cursorIn,
  Granted,
  IDENTITY_PROBLEMS,
  OwnShareList,
  PAGE,
  pageOf,
  pathOf,
  revokePathOf,
  ShareParams,
  ShareView,
  WithCredential,
} from './share-schemas';
import { shareViews } from './share-views';
import { sharedData } from './shared-data';

/** What people do with their shares, through their own portals. */
export function ownShareRoutes(deps: ApiDeps): Route[] {
  const { services, vault, settings, now = Date.now } = deps;
  const numberIn = personNumbers(settings);
  const { shares, records, log, flows } = services;
  const { viewOf, credentialOf } = shareViews(deps);
  const told = ({ id, expiresAt }: { id: string; expiresAt: string }): Promise<void> =>
    flows.shareChanged({ share: id, expiresAt });

  const grant = route({
    method: 'post',
    path: '/v1/people/shares',
    tag: 'People',
    operationId: 'grantShare',
    summary: 'Let an official body read chosen fields for a purpose and a time',
    description:
      'The person is told, now and at each fetch. The same key again meets the same share, as long as it stands.',
    roles: ['portal'],
    headers: [IDEMPOTENCY_KEY],
    body: Granted,
    success: { status: 201, description: 'Granted', schema: WithCredential, headers: ['Location'] },
    problems: [
      ...IDENTITY_PROBLEMS,
      'idempotency-key-missing',
      'idempotency-key-reused',
      'idempotency-key-tells-who',
      'recipient-unknown',
      'share-time',
      'person-not-found',
      'person-erased',
      'person-deceased',
      'share-expired',
      'share-revoked',
      'validation-failed',
      'unknown-field',
      'engine-silent',
      'temporarily-unavailable',
    ],
    async handle({ body, caller, req }) {
      const party = personalPortalOf(caller);
      const number = numberIn(body.identityNumber);
      const id = derivedId('shr', party.client, req.headers['idempotency-key'], [number]);
      const person = vault.personRef(number);
      if (!officialBodies.some(({ client }) => client === body.recipient)) throw new Problem('recipient-unknown');
      const fields = shareFields.filter((field) => body.fields.includes(field));
      const expiresAt = instant(millis(body.expiresAt));
      const before = await shares.find(id);
      if (!before && (millis(expiresAt) <= now() || millis(expiresAt) > now() + LONGEST_SHARE_DAYS * DAY))
        throw new Problem('share-time');
      const record = await records.read(person, false);
      if (!record) throw new Problem('person-not-found');
      if (record.diedOn !== null) throw new Problem('person-deceased');
      const kept = await keepPurpose(vault, { id, person, purpose: body.purpose });
      // Before anything is shared: what is refused must not stand.
      if (!kept) throw new Problem('idempotency-key-reused');
      const at = instant(now());
      const { share, made } = await shares.grant(
        {
          id,
          person,
          client: party.client,
          recipient: body.recipient,
          fields,
          purposeDigest: purposeDigestOf(kept),
          grantedAt: at,
          expiresAt,
        },
        party,
      );
      const same =
        share.person === person &&
        share.recipient === body.recipient &&
        share.expiresAt === expiresAt &&
        share.fields.join() === fields.join();
      if (!same) throw new Problem('idempotency-key-reused');
      await told(share);
      const state = shareStateAt(share, now());
      if (state !== 'active') throw new Problem(`share-${state}`);
      if (!made) {
        const about = { service: 'my-data-enhanced', what: 'credential-again', outcome: 'served', ref: id } as const;
        await log.append({ at, ...about, ...party, beneficiary: beneficiaryOf(number), person });
      }
      return {
        body: { ...viewOf(share), credential: credentialOf(share, sharedData(record, fields, now())) },
        headers: { location: pathOf(id) },
      };
    },
  });

  const revoke = route({
    method: 'post',
    path: '/v1/people/shares/{id}/revoke',
    tag: 'People',
    operationId: 'revokeShare',
    summary: 'Revoke a share at once',
    roles: ['portal'],
    params: ShareParams,
    body: z.strictObject({ identityNumber: PersonNumberText }),
    success: { status: 200, description: 'The share as it is now', schema: ShareView },
    problems: [
      ...IDENTITY_PROBLEMS,
      'share-not-found',
      'validation-failed',
      'unknown-field',
      'engine-silent',
      'temporarily-unavailable',
    ],
    async handle({ params, body, caller }) {
      const party = clientOf(caller);
      const number = numberIn(body.identityNumber);
      const share = await shares.find(params.id);
      // A body has a portal's role too: only the person's own portals may, and only with the person's number.
      if (!share || share.person !== vault.personRef(number) || bodyNamed(party.client))
        throw new Problem('share-not-found');
      await shares.revoke(params.id, party, instant(now()));
      await told(share);
      return { body: viewOf((await shares.find(params.id)) ?? share) };
    },
  });

  const list = route({
    method: 'post',
    path: '/v1/people/shares/list',
    tag: 'People',
    operationId: 'listOwnShares',
    summary: 'What a person shares and has shared, the latest first',
    description: 'With what each was for, what it is now, and where it is revoked.',
    roles: ['portal'],
    body: z
      .strictObject({ identityNumber: PersonNumberText, cursor: z.string().max(400).optional() })
      .meta({ id: 'OwnSharesAsked' }),
    success: { status: 200, description: 'A page of shares, without their data', schema: OwnShareList },
    problems: [...IDENTITY_PROBLEMS, 'cursor-invalid', 'validation-failed', 'unknown-field', 'temporarily-unavailable'],
    async handle({ body, caller }) {
      const party = personalPortalOf(caller);
      const number = numberIn(body.identityNumber);
      const person = vault.personRef(number);
      const page = await shares.ofPerson(person, cursorIn(body.cursor), PAGE);
      const about = { service: 'my-data-enhanced', what: 'shares-listed', outcome: 'served' } as const;
      await log.append({ at: instant(now()), ...about, ...party, beneficiary: beneficiaryOf(number), person });
      const items = await Promise.all(
        page.map(async (share) => {
          const view = viewOf(share);
          const kept = await purposeOf(vault, share.id);
          return {
            ...view,
            purpose: kept?.purpose ?? null,
            purposeDisclosure: kept?.purposeDisclosure ?? null,
            links: { ...view.links, revoke: revokePathOf(share.id) },
          };
        }),
      );
      return { body: pageOf(page, items) };
    },
  });

  return [grant, revoke, list];
}
