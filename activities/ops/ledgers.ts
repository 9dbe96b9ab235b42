import type { CaseLog } from '../../adapters/case-log/port';
import { SECOND } from '../../domain/time';
import { compareLedgers, type LedgerPorts } from '../../ops/ledgers';
import type { LedgerLine } from '../../workflows/ops/messages';

export interface LedgerActivities {
  /** Looks up outside what the case's log says that it has made. */
  lookUpLedgers(input: { caseId: string }): Promise<readonly LedgerLine[]>;
}

/** What the outside has done and not told yet is no difference: a webhook under way gets so long to arrive. */
const PAUSES = [1 * SECOND, 2 * SECOND, 4 * SECOND];

export function createLedgerActivities({
  log,
  outside,
  pause,
}: {
  readonly log: Pick<CaseLog, 'eventsAfter'>;
  readonly outside: LedgerPorts;
  readonly pause: (ms: number) => Promise<void>;
}): LedgerActivities {
  return {
    async lookUpLedgers({ caseId }) {
      const look = async () => compareLedgers(await log.eventsAfter(caseId, 0), outside);
      let lines = await look();
      for (const ms of PAUSES) {
        if (lines.every(({ agrees }) => agrees)) break;
        await pause(ms);
        lines = await look();
      }
      return lines;
    },
  };
}
