import type { Command } from 'commander';
import type { DeployedVersion, Deployments } from '../../client/deployments';
import type { Bilingual } from '../../domain/refusal';
import type { Desk } from '../connect';
import { Ended, EXIT, printJson } from '../output';
import { promoteVersion, rampVersion, versionsInUse } from '../../ops/versions';
import type { Context } from '../context';
import { numberIn, REASON } from '../parsers';

const STATES: Readonly<Record<DeployedVersion['state'], Bilingual>> = {
  current: { en: 'current', ar: 'الحالي' },
  ramping: { en: 'ramping', ar: 'متدرج' },
  draining: { en: 'draining', ar: 'يفرغ' },
  drained: { en: 'drained', ar: 'فرغ' },
  inactive: { en: 'inactive', ar: 'غير عامل' },
};
const percentage = numberIn('percent', 0, 100);

export function deployCommands(program: Command, { output, desk, json, said, table }: Context): void {
  const deploy = program.command('deploy').description('versions of the workers');
  const show = async (at: Desk, deployments: Deployments): Promise<void> => {
    const found = await deployments.describe(at.deployment);
    if (!found)
      throw new Ended(
        EXIT.found,
        said({
          en: 'No worker with a version has asked for work: set WORKER_BUILD_ID where workers start.',
          ar: 'لم يطلب عملًا أي عامل ذي إصدار: اضبط WORKER_BUILD_ID حيث يُشغَّل العاملون.',
        }),
      );
    if (json()) return printJson(output, found);
    const rows = found.versions.map(({ buildId, state, since }) => [
      buildId,
      state === 'ramping' ? `${said(STATES.ramping)}, ${found.ramping?.percent} %` : said(STATES[state]),
      since,
    ]);
    table({ en: ['version', 'state', 'since'], ar: ['الإصدار', 'الوضع', 'منذ'] }, rows);
  };
  const withDeployments = (work: (at: Desk, deployments: Deployments) => Promise<void>) =>
    desk(async (at) => {
      const { deployments } = await at.engine();
      await work(at, deployments);
      await show(at, deployments);
    });

  const waiting = (buildId: string): void =>
    output.err(
      said({
        en: `As soon as workers of ${buildId} ask for work on every queue; at most 20 seconds…`,
        ar: `ما إن يطلب عاملو ${buildId} عملًا على كل طابور، في 20 ثانية على الأكثر…`,
      }),
    );

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
          ...(found.deployment?.versions ?? []).map(({ buildId, state, cases }) => [
            buildId,
            said(STATES[state]),
            cases,
          ]),
          [said({ en: '(no version)', ar: '(دون إصدار)' }), '', found.unversioned],
        ];
        table({ en: ['code', 'state', 'open cases'], ar: ['الشيفرة', 'الوضع', 'حالات مفتوحة'] }, code);
        output.out('');
        const policies = found.policies.map((each) => [each.type, each.policyVersion, each.cases, each.oldest]);
        table(
          { en: ['type', 'policy', 'open cases', 'oldest'], ar: ['النوع', 'السياسة', 'حالات مفتوحة', 'أقدمها'] },
          policies,
        );
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
