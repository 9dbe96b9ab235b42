import { randomBytes } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { pino } from 'pino';
import type { Express } from 'express';
import { z } from 'zod';
import { createDocumentFacts } from '../../adapters/documents/facts-postgres';
import { httpEvidence } from '../../adapters/evidence/http';
import { createPhotoGauge } from '../../adapters/photo/gauge';
import { createPresence } from '../../adapters/presence/postgres';
import { createCaseChanges } from '../../adapters/read-model/changes';
import { createPortalEndpoints } from '../../adapters/portal-webhooks/endpoints';
import { createSender } from '../../adapters/portal-webhooks/sender';
import { createReadModel } from '../../adapters/read-model/postgres';
import { createEnrolledPortraits } from '../../adapters/register/portraits-postgres';
import { createStaff } from '../../adapters/staff/postgres';
import { createStatistics } from '../../adapters/statistics/postgres';
import { createWebhookInbox } from '../../adapters/webhooks/postgres';
import { createServiceFlows } from '../../client/services';
import { createApi, type ApiDeps } from '../../api/app';
import { connectOps } from '../../api/ops/connect';
import { connectServices } from '../../api/services/connect';
import { CaseView } from '../../api/cases/schemas';
import { ProblemDetails } from '../../api/problems/problem';
import { samplePortrait, type PortraitSample } from '../../demo/portraits';
import type { IdentityNumber } from '../../domain/identity-number';
import { addDays, riyadhDate } from '../../domain/time';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { aPerson, enrolIn } from '../support/people';
import { photoThreadFromSource } from '../support/source-threads';
import { startWorld, type World } from '../support/world';
import { listening } from '../support/listening';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Read by the very schema that the document shows. */
  as<S extends z.ZodType>(schema: S): z.output<S>;
  view(): CaseView;
  problem(): ProblemDetails;
}

export interface Sent {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly raw?: string | Uint8Array;
}

/** The whole path: HTTP, database, engine, worker and the world outside, whose webhooks come to this very API. */
export interface ApiWorld {
  readonly world: World;
  readonly deps: ApiDeps;
  readonly url: string;
  /** Everything that was logged. */
  readonly logged: string[];
  call(method: string, path: string, sent?: Sent): Promise<Answer>;
  token(order: Record<string, unknown>): Promise<string>;
  portal(): Promise<string>;
  /** Somebody whose card is about to expire. */
  person(): Promise<IdentityNumber>;
  upload(number: string, sample?: PortraitSample): Promise<string>;
  /** An Idempotency-Key that no other test file uses: the engine is shared, and a key is a case for ever. */
  key(name: string): string;
  /** How many rows there are in the tables that a request of a portal or of staff can write to. */
  written(): Promise<Record<string, number>>;
  /** How many messages of the outside are remembered; of a case that goes on, some may still be on their way there. */
  remembered(): Promise<number>;
  stop(): Promise<void>;
}

async function listen(app: Express): Promise<{ url: string; stop(): void }> {
  const server = createServer(app);
  const { url } = await listening(server);
  return {
    url,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

let people = 0;
const aboutToRenew = (nineDigits: string) =>
  aPerson(nineDigits, {
    nameAr: 'سارة بنت عبدالله الأحمد',
    nameEn: 'Sarah Alahmad',
    sex: 'F',
    card: { type: 'national-id', issuedOn: '2016-12-01', expiresOn: addDays(riyadhDate(new Date().toISOString()), 14) },
  });

export async function startApiWorld(
  change: Partial<ApiDeps> = {},
  settings: Partial<ApiDeps['settings']> = {},
): Promise<ApiWorld> {
  const world = await startWorld();
  const logged: string[] = [];
  const run = randomUUID();
  const stopping = new AbortController();
  const photoGauge = createPhotoGauge(photoThreadFromSource);
  const evidence = httpEvidence({
    baseUrl: `${world.sandboxUrl}/notices`,
    apiKey: DEVELOPMENT_SECRETS.apiKeys.notices,
  });
  const { payments, 'card-bureau': cardBureau, courier } = DEVELOPMENT_SECRETS.webhookSecrets;
  const deps: ApiDeps = {
    cases: world.cases,
    readModel: createReadModel(world.database),
    changes: createCaseChanges(world.databaseUrl),
    presence: createPresence(world.database),
    vault: world.vault,
    documents: world.documents,
    documentFacts: createDocumentFacts(world.database),
    register: world.register,
    family: world.family,
    portraits: createEnrolledPortraits(world.database),
    evidence,
    staff: createStaff(world.database),
    statistics: createStatistics(world.database),
    photoGauge,
    webhookInbox: createWebhookInbox(world.database),
    // A deployment of its own: the engine is shared.
    ops: connectOps(world.database, world.client, { ...world, deployment: `tajdid-${world.taskQueue}` }),
    services: connectServices({
      database: world.database,
      keys: world.keys,
      signingKey: randomBytes(32),
      flows: createServiceFlows(world.client, world.taskQueue),
    }),
    portalWebhooks: {
      endpoints: createPortalEndpoints(world.database),
      sender: createSender({ privateAddresses: false }),
    },
    settings: {
      issuer: `${world.sandboxUrl}/idp`,
      audience: 'tajdid',
      publicUrl: 'https://tajdid.example',
      webhookSecrets: { payments: [payments], 'card-bureau': [cardBureau], courier: [courier] },
      ...settings,
    },
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    checks: { database: () => world.database.from('case').query({ text: 'SELECT 1' }) },
    stopping: stopping.signal,
    ...change,
  };
  const api = await listen(createApi(deps));
  await world.control.webhookTarget(api.url);
  const token = (order: Record<string, unknown>) => world.control.token(order);
  const portal = () =>
    token({
      sub: 'absher-individuals',
      roles: ['portal'],
      clientId: 'absher-individuals',
      channel: 'absher-individuals',
    });

  const call: ApiWorld['call'] = async (method, path, { token: bearer, headers = {}, body, raw } = {}) => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(api.url + path, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await response.text();
    const as = <S extends z.ZodType>(schema: S): z.output<S> => {
      const parsed = schema.safeParse(JSON.parse(text));
      if (!parsed.success) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return parsed.data;
    };
    return {
      status: response.status,
      headers: response.headers,
      text,
      as,
      view: () => as(CaseView),
      problem: () => as(ProblemDetails),
    };
  };

  return {
    world,
    deps,
    url: api.url,
    logged,
    call,
    token,
    portal,
    key: (name) => `${name}-${run}`,
    async person() {
      return (await enrolIn(world, aboutToRenew(String(100_000_000 + ++people)))).number;
    },
    async upload(number, sample = 'good') {
      const answer = await call('POST', '/v1/documents', {
        token: await portal(),
        headers: { 'content-type': 'image/jpeg', 'identity-number': number },
        raw: await samplePortrait(sample),
      });
      if (answer.status !== 201) throw new Error(`upload: ${answer.text}`);
      return answer.as(z.object({ documentRef: z.string() })).documentRef;
    },
    async written() {
      const tables = ['cases', 'case_events', 'vault_entries', 'vault_keys', 'documents'];
      const text = `SELECT ${tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ')}`;
      const [row] = await world.database.from('case').query<Record<string, number>>({ text });
      return row ?? {};
    },
    async remembered() {
      const text = 'SELECT count(*) AS n FROM webhook_inbox';
      const [row] = await world.database.from('case').query<{ n: number }>({ text });
      return row?.n ?? 0;
    },
    async stop() {
      stopping.abort();
      api.stop();
      await photoGauge.close();
      evidence.close();
      await world.stop();
    },
  };
}
