import type { Command } from 'commander';
import { recentActs } from '../../ops/acts';
import type { Context } from '../context';
import { printJson, table } from '../output';

const MOST = 50;

export function actsCommand(program: Command, { output, desk, json }: Context): void {
  program
    .command('acts')
    .description('what operators did to the system as a whole, the newest first, with who and why')
    .action(() =>
      desk(async (at) => {
        const acts = await recentActs(at, MOST);
        if (json()) return printJson(output, acts);
        const rows = acts.map(({ at: when, what, about, actor, reason }) => [
          when,
          what,
          Object.entries(about)
            .map(([name, value]) => `${name} ${value}`)
            .join(', '),
          actor.id,
          reason,
        ]);
        for (const line of table(['at', 'what', 'about', 'by', 'why'], rows)) output.out(line);
      }),
    );
}
