import type { Overview, PolicyGroup } from '../adapters/operations/overview-port';
import type { DeployedVersion, Deployment, Deployments } from '../client/deployments';
import type { EngineOperations } from '../client/operations';
import type { SeenWorker } from '../client/workers';

export interface VersionsInUse {
  /** null: workers have no versions. */
  readonly deployment:
    | (Omit<Deployment, 'versions'> & { readonly versions: readonly (DeployedVersion & { readonly cases: number })[] })
    | null;
  /** Open cases that run on no version. */
  readonly unversioned: number;
  readonly workers: readonly SeenWorker[];
  readonly policies: readonly PolicyGroup[];
}

/** Which code and policy versions open cases run, and the workers that ask for work. Counts every open case: for people. */
export async function versionsInUse(ports: {
  readonly engine: EngineOperations;
  readonly deployments: Deployments;
  readonly deployment: string;
  readonly overview: Overview;
}): Promise<VersionsInUse> {
  const { engine, deployments, deployment: deploymentName, overview } = ports;
  const [deployment, { workers }, policies, open] = await Promise.all([
    deployments.describe(deploymentName),
    engine.health(),
    overview.policyGroups(),
    engine.countOpen(),
  ]);
  const versions = await Promise.all(
    (deployment?.versions ?? []).map(async (version) => ({
      ...version,
      cases: await engine.countOpen({ deploymentName, buildId: version.buildId }),
    })),
  );
  const versioned = versions.reduce((sum, { cases }) => sum + cases, 0);
  return {
    deployment: deployment && { ...deployment, versions },
    unversioned: Math.max(0, open - versioned),
    workers,
    policies,
  };
}
