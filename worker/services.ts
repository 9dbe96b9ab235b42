import { createServiceActivities, type ServiceActivities } from '../activities/services';
import type { Ports } from '../activities/step';
import { createLosses } from '../adapters/losses/postgres';
import { openDatabase } from '../adapters/postgres/database';
import { createReminders } from '../adapters/reminders/postgres';
import { createShares } from '../adapters/shares/postgres';
import { createPersonKeys } from '../adapters/vault/person-keys';
import { createVault } from '../adapters/vault/postgres';
import { createSecrets } from '../adapters/vault/secrets';
import { createVerifications } from '../adapters/verifications/postgres';
import { createWebhookInbox } from '../adapters/webhooks/postgres';
import type { ServiceFlows } from '../client/services';

export interface ServiceWorkSettings {
  readonly databaseUrl: string;
  readonly masterKey: Buffer;
  /** Keys that what is kept may still be wrapped by. */
  readonly formerMasterKeys?: readonly Buffer[];
  readonly lookupKey: Buffer;
  /** Where people who are reminded renew. */
  readonly renewalUrl: string;
  /** What a crash left unbegun is begun by them. */
  readonly flows: ServiceFlows;
  readonly ports: Pick<Ports, 'documents' | 'messages' | 'register'>;
}

/** The services' activities over a pool of their own, so that a bulk file or a walk never takes a case's connection. */
export function connectServiceWork(settings: ServiceWorkSettings): {
  activities: ServiceActivities;
  close(): Promise<void>;
} {
  const database = openDatabase({ url: settings.databaseUrl, max: 4, applicationName: 'tajdid-services' });
  const secrets = createSecrets(settings);
  const { documents, messages, register } = settings.ports;
  const activities = createServiceActivities({
    verifications: createVerifications(database),
    reminders: createReminders(database),
    losses: createLosses(database),
    shares: createShares(database),
    webhookInbox: createWebhookInbox(database),
    vault: createVault(database, secrets, createPersonKeys(database, secrets)),
    documents,
    messages,
    register,
    renewalUrl: settings.renewalUrl,
    flows: settings.flows,
  });
  return { activities, close: () => database.close() };
}
