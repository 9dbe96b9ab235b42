import type { Client } from '@temporalio/client';
import { auditCase } from '../../adapters/case-log/audit';
import { createCaseLog } from '../../adapters/case-log/postgres';
import { createOperations } from '../../adapters/operations/postgres';
import { createOverview } from '../../adapters/operations/overview-postgres';
import { createStalls } from '../../adapters/operations/stalls-postgres';
import type { Database } from '../../adapters/postgres/database';
import { createDeployments } from '../../client/deployments';
import { createEngineOperations } from '../../client/operations';
import type { OpsDeps } from './deps';

/** The real thing behind the operators' routes. */
export function connectOps(database: Database, client: Client, taskQueue: string): OpsDeps {
  return {
    operations: createOperations(database),
    stalls: createStalls(database),
    overview: createOverview(database),
    log: createCaseLog(database),
    engine: createEngineOperations(client, taskQueue),
    deployments: createDeployments(client),
    audit: (caseId) => auditCase(database, caseId),
  };
}
