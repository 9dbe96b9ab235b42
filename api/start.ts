import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import type { Logger } from 'pino';
import { createDocuments } from '../adapters/documents/disk';
import { createDocumentFacts } from '../adapters/documents/facts-postgres';
import { httpEvidence } from '../adapters/evidence/http';
import type { PhotoGauge } from '../adapters/photo/port';
import { createPortalEndpoints } from '../adapters/portal-webhooks/endpoints';
import { createSender } from '../adapters/portal-webhooks/sender';
import { openDatabase } from '../adapters/postgres/database';
import { createPresence } from '../adapters/presence/postgres';
import { createCaseChanges } from '../adapters/read-model/changes';
import { createReadModel } from '../adapters/read-model/postgres';
import { createFamilyRegister } from '../adapters/register/family-postgres';
import { createEnrolledPortraits } from '../adapters/register/portraits-postgres';
import { createRegister } from '../adapters/register/postgres';
import { createStaff } from '../adapters/staff/postgres';
import { createStatistics } from '../adapters/statistics/postgres';
import { createPersonKeys } from '../adapters/vault/person-keys';
import { createVault } from '../adapters/vault/postgres';
import { createSecrets } from '../adapters/vault/secrets';
import { createWebhookInbox } from '../adapters/webhooks/postgres';
import { createCases } from '../client/cases';
import { createServiceFlows } from '../client/services';
import { TASK_QUEUE } from '../client/task-queue';
import { createApi, type ApiSettings } from './app';
import { connectOps } from './ops/connect';
import { connectServices } from './services/connect';

/** How long requests under way may take to end after the API was told to stop. */
const LAST_REQUESTS = 20_000;

export interface StartApi {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly temporal: ConnectionOptions & { readonly namespace: string };
  /** Another than the product's own only where several live on one engine, as tests do. */
  readonly taskQueue?: string | undefined;
  /** The deployment that workers' versions are of; as the workers have it by default. */
  readonly workerDeployment?: string | undefined;
  readonly masterKey: Buffer;
  /** Keys that what is kept may still be wrapped by. */
  readonly formerMasterKeys?: readonly Buffer[];
  readonly lookupKey: Buffer;
  /** 32 bytes, the seed of an Ed25519 key. */
  readonly signingKey: Buffer;
  /** Public keys of 32 bytes that signed before it. */
  readonly formerSigningKeys?: readonly Buffer[];
  readonly documentsDir: string;
  /** Where the notices of hospitals and courts are read. */
  readonly notices: { readonly url: string; readonly apiKey: string };
  readonly photoGauge: PhotoGauge;
  /** Whether portals' webhooks may go to private addresses and over plain http; not by default. */
  readonly webhooksAllowPrivate?: boolean;
  readonly settings: ApiSettings;
  readonly log: Logger;
}

export interface RunningApi {
  readonly url: string;
  /** Takes no more requests, ends those under way and the streams, then lets go of everything but the photo gauge. */
  stop(): Promise<void>;
}

/** Connects everything and listens. Throws when the port is taken or the engine cannot be reached; nothing is left open then. */
export async function startApi(given: StartApi): Promise<RunningApi> {
  const { namespace, ...connect } = given.temporal;
  const database = openDatabase({ url: given.databaseUrl, applicationName: 'tajdid-api' });
  const evidence = httpEvidence({ baseUrl: given.notices.url, apiKey: given.notices.apiKey });
  const stopping = new AbortController();
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect(connect);
    const engine = connection;
    const client = new Client({ connection: engine, namespace });
    const taskQueue = given.taskQueue ?? TASK_QUEUE;
    const secrets = createSecrets(given);
    const keys = createPersonKeys(database, secrets);
    const vault = createVault(database, secrets, keys);
    const app = createApi({
      cases: createCases(client, taskQueue),
      readModel: createReadModel(database),
      changes: createCaseChanges(given.databaseUrl),
      presence: createPresence(database),
      vault,
      documents: createDocuments(given.documentsDir, database, secrets, keys),
      documentFacts: createDocumentFacts(database),
      register: createRegister(database, keys),
      family: createFamilyRegister(database, keys, (number) => vault.personRef(number)),
      portraits: createEnrolledPortraits(database),
      evidence,
      staff: createStaff(database),
      statistics: createStatistics(database),
      photoGauge: given.photoGauge,
      webhookInbox: createWebhookInbox(database),
      ops: connectOps(database, client, { taskQueue, deployment: given.workerDeployment }),
      services: connectServices({
        database,
        keys,
        signingKey: given.signingKey,
        formerSigningKeys: given.formerSigningKeys ?? [],
        flows: createServiceFlows(client, taskQueue),
      }),
      portalWebhooks: {
        endpoints: createPortalEndpoints(database),
        sender: createSender({ privateAddresses: given.webhooksAllowPrivate ?? false }),
      },
      settings: given.settings,
      log: given.log,
      checks: {
        database: () => database.from('case').query({ text: 'SELECT 1' }),
        engine: () => engine.workflowService.getSystemInfo({}),
      },
      stopping: stopping.signal,
    });
    const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 }, app);
    await listen(server, given.port, given.host);
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://${given.host.includes(':') ? `[${given.host}]` : given.host}:${port}`,
      async stop() {
        stopping.abort();
        await close(server);
        evidence.close();
        await engine.close();
        await database.close();
      },
    };
  } catch (error) {
    evidence.close();
    await connection?.close();
    await database.close();
    throw error;
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
