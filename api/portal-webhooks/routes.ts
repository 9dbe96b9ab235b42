import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { PortalEndpoint } from '../../adapters/portal-webhooks/port';
import { base32 } from '../../domain/base32';
import { coreTexts, internalEvents } from '../../domain/case/core-texts';
import type { Bilingual } from '../../domain/refusal';
import { cloudEvent, type UrlRefusal } from '../../domain/services/portal-webhooks';
import { after, DAY, instant } from '../../domain/time';
import { caseTypes } from '../../workflows/case-types';
import type { Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { problemFrom } from '../problems/from-error';
import { Problem } from '../problems/problem';
import { clientOf as callerClient } from '../services/caller-client';
import { derivedId, IDEMPOTENCY_KEY } from '../services/derived-id';
import { limitedTests, TESTS_PER_MINUTE } from './test-limit';

const MOST_ENDPOINTS = 10;
/** A secret that was replaced signs beside the new one for this long. */
const OLD_SECRET_FOR = DAY;
const ROLES = ['portal'] as const;

const INTERNAL: ReadonlySet<string> = new Set(internalEvents);
const eventTypes = [
  ...new Set([coreTexts, ...caseTypes.map(({ texts }) => texts)].flatMap(({ events }) => Object.keys(events))),
]
  .filter((type) => !INTERNAL.has(type))
  .sort();

const Instant = z.string().meta({ format: 'date-time' });
const EndpointParams = z.object({
  id: z
    .string()
    .regex(/^whe_[a-z2-7]{16,32}$/)
    .meta({ example: 'whe_mfrggzdfmztwq2lknnwg23tp' }),
});
const Secret = z
  .string()
  .meta({ description: 'Checks the signatures. Shown here and nowhere else: keep it where secrets are kept' });

const EndpointView = z
  .object({
    id: z.string(),
    url: z.string(),
    types: z.array(z.string()),
    state: z.enum(['enabled', 'disabled']),
    problem: z.enum(['gone', 'failing-for-three-days']).nullable().meta({ description: 'Why it is disabled' }),
    createdAt: Instant,
    failingSince: Instant.nullable(),
    lastSuccessAt: Instant.nullable(),
    lastFailureAt: Instant.nullable(),
    lastFailure: z
      .string()
      .nullable()
      .meta({ description: 'How the last attempt that failed ended, such as `timeout`, `redirect` or `http-500`' }),
    messages: z.object({ pending: z.int(), failed: z.int() }),
  })
  .meta({ id: 'WebhookEndpoint' });

const NewEndpoint = z
  .strictObject({
    url: z.string().min(1).max(2_000).meta({ example: 'https://portal.example/tajdid' }),
    types: z
      .array(z.enum(['*', ...eventTypes]))
      .min(1)
      .max(100)
      .meta({ description: 'Types of case events, or `*` for all' }),
  })
  .meta({ id: 'NewWebhookEndpoint' });

const Created = z.object({ endpoint: EndpointView, secret: Secret }).meta({ id: 'WebhookEndpointCreated' });
const Rotated = z.object({ secret: Secret, oldSecretUntil: Instant }).meta({ id: 'WebhookSecretRotated' });
const Redeliver = z
  .strictObject({
    from: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text).toISOString())
      .optional()
      .meta({ description: 'Everything that happened since, delivered or not; without it what was given up' }),
  })
  .meta({ id: 'RedeliverWebhooks' });
const Tested = z
  .object({ outcome: z.string().meta({ description: '`delivered`, or what went wrong' }), ms: z.int() })
  .meta({ id: 'WebhookTest' });

const REFUSALS: Readonly<Record<UrlRefusal, Bilingual>> = {
  unreadable: { ar: 'العنوان غير مقروء', en: 'The address cannot be read' },
  'not-https': { ar: 'يلزم عنوان https', en: 'The address has to be https' },
  'has-credentials': {
    ar: 'لا يجوز أن يحوي العنوان اسم مستخدم أو كلمة مرور',
    en: 'The address may hold no user name or password',
  },
  'private-address': { ar: 'العنوان ليس على الشبكة العامة', en: 'The address is not on the public internet' },
  'name-unknown': { ar: 'اسم المضيف غير معروف', en: "The address's host name is not known" },
};

