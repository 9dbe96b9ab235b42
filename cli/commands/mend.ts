import type { Command } from 'commander';
import { effectsAfter, resetPoints } from '../../domain/case/repair-and-reset';
import { repairsToDecide } from '../../ops/repairs';
import { restartCase } from '../../ops/restart';
import { caseTypeNamed } from '../../workflows/case-types';
import { actOn, untilEvent } from '../act';
import type { Desk } from '../connect';
import { Ended, EXIT, printJson } from '../output';
import { REASON } from '../parsers';
import type { Context } from '../context';
import { noCase } from '../unknown';

const RESET_WITHIN = 120_000;
const list = (value: string, before: readonly string[]): string[] => [...before, ...value.split(',').filter(Boolean)];

async function fileOf(desk: Desk, id: string) {
  const found = await desk.readModel.caseById(id);
  const type = found && caseTypeNamed(found.summary.type);
  if (!found || !type) throw await noCase(desk, id);
  return { file: found.file, type };
}

async function showLedgers({ output, json, said, table }: Context, desk: Desk, id: string): Promise<void> {
  await fileOf(desk, id);
  const { engine } = await desk.engine();
  const lines = await engine.ledgersOf(id);
  if (json()) printJson(output, lines);
  else
    table(
      {
        en: ['effect', 'the case says', 'the outside says', 'agrees'],
        ar: ['الأثر', 'ما تقوله الحالة', 'ما يقوله الطرف الخارجي', 'متفقان'],
      },
      lines.map(({ what, caseSays, outsideSays, unasked, agrees }) => [
        what,
        caseSays,
        unasked === undefined
          ? outsideSays
          : said({ en: `cannot be asked: ${unasked}`, ar: `تعذر السؤال: ${unasked}` }),
        said(agrees ? { en: 'yes', ar: 'نعم' } : { en: 'NO', ar: 'لا!' }),
      ]),
    );
  if (lines.some(({ agrees, unasked }) => !agrees && unasked === undefined))
    throw new Ended(EXIT.found, said({ en: 'Case and outside differ.', ar: 'تختلف الحالة والطرف الخارجي.' }));
  if (lines.some(({ unasked }) => unasked !== undefined))
    throw new Ended(
      EXIT.unreachable,
      said({
        en: 'What could be asked agrees; ask again for the rest.',
        ar: 'ما أمكن السؤال عنه متفق، فاسأل لاحقًا عن الباقي.',
      }),
    );
}

