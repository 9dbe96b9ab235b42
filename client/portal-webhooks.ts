import type { Client } from '@temporalio/client';
import {
  lookAgain,
  PORTAL_WEBHOOKS,
  WEBHOOK_RETRIES,
  type RetriesOf,
} from '../workflows/services/portal-webhook-messages';

export interface PortalWebhookRuns {
  /** Starts the relay, or finds it running. */
  startRelay(): Promise<void>;
  startRetries(endpoint: string): Promise<void>;
}

export const retriesId = (endpoint: string): string => `webhook-retries/${endpoint}`;

export function createPortalWebhookRuns(client: Client, taskQueue: string): PortalWebhookRuns {
  return {
    async startRelay() {
      await client.workflow.start(PORTAL_WEBHOOKS, {
        workflowId: `portal-webhooks/${taskQueue}`,
        taskQueue,
        args: [],
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
    },
    async startRetries(endpoint) {
      const args: [RetriesOf] = [{ endpoint }];
      await client.workflow.signalWithStart(WEBHOOK_RETRIES, {
        workflowId: retriesId(endpoint),
        taskQueue,
        args,
        signal: lookAgain,
        signalArgs: [],
      });
    },
  };
}
