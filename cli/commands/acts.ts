import type { Command } from 'commander';
import { recentActs } from '../../ops/acts';
import type { Context } from '../context';
import { printJson } from '../output';
import { numberIn } from '../parsers';

const MOST = 50;

export function actsCommand(program: Command, { output, desk, json, table }: Context): void {
  program
    .command('acts')
    .description('what operators did to the system as a whole, the newest first, with who and why')
    .option('--before <seq>', 'only those before this one', numberIn('--before', 1, 2 ** 53 - 1, true))
    .action(({ before }: { before?: number }) =>
      desk(async (at) => {
        const acts = await recentActs(at, MOST, before);
        if (json()) return printJson(output, acts);
        const rows = acts.map(({ seq, at: when, what, about, actor, reason }) => [
          seq,
          when,
          what,
          Object.entries(about)
            .map(([name, value]) => `${name} ${value}`)
            .join(', '),
          actor.id,
          reason,
        ]);
        table(
          { en: ['seq', 'at', 'what', 'about', 'by', 'why'], ar: ['الرقم', 'الوقت', 'ما فُعل', 'بشأن', 'من', 'السبب'] },
          rows,
        );
      }),
    );
}
