import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import { millis } from '../../domain/time';
import { shareChanged, type ShareActivities, type ShareRun } from './messages';

const { tellOfShare } = proxyActivities<ShareActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** A moment more than the clock says, so that the database's clock is past the end too. */
const MARGIN = 50;

/**
 * Stands beside a share as long as it lasts: tells the person of each fetch, and ends it on time. Whether a fetch is allowed is
 * decided where the data is read, so that a revocation holds at once and an end holds even when nobody is there to note it.
 */
export async function share(run: ShareRun): Promise<void> {
  let changed = true;
  setHandler(shareChanged, () => {
    changed = true;
  });
  for (;;) {
    await condition(() => changed, Math.max(1, millis(run.expiresAt) - Date.now() + MARGIN));
    changed = false;
    const { over } = await tellOfShare({ share: run.share });
    if (over) return;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof share>(run);
  }
}
