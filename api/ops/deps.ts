import type { AuditLog } from '../../adapters/case-log/audit-port';
import type { CaseLog } from '../../adapters/case-log/port';
import type { Acts } from '../../adapters/operations/acts-port';
import type { Operations } from '../../adapters/operations/port';
import type { Vitals } from '../../adapters/operations/vitals-port';
import type { Overview } from '../../adapters/operations/overview-port';
import type { Stalls } from '../../adapters/operations/stalls-port';
import type { Deployments } from '../../client/deployments';
import type { EngineOperations } from '../../client/operations';

/** What the operators' routes work with. */
export interface OpsDeps {
  readonly operations: Operations;
  readonly stalls: Stalls;
  readonly acts: Acts;
  readonly vitals: Vitals;
  readonly overview: Overview;
  readonly log: Pick<CaseLog, 'eventsAfter'>;
  readonly engine: EngineOperations;
  readonly deployments: Deployments;
  /** The deployment that workers' versions are of. */
  readonly deployment: string;
  readonly audit: AuditLog;
}
