import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import { instant, millis } from '../../domain/time';
import { lookAgain, type PortalWebhookActivities, type RetriesOf } from './portal-webhook-messages';

const { relayWebhooks } = proxyActivities<PortalWebhookActivities>({
  startToCloseTimeout: '30m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});
const { retryWebhooks } = proxyActivities<PortalWebhookActivities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** Turns of the relay in one run: its history stays short. */
const TURNS = 50;

/**
 * Tells portals what happens in their cases, for ever: one relay for the whole system, on whichever worker has it. It costs the
 * engine a few events in each quarter of an hour, however much it sends.
 */
export async function portalWebhooks(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await relayWebhooks();
  await continueAsNew<typeof portalWebhooks>();
}

/**
 * The clock of one endpoint's retries: runs while anything of it has failed and is neither delivered nor given up. What is due, and
 * when the next is, stands in the database, so that an endpoint that was down for days with a million messages is one small workflow.
 */
export async function webhookRetries(retries: RetriesOf): Promise<void> {
  let news = true;
  setHandler(lookAgain, () => {
    news = true;
  });
  while (news) {
    news = false;
    const { nextAt } = await retryWebhooks({ ...retries, at: instant(Date.now()) });
    if (nextAt !== null) {
      await condition(() => news, Math.max(1, millis(nextAt) - Date.now()));
      news = true;
    }
    if (news && workflowInfo().continueAsNewSuggested) await continueAsNew<typeof webhookRetries>(retries);
  }
}
