import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createActivities } from '../../activities';
import { createDocuments } from '../../adapters/documents/disk';
import type { Documents } from '../../adapters/documents/port';
import { createDocumentFacts } from '../../adapters/documents/facts-postgres';
import { openDatabase, type Database } from '../../adapters/postgres/database';
import { createEnrol, type EnrolledPerson } from '../../adapters/register/enrol';
import { createPersonKeys, type PersonKeys } from '../../adapters/vault/person-keys';
import type { Register } from '../../adapters/register/port';
import type { PhotoMeasurement } from '../../adapters/photo/port';
import { createVault } from '../../adapters/vault/postgres';
import type { FamilyRegister } from '../../adapters/register/family-port';
import { createSecrets } from '../../adapters/vault/secrets';
import { readWebhook } from '../../adapters/webhooks/verify';
import { createCases, type Cases } from '../../client/cases';
import type { WorkerVersion } from '../../client/deployments';
import { createEngineOperations, type EngineOperations } from '../../client/operations';
import type { CaseScript, PartyName } from '../../sandbox/core/dials';
import { startSandbox } from '../../sandbox/start';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { createWorker } from '../../worker/create';
import { connectOperations } from '../../worker/operations';
import { connectPorts } from '../../worker/ports';
import { connectServiceWork } from '../../worker/services';
import { cableTo, type Cable } from './cable';
import { createMigratedDatabase, testTemporal, testWorkflowBundle } from './engine';
import { insistent } from './insistent';
import { quietRuntime } from './quiet-runtime';
import { listening } from './listening';

