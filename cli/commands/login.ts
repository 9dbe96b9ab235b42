import type { Command } from 'commander';
import { callerOf, clientIdIn } from '../identity';
import { askedWrongly, Ended, EXIT, printJson } from '../output';
import type { Context } from '../context';
import { forgetSession, keepSession } from '../session';
import { signInByBrowser } from '../sign-in';

export function loginCommands(program: Command, { output, identity, json, said }: Context): void {
  program
    .command('login')
    .description('sign in with the browser; what you do from then on carries your name')
    .action(async () => {
      const who = identity();
      const { provider, env } = who;
      if (!provider)
        throw askedWrongly(
          'No identity provider is known: set OIDC_ISSUER and OIDC_AUDIENCE, or npm start.',
          'لا موفّر هوية معروف: عيّن OIDC_ISSUER و OIDC_AUDIENCE أو npm start.',
        );
      const { token, until } = await signInByBrowser(provider, clientIdIn(env), (url) =>
        output.err(said({ en: `Open this page and sign in:\n${url}`, ar: `افتح هذه الصفحة وسجّل الدخول:\n${url}` })),
      );
      const caller = await callerOf({ ...who, as: undefined, env: { ...env, TAJDID_TOKEN: token } });
      await keepSession(env, { issuer: provider.issuer, token, until });
      const lasts = new Date(until).toISOString();
      if (json()) printJson(output, { ...caller, until: lasts });
      else {
        const name = `${caller?.id} (${caller?.roles.join(', ')})`;
        output.out(said({ en: `${name} until ${lasts}`, ar: `${name} حتى ${lasts}` }));
      }
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
      if (!caller)
        throw new Ended(EXIT.found, {
          en: 'Nobody is signed in: tajdid login.',
          ar: 'لم يسجّل أحد الدخول: tajdid login.',
        });
      if (json()) return printJson(output, caller);
      output.out(`${caller.id} (${caller.roles.join(', ')})${caller.office ? `, ${caller.office}` : ''}`);
    });
}
