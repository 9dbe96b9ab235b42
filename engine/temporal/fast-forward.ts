import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';

/**
 * Moves one open case ahead by `ms` of its own time, true to the length of its deadlines, and comes back when it is there.
 * The server skips as long as nothing but timers is under way. Only a server that was started with time skipping does this.
 */
export async function fastForward(client: Client, workflowId: string, ms: number): Promise<void> {
  const fastForwardId = randomUUID();
  const workflowExecution = { workflowId };
  const { namespace } = client.options;
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution,
    workflowExecutionOptions: {
      timeSkippingConfig: { enabled: true, fastForwardConfig: { id: fastForwardId, duration: msToTs(ms) } },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  await client.workflowService.pollWorkflowExecutionTimeSkipping({ namespace, workflowExecution, fastForwardId });
}
