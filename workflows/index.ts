import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import { caseTypeNamed } from './case-types';
import type { CaseStart } from './messages';
import { runCase } from './run/case-run';

export { ledgerCheck } from './ops/ledger-check';
export { stallScan } from './ops/stall-scan';
export { bulkVerification } from './services/bulk-verification';
export { lossNotice } from './services/losses';
export { reminders } from './services/reminders';
export { share } from './services/share';
export { serviceSweep } from './services/sweep';
export { verifiedRetry } from './ops/verified-retry';
export { portalWebhooks, webhookRetries } from './services/portal-webhooks';

/** Runs a case of any type: the workflow type is the case type's name. */
export default async function caseWorkflow(start: CaseStart): Promise<string> {
  const { workflowType } = workflowInfo();
  const definition = caseTypeNamed(workflowType);
  if (!definition) throw ApplicationFailure.nonRetryable(`There is no case type "${workflowType}".`, 'UnknownCaseType');
  return runCase(definition, start);
}
