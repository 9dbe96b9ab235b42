import type { ApiDeps } from '../deps';
import type { Route } from '../http/route';
import { bulkRoutes } from './bulk';
import { keysRoutes } from './keys';
import { lossRoute } from './losses';
import { officialBodiesRoute } from './official-bodies';
import { preferencesRoute } from './preferences';
import { accessesRoute, recordRoute } from './record';
import { renewalCostRoute } from './renewal-cost';
import { satisfactionRoute } from './satisfaction';
import { statementRoute } from '../statements/statement';
import { sharedWithRoutes } from './share-fetch';
import { ownShareRoutes } from './shares';
import { verificationRoute } from './verify';

/** Everything beside the cases that portals and official bodies can ask for. */
export const serviceRoutes = (deps: ApiDeps): Route[] => [
  verificationRoute(deps),
  ...keysRoutes(deps),
  recordRoute(deps),
  accessesRoute(deps),
  renewalCostRoute(deps),
  preferencesRoute(deps),
  lossRoute(deps),
  satisfactionRoute(deps),
  statementRoute(deps),
  ...bulkRoutes(deps),
  officialBodiesRoute(),
  ...ownShareRoutes(deps),
  ...sharedWithRoutes(deps),
];
