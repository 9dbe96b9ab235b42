import { Command } from 'commander';
import { count, countFrom, runProgram } from '../demo/program';
import { storm } from './storm';
import { upgrade } from './upgrade';

const MINUTE = 60_000;

interface Asked {
  readonly cases: number;
  readonly seed: string;
  readonly drainMinutes: number;
}

const drained = (command: Command): Command =>
  command
    .option('--cases <n>', 'cases to file', count, 500)
    .option('--seed <text>', 'what the people, their wishes and the mischief come from', 'chaos')
    .option('--drain-minutes <n>', 'how long cases may take to end when the storm is over', count, 10);

const program = new Command('npm run chaos --').description(
  'Kills, outages and faults while cases run; then counts what was lost or doubled.',
);
drained(program.command('storm', { isDefault: true }))
  .description('kills of worker, API and engine, restarts of PostgreSQL, faults outside, a new version half way')
  .option('--kills <n>', 'kills each of worker and API', countFrom(0), 20)
  .option('--engine-kills <n>', 'kills of the engine', countFrom(0), 5)
  .option('--database-restarts <n>', 'restarts of PostgreSQL', countFrom(0), 3)
  .action(
    async ({
      drainMinutes,
      ...asked
    }: Asked & { readonly kills: number; readonly engineKills: number; readonly databaseRestarts: number }) => {
      process.exitCode = await storm({ ...asked, drainWithin: drainMinutes * MINUTE });
    },
  );
drained(program.command('upgrade'))
  .description('a new worker version while cases are open, back to the old one, and forward again')
  .action(async ({ drainMinutes, ...asked }: Asked) => {
    process.exitCode = await upgrade({ ...asked, drainWithin: drainMinutes * MINUTE });
  });

void runProgram(program, process.argv.slice(2));
