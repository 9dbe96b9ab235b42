import type { Command } from 'commander';
import { effectsAfter, resetPoints } from '../../domain/case/repair-and-reset';
import { repairsToDecide } from '../../ops/repairs';
import { restartCase } from '../../ops/restart';
import { caseTypeNamed } from '../../workflows/case-types';
import { actOn, untilEvent } from '../act';
import type { Desk } from '../connect';
import { Ended, EXIT, printJson, table } from '../output';
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

async function showLedgers({ output, json }: Context, desk: Desk, id: string): Promise<void> {
  await fileOf(desk, id);
  const { engine } = await desk.engine();
  const lines = await engine.ledgersOf(id);
  if (json()) printJson(output, lines);
  else
    for (const line of table(
      ['effect', 'the case says', 'the outside says', 'agrees'],
      lines.map(({ what, caseSays, outsideSays, agrees }) => [what, caseSays, outsideSays, agrees ? 'yes' : 'NO']),
    ))
      output.out(line);
  if (lines.some(({ agrees }) => !agrees)) throw new Ended(EXIT.found, 'Case and outside differ.');
}

/** What changes a case: repair, reset; and the proof that its effects are what the outside has. */
export function mendCommands(cases: Command, incidents: Command, context: Context): void {
  const { output, desk, lang, json } = context;

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
          if (reason === undefined) throw new Ended(EXIT.usage, 'A reset needs --reason.');
          const version = await actOn(at, {
            caseId: id,
            action: 'reset',
            roles: ['operator'],
            reason,
            input: { to, pin, compensate },
          });
          output.err('The reset is under way: what has to be taken back is taken back first.');
          const ended = await untilEvent(at, id, version - 1, ['CaseReset', 'IncidentRaised'], RESET_WITHIN);
          if (ended?.event.type !== 'CaseReset')
            throw new Ended(EXIT.found, `The reset has not come to its end: see tajdid case why ${id}`);
          output.err(`${id} stands before "${to}" since version ${ended.version}`);
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
        if (begun === 'ended') throw new Ended(EXIT.found, `${id} has ended: it needs no run.`);
        if (json()) printJson(output, begun);
        else output.out(`${id} goes on from its log, in run ${begun.runId}.`);
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
            secondPerson ? 'yes' : 'no',
          ]);
          for (const line of table(['field', 'what', 'now', 'needs a second person'], rows)) output.out(line);
          return;
        }
        if (value === undefined || reason === undefined)
          throw new Ended(EXIT.usage, 'A repair needs --value and --reason.');
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
          waits
            ? `Proposed at version ${version}; somebody else agrees with: tajdid incidents confirm-repair ${id}`
            : `Repaired at version ${version}.`,
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
        for (const line of table(['case', 'what', 'now', 'proposed', 'by', 'at'], rows)) output.out(line);
        if (found.next !== null) output.out(`More: tajdid incidents repairs --after ${found.next}`);
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
          else output.out(`Done at version ${version}.`);
        }),
      );
  }
}

async function resetChoices({ output, lang, json }: Context, desk: Desk, id: string): Promise<void> {
  const { file, type } = await fileOf(desk, id);
  const choices = resetPoints(type, file).map(([step, { title }]) => ({
    step,
    title: title[lang()],
    effects: effectsAfter(type, file, step).map(({ key }) => key),
  }));
  if (json()) return printJson(output, choices);
  for (const line of table(
    ['step', 'what', 'effects to pin or compensate'],
    choices.map(({ step, title, effects }) => [step, title, effects.join(' ')]),
  ))
    output.out(line);
}
