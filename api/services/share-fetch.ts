import { z } from 'zod';
import type { ShareRefusal } from '../../domain/services/acts';
import { shareRefusalAt, shareStateAt, shareStates, type ShareField } from '../../domain/services/shares';
import { instant } from '../../domain/time';
import type { ApiDeps } from '../deps';
import { openRoute, route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { clientOf } from './caller-client';
import { purposeOf } from './share-purpose';
import { cursorIn, Fetched, PAGE, pageOf, ShareList, ShareParams, ShareView } from './share-schemas';
import { shareViews } from './share-views';
import { relativesIn, sharedData } from './shared-data';

/** What official bodies, and whoever was shown a credential, do with shares. */
export function sharedWithRoutes(deps: ApiDeps): Route[] {
  const { services, vault, log, now = Date.now } = deps;
  const { shares, records, flows } = services;
  const { viewOf, credentialOf } = shareViews(deps);

  const fetchRoute = route({
    method: 'get',
    path: '/v1/shares/{id}',
    tag: 'Shares',
    operationId: 'fetchShare',
    summary: 'What a person shared with you',
    description:
      'For the body that it was shared with, by its own token. Each fetch is on record and told to the person; where it holds the family, it is on record for each living relative too. The portal through which it was granted reads what the share is now, without the data.',
    roles: ['portal'],
    params: ShareParams,
    query: z.strictObject({
      fields: z.string().max(200).optional().meta({
        description: 'Some of the granted fields, separated by commas; all when absent',
        example: 'name,birthDate',
      }),
    }),
    success: { status: 200, description: 'The data; or the share without them', schema: z.union([Fetched, ShareView]) },
    problems: [
      'share-not-found',
      'share-for-another-body',
      'share-field-not-granted',
      'share-expired',
      'share-revoked',
      'person-not-found',
      'person-erased',
      'person-deceased',
      'validation-failed',
      'unknown-field',
      'temporarily-unavailable',
    ],
    async handle({ params, query, caller }) {
      const party = clientOf(caller);
      const at = instant(now());
      const found = await shares.find(params.id);
      if (!found) throw new Problem('share-not-found');
      const refuse = async (code: ShareRefusal): Promise<never> => {
        await shares.refuse(found, party, code, at);
        throw new Problem(code);
      };
      if (found.client === party.client) return { body: viewOf(found) };
      if (found.recipient !== party.client) return refuse('share-for-another-body');
      const asked = query.fields?.split(',') ?? found.fields;
      const over = shareRefusalAt(found, now());
      if (over) return refuse(over);
      const fields: ShareField[] = found.fields.filter((field) => asked.includes(field));
      if (fields.length !== new Set(asked).size) return refuse('share-field-not-granted');
      const record = await records.read(found.person, false);
      if (!record) throw new Problem('person-not-found');
      const data = sharedData(record, fields, now());
      const kept = await purposeOf(vault, found.id);
      const credential = credentialOf(found, data);
      // Last of all: nothing that takes time comes between what says that the share stands and the answer.
      const { share, refused } = await shares.fetch(params.id, party, at, relativesIn(record, fields));
      if (refused) return refuse(refused);
      // Not waited for: the fetch is on record, and who was not told is found by the sweep.
      void flows.shareChanged({ share: share.id, expiresAt: share.expiresAt }).catch(() => {
        log.warn({ share: share.id }, 'the workflow of a share was not told of a fetch');
      });
      const { purpose = '', purposeDisclosure = null } = kept ?? {};
      return { body: { ...viewOf(share), purpose, purposeDisclosure, data, credential } };
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
      const page = await shares.withRecipient(client, cursorIn(query.cursor), PAGE);
      return { body: pageOf(page, page.map(viewOf)) };
    },
  });

  const status = openRoute({
    method: 'get',
    path: '/v1/shares/{id}/status',
    tag: 'Shares',
    operationId: 'shareStatus',
    summary: 'Whether a share still stands, for whoever was shown its credential',
    open: 'public',
    limited: true,
    params: ShareParams,
    success: {
      status: 200,
      description: 'Its state and nothing else',
      schema: z.object({ state: z.enum(shareStates) }),
    },
    problems: ['share-not-found', 'too-many-requests', 'temporarily-unavailable'],
    async handle({ params }) {
      const share = await shares.find(params.id);
      if (!share) throw new Problem('share-not-found');
      return { body: { state: shareStateAt(share, now()) } };
    },
  });

  return [list, fetchRoute, status];
}
