import type { Command } from 'commander';
import { examine } from '../../ops/doctor';
import { Ended, EXIT, printJson } from '../output';
import type { Context } from '../context';
import { endpointsOf } from '../sign-in';

const STATES = {
  well: { en: 'well', ar: 'سليم' },
  warning: { en: 'warning', ar: 'تنبيه' },
  wrong: { en: 'wrong', ar: 'خلل' },
} as const;

export function doctorCommand(program: Command, { output, desk, json, lang, table, identity }: Context): void {
  program
    .command('doctor')
    .description('engine, database, clocks, versions, keys, webhooks: is everything well?')
    .action(() =>
      desk(async ({ config, vitals, engine, deployment, vault, stalls }) => {
        const { dataDir, documentsDir, production, signingKey, formerSigningKeys, webhookSecrets } = config;
        const { provider } = identity();
        const findings = await examine({
          vitals,
          engine: async () => (await engine()).engine,
          vault,
          stalls,
          signIn: provider && (() => endpointsOf(provider).then(() => provider.issuer)),
          deployed: async () => (await engine()).deployments.describe(deployment),
          secrets: { signingKey, formerSigningKeys, webhookSecrets },
          // In production documents are all that is kept on a disk of its own.
          dataDir: production ? documentsDir : dataDir,
          production,
          now: () => Date.now(),
        });
        if (json()) printJson(output, findings);
        else
          table(
            { en: ['check', 'state', 'says'], ar: ['الفحص', 'الحال', 'النتيجة'] },
            findings.map(({ title, state, says }) => [title[lang()], STATES[state][lang()], says[lang()]]),
          );
        if (findings.some(({ state }) => state === 'wrong')) throw new Ended(EXIT.found);
      }),
    );
}
