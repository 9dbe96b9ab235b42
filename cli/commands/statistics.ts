import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { casesToCount, rebuildTallies, type RebuildPhase } from '../../adapters/statistics/rebuild';
import { onRecord } from '../../ops/acts';
import { mendWaits } from '../../ops/waits';
import type { Bilingual } from '../../domain/refusal';
import { Ended, EXIT, printJson, several } from '../output';
import { REASON } from '../parsers';
import type { Context } from '../context';

const PHASES: Readonly<Record<RebuildPhase, Bilingual>> = {
  waits: { en: 'holding what is kept of waits against the log', ar: 'يقارن ما حُفظ من الانتظار بالسجل' },
  waiting: { en: 'waiting for the changes that are under way', ar: 'ينتظر انتهاء التغييرات الجارية' },
  counting: { en: 'adding up; changes of cases wait meanwhile', ar: 'يجمع، وتنتظر تغييرات الحالات أثناء ذلك' },
};
const TICK = 1_000;

/** What is done and for how long: the database says nothing of how far it is. */
function clock({ output, said }: Context): { tell: (phase: RebuildPhase) => void; stop: () => void } {
  if (!output.live) return { tell: (phase) => output.err(said(PHASES[phase])), stop: () => undefined };
  const bar = new SingleBar({ format: said({ en: '{phase}: {value} s', ar: '{phase}: {value} ث' }) });
  bar.start(0, 0, { phase: '' });
  const timer = setInterval(() => bar.increment(), TICK);
  return {
    tell: (phase) => bar.update({ phase: said(PHASES[phase]) }),
    stop() {
      clearInterval(timer);
      bar.stop();
    },
  };
}

export function statisticsCommands(program: Command, context: Context): void {
  const { output, desk, json, said, table } = context;
  const statistics = program.command('statistics').description('the counts that reports read');
  statistics
    .command('rebuild')
    .description('add all counts up anew from the cases, and say which had been wrong')
    .requiredOption(...REASON)
    .option('--yes', 'do it; without it, only what would be done')
    .action(({ reason, yes }: { reason: string; yes?: boolean }) =>
      desk(async ({ database, vault, acts, actor, waits }) => {
        if (!yes) {
          const cases = await casesToCount(database);
          throw new Ended(
            EXIT.usage,
            said({
              en: `The counts of ${several(cases, 'case')} would be added up anew, and changes of cases would wait meanwhile. Nothing was done: say --yes.`,
              ar: `ستُجمع أعداد الحالات (${cases}) من جديد وتنتظر تغييراتها أثناء ذلك. لم يُفعل شيء: قل --yes.`,
            }),
          );
        }
        const by = await actor(['operator']);
        const reasonRef = await onRecord({ acts, vault }, { what: 'statistics-rebuild', about: {}, actor: by, reason });
        const progress = clock(context);
        const began = performance.now();
        const rebuild = async () => {
          progress.tell('waits');
          // Counts of waits rest on what is kept of them.
          const counts = (await mendWaits(waits)).length;
          const added = await rebuildTallies(database, progress.tell);
          return {
            ...added,
            corrected: [...(counts > 0 ? [{ measure: 'case_waits', counts }] : []), ...added.corrected],
          };
        };
        const rebuilt = await rebuild().finally(progress.stop);
        const seconds = Math.round((performance.now() - began) / 100) / 10;
        if (json()) return printJson(output, { ...rebuilt, seconds, by: by.id, reasonRef });
        const { cases, corrected } = rebuilt;
        output.out(
          said({
            en: `${several(cases, 'case')} added up by ${by.id} in ${seconds} s: ${corrected.length === 0 ? 'every count was right' : 'some counts were wrong, and are right now'}.`,
            ar: `جمع ${by.id} أعداد الحالات (${cases}) في ${seconds} ث: ${corrected.length === 0 ? 'كانت كلها صحيحة' : 'كان بعضها خاطئًا وصُحّح'}.`,
          }),
        );
        if (corrected.length > 0)
          table(
            { en: ['of what', 'counts that were wrong'], ar: ['عدد ماذا', 'أعداد كانت خاطئة'] },
            corrected.map(({ measure, counts }) => [measure, counts]),
          );
      }),
    );
}
