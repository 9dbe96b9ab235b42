import type { ApiDeps } from '../deps';
import type { Route } from '../http/route';
import { keysRoute } from './keys';
import { recordRoute } from './record';
import { satisfactionRoute } from './satisfaction';
import { statementRoute } from '../statements/statement';
import { verificationRoute } from './verify';

/** Everything beside the cases that portals and official bodies can ask for. */
export const serviceRoutes = (deps: ApiDeps): Route[] => [verificationRoute(deps), keysRoute(deps), recordRoute(deps), satisfactionRoute(deps), statementRoute(deps)];
