import type { Losses } from '../../adapters/losses/port';
import type { Shares } from '../../adapters/shares/port';
import type { Verifications } from '../../adapters/verifications/port';
import type { WebhookInbox } from '../../adapters/webhooks/port';
import { BULK_LINES } from '../../domain/services/verification';
import { after, DAY, instant, MINUTE } from '../../domain/time';
import type { BulkRun, LossRun, SweepActivities } from '../../workflows/services/messages';

/** For so long, whoever wrote something may still be about to tell the engine. */
const ABOUT_TO = 10 * MINUTE;
/** No sender tells the same for longer than this, and the doctor asks only for the newest. */
const TOLD_AGAIN = 7 * DAY;
/** Shares of one sweep; the next takes the rest. */
const MOST = 200;
/** How old a loss may be: no engine forgets sooner what it has done, so that nobody is told twice. A file is looked for until it has its end. */
const REMEMBERED = DAY;

export interface SweepPorts {
  readonly shares: Pick<Shares, 'forsaken'>;
  readonly losses: Pick<Losses, 'reported'>;
  readonly verifications: Pick<Verifications, 'forgetGuesses' | 'undone'>;
  readonly webhookInbox: Pick<WebhookInbox, 'forgetBefore'>;
  /** Each is started once; what was started before is left as it is. */
  readonly flows: { startBulk(run: BulkRun): Promise<void>; cardLost(run: LossRun): Promise<void> };
  readonly now: () => number;
}

export function createSweepActivities({
  shares,
  losses,
  verifications,
  webhookInbox,
  flows,
  now,
}: SweepPorts): SweepActivities {
  return {
    async sweepServices() {
      const at = instant(now());
      await verifications.forgetGuesses(at);
      await webhookInbox.forgetBefore(after(at, -TOLD_AGAIN));
      const before = after(at, -ABOUT_TO);
      for (const loss of await losses.reported(after(at, -REMEMBERED), before)) await flows.cardLost(loss);
      // Which line is the last, the file knows; none is beyond this.
      for (const { id } of await verifications.undone(before)) await flows.startBulk({ bulk: id, lines: BULK_LINES });
      const forsaken = await shares.forsaken(before, MOST);
      return { shares: forsaken.map(({ id, expiresAt }) => ({ share: id, expiresAt })) };
    },
  };
}
