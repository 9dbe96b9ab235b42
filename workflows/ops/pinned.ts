import { workflowInfo, type setWorkflowOptions } from '@temporalio/workflow';

type Options = Extract<Parameters<typeof setWorkflowOptions>[0], () => unknown>;

/** For what is over in minutes: it ends on the version that it began on. A worker without a deployment may not say so: the engine refuses its answer. */
export const pinned: Options = () =>
  workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'PINNED' } : {};