/** A whole Tajdid for one test file: its own database, outside world, task queue and worker; the engine is shared by the run. */
export interface World {
  readonly client: Client;
  readonly taskQueue: string;
  readonly cases: Cases;
  readonly engine: EngineOperations;
  readonly database: Database;
  readonly databaseUrl: string;
  /** What its vault and register are keyed by. */
  readonly secrets: { readonly masterKey: Buffer; readonly lookupKey: Buffer };
  readonly sandboxUrl: string;
  readonly control: SandboxControl;
  readonly vault: ReturnType<typeof createVault>;
  readonly keys: PersonKeys;
  readonly documents: Documents;
  readonly register: Register;
  readonly family: FamilyRegister;
  enrol(people: readonly EnrolledPerson[]): Promise<{ person: string; serial: string | null }[]>;
  keepPhoto(person: string, bytes: Uint8Array, measurement: PhotoMeasurement): Promise<string>;
  /** The worker's way to the database. */
  readonly cable: Cable;
  /** One more worker, of a version or with workflow code of its own; stop it before the world. */
  startWorker(version?: WorkerVersion, code?: string): Promise<{ stop(): Promise<void> }>;
  /** Another worker takes the place of the one that runs; what that one had in memory is gone. */
  replaceWorker(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export type SandboxControl = ReturnType<typeof sandboxControl>;

const WEBHOOKS = { payments: 'payments', 'card-bureau': 'card-bureau', courier: 'courier' } as const;

/** Receives the sandbox's webhooks and hands them to the cases. */
async function receiver(cases: Cases): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const source = WEBHOOKS[(request.url ?? '').split('/').at(-1) as keyof typeof WEBHOOKS];
      const read = readWebhook({
        source,
        headers: request.headers,
        rawBody: Buffer.concat(chunks),
        secrets: [DEVELOPMENT_SECRETS.webhookSecrets[source]],
      });
      if ('refusal' in read) return void response.writeHead(400).end();
      cases.tell(read.message).then(
        () => response.writeHead(204).end(),
        () => response.writeHead(503).end(),
      );
    });
  });
  const { url } = await listening(server);
  return {
    url,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param temporal the address of the engine, where it is not the one that all share */
export async function startWorld(temporal: () => Promise<string> = testTemporal): Promise<World> {
  const [address, db, codePath, dir] = await Promise.all([
    temporal(),
    createMigratedDatabase(),
    testWorkflowBundle(),
    mkdtemp(join(tmpdir(), 'tajdid-world-')),
  ]);
  const secrets = { masterKey: randomBytes(32), lookupKey: randomBytes(32) };
  const taskQueue = `test-${randomBytes(4).toString('hex')}`;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const cases = insistent(createCases(client, taskQueue));
  const webhooks = await receiver(cases);
  const sandbox = await startSandbox({ dataDir: join(dir, 'sandbox'), webhookTarget: webhooks.url });
  const outside = (party: 'payments' | 'card-bureau' | 'courier' | 'messages' | 'notices') => ({
    url: `${sandbox.url}/${party}`,
    apiKey: DEVELOPMENT_SECRETS.apiKeys[party],
  });
  const documentsDir = join(dir, 'documents');
  const cable = await cableTo(db.url);
  const { ports, close } = connectPorts({
    databaseUrl: cable.url,
    ...secrets,
    documentsDir,
    outside: {
      payments: outside('payments'),
      cardBureau: outside('card-bureau'),
      courier: outside('courier'),
      messages: outside('messages'),
      notices: outside('notices'),
    },
  });
  quietRuntime();
  const workerConnection = await NativeConnection.connect({ address });
  const operations = connectOperations({
    connection: workerConnection,
    namespace: 'default',
    taskQueue,
    databaseUrl: db.url,
    log: ports.log,
    outside: ports,
  });
  const services = connectServiceWork({
    databaseUrl: cable.url,
    ...secrets,
    renewalUrl: 'https://tajdid.example/renew',
    flows: operations.services,
    ports,
  });
  const activities = { ...createActivities(ports), ...operations.activities, ...services.activities };
  const work = async (version?: WorkerVersion, code = codePath): Promise<{ stop(): Promise<void> }> => {
    const worker = await createWorker({
      connection: workerConnection,
      namespace: 'default',
      taskQueue,
      activities,
      workflowBundle: { codePath: code },
      version,
    });
    const running = worker.run();
    return {
      stop: () => {
        worker.shutdown();
        return running;
      },
    };
  };
  let worker = await work();

  const database = openDatabase({ url: db.url, max: 4 });
  const derived = createSecrets(secrets);
  const keys = createPersonKeys(database, derived);
  const vault = createVault(database, derived, keys);
  const documents = createDocuments(documentsDir, database, derived, keys);
  const facts = createDocumentFacts(database);
  return {
    client,
    taskQueue,
    cases,
    engine: createEngineOperations(client, taskQueue),
    database,
    databaseUrl: db.url,
    secrets,
    sandboxUrl: sandbox.url,
    control: sandboxControl(sandbox.url),
    vault,
    keys,
    documents,
    register: ports.register,
    family: ports.family,
    enrol: createEnrol(database, keys, (number) => vault.personRef(number)),
    async keepPhoto(person, bytes, measurement) {
      const { documentRef } = await documents.put({ person, contentType: 'image/jpeg', bytes });
      await facts.keep(documentRef, {
        person,
        contentType: 'image/jpeg',
        bytes: bytes.length,
        measurement,
        uploadedBy: 'test',
        uploadedAt: new Date().toISOString(),
      });
      return documentRef;
    },
    cable,
    startWorker: work,
    async replaceWorker(meanwhile) {
      await worker.stop();
      await meanwhile?.();
      worker = await work();
    },
    async stop() {
      await worker.stop();
      await services.close();
      await operations.close();
      await workerConnection.close();
      await connection.close();
      webhooks.stop();
      await sandbox.stop();
      await close();
      cable.stop();
      await database.close();
      await db.drop();
      await rm(dir, { recursive: true });
    },
  };
}

/** The strings behind the sandbox's stage. */
export function sandboxControl(url: string, secret: string = DEVELOPMENT_SECRETS.control) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/control${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    script: (caseId: string, script: Partial<CaseScript>) => call('PUT', `/cases/${caseId}`, script),
    dials: (party: PartyName, dials: Record<string, unknown>) => call('PUT', `/dials/${party}`, dials),
    step: (party: PartyName, step: string, caseId: string) => call('POST', `/steps/${party}/${step}`, { caseId }),
    ledger: (party: PartyName, caseId: string) =>
      call<{ lines: { entry: Record<string, unknown> }[] }>('GET', `/ledger/${party}?caseId=${caseId}`).then(
        ({ lines }) => lines.map(({ entry }) => entry),
      ),
    totals: () => call<Record<PartyName, Record<string, number>>>('GET', '/totals'),
    webhookTarget: (target: string | null) => call('PUT', '/webhook-target', { url: target }),
    token: (order: Record<string, unknown>) =>
      call<{ access_token: string }>('POST', '/token', order).then(({ access_token }) => access_token),
  };
}
