import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { getExternalWorkflowHandle, ParentClosePolicy, proxyActivities, startChild } from '@temporalio/workflow';
import { SHARE, shareChanged, type ShareRun, type SweepActivities } from './messages';
import type { share } from './share';

const { sweepServices } = proxyActivities<SweepActivities>({
  startToCloseTimeout: '2m',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/**
 * Once an hour: what a crash between a write and the engine left behind. A loss, a file or a share whose workflow was never
 * started gets it, and a share whose workflow was not told of something is told now.
 */
export async function serviceSweep(): Promise<void> {
  const { shares } = await sweepServices();
  for (const run of shares) await standBeside(run);
}

async function standBeside(run: ShareRun): Promise<void> {
  try {
    const workflowId = run.share;
    await startChild<typeof share>(SHARE, { workflowId, args: [run], parentClosePolicy: ParentClosePolicy.ABANDON });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // It may end at this very moment; then the next sweep starts it again.
    await getExternalWorkflowHandle(run.share)
      .signal(shareChanged)
      .catch(() => undefined);
  }
}
