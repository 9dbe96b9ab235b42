import { type Client, isGrpcServiceError } from '@temporalio/client';
import type { Instant } from '../domain/time';
import { asked, PATIENCE } from './cases';
import { isNotThere } from './engine-says';

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

/** Versions of the workers: which one new cases begin on, and to which one waiting cases move. Throws EngineSilent. */
export interface Deployments {
  /** null: no worker with a version has ever asked for work. */
  describe(deploymentName: string): Promise<Deployment | null>;
  /**
   * New cases begin on it, and waiting ones move to it with their next step. The same call with the version before rolls back.
   * Waits (20 s unless told) for its workers to have asked for work on every queue; then throws a `VersionNotAtWorkError` and changes nothing.
   */
  promote(version: WorkerVersion): Promise<void>;
  /** So many percent of new cases begin on it; with 0 it ramps no more. Waits and throws as `promote` does. */
  ramp(version: WorkerVersion, percent: number): Promise<void>;
  /** The first version that there ever is becomes the current one; any later one waits to be promoted. */
  adoptFirst(version: WorkerVersion): Promise<void>;
}

/** Nothing was changed: its workers do not ask for work on each queue that the current version serves. */
export class VersionNotAtWorkError extends Error {
  constructor(readonly buildId: string) {
    super(`No worker of version ${buildId} asks for work on every queue: start its workers first.`);
    this.name = 'VersionNotAtWorkError';
  }
}

const FAILED_PRECONDITION = 9;
const [DRAINING, DRAINED] = [1, 2];
const SPREADING = 1;
/** The engine hears of a version, queue by queue, with its worker's first requests for work. */
const HEARD_WITHIN_MS = 20_000;
const LOOK_AGAIN = 200;

const codeOf = (error: unknown): number | null => (isGrpcServiceError(error) ? error.code : null);
const isUnheard = (error: unknown): boolean => isNotThere(error) || codeOf(error) === FAILED_PRECONDITION;

const instantOf = (at: { seconds?: unknown } | null | undefined): Instant | null =>
  at?.seconds ? new Date(Number(at.seconds) * 1000).toISOString() : null;

export function createDeployments(
  client: Client,
  heardWithinMs: number = HEARD_WITHIN_MS,
  patience: number = PATIENCE,
): Deployments {
  const { namespace, identity } = client.options;
  const service = client.workflowService;

  const described: Deployments['describe'] = async (deploymentName) => {
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
      if (isNotThere(error)) return null;
      throw error;
    }
  };

  const describe: Deployments['describe'] = (deploymentName) =>
    asked(client, () => described(deploymentName), patience);

  const makeCurrent = ({ deploymentName, buildId }: WorkerVersion): Promise<unknown> =>
    service.setWorkerDeploymentCurrentVersion({ namespace, identity, deploymentName, buildId });

  /** Makes a change of routing: as soon as the engine has heard of the version on every queue, and until every queue goes by it. */
  const routed = async ({ deploymentName, buildId }: WorkerVersion, change: () => Promise<unknown>): Promise<void> => {
    const until = Date.now() + heardWithinMs;
    for (let changed = false; ;) {
      try {
        if (!changed) await change();
        changed = true;
        const { workerDeploymentInfo: info } = await service.describeWorkerDeployment({ namespace, deploymentName });
        if (Number(info?.routingConfigUpdateState) !== SPREADING || Date.now() > until) return;
      } catch (error) {
        if (!isUnheard(error)) throw error;
        if (Date.now() > until) throw new VersionNotAtWorkError(buildId);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    }
  };

  const route = (version: WorkerVersion, change: () => Promise<unknown>): Promise<void> =>
    asked(client, () => routed(version, change), heardWithinMs + patience);

  return {
    describe,
    promote: (version) => route(version, () => makeCurrent(version)),
    async ramp(version, percentage) {
      const { deploymentName } = version;
      // The engine knows no ramp of nothing: it is told that no version ramps, unless another one does by now.
      if (percentage === 0 && (await describe(deploymentName))?.ramping?.buildId !== version.buildId) return;
      const buildId = percentage === 0 ? '' : version.buildId;
      await route(version, () =>
        service.setWorkerDeploymentRampingVersion({ namespace, identity, deploymentName, buildId, percentage }),
      );
    },
    adoptFirst: (version) =>
      route(version, async () => {
        const deployment = await described(version.deploymentName);
        if (!deployment?.current) await makeCurrent(version);
      }),
  };
}
