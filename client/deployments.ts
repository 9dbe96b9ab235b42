import { type Client, isGrpcServiceError } from '@temporalio/client';
import type { Instant } from '../domain/time';

export interface WorkerVersion {
  readonly deploymentName: string;
  readonly buildId: string;
}

export interface DeployedVersion {
  readonly buildId: string;
  readonly state: 'current' | 'ramping' | 'draining' | 'drained' | 'inactive';
  readonly since: Instant | null;
}

export interface Deployment {
  readonly name: string;
  readonly current: string | null;
  readonly ramping: { readonly buildId: string; readonly percent: number } | null;
  readonly versions: readonly DeployedVersion[];
}

/** Versions of the workers: which one new cases begin on, and to which one waiting cases move. */
export interface Deployments {
  /** null: no worker with a version has ever asked for work. */
  describe(deploymentName: string): Promise<Deployment | null>;
  /** New cases begin on it, and waiting ones move to it with their next step. The same call with the version before rolls back. */
  promote(version: WorkerVersion): Promise<void>;
  /** So many percent of new cases begin on it. */
  ramp(version: WorkerVersion, percent: number): Promise<void>;
  /** The first version that there ever is becomes the current one; any later one waits to be promoted. */
  adoptFirst(version: WorkerVersion): Promise<void>;
}

const NOT_FOUND = 5;
const [DRAINING, DRAINED] = [1, 2];
/** The engine hears of a version with its worker's first request for work. */
const HEARD_WITHIN = 20_000;

function isNotFound(error: unknown): boolean {
  if (!isGrpcServiceError(error)) return false;
  const code: number = error.code;
  return code === NOT_FOUND;
}

const instantOf = (at: { seconds?: unknown } | null | undefined): Instant | null =>
  at?.seconds ? new Date(Number(at.seconds) * 1000).toISOString() : null;

export function createDeployments(client: Client): Deployments {
  const { namespace, identity } = client.options;
  const service = client.workflowService;

  const describe: Deployments['describe'] = async (deploymentName) => {
    try {
      const { workerDeploymentInfo: info } = await service.describeWorkerDeployment({ namespace, deploymentName });
      const routing = info?.routingConfig;
      const current = routing?.currentDeploymentVersion?.buildId ?? null;
      const ramping = routing?.rampingDeploymentVersion?.buildId ?? null;
      return {
        name: deploymentName,
        current,
        ramping: ramping === null ? null : { buildId: ramping, percent: routing?.rampingVersionPercentage ?? 0 },
        versions: (info?.versionSummaries ?? []).map(({ deploymentVersion, drainageInfo, createTime }) => {
          const buildId = deploymentVersion?.buildId ?? '';
          const drainage =
            Number(drainageInfo?.status) === DRAINING
              ? 'draining'
              : Number(drainageInfo?.status) === DRAINED
                ? 'drained'
                : 'inactive';
          return {
            buildId,
            state: buildId === current ? 'current' : buildId === ramping ? 'ramping' : drainage,
            since: instantOf(createTime),
          };
        }),
      };
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  };

  const promote: Deployments['promote'] = async ({ deploymentName, buildId }) => {
    await service.setWorkerDeploymentCurrentVersion({ namespace, identity, deploymentName, buildId });
  };

  return {
    describe,
    promote,
    async ramp({ deploymentName, buildId }, percentage) {
      await service.setWorkerDeploymentRampingVersion({ namespace, identity, deploymentName, buildId, percentage });
    },
    async adoptFirst(version) {
      for (const until = Date.now() + HEARD_WITHIN; ;) {
        const deployment = await describe(version.deploymentName);
        if (deployment?.current) return;
        if (deployment?.versions.some(({ buildId }) => buildId === version.buildId)) return promote(version);
        if (Date.now() > until) throw new Error(`The engine has not heard of worker version ${version.buildId}.`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
  };
}
