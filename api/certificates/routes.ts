import type { ApiDeps } from '../deps';
import type { Route } from '../http/route';
import { certificateRoute } from './certificate';
import { familyRecordRoute } from './family-record';
import { certificateVerificationRoute } from './verification';

/** The papers that families get, and the answer to whoever is shown one. */
export const certificateRoutes = (deps: ApiDeps): Route[] => [
  // Before the certificate itself, whose address it could be taken for.
  certificateVerificationRoute(deps),
  certificateRoute(deps),
  familyRecordRoute(deps),
];
