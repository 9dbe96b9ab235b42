import type { Caller } from '../auth/caller';

/** What becomes known of a request on its way; in `res.locals`. */
export interface RouteLocals {
  requestId?: string;
  route?: string;
  caller?: Caller;
}
