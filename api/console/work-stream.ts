import type { Response } from 'express';
import type { Subscription } from '../../adapters/read-model/port';
import { officeHeldTo } from '../cases/access';
import { WORKERS } from '../cases/read-cases';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';

const HEARTBEAT = 15_000;

/** Which cases of the caller's office changed, or of all; what they are now is read from the queue. Holds no personal data. */
export function workStreamRoute(deps: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/work-queue/stream',
    tag: 'Work',
    operationId: 'streamWork',
    summary: 'Which cases change, as it happens, as server-sent events',
    description:
      '`case-changed` names a case with its version, status and office; `gap` says that some were missed and the queue has to be read again.',
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
      open(res, subscription, deps.stopping);
      return undefined;
    },
  });
}

function open(res: Response, subscription: Subscription, stopping: AbortSignal | undefined): void {
  const heartbeat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT);
  const end = (): void => {
    clearInterval(heartbeat);
    stopping?.removeEventListener('abort', end);
    void subscription.close();
    res.end();
  };
  res.on('close', end);
  stopping?.addEventListener('abort', end);
  if (res.closed) end();
  else
    res
      .status(200)
      .set({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      .flushHeaders();
}
