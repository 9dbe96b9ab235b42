import type { Command } from 'commander';
import { scanOnRecord } from '../../ops/scan';
import { stallTexts, type StallKind } from '../../ops/stalls';
import type { Desk } from '../connect';
import { Ended, EXIT, printJson, table } from '../output';
import type { Context } from '../context';
import { numberIn } from '../parsers';

const MOST = 1_000;
/** A year, in minutes. */
const LONGEST = 525_600;

export function stallCommands(program: Command, context: Context): void {
  const { output, desk, json, lang } = context;
  const stall = program.command('stall').description('waits that have gone silent');
  const show = async (at: Desk, all: boolean): Promise<number> => {
    const found = await at.stalls.list({ open: !all, limit: MOST });
    if (json()) printJson(output, found);
    else {
      const rows = found.map(({ caseId, what, detail, firstSeen, times, remedied, clearedAt }) => [
        caseId,
        stallTexts[what as StallKind]?.what[lang()] ?? what,
        detail,
        firstSeen,
        times,
        clearedAt ? `cleared ${clearedAt}` : (remedied ?? stallTexts[what as StallKind]?.remedy[lang()]),
      ]);
      for (const line of table(['case', 'what', 'detail', 'first seen', 'times', 'remedy'], rows)) output.out(line);
    }
    return found.filter(({ clearedAt }) => clearedAt === null).length;
  };
  stall
    .command('scan')
    .description('look now, wake what can be woken, and show what is open')
    .requiredOption('--reason <text>', 'why, for the record')
    .option(
      '--silent-for <minutes>',
      'ask the outside about everything it has been silent about for so long',
      numberIn(0, LONGEST),
    )
    .action(({ silentFor, reason }: { silentFor?: number; reason: string }) =>
      desk(async (at) => {
        const ports = { ...at, engine: async () => (await at.engine()).engine, now: Date.now };
        const actor = await at.actor(['operator']);
        const counts = await scanOnRecord(ports, { actor, reason, silentForMinutes: silentFor });
        output.err(
          `looked at ${counts.looked} cases: ${counts.found} found, ${counts.cleared} cleared${counts.failed ? `, ${counts.failed} could not be looked at` : ''}`,
        );
        if ((await show(at, false)) > 0) throw new Ended(EXIT.found);
      }),
    );
  stall
    .command('list')
    .description('what the watch has found')
    .option('--all', 'with what is cleared')
    .action(({ all }: { all?: boolean }) => desk(async (at) => void (await show(at, all === true))));
}
