import type { NativeConnection } from '@temporalio/worker';
import { Client } from '@temporalio/client';
import { createPortalWebhookActivities } from '../activities/services/portal-webhooks';
import { createPortalOutbox } from '../adapters/portal-webhooks/outbox';
import { createSender, type SenderSettings } from '../adapters/portal-webhooks/sender';
import { openDatabase } from '../adapters/postgres/database';
import { createPersonKeys } from '../adapters/vault/person-keys';
import { createVault } from '../adapters/vault/postgres';
import { createSecrets } from '../adapters/vault/secrets';
import { createPortalWebhookRuns, type PortalWebhookRuns } from '../client/portal-webhooks';
import type { PortalWebhookActivities } from '../workflows/services/portal-webhook-messages';

export interface PortalWebhookSettings {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly databaseUrl: string;
  readonly masterKey: Buffer;
  /** Keys that what is kept may still be wrapped by. */
  readonly formerMasterKeys?: readonly Buffer[];
  readonly lookupKey: Buffer;
  readonly sender: SenderSettings;
  readonly publicUrl: string;
}

/** What tells portals of their cases, over connections of its own: a slow portal never has a case wait for one. */
export function connectPortalWebhooks(settings: PortalWebhookSettings): {
  activities: PortalWebhookActivities;
  runs: PortalWebhookRuns;
  close(): Promise<void>;
} {
  const { connection, namespace, taskQueue, databaseUrl, sender } = settings;
  const database = openDatabase({ url: databaseUrl, max: 2, applicationName: 'tajdid-portal-webhooks' });
  const secrets = createSecrets(settings);
  const runs = createPortalWebhookRuns(new Client({ connection, namespace }), taskQueue);
  const activities = createPortalWebhookActivities({
    outbox: createPortalOutbox(database),
    sender: createSender(sender),
    vault: createVault(database, secrets, createPersonKeys(database, secrets)),
    startRetries: (endpoint) => runs.startRetries(endpoint),
    publicUrl: settings.publicUrl,
    now: () => Date.now(),
  });
  return { activities, runs, close: () => database.close() };
}
