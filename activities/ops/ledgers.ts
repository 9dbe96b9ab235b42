import type { CaseLog } from '../../adapters/case-log/port';
import { compareLedgers, type LedgerLine, type LedgerPorts } from '../../ops/ledgers';

export interface LedgerActivities {
  /** Looks up outside what the case's log says that it has made. */
  lookUpLedgers(input: { caseId: string }): Promise<readonly LedgerLine[]>;
}

export function createLedgerActivities({
  log,
  outside,
}: {
  readonly log: Pick<CaseLog, 'eventsAfter'>;
  readonly outside: LedgerPorts;
}): LedgerActivities {
  return { lookUpLedgers: async ({ caseId }) => compareLedgers(await log.eventsAfter(caseId, 0), outside) };
}