const view = ({
  client: _client,
  secretRefs: _secretRefs,
  ...endpoint
}: PortalEndpoint & { messages: { pending: number; failed: number } }): z.infer<typeof EndpointView> => ({
  ...endpoint,
  types: [...endpoint.types],
});

const clientOf = (caller: Caller): string => callerClient(caller).client;

const newId = (prefix: string): string => `${prefix}_${base32(randomBytes(15))}`;

/** A portal's endpoints, which are told what happens in its cases. */
export function portalWebhookRoutes({ portalWebhooks, vault, settings, now = Date.now }: ApiDeps): Route[] {
  const { endpoints, sender } = portalWebhooks;
  const countTest = limitedTests();
  const found = async (caller: Caller, id: string) => {
    const endpoint = await endpoints.find(clientOf(caller), id);
    if (!endpoint) throw new Problem('webhook-endpoint-not-found');
    return endpoint;
  };
  const keepSecret = async (endpoint: string): Promise<{ secret: string; ref: string }> => {
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const ref = `webhook-secret/${endpoint}/${base32(randomBytes(10))}`;
    // With an endpoint's removal its key is destroyed for ever.
    await vault.put({ ref, person: ownerOf(endpoint), kind: 'webhook-secret', value: secret }).catch((error) => {
      throw problemFrom(error).code === 'person-erased' ? new Problem('webhook-endpoint-not-found') : error;
    });
    return { secret, ref };
  };
  const shared = { tag: 'Webhooks to portals', roles: ROLES };
  const one = { ...shared, params: EndpointParams };
  const problems = ['webhook-endpoint-not-found', 'temporarily-unavailable'] as const;

  return [
    route({
      ...shared,
      method: 'post',
      path: '/v1/webhook-endpoints',
      operationId: 'addWebhookEndpoint',
      summary: 'Have an address told what happens in your cases',
      description:
        'From now on. Each message is a CloudEvent 1.0 without personal data, signed as Standard Webhooks say, sent until it is answered with 2xx within ten seconds, for three days. It may come twice, under the same `webhook-id`; the messages of one case come in order. Redirects are not followed; 410 disables the endpoint. The same key again meets the same endpoint; a key whose endpoint was removed adds none.',
      headers: [IDEMPOTENCY_KEY],
      body: NewEndpoint,
      success: { status: 201, description: 'The endpoint, and its secret', schema: Created },
      problems: [
        ...problems,
        'idempotency-key-missing',
        'idempotency-key-reused',
        'validation-failed',
        'unknown-field',
        'webhook-url-refused',
        'too-many-webhook-endpoints',
      ],
      async handle({ body, caller, req }) {
        const client = clientOf(caller);
        const id = derivedId('whe', client, req.headers['idempotency-key']);
        const url = URL.canParse(body.url) ? new URL(body.url).href : body.url;
        const types = [...new Set<string>(body.types)];
        if (!(await endpoints.find(client, id))) {
          const refusal = await sender.check(body.url);
          if (refusal) throw new Problem('webhook-url-refused', { detail: REFUSALS[refusal] });
          const { ref: secretRef } = await keepSecret(id);
          await endpoints.add({ id, client, url, types, secretRef, at: instant(now()) }, MOST_ENDPOINTS);
        }
        const endpoint = await endpoints.find(client, id);
        if (!endpoint) throw new Problem('too-many-webhook-endpoints');
        if (endpoint.url !== url || endpoint.types.join() !== types.join()) throw new Problem('idempotency-key-reused');
        const secret = await vault.get<string>(endpoint.secretRefs[0] ?? '');
        if (secret === null) throw new Problem('webhook-endpoint-not-found');
        return { body: { endpoint: view(endpoint), secret } };
      },
    }),
    route({
      ...shared,
      method: 'get',
      path: '/v1/webhook-endpoints',
      operationId: 'listWebhookEndpoints',
      summary: 'Your endpoints and how they are',
      success: {
        status: 200,
        description: 'All of them',
        schema: z.object({ items: z.array(EndpointView) }).meta({ id: 'WebhookEndpoints' }),
      },
      problems: ['temporarily-unavailable'],
      handle: async ({ caller }) => ({ body: { items: (await endpoints.ofClient(clientOf(caller))).map(view) } }),
    }),
    route({
      ...one,
      method: 'get',
      path: '/v1/webhook-endpoints/{id}',
      operationId: 'getWebhookEndpoint',
      summary: 'One endpoint and how it is',
      success: { status: 200, description: 'The endpoint', schema: EndpointView },
      problems,
      handle: async ({ params, caller }) => ({ body: view(await found(caller, params.id)) }),
    }),
    route({
      ...one,
      method: 'delete',
      path: '/v1/webhook-endpoints/{id}',
      operationId: 'removeWebhookEndpoint',
      summary: 'Remove an endpoint, its messages and its secret',
      success: { status: 204, description: 'Removed' },
      problems,
      async handle({ params, caller, res }) {
        if (!(await endpoints.remove(clientOf(caller), params.id))) throw new Problem('webhook-endpoint-not-found');
        await vault.erasePerson(ownerOf(params.id));
        res.status(204).end();
        return undefined;
      },
    }),
    route({
      ...one,
      method: 'post',
      path: '/v1/webhook-endpoints/{id}/rotate',
      operationId: 'rotateWebhookSecret',
      summary: 'A new secret; the old one signs beside it for a day',
      description:
        'Asked for again within that day, because the answer was lost, the newest secret is replaced: the one from before the day goes on until its end.',
      success: { status: 200, description: 'The new secret', schema: Rotated },
      problems,
      async handle({ params, caller }) {
        await found(caller, params.id);
        const { secret, ref } = await keepSecret(params.id);
        const until = after(instant(now()), OLD_SECRET_FOR);
        const oldSecretUntil = await endpoints.rotate(clientOf(caller), params.id, ref, until);
        if (oldSecretUntil === null) throw new Problem('webhook-endpoint-not-found');
        return { body: { secret, oldSecretUntil } };
      },
    }),
    route({
      ...one,
      method: 'post',
      path: '/v1/webhook-endpoints/{id}/test',
      operationId: 'testWebhookEndpoint',
      summary: 'Send a message about a case that does not exist, once, now',
      description: `At most ${TESTS_PER_MINUTE} a minute for each client.`,
      success: { status: 200, description: 'What came of it', schema: Tested },
      problems: [...problems, 'too-many-requests'],
      async handle({ params, caller }) {
        const { url, secretRefs } = await found(caller, params.id);
        countTest(clientOf(caller), now());
        const secrets = (await Promise.all(secretRefs.map((ref) => vault.get<string>(ref)))).filter(
          (secret) => secret !== null,
        );
        const test = {
          caseId: 'rnw_test',
          caseType: 'id-renewal',
          version: 1,
          eventType: 'EndpointTested',
          at: instant(now()),
          status: 'SUBMITTED',
          statusVersion: 1,
        };
        const body = JSON.stringify(cloudEvent(test, settings.publicUrl));
        return { body: await sender.send({ url, id: newId('msg_test'), body, secrets }) };
      },
    }),
    route({
      ...one,
      method: 'post',
      path: '/v1/webhook-endpoints/{id}/redeliver',
      operationId: 'redeliverWebhooks',
      summary: 'Send again what was given up, or everything since an instant',
      body: Redeliver,
      success: {
        status: 202,
        description: 'How many messages will be sent',
        schema: z.object({ messages: z.int() }).meta({ id: 'RedeliveryTaken' }),
      },
      problems: [...problems, 'validation-failed', 'unknown-field', 'webhook-endpoint-disabled'],
      async handle({ params, body, caller }) {
        const { state } = await found(caller, params.id);
        if (state === 'disabled') throw new Problem('webhook-endpoint-disabled');
        const messages = await endpoints.redeliver(
          clientOf(caller),
          params.id,
          body.from === undefined ? { failed: true } : { from: body.from },
        );
        return { body: { messages } };
      },
    }),
    route({
      ...one,
      method: 'post',
      path: '/v1/webhook-endpoints/{id}/enable',
      operationId: 'enableWebhookEndpoint',
      summary: 'Begin again with an endpoint that was disabled',
      description: 'What waited is sent at once. What happened while it was disabled comes by asking for a redelivery.',
      success: { status: 200, description: 'The endpoint', schema: EndpointView },
      problems,
      async handle({ params, caller }) {
        await endpoints.enable(clientOf(caller), params.id);
        return { body: view(await found(caller, params.id)) };
      },
    }),
  ];
}

/** An endpoint's secrets are kept as a person's data are: with its key they are gone. */
const ownerOf = (endpoint: string): string => `webhook-endpoint/${endpoint}`;
