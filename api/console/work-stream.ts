import { officeHeldTo } from '../cases/access';
import { WORKERS } from '../cases/read-cases';
import type { ApiDeps } from '../deps';
import { keptOpen, startEvents } from '../http/event-stream';
import { route, type Route } from '../http/route';

/** Which cases of the caller's office changed, or of all; what they are now is read from the queue. Holds no personal data. */
export function workStreamRoute(deps: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/work-queue/stream',
    tag: 'Work',
    operationId: 'streamWork',
    summary: 'Which cases change, as it happens, as server-sent events',
    description:
      '`case-changed` names a case with its version, status and office; `gap` says that some were missed and the queue has to be read again. The stream ends with the token that it was asked for with: come back with another.',
    roles: WORKERS,
    success: { status: 200, description: 'A stream of changes', mediaType: 'text/event-stream' },
    problems: ['temporarily-unavailable'],
    async handle({ caller, res }) {
      const office = officeHeldTo(caller, WORKERS);
      const subscription = await deps.changes.subscribe(
        (change) => {
          if (office === undefined || change.office === office)
            res.write(`event: case-changed\ndata: ${JSON.stringify(change)}\n\n`);
        },
        () => res.write('event: gap\ndata: {}\n\n'),
      );
      startEvents(res);
      keptOpen(res, caller, deps, () => void subscription.close());
      return undefined;
    },
  });
}
