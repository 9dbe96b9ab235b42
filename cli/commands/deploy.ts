import type { Command } from 'commander';
import type { Deployments } from '../../client/deployments';
import type { Desk } from '../connect';
import { Ended, EXIT, printJson, table } from '../output';
import { promoteVersion, rampVersion, versionsInUse } from '../../ops/versions';
import type { Context } from '../context';
import { numberIn, REASON } from '../parsers';

const percentage = numberIn(0, 100);

export function deployCommands(program: Command, { output, desk, json }: Context): void {
  const deploy = program.command('deploy').description('versions of the workers');
  const show = async (at: Desk, deployments: Deployments): Promise<void> => {
    const found = await deployments.describe(at.deployment);
    if (!found)
      throw new Ended(
        EXIT.found,
        'No worker with a version has asked for work: set WORKER_BUILD_ID where workers start.',
      );
    if (json()) return printJson(output, found);
    const rows = found.versions.map(({ buildId, state, since }) => [
      buildId,
      state === 'ramping' ? `ramping, ${found.ramping?.percent} %` : state,
      since,
    ]);
    for (const line of table(['version', 'state', 'since'], rows)) output.out(line);
  };
  const withDeployments = (work: (at: Desk, deployments: Deployments) => Promise<void>) =>
    desk(async (at) => {
      const { deployments } = await at.engine();
      await work(at, deployments);
      await show(at, deployments);
    });

  const waiting = (buildId: string): void =>
    output.err(`As soon as workers of ${buildId} ask for work on every queue; at most 20 seconds…`);

  deploy
    .command('list')
    .description('which there are, and which is current')
    .action(() => withDeployments(() => Promise.resolve()));
  deploy
    .command('versions')
    .description('which code and policy versions open cases run')
    .action(() =>
      desk(async (at) => {
        const { engine, deployments } = await at.engine();
        const found = await versionsInUse({ engine, deployments, deployment: at.deployment, overview: at.overview });
        if (json()) return printJson(output, found);
        const code = [
          ...(found.deployment?.versions ?? []).map(({ buildId, state, cases }) => [buildId, state, cases]),
          ['(no version)', '', found.unversioned],
        ];
        for (const line of table(['code', 'state', 'open cases'], code)) output.out(line);
        output.out('');
        const policies = found.policies.map((each) => [each.type, each.policyVersion, each.cases, each.oldest]);
        for (const line of table(['type', 'policy', 'open cases', 'oldest'], policies)) output.out(line);
      }),
    );
  deploy
    .command('promote <version>')
    .description('make it current: new cases begin on it, waiting ones move to it; with the version before, a rollback')
    .requiredOption(...REASON)
    .action((buildId: string, { reason }: { reason: string }) =>
      withDeployments(async (at, deployments) => {
        const actor = await at.actor(['operator']);
        waiting(buildId);
        await promoteVersion({ ...at, deployments }, { buildId, actor, reason });
      }),
    );
  deploy
    .command('ramp')
    .argument('<version>')
    .argument('<percent>', 'of new cases', percentage)
    .description('let so many percent begin on it first; 0 takes that back')
    .requiredOption(...REASON)
    .action((buildId: string, percent: number, { reason }: { reason: string }) =>
      withDeployments(async (at, deployments) => {
        const actor = await at.actor(['operator']);
        waiting(buildId);
        await rampVersion({ ...at, deployments }, { buildId, percent, actor, reason });
      }),
    );
}
