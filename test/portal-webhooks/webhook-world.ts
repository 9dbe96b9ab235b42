import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { NativeConnection, Worker } from '@temporalio/worker';
import { z } from 'zod';
import { createPortalWebhookActivities } from '../../activities/services/portal-webhooks';
import { createPortalEndpoints } from '../../adapters/portal-webhooks/endpoints';
import { createPortalOutbox } from '../../adapters/portal-webhooks/outbox';
import type { PortalEndpoint } from '../../adapters/portal-webhooks/port';
import { createSender } from '../../adapters/portal-webhooks/sender';
import { openDatabase } from '../../adapters/postgres/database';
import { createPortalWebhookRuns } from '../../client/portal-webhooks';
import { readWebhook, type CaseCloudEvent } from '@tajdid/client';
import { startApiWorld, type ApiWorld } from '../api/api-world';
import { testTemporal, testWorkflowBundle } from '../support/engine';
import { listening } from '../support/listening';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What it answers: a status, a redirect, or nothing at all. */
  answer: number | 'nothing' | { readonly redirectTo: string };
  stop(): void;
}

export async function receiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const { answer } = self;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else if (answer !== 'nothing') response.writeHead(302, { location: answer.redirectTo }).end();
    });
  });
  const { url } = await listening(server);
  const self: Receiver = {
    url: `${url}/hook`,
    received,
    answer: 204,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return self;
}

export interface WebhookWorld {
  readonly api: ApiWorld;
  readonly taskQueue: string;
  /** Adds an endpoint over HTTP; answers its id and its secret. */
  add(url: string, types?: readonly string[]): Promise<{ id: string; secret: string }>;
  endpoint(id: string): Promise<PortalEndpoint & { messages: { pending: number; failed: number } }>;
  post(path: string, body?: object): Promise<string>;
  /** The events that came in, their signatures checked, in order. */
  read(from: Receiver, secret: string): CaseCloudEvent[];
  stop(): Promise<void>;
}

/** An API over the real log and engine, and a worker of its own for what portals are told. */
export async function startWebhookWorld(): Promise<WebhookWorld> {
  const sender = createSender({ privateAddresses: true, answerWithin: 5_000 });
  const lateEndpoints: { of?: ReturnType<typeof createPortalEndpoints> } = {};
  const endpoints = new Proxy({} as ReturnType<typeof createPortalEndpoints>, {
    get: (_target, name: keyof ReturnType<typeof createPortalEndpoints>) => lateEndpoints.of?.[name],
  });
  const api = await startApiWorld({ portalWebhooks: { endpoints, sender } });
  const { world } = api;
  lateEndpoints.of = createPortalEndpoints(world.database);
  const taskQueue = `webhooks-${randomBytes(4).toString('hex')}`;
  const runs = createPortalWebhookRuns(world.client, taskQueue);
  const database = openDatabase({ url: world.databaseUrl, max: 2 });
  const connection = await NativeConnection.connect({ address: await testTemporal() });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: { codePath: await testWorkflowBundle() },
    activities: createPortalWebhookActivities({
      outbox: createPortalOutbox(database),
      sender,
      vault: world.vault,
      startRetries: (id) => runs.startRetries(id),
      publicUrl: 'https://tajdid.example',
      now: () => Date.now(),
    }),
  });
  const running = worker.run();
  await runs.startRelay();
  const token = await api.portal();
  const call = async (method: string, path: string, body?: object): Promise<string> => {
    const headers = { 'idempotency-key': randomUUID() };
    const { status, text } = await api.call(method, path, { token, headers, ...(body ? { body } : {}) });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text;
  };
  return {
    api,
    taskQueue,
    async add(url, types = ['*']) {
      const { endpoint, secret } = z
        .object({ endpoint: z.object({ id: z.string() }), secret: z.string() })
        .parse(JSON.parse(await call('POST', '/v1/webhook-endpoints', { url, types })));
      return { id: endpoint.id, secret };
    },
    endpoint: async (id) =>
      JSON.parse(await call('GET', `/v1/webhook-endpoints/${id}`)) as Awaited<ReturnType<WebhookWorld['endpoint']>>,
    post: (path, body) => call('POST', path, body ?? {}),
    read: (from, secret) => from.received.map(({ headers, body }) => readWebhook(secret, headers, body).event),
    async stop() {
      await world.client.workflow.getHandle(`portal-webhooks/${taskQueue}`).terminate();
      worker.shutdown();
      await running;
      await connection.close();
      await database.close();
      await api.stop();
    },
  };
}
