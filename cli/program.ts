import { Command, CommanderError } from 'commander';
import { OutsideFailure } from '../domain/failures';
import { CaseRefused, EngineSilent } from '../client/cases';
import { ConfigError } from '../engine/config';
import { openDesk } from './connect';
import type { Context } from './context';
import { auditCommands } from './commands/audit';
import { caseCommands } from './commands/case';
import { completionCommand } from './commands/completion';
import { deployCommands } from './commands/deploy';
import { doctorCommand } from './commands/doctor';
import { incidentCommands } from './commands/incidents';
import { mendCommands } from './commands/mend';
import { replayCommands } from './commands/replay';
import { stallCommands } from './commands/stall';
import { Ended, EXIT, type Output } from './output';

export function buildProgram(output: Output, env: NodeJS.ProcessEnv): Command {
  const program = new Command('tajdid')
    .description('Look after the cases: see why, repair, retry, and prove that they moved.')
    .option('--json', 'print JSON')
    .option('--lang <lang>', 'en or ar', 'en')
    .option('--as <staff>', 'who does this, where no token says so')
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.out(text.trimEnd()), writeErr: (text) => output.err(text.trimEnd()) })
    .showHelpAfterError();
  const options = (): { json?: boolean; lang: string; as?: string } => program.opts();
  const context: Context = {
    output,
    json: () => options().json === true,
    lang: () => (options().lang === 'ar' ? 'ar' : 'en'),
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
  for (const add of [stallCommands, auditCommands, replayCommands, deployCommands, doctorCommand, completionCommand])
    add(program, context);
  return program;
}

/** Runs one command line; answers its exit code. */
export async function run(argv: readonly string[], output: Output, env: NodeJS.ProcessEnv): Promise<number> {
  try {
    await buildProgram(output, env).parseAsync([...argv], { from: 'user' });
    return EXIT.well;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.well : EXIT.usage;
    if (error instanceof Ended) {
      if (error.message) output.err(error.message);
      return error.exitCode;
    }
    return explained(error, output);
  }
}

function explained(error: unknown, output: Output): number {
  if (error instanceof CaseRefused) {
    output.err(`Refused (${error.refusal.code}): ${error.refusal.message.en}`);
    return EXIT.found;
  }
  if (error instanceof ConfigError || error instanceof RangeError) {
    output.err(error.message);
    return EXIT.usage;
  }
  if (error instanceof OutsideFailure || error instanceof EngineSilent) {
    output.err(`${error.message} Try \`tajdid doctor\`.`);
    return EXIT.unreachable;
  }
  output.err(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return EXIT.unreachable;
}
