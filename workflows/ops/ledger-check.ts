import { proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { LedgerActivities } from '../../activities/ops/ledgers';
import { pinned } from './pinned';

const { lookUpLedgers } = proxyActivities<LedgerActivities>({
  startToCloseTimeout: '45s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s', maximumAttempts: 6 },
});

/** Holds one case against the ledgers outside. A workflow, because only workers have the keys of the outside. */
export async function ledgerCheck(caseId: string): ReturnType<LedgerActivities['lookUpLedgers']> {
  return lookUpLedgers({ caseId });
}

setWorkflowOptions(pinned, ledgerCheck);
