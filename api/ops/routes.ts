import type { ApiDeps } from '../deps';
import type { Route } from '../http/route';
import { auditRoutes } from './audit';
import { incidentRoutes } from './incidents';
import { repairRoutes } from './repairs';
import { retryRoutes } from './retries';
import { versionRoutes } from './versions';
import { watchRoutes } from './watch';

/** The operators' part of the API; what they do to one case are actions of the case. */
export const opsRoutes = (deps: ApiDeps): Route[] => [
  ...incidentRoutes(deps),
  ...retryRoutes(deps),
  ...watchRoutes(deps),
  ...repairRoutes(deps),
  ...versionRoutes(deps),
  ...auditRoutes(deps),
];
