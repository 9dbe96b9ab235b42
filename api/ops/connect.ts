import type { Client } from '@temporalio/client';
import { createAuditLog } from '../../adapters/case-log/audit';
import { createCaseLog } from '../../adapters/case-log/postgres';
import { createActs } from '../../adapters/operations/acts-postgres';
import { createOperations } from '../../adapters/operations/postgres';
import { createOverview } from '../../adapters/operations/overview-postgres';
import { createStalls } from '../../adapters/operations/stalls-postgres';
import { createVitals } from '../../adapters/operations/vitals';
import type { Database } from '../../adapters/postgres/database';
import type { Workers } from '../../client/connect';
import { DEPLOYMENT } from '../../client/task-queue';
import { createDeployments } from '../../client/deployments';
import { createEngineOperations } from '../../client/operations';
import type { OpsDeps } from './deps';

/** The real thing behind the operators' routes. */
export function connectOps(
  database: Database,
  client: Client,
  { taskQueue, deployment = DEPLOYMENT }: Workers,
): OpsDeps {
  return {
    operations: createOperations(database),
    stalls: createStalls(database),
    acts: createActs(database),
    vitals: createVitals(database),
    overview: createOverview(database),
    log: createCaseLog(database),
    engine: createEngineOperations(client, taskQueue, { deployment }),
    deployment,
    deployments: createDeployments(client),
    audit: createAuditLog(database),
  };
}
