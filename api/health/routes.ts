import { z } from 'zod';
import type { ApiDeps } from '../deps';
import { openRoute, type Route } from '../http/route';
import { lookedAt } from './checks';
import { registry } from './metrics';
import { onCallMetrics } from './on-call';
import { shared } from './shared';

const Live = z.object({ status: z.literal('up') }).meta({ id: 'Live' });
const Ready = z
  .object({ ready: z.boolean(), checks: z.record(z.string(), z.enum(['up', 'down'])) })
  .meta({ id: 'Ready' });

export function healthRoutes({ checks, stopping, ops, statistics }: ApiDeps): Route[] {
  const looked = shared(() => lookedAt(checks));
  const onCall = onCallMetrics({ ...ops, statistics, checks });
  return [
    openRoute({
      method: 'get',
      path: '/livez',
      tag: 'Health',
      operationId: 'live',
      summary: 'Whether this program runs',
      open: 'public',
      success: { status: 200, description: 'It does', schema: Live },
      problems: [],
      handle: () => Promise.resolve({ body: { status: 'up' as const } }),
    }),
    openRoute({
      method: 'get',
      path: '/readyz',
      tag: 'Health',
      operationId: 'ready',
      summary: 'Whether requests can be answered now',
      description: '503 with the same body when something does not answer, or when the API is stopping.',
      open: 'public',
      success: { status: 200, description: 'Everything answers', schema: Ready },
      problems: [],
      async handle() {
        const found = await looked();
        const ready = found.every(([, up]) => up) && stopping?.aborted !== true;
        return {
          status: ready ? 200 : 503,
          body: {
            ready,
            checks: Object.fromEntries(found.map(([name, up]) => [name, up ? ('up' as const) : ('down' as const)])),
          },
        };
      },
    }),
    openRoute({
      method: 'get',
      path: '/metrics',
      tag: 'Health',
      operationId: 'metrics',
      summary: 'Counters, durations and what the on-call is woken by, for Prometheus',
      description: 'For the inside: what stands before the API does not pass it on.',
      open: 'public',
      limited: true,
      success: { status: 200, description: 'Prometheus text', schema: z.string(), mediaType: registry.contentType },
      problems: [],
      handle: async () => ({ body: `${await registry.metrics()}\n${await onCall()}` }),
    }),
  ];
}
