import { Command, InvalidArgumentError } from 'commander';
import { count, countFrom, runProgram } from '../demo/program';
import { benchFamily } from './family';
import { benchMonth } from './month';
import { benchQueue } from './queue';
import { benchReminders } from './reminders';
import { benchRenewal } from './renewal';
import { benchRivals } from './rivals';
import { benchScale } from './scale';
import { benchVerification } from './verification';

const share = (text: string): number => {
  const n = Number(text);
  if (!(n > 0 && n <= 10)) throw new InvalidArgumentError('It is a number above 0, and 10 at most.');
  return n;
};

const program = new Command('npm run bench --').description(
  'How fast Tajdid is on this machine, beside others in the same run.',
);
program
  .command('renewal', { isDefault: true })
  .description(
    'whole renewals over HTTP, beside a plain workflow that makes the same outside calls as ordinary activities',
  )
  .option('--cases <n>', 'cases a round', count, 400)
  .option('--rounds <n>', 'rounds, ours and theirs in turn', count, 3)
  .action((options: { cases: number; rounds: number }) => benchRenewal(options));
program
  .command('verification')
  .description('verifications through the whole API, beside a bare Express handler with the same two queries')
  .option('--seconds <n>', 'seconds a round', count, 8)
  .option('--rounds <n>', 'rounds, ours and theirs in turn', count, 3)
  .action((options: { seconds: number; rounds: number }) => benchVerification(options));
program
  .command('month')
  .description(
    "the model month's services over HTTP against everything embedded, then the checks that nothing was lost",
  )
  .option('--scale <share>', 'share of the month', share, 1)
  .option('--open <n>', 'requests under way at once', count, 64)
  .option('--keep', 'leave the data where it was', false)
  .action((options: { scale: number; open: number; keep: boolean }) => benchMonth(options));
program
  .command('family')
  .description(
    'births, marriages, divorces, deaths, identifications with their first card, appeals, corrections and revocations, each by itself',
  )
  .option('--cases <n>', 'of each event a round', count, 100)
  .option('--rounds <n>', 'rounds, the events in turn', count, 3)
  .action((options: { cases: number; rounds: number }) => benchFamily(options));
program
  .command('rivals')
  .description('the same renewal on plain Temporal, DBOS and Restate, each on its own storage, as ratios to Tajdid')
  .option('--cases <n>', 'cases a round', count, 400)
  .option('--rounds <n>', 'rounds, all contenders in turn', count, 3)
  .action((options: { cases: number; rounds: number }) => benchRivals(options));
program
  .command('scale')
  .description(
    'lists, search, work queue and statistics at 10,000, 100,000 and 1,000,000 cases; the memory of worker and engine with as many open',
  )
  .option('--cases <n>', 'the largest size', count, 1_000_000)
  .option('--open <n>', 'real cases filed and left open for the memory', count, 6_000)
  .option(
    '--open-made <n>',
    "open cases in all, the others made after a real one in the engine's file, with Go; 17 kB of disk each",
    countFrom(0),
    1_000_000,
  )
  .action((options: { cases: number; open: number; openMade: number }) => benchScale(options));

program
  .command('queue')
  .description("the console's queue in Chromium: from opening it to the first rows, among very many open cases")
  .option('--cases <n>', 'open cases', count, 100_000)
  .option('--looks <n>', 'times it is opened', count, 20)
  .action((options: { cases: number; looks: number }) => benchQueue(options));
program
  .command('reminders')
  .description("the morning's walk over the cards that are about to run out, and the memory of the worker that walks")
  .option('--cards <n>', 'cards', count, 1_000_000)
  .action((options: { cards: number }) => benchReminders(options));

void runProgram(program, process.argv.slice(2));
