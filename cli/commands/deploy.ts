import { InvalidArgumentError, type Command } from 'commander';
import type { Deployments } from '../../client/deployments';
import type { Desk } from '../connect';
import { Ended, EXIT, printJson, table } from '../output';
import type { Context } from '../context';

function percentage(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError('0 to 100');
  return value;
}

export function deployCommands(program: Command, { output, desk, json }: Context): void {
  const deploy = program.command('deploy').description('versions of the workers');
  const name = (at: Desk): string => at.config.workerVersion?.deploymentName ?? 'tajdid';
  const show = async (at: Desk, deployments: Deployments): Promise<void> => {
    const found = await deployments.describe(name(at));
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

  deploy
    .command('list')
    .description('which there are, and which is current')
    .action(() => withDeployments(() => Promise.resolve()));
  deploy
    .command('promote <version>')
    .description('make it current: new cases begin on it, waiting ones move to it; with the version before, a rollback')
    .action((buildId: string) =>
      withDeployments((at, deployments) => deployments.promote({ deploymentName: name(at), buildId })),
    );
  deploy
    .command('ramp <version> <percent>')
    .description('let so many percent begin on it first')
    .action((buildId: string, percent: string) =>
      withDeployments((at, deployments) =>
        deployments.ramp({ deploymentName: name(at), buildId }, percentage(percent)),
      ),
    );
}