/** What changes a case: repair, reset; and the proof that its effects are what the outside has. */
export function mendCommands(cases: Command, incidents: Command, context: Context): void {
  const { output, desk, lang, json, said, table } = context;

  cases
    .command('reset <id>')
    .description(
      'take it back to a step; each effect after the step is pinned (kept, not made again) or compensated first',
    )
    .option('--to <step>', 'the step; without it, the steps and effects are listed')
    .option('--pin <effects>', 'keep these, comma-separated', list, [])
    .option('--compensate <effects>', 'take these back, comma-separated', list, [])
    .option(...REASON)
    .action(
      (
        id: string,
        { to, pin, compensate, reason }: { to?: string; pin: string[]; compensate: string[]; reason?: string },
      ) =>
        desk(async (at) => {
          if (to === undefined) return resetChoices(context, at, id);
          if (reason === undefined)
            throw new Ended(EXIT.usage, said({ en: 'A reset needs --reason.', ar: 'يلزم للإعادة إلى خطوة --reason.' }));
          const version = await actOn(at, {
            caseId: id,
            action: 'reset',
            roles: ['operator'],
            reason,
            input: { to, pin, compensate },
          });
          output.err(
            said({
              en: 'The reset is under way: what has to be taken back is taken back first.',
              ar: 'الإعادة جارية: يُسترد أولًا ما يجب استرداده.',
            }),
          );
          const ended = await untilEvent(at, id, version - 1, ['CaseReset', 'IncidentRaised'], RESET_WITHIN);
          if (ended?.event.type !== 'CaseReset')
            throw new Ended(
              EXIT.found,
              said({
                en: `The reset has not come to its end: see tajdid case why ${id}`,
                ar: `لم تنته الإعادة: انظر tajdid case why ${id}`,
              }),
            );
          output.err(
            said({
              en: `${id} stands before "${to}" since version ${ended.version}`,
              ar: `تقف ${id} قبل «${to}» منذ النسخة ${ended.version}`,
            }),
          );
          await showLedgers(context, at, id);
        }),
    );

  cases
    .command('restart <id>')
    .description('end its run, which does not fit the code, and begin another one from its log')
    .requiredOption(...REASON)
    .action((id: string, { reason }: { reason: string }) =>
      desk(async (at) => {
        const actor = await at.actor(['operator']);
        const { engine } = await at.engine();
        const begun = await restartCase({ ...at, engine }, { caseId: id, actor, reason });
        if (begun === 'unknown') throw await noCase(at, id);
        if (begun === 'ended')
          throw new Ended(
            EXIT.found,
            said({ en: `${id} has ended: it needs no run.`, ar: `انتهت ${id} ولا تحتاج مسارًا.` }),
          );
        if (json()) printJson(output, begun);
        else
          output.out(
            said({
              en: `${id} goes on from its log, in run ${begun.runId}.`,
              ar: `تتابع ${id} من سجلها في المسار ${begun.runId}.`,
            }),
          );
      }),
    );

  cases
    .command('ledgers <id>')
    .description('what its log says it has made, beside what the outside says')
    .action((id: string) => desk((at) => showLedgers(context, at, id)));

  incidents
    .command('repair <id>')
    .description('correct a fact before the retry; without --field, what can be corrected')
    .option('--field <field>')
    .option('--value <value>')
    .option(...REASON)
    .action((id: string, { field, value, reason }: { field?: string; value?: string; reason?: string }) =>
      desk(async (at) => {
        const { file, type } = await fileOf(at, id);
        if (field === undefined) {
          const facts = Object.entries(type.repairable ?? {}).map(([name, { title, read, restsDecision }]) => ({
            field: name,
            what: title[lang()],
            now: read(file),
            secondPerson: restsDecision(file),
          }));
          if (json()) return printJson(output, facts);
          const rows = facts.map(({ secondPerson, ...fact }) => [
            fact.field,
            fact.what,
            fact.now,
            said(secondPerson ? { en: 'yes', ar: 'نعم' } : { en: 'no', ar: 'لا' }),
          ]);
          return table(
            { en: ['field', 'what', 'now', 'needs a second person'], ar: ['البيان', 'ما هو', 'الآن', 'يلزمه شخص ثانٍ'] },
            rows,
          );
        }
        if (value === undefined || reason === undefined)
          throw new Ended(
            EXIT.usage,
            said({ en: 'A repair needs --value and --reason.', ar: 'يلزم للتصحيح --value و--reason.' }),
          );
        const version = await actOn(at, {
          caseId: id,
          action: 'repair',
          roles: ['operator'],
          reason,
          input: { field, value },
        });
        const waits = (await fileOf(at, id)).file.repair !== undefined;
        if (json()) return printJson(output, { version, waitsForSecondPerson: waits });
        output.out(
          said(
            waits
              ? {
                  en: `Proposed at version ${version}; somebody else agrees with: tajdid incidents confirm-repair ${id}`,
                  ar: `اقتُرح في النسخة ${version}، ويوافق غيرك عليه بالأمر: tajdid incidents confirm-repair ${id}`,
                }
              : { en: `Repaired at version ${version}.`, ar: `صُحّح في النسخة ${version}.` },
          ),
        );
      }),
    );

  incidents
    .command('repairs')
    .description('repairs that wait for a second person')
    .option('--after <case>', 'those after this case; a hundred at a time')
    .action(({ after }: { after?: string }) =>
      desk(async ({ overview }) => {
        const page = { limit: 100, ...(after === undefined ? {} : { after }) };
        const found = await repairsToDecide(overview, page);
        if (json()) return printJson(output, found);
        const rows = found.items.map(({ caseId, title, now, value, by, at }) => [
          caseId,
          title[lang()],
          now,
          value,
          by,
          at,
        ]);
        table(
          {
            en: ['case', 'what', 'now', 'proposed', 'by', 'at'],
            ar: ['الحالة', 'ما هو', 'الآن', 'المقترح', 'من', 'الوقت'],
          },
          rows,
        );
        if (found.next !== null)
          output.out(`${said({ en: 'More', ar: 'المزيد' })}: tajdid incidents repairs --after ${found.next}`);
      }),
    );

  for (const [action, what] of [
    ['confirm-repair', 'agree to a repair that somebody else proposed'],
    ['decline-repair', 'decline it'],
  ] as const) {
    incidents
      .command(`${action} <id>`)
      .description(what)
      .requiredOption(...REASON)
      .action((id: string, { reason }: { reason: string }) =>
        desk(async (at) => {
          const version = await actOn(at, { caseId: id, action, roles: ['operator', 'supervisor'], reason, input: {} });
          if (json()) printJson(output, { version });
          else output.out(said({ en: `Done at version ${version}.`, ar: `تم في النسخة ${version}.` }));
        }),
      );
  }
}

async function resetChoices({ output, lang, json, said, table }: Context, desk: Desk, id: string): Promise<void> {
  const { file, type } = await fileOf(desk, id);
  const choices = resetPoints(type, file).map(([step, { title }]) => ({
    step,
    title: title[lang()],
    effects: effectsAfter(type, file, step).map(({ key }) => key),
  }));
  if (json()) return printJson(output, choices);
  if (choices.length === 0)
    return output.out(
      said({
        en: 'There is no step to which this case can be taken back now.',
        ar: 'لا توجد خطوة يمكن إعادة هذه الحالة إليها الآن.',
      }),
    );
  table(
    { en: ['step', 'what', 'effects to pin or compensate'], ar: ['الخطوة', 'ما هي', 'آثار تُثبّت أو تُسترد'] },
    choices.map(({ step, title, effects }) => [step, title, effects.join(' ')]),
  );
}
