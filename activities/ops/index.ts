import { heartbeat, sleep } from '@temporalio/activity';
import type { CaseLog } from '../../adapters/case-log/port';
import type { Operations } from '../../adapters/operations/port';
import type { Stalls } from '../../adapters/operations/stalls-port';
import type { LedgerPorts } from '../../ops/ledgers';
import { createLedgerActivities, type LedgerActivities } from './ledgers';
import { createRetryActivities, type ActOnCase, type RetryActivities } from './retry';
import { createStallActivities, type EngineLook, type StallActivities } from './stalls';

export interface OperationsPorts {
  readonly operations: Operations;
  readonly stalls: Stalls;
  readonly log: Pick<CaseLog, 'eventsAfter'>;
  readonly act: ActOnCase;
  readonly engine: EngineLook;
  readonly outside: LedgerPorts;
}

export type OperationsActivities = RetryActivities & StallActivities & LedgerActivities;

/** What operators' workflows do. */
export function createOperationsActivities(ports: OperationsPorts): OperationsActivities {
  const now = (): number => Date.now();
  return {
    ...createLedgerActivities({ ...ports, pause: (ms) => sleep(ms) }),
    ...createRetryActivities({ ...ports, now }),
    ...createStallActivities({ ...ports, now, beat: () => heartbeat() }),
  };
}
