import type { Command } from 'commander';
import { callerOf, clientIdIn } from '../identity';
import { Ended, EXIT, printJson } from '../output';
import type { Context } from '../context';
import { forgetSession, keepSession } from '../session';
import { signInByBrowser } from '../sign-in';

export function loginCommands(program: Command, { output, identity, json }: Context): void {
  program
    .command('login')
    .description('sign in with the browser; what you do from then on carries your name')
    .action(async () => {
      const who = identity();
      const { provider, env } = who;
      if (!provider)
        throw new Ended(EXIT.usage, 'No identity provider is known: set OIDC_ISSUER and OIDC_AUDIENCE, or npm start.');
      const { token, until } = await signInByBrowser(provider, clientIdIn(env), (url) =>
        output.err(`Open this page and sign in:\n${url}`),
      );
      const caller = await callerOf({ ...who, as: undefined, env: { ...env, TAJDID_TOKEN: token } });
      await keepSession(env, { issuer: provider.issuer, token, until });
      const lasts = new Date(until).toISOString();
      if (json()) printJson(output, { ...caller, until: lasts });
      else output.out(`${caller?.id} (${caller?.roles.join(', ')}) until ${lasts}`);
    });

  program
    .command('logout')
    .description('forget who signed in')
    .action(() => forgetSession(identity().env));

  program
    .command('whoami')
    .description('whose name your commands carry')
    .action(async () => {
      const caller = await callerOf(identity());
      if (!caller) throw new Ended(EXIT.found, 'Nobody is signed in: tajdid login.');
      if (json()) return printJson(output, caller);
      output.out(`${caller.id} (${caller.roles.join(', ')})${caller.office ? `, ${caller.office}` : ''}`);
    });
}
