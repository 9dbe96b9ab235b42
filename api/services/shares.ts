import { z } from 'zod';
import type { Share } from '../../adapters/shares/port';
import { issueSdJwt } from '../../adapters/signing/sd-jwt';
import { beneficiaryOf } from '../../domain/identity-number';
import { bodyNamed, officialBodies } from '../../domain/policies/official-bodies';
import { LONGEST_SHARE_DAYS, shareFields, type ShareField } from '../../domain/services/shares';
import { DAY, instant, millis } from '../../domain/time';
import type { ApiDeps } from '../deps';
import { openRoute, route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { clientOf, personalPortalOf } from './caller-client';
import {
  ShareParams,
  IDENTITY_PROBLEMS,
  Granted,
  states,
  ShareView,
  WithCredential,
  Fetched,
  ShareList,
  pathOf,
  secondsOf,
  stateOf,
  PAGE,
  cursorOf,
  cursorIn,
} from './share-schemas';
import { derivedId, IDEMPOTENCY_KEY } from './derived-id';
import { ISSUER } from './keys';
import { personNumbers, PersonNumberText } from './person-number';
import { sharedData } from './shared-data';

export function shareRoutes({ services, vault, settings, now = Date.now }: ApiDeps): Route[] {
  const numberIn = personNumbers(settings);
  const { shares, records, signer, flows } = services;

  const viewOf = (share: Share): ShareView => {
    const { id, recipient, fields, grantedAt, expiresAt, revokedAt } = share;
    const receipt = signer.sign('tajdid-share-receipt+jws', {
      iss: ISSUER,
      jti: id,
      aud: recipient,
      iat: secondsOf(grantedAt),
      exp: secondsOf(expiresAt),
      fields,
      through: share.client,
    });
    return {
      id,
      state: stateOf(share, now()),
      recipient: { client: recipient, name: bodyNamed(recipient)?.name ?? { ar: recipient, en: recipient } },
      fields: [...fields],
      grantedAt,
      expiresAt,
      revokedAt,
      receipt,
      links: { self: pathOf(id), status: `${pathOf(id)}/status` },
    };
  };
  const credentialOf = (share: Share, data: Record<string, unknown>): string =>
    issueSdJwt(signer, {
      vct: `${ISSUER}/credentials/civil-record`,
      open: {
        iss: ISSUER,
        iat: secondsOf(instant(now())),
        exp: secondsOf(share.expiresAt),
        aud: share.recipient,
        status: { share: { uri: `${ISSUER}${pathOf(share.id)}/status` } },
      },
      disclosable: data,
    });
  const recordOf = async (person: string) => {
    const record = await records.read(person, false);
    if (!record) throw new Problem('person-not-found');
    return record;
  };
  const told = (share: Share): Promise<void> => flows.shareChanged({ share: share.id, expiresAt: share.expiresAt });

  const grant = route({
    method: 'post',
    path: '/v1/people/shares',
    tag: 'People',
    operationId: 'grantShare',
    summary: 'Let an official body read chosen fields for a purpose and a time',
    description: 'The person is told, now and at each fetch.',
    roles: ['portal'],
    headers: [IDEMPOTENCY_KEY],
    body: Granted,
    success: { status: 201, description: 'Granted', schema: WithCredential, headers: ['Location'] },
    problems: [
      ...IDENTITY_PROBLEMS,
      'idempotency-key-missing',
      'idempotency-key-reused',
      'recipient-unknown',
      'share-time',
      'person-not-found',
      'person-erased',
      'validation-failed',
      'unknown-field',
      'engine-silent',
      'temporarily-unavailable',
    ],
    async handle({ body, caller, req }) {
      const party = personalPortalOf(caller);
      const id = derivedId('shr', party.client, req.headers['idempotency-key']);
      const number = numberIn(body.identityNumber);
      const person = vault.personRef(number);
      if (!officialBodies.some(({ client }) => client === body.recipient)) throw new Problem('recipient-unknown');
      const fields = shareFields.filter((field) => body.fields.includes(field));
      const expiresAt = instant(millis(body.expiresAt));
      const before = await shares.find(id);
      if (!before && (millis(expiresAt) <= now() || millis(expiresAt) > now() + LONGEST_SHARE_DAYS * DAY))
        throw new Problem('share-time');
      const record = await recordOf(person);
      const kept = await vault.put({ ref: `share/${id}`, person, kind: 'share', value: { purpose: body.purpose } });
      const share = await shares.grant(
        { id, person, client: party.client, recipient: body.recipient, fields, grantedAt: instant(now()), expiresAt },
        { ...party, beneficiary: beneficiaryOf(number) },
      );
      const same =
        share.person === person &&
        share.recipient === body.recipient &&
        share.expiresAt === expiresAt &&
        share.fields.join() === fields.join();
      if (kept === 'conflict' || !same) throw new Problem('idempotency-key-reused');
      await told(share);
      return {
        body: { ...viewOf(share), credential: credentialOf(share, sharedData(record, fields)) },
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
      await shares.revoke(params.id, { ...party, beneficiary: beneficiaryOf(number) }, instant(now()));
      await told(share);
      return { body: viewOf((await shares.find(params.id)) ?? share) };
    },
  });

  const fetchRoute = route({
    method: 'get',
    path: '/v1/shares/{id}',
    tag: 'Shares',
    operationId: 'fetchShare',
    summary: 'What a person shared with you',
    description:
      'For the body that it was shared with, by its own token. Each fetch is on record and told to the person.',
    roles: ['portal'],
    params: ShareParams,
    query: z.strictObject({
      fields: z.string().max(200).optional().meta({
        description: 'Some of the granted fields, separated by commas; all when absent',
        example: 'name,birthDate',
      }),
    }),
    success: { status: 200, description: 'The data', schema: Fetched },
    problems: [
      'share-not-found',
      'share-for-another-body',
      'share-field-not-granted',
      'share-expired',
      'share-revoked',
      'person-not-found',
      'person-erased',
      'validation-failed',
      'unknown-field',
      'engine-silent',
      'temporarily-unavailable',
    ],
    async handle({ params, query, caller }) {
      const { client, channel } = clientOf(caller);
      const at = instant(now());
      const found = await shares.find(params.id);
      if (!found) throw new Problem('share-not-found');
      const record = await recordOf(found.person);
      const party = { client, channel, beneficiary: beneficiaryOf(numberIn(record.identity.number)) };
      const refuse = async (
        code: 'share-for-another-body' | 'share-field-not-granted' | 'share-expired' | 'share-revoked',
      ): Promise<never> => {
        await shares.refuse(found, party, code, at);
        throw new Problem(code);
      };
      if (found.recipient !== client) return refuse('share-for-another-body');
      const asked = query.fields?.split(',') ?? found.fields;
      const state = stateOf(found, now());
      if (state !== 'active') return refuse(state === 'revoked' ? 'share-revoked' : 'share-expired');
      const fields: ShareField[] = found.fields.filter((field) => asked.includes(field));
      if (fields.length !== new Set(asked).size) return refuse('share-field-not-granted');
      const { share, allowed } = await shares.fetch(params.id, party, at);
      if (!allowed) return refuse(share.revokedAt === null ? 'share-expired' : 'share-revoked');
      await told(share);
      const data = sharedData(record, fields);
      const { purpose } = (await vault.get<{ purpose: string }>(`share/${share.id}`)) ?? { purpose: '' };
      return { body: { ...viewOf(share), purpose, data, credential: credentialOf(share, data) } };
    },
  });

  const list = route({
    method: 'get',
    path: '/v1/shares',
    tag: 'Shares',
    operationId: 'listShares',
    summary: 'The receipts of what people shared with you, the latest first',
    roles: ['portal'],
    query: z.strictObject({ cursor: z.string().max(400).optional() }),
    success: { status: 200, description: 'A page of shares, without their data', schema: ShareList },
    problems: ['cursor-invalid', 'validation-failed', 'unknown-field', 'temporarily-unavailable'],
    async handle({ query, caller }) {
      const { client } = clientOf(caller);
      const page = await shares.withRecipient(client, query.cursor === undefined ? null : cursorIn(query.cursor), PAGE);
      const last = page.at(-1);
      return { body: { items: page.map(viewOf), next: page.length === PAGE && last ? cursorOf(last) : null } };
    },
  });

  const status = openRoute({
    method: 'get',
    path: '/v1/shares/{id}/status',
    tag: 'Shares',
    operationId: 'shareStatus',
    summary: 'Whether a share still stands, for whoever was shown its credential',
    open: 'public',
    params: ShareParams,
    success: { status: 200, description: 'Its state and nothing else', schema: z.object({ state: z.enum(states) }) },
    problems: ['share-not-found', 'temporarily-unavailable'],
    async handle({ params }) {
      const share = await shares.find(params.id);
      if (!share) throw new Problem('share-not-found');
      return { body: { state: stateOf(share, now()) } };
    },
  });

  return [grant, revoke, list, fetchRoute, status];
}
