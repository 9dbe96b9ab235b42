import type { Overview, OverviewCase, OverviewPage, PolicyGroup } from '../adapters/operations/overview-port';
import type { DeployedVersion, Deployment, Deployments } from '../client/deployments';
import type { EngineOperations } from '../client/operations';
import type { SeenWorker } from '../client/workers';
import type { Actor } from '../domain/case/model';
import { onRecord, type ActPorts } from './acts';

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

/** An open case with the code and the policy version that it runs. */
export interface CaseVersion extends OverviewCase {
  /** null: the engine does not know it. */
  readonly engine: {
    readonly status: string;
    readonly events: number;
    readonly behaviour: 'pinned' | 'moves-along' | 'unversioned';
    readonly workerVersion: string | null;
  } | null;
}

/** A page of open cases by case id, with the case that the next page begins after; the engine is asked about each. */
export async function caseVersions(
  { engine, overview }: { readonly engine: Pick<EngineOperations, 'view'>; readonly overview: Overview },
  filter: { readonly type?: string | undefined; readonly policyVersion?: string | undefined },
  page: OverviewPage,
): Promise<{ readonly items: readonly CaseVersion[]; readonly next: string | null }> {
  const cases = await overview.openCases(filter, page);
  const items = await Promise.all(
    cases.map(async (each) => {
      const view = await engine.view(each.caseId);
      return {
        ...each,
        engine: view && {
          status: view.status,
          events: view.events,
          behaviour: view.deployment?.behaviour ?? 'unversioned',
          workerVersion: view.deployment?.buildId ?? null,
        },
      };
    }),
  );
  return { items, next: cases.length === page.limit ? (cases.at(-1)?.caseId ?? null) : null };
}

export interface RoutingPorts extends ActPorts {
  readonly deployments: Pick<Deployments, 'promote' | 'ramp'>;
  /** The deployment that workers' versions are of. */
  readonly deployment: string;
}

interface RoutingOrder {
  readonly buildId: string;
  readonly actor: Actor;
  readonly reason: string;
}

/** Makes a version the current one, on record; with the version before it is a rollback. Throws as `Deployments.promote` does. */
export async function promoteVersion(
  { deployments, deployment, ...ports }: RoutingPorts,
  { buildId, actor, reason }: RoutingOrder,
): Promise<void> {
  await onRecord(ports, { what: 'deploy-promote', about: { version: buildId }, actor, reason });
  await deployments.promote({ deploymentName: deployment, buildId });
}

/** Lets so many percent of new cases begin on a version, on record; 0 takes the ramp back. Throws as `Deployments.ramp` does. */
export async function rampVersion(
  { deployments, deployment, ...ports }: RoutingPorts,
  { buildId, percent, actor, reason }: RoutingOrder & { readonly percent: number },
): Promise<void> {
  await onRecord(ports, { what: 'deploy-ramp', about: { version: buildId, percent }, actor, reason });
  await deployments.ramp({ deploymentName: deployment, buildId }, percent);
}
