import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { createOperationsActivities, type OperationsActivities } from '../activities/ops';
import type { CaseLog } from '../adapters/case-log/port';
import { createOperations } from '../adapters/operations/postgres';
import { createStalls } from '../adapters/operations/stalls-postgres';
import { openDatabase } from '../adapters/postgres/database';
import { CaseRefused, EngineSilent } from '../client/cases';
import type { LedgerPorts } from '../ops/ledgers';
import { engineAccess } from '../client/connect';
import type { Deployments } from '../client/deployments';
import type { EngineOperations } from '../client/operations';
import type { ServiceFlows } from '../client/services';

export interface OperationsSettings {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  /** The deployment that workers' versions are of. */
  readonly deployment?: string;
  readonly databaseUrl: string;
  readonly log: Pick<CaseLog, 'eventsAfter'>;
  readonly outside: LedgerPorts;
}

/** Operators' activities over a database pool of their own, so that a bulk retry never takes a case's connection. */
export function connectOperations(settings: OperationsSettings): {
  activities: OperationsActivities;
  engine: EngineOperations;
  deployments: Deployments;
  services: ServiceFlows;
  close(): Promise<void>;
} {
  const { connection, namespace, taskQueue, deployment, databaseUrl, log, outside } = settings;
  const database = openDatabase({ url: databaseUrl, max: 2, applicationName: 'tajdid-operations' });
  const { cases, engine, deployments, services } = engineAccess(connection, namespace, { taskQueue, deployment });
  const activities = createOperationsActivities({
    operations: createOperations(database),
    stalls: createStalls(database),
    log,
    outside,
    engine,
    async act(caseId, request) {
      try {
        return await cases.act(caseId, request);
      } catch (error) {
        if (error instanceof CaseRefused) return { refusal: error.refusal };
        if (error instanceof EngineSilent || error instanceof WorkflowUpdateFailedError) return { silent: true };
        throw error;
      }
    },
  });
  return { activities, engine, deployments, services, close: () => database.close() };
}
