import type { Shares } from '../../adapters/shares/port';
import type { Verifications } from '../../adapters/verifications/port';
import type { WebhookInbox } from '../../adapters/webhooks/port';
import { after, DAY, instant, MINUTE } from '../../domain/time';
import type { SweepActivities } from '../../workflows/services/messages';

/** For so long, whoever wrote something about a share may still be about to tell its workflow. */
const ABOUT_TO = 10 * MINUTE;
/** No sender tells the same for longer than this, and the doctor asks only for the newest. */
const TOLD_AGAIN = 7 * DAY;
/** Shares of one sweep; the next takes the rest. */
const MOST = 200;

export interface SweepPorts {
  readonly shares: Pick<Shares, 'forsaken'>;
  readonly verifications: Pick<Verifications, 'forgetGuesses'>;
  readonly webhookInbox: Pick<WebhookInbox, 'forgetBefore'>;
  readonly now: () => number;
}

export function createSweepActivities({ shares, verifications, webhookInbox, now }: SweepPorts): SweepActivities {
  return {
    async sweepServices() {
      const at = instant(now());
      await verifications.forgetGuesses(at);
      await webhookInbox.forgetBefore(after(at, -TOLD_AGAIN));
      const forsaken = await shares.forsaken(after(at, -ABOUT_TO), MOST);
      return { shares: forsaken.map(({ id, expiresAt }) => ({ share: id, expiresAt })) };
    },
  };
}
