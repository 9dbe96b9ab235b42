import type { ApiDeps } from '../deps';
import type { Route } from '../http/route';
import { incidentRoutes } from './incidents';
import { overviewRoutes } from './overview';
import { retryRoutes } from './retries';
import { watchRoutes } from './watch';

/** The operators' part of the API; what they do to one case are actions of the case. */
export const opsRoutes = (deps: ApiDeps): Route[] => [
  ...incidentRoutes(deps),
  ...retryRoutes(deps),
  ...watchRoutes(deps),
  ...overviewRoutes(deps),
];
