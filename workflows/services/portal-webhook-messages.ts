import { defineSignal } from '@temporalio/workflow';
import type { Instant } from '../../domain/time';

export const PORTAL_WEBHOOKS = 'portalWebhooks';
export const WEBHOOK_RETRIES = 'webhookRetries';

export interface RetriesOf {
  readonly endpoint: string;
}

/** Something of this endpoint failed just now. */
export const lookAgain = defineSignal('lookAgain');

export interface PortalWebhookActivities {
  /** Reads the log and sends what is new, for as long as one turn lasts. */
  relayWebhooks(): Promise<void>;
  /** Sends what is due to be tried again at this time of the workflow's. */
  retryWebhooks(due: RetriesOf & { readonly at: Instant }): Promise<{ readonly nextAt: Instant | null }>;
}
