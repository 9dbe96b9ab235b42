import { createServer } from 'node:http';
import type { Worker } from '@temporalio/worker';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { cannotListen } from '../engine/free-port';

/** Of the states of a worker, those in which it takes work or is about to. */
const WELL: readonly string[] = ['INITIALIZED', 'RUNNING'];

type Watched = Pick<Worker, 'getState' | 'getStatus'>;

/** What a worker says of itself to Prometheus. */
export function metricsOf(worker: Watched): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = [
    new Gauge({
      name: 'tajdid_worker_up',
      help: 'Whether this worker takes work',
      registers: [],
      collect() {
        this.set(WELL.includes(worker.getState()) ? 1 : 0);
      },
    }),
    new Gauge({
      name: 'tajdid_worker_tasks',
      help: 'What this worker is at',
      labelNames: ['of'] as const,
      registers: [],
      collect() {
        const { numInFlightWorkflowActivations, numInFlightActivities } = worker.getStatus();
        this.set({ of: 'workflows' }, numInFlightWorkflowActivations);
        this.set({ of: 'activities' }, numInFlightActivities);
      },
    }),
    new Gauge({
      name: 'tajdid_worker_cached_cases',
      help: 'Workflows that this worker has in memory',
      registers: [],
      collect() {
        this.set(worker.getStatus().numCachedWorkflows);
      },
    }),
  ];
  for (const gauge of gauges) registry.registerMetric(gauge);
  return registry;
}

/**
 * Says on `/livez` and `/readyz` whether the worker takes work (200) or is ending or has failed (503), and what it is at; on
 * `/metrics` the same for Prometheus. Only for whoever watches over the process: it listens on `host`, and has no other page.
 */
export async function showHealth(
  worker: Watched,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly port: number; close(): void }> {
  const registry = metricsOf(worker);
  const server = createServer((request, response) => {
    if (request.url === '/metrics')
      return void registry
        .metrics()
        .then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text));
    if (request.url !== '/livez' && request.url !== '/readyz') return void response.writeHead(404).end();
    const { numInFlightWorkflowActivations, numInFlightActivities, numCachedWorkflows } = worker.getStatus();
    const state = worker.getState();
    response.writeHead(WELL.includes(state) ? 200 : 503, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        state,
        workflowTasks: numInFlightWorkflowActivations,
        activities: numInFlightActivities,
        cachedCases: numCachedWorkflows,
      }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen('The worker', port, error)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
