import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection, Runtime, DefaultLogger } from '@temporalio/worker';
import { createActivities } from '../activities';
import { ConfigError, publicUrlOf, readConfig, renewalUrlOf } from '../engine/config';
import { EngineSilent } from '../client/cases';
import type { Deployments, WorkerVersion } from '../client/deployments';
import { DEPLOYMENT, TASK_QUEUE } from '../client/task-queue';
import { BUNDLE_PATH } from './bundle';
import { createWorker } from './create';
import { showHealth } from './health';
import { connectOperations } from './operations';
import { connectPortalWebhooks } from './portal-webhooks';
import { connectServiceWork } from './services';
import { connectPorts, type OutsideAccess } from './ports';

/** An address that this process must be told: embedded engines and the sandbox are started by `npm start`, which says where they are. */
function told(name: string, value: string | undefined): string {
  if (value === undefined)
    throw new ConfigError([`${name} is not set: the worker needs to know it. \`npm start\` runs everything together.`]);
  return value;
}

/** How often the watch looks for waits that have gone silent. */
const STALL_SCAN_MINUTES = 5;
/** Milliseconds. */
const ASKED_AGAIN = 1_000;

/** An engine that is away for a moment ends no worker that is at work already: it is asked again. */
async function adopted(deployments: Deployments, version: WorkerVersion, atWork: () => boolean): Promise<void> {
  for (;;) {
    try {
      return await deployments.adoptFirst(version);
    } catch (error) {
      if (!(error instanceof EngineSilent) || !atWork()) throw error;
      await pause(ASKED_AGAIN);
    }
  }
}

async function main(codePath: string): Promise<void> {
  const config = readConfig(process.env);
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: ['SIGTERM', 'SIGINT'] });
  const at = (name: string, { url, apiKey }: { url: string | undefined; apiKey: string }): OutsideAccess => ({
    url: told(name, url),
    apiKey,
  });
  const { ports, close } = connectPorts({
    databaseUrl: told('DATABASE_URL', config.databaseUrl),
    masterKey: config.masterKey,
    formerMasterKeys: config.formerMasterKeys,
    lookupKey: config.lookupKey,
    documentsDir: config.documentsDir,
    outside: {
      payments: at('PAYMENTS_URL', config.outside.payments),
      cardBureau: at('CARD_BUREAU_URL', config.outside.cardBureau),
      courier: at('COURIER_URL', config.outside.courier),
      messages: at('MESSAGES_URL', config.outside.messages),
      notices: at('NOTICES_URL', config.outside.notices),
    },
  });
  const connection = await NativeConnection.connect({
    ...config.temporal.connection,
    address: told('TEMPORAL_ADDRESS', config.temporal.address),
  });
  const { namespace } = config.temporal;
  const { taskQueue = TASK_QUEUE, workerDeployment: deployment = DEPLOYMENT, workerBuildId: buildId } = config;
  const version = buildId === undefined ? undefined : { deploymentName: deployment, buildId };
  const operations = connectOperations({
    connection,
    namespace,
    taskQueue,
    deployment,
    databaseUrl: told('DATABASE_URL', config.databaseUrl),
    log: ports.log,
    outside: ports,
  });
  const services = connectServiceWork({
    databaseUrl: told('DATABASE_URL', config.databaseUrl),
    masterKey: config.masterKey,
    formerMasterKeys: config.formerMasterKeys,
    lookupKey: config.lookupKey,
    renewalUrl: renewalUrlOf(config),
    flows: operations.services,
    ports,
  });
  const portalWebhooks = connectPortalWebhooks({
    connection,
    namespace,
    taskQueue,
    databaseUrl: told('DATABASE_URL', config.databaseUrl),
    masterKey: config.masterKey,
    formerMasterKeys: config.formerMasterKeys,
    lookupKey: config.lookupKey,
    sender: { privateAddresses: config.webhooksAllowPrivate },
    publicUrl: publicUrlOf(config),
  });
  let health: { close(): void } | undefined;
  try {
    await portalWebhooks.runs.startRelay();
    await operations.services.scheduleReminders();
    await operations.services.scheduleSweep();
    await operations.engine.scheduleStallScan(STALL_SCAN_MINUTES);
    const worker = await createWorker({
      connection,
      namespace,
      taskQueue,
      activities: {
        ...createActivities(ports),
        ...operations.activities,
        ...services.activities,
        ...portalWebhooks.activities,
      },
      workflowBundle: { codePath },
      version,
    });
    const running = worker.run();
    try {
      health =
        config.workerPort === undefined
          ? undefined
          : await showHealth(worker, { host: config.host, port: config.workerPort });
      if (version) await adopted(operations.deployments, version, () => worker.getState() === 'RUNNING');
      process.stdout.write(`worker: ready${version ? ` (version ${version.buildId})` : ''}\n`);
    } catch (error) {
      // What it is connected to is let go once it has finished; closing that under it would be all that is heard of.
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch(() => undefined);
      throw error;
    }
    await running;
  } finally {
    health?.close();
    await portalWebhooks.close();
    await services.close();
    await operations.close();
    await connection.close();
    await close();
  }
}

/** Makes this process a worker with that workflow code, until it is told to end. */
export const runWorker = (codePath: string): Promise<void> =>
  main(codePath).catch((error: unknown) => {
    process.stderr.write(`worker: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });

if (require.main === module) void runWorker(BUNDLE_PATH);
