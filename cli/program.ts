import { Command, CommanderError, Option } from 'commander';
import { version } from '../package.json';
import { OutsideFailure } from '../domain/failures';
import type { Bilingual } from '../domain/refusal';
import { CaseRefused, EngineSilent, WorkFailed } from '../client/cases';
import { VersionNotAtWorkError } from '../client/deployments';
import { ConfigError } from '../engine/config';
import { failureInWords } from '../ops/failure-words';
import { identityOf, openDesk } from './connect';
import type { Context } from './context';
import { actsCommand } from './commands/acts';
import { auditCommands } from './commands/audit';
import { caseCommands } from './commands/case';
import { completionCommand } from './commands/completion';
import { deployCommands } from './commands/deploy';
import { doctorCommand } from './commands/doctor';
import { erasureCommands } from './commands/erasure';
import { incidentCommands } from './commands/incidents';
import { keysCommands } from './commands/keys';
import { loginCommands } from './commands/login';
import { mendCommands } from './commands/mend';
import { replayCommands } from './commands/replay';
import { staffCommands } from './commands/staff';
import { stallCommands } from './commands/stall';
import { statisticsCommands } from './commands/statistics';
import { Ended, EXIT, table, type Output } from './output';
import { arabicTitle, askedInWords, settingsInWords } from './wrong-words';

const EXIT_CODES: Bilingual = {
  en: 'Exit codes: 0 well, 1 something was found, 2 asked wrongly, 3 something cannot be reached.',
  ar: 'رموز الخروج: 0 سليم، 1 وُجد شيء، 2 سؤال خاطئ، 3 شيء لا يُوصل إليه.',
};

/** @param tellWrong hears what is wrong with a command line, with the usage, as commander says it */
export function buildProgram(
  output: Output,
  env: NodeJS.ProcessEnv,
  tellWrong: (text: string) => void = output.err,
): Command {
  const options = (): { json?: boolean; lang: string; as?: string } => program.opts();
  const lang = () => (options().lang === 'ar' ? 'ar' : 'en');
  const program: Command = new Command('tajdid')
    .description('Look after the cases: see why, repair, retry, and prove that they moved.')
    .option('--json', 'print JSON')
    .addOption(new Option('--lang <lang>', 'the language of what is said').choices(['en', 'ar']).default('en'))
    .option('--as <staff>', "sign in as one of the sandbox's people, such as staff-401; in development only")
    .version(version)
    .exitOverride()
    .configureHelp({ styleTitle: (title) => (lang() === 'ar' ? arabicTitle(title) : title) })
    .configureOutput({ writeOut: (text) => output.out(text.trimEnd()), writeErr: tellWrong })
    .showHelpAfterError()
    .addHelpText('after', () => `\n${EXIT_CODES[lang()]}`);
  const context: Context = {
    output,
    json: () => options().json === true,
    lang,
    said: (text) => text[lang()],
    table(head, rows) {
      for (const line of table(head[lang()], rows, lang())) output.out(line);
    },
    identity: () => identityOf({ env, as: options().as }),
    async desk(work) {
      const desk = openDesk({ env, as: options().as });
      try {
        return await work(desk);
      } finally {
        await desk.close();
      }
    },
  };
  const cases = caseCommands(program, context);
  const incidents = incidentCommands(program, context);
  mendCommands(cases, incidents, context);
  for (const add of [
    stallCommands,
    auditCommands,
    replayCommands,
    deployCommands,
    doctorCommand,
    statisticsCommands,
    staffCommands,
    keysCommands,
    erasureCommands,
    actsCommand,
    loginCommands,
    completionCommand,
  ])
    add(program, context);
  return program;
}

/** Runs one command line; answers its exit code. With --json what went wrong is JSON too. */
export async function run(argv: readonly string[], output: Output, env: NodeJS.ProcessEnv): Promise<number> {
  let help = '';
  const program = buildProgram(output, env, (text) => (help += text));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return EXIT.well;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.well;
    const { exitCode, said, usage }: Said = error instanceof Ended ? error : explained(error, help);
    const lang = program.opts().lang === 'ar' ? 'ar' : 'en';
    const message = typeof said === 'string' ? said : said[lang];
    if (message) output.err(argv.includes('--json') ? JSON.stringify({ error: message, exitCode }) : message);
    if (usage && !argv.includes('--json')) output.err(usage[lang].trimEnd());
    return exitCode;
  }
}

interface Said {
  readonly exitCode: number;
  readonly said: string | Bilingual;
  readonly usage?: Bilingual;
}

function explained(error: unknown, help: string): Said {
  if (error instanceof CommanderError) return { exitCode: EXIT.usage, ...askedInWords(error, help) };
  if (error instanceof VersionNotAtWorkError) {
    const ar = `لا عامل بالإصدار ${error.buildId} يطلب عملًا على كل طابور: شغّل عامليه أولًا.`;
    return { exitCode: EXIT.found, said: { en: error.message, ar } };
  }
  if (error instanceof CaseRefused) {
    const { code, message } = error.refusal;
    const said = { en: `Refused (${code}): ${message.en}`, ar: `رُفض (${code}): ${message.ar}` };
    return { exitCode: EXIT.found, said };
  }
  if (error instanceof ConfigError) return { exitCode: EXIT.usage, said: settingsInWords(error) };
  if (error instanceof RangeError) return { exitCode: EXIT.usage, said: error.message };
  if (error instanceof OutsideFailure || error instanceof EngineSilent || error instanceof WorkFailed) {
    const { en, ar } = error instanceof OutsideFailure ? failureInWords(error) : error.said;
    const said = { en: `${en} Try \`tajdid doctor\`.`, ar: `${ar} جرّب \`tajdid doctor\`.` };
    return { exitCode: EXIT.unreachable, said };
  }
  return {
    exitCode: EXIT.unreachable,
    said: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}
