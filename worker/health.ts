import { createServer } from 'node:http';
import type { Worker } from '@temporalio/worker';

/** Of the states of a worker, those in which it takes work or is about to. */
const WELL: readonly string[] = ['INITIALIZED', 'RUNNING'];

/**
 * Says on `/livez` and `/readyz` whether the worker takes work (200) or is ending or has failed (503), and what it is at. Only
 * for whoever watches over the process: it listens on `host`, and has no other page.
 */
export async function showHealth(
  worker: Pick<Worker, 'getState' | 'getStatus'>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((request, response) => {
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
    server.once('error', reject);
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
