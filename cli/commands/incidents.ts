import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { IncidentFilter, ItemState, Operation, OperationAct, OperationItem } from '../../adapters/operations/port';
import { EngineSilent } from '../../client/cases';
import type { EngineOperations } from '../../client/operations';
import { stallTexts, type StallKind } from '../../ops/stalls';
import { leftOutOf, planRetry, previewRetry, steerRetry, type LeftOut } from '../../ops/retries';
import { remedyFor } from '../../ops/remedies';
import type { Desk } from '../connect';
import { incidentInWords } from '../case-words';
import { follow } from '../follow';
import { groupInWords, stallGroupInWords } from '../incident-words';
import { Ended, EXIT, printJson, several } from '../output';
import {
  actInWords,
  countsInWords,
  ITEM_HEAD,
  itemRow,
  leftOutInWords,
  PREVIEW_HEAD,
  previewInWords,
  previewRow,
} from '../retry-words';
import type { Context } from '../context';
import { numberIn, REASON } from '../parsers';
import { words } from '../texts';
import { noOperation, noSuchCase } from '../unknown';
import { explain } from './case';

interface Scope {
  readonly source?: string;
  readonly code?: string;
  readonly type?: string;
  readonly step?: string;
  readonly office?: string;
}

const scoped = (command: Command): Command =>
  command
    .option('--source <source>', 'only of this party, such as card-bureau')
    .option('--code <code>', 'only with this code, such as http-503')
    .option('--type <type>', 'only cases of this type')
    .option('--step <step>', 'only in this step')
    .option('--office <office>', 'only of this office');

const filterOf = ({ source, code, type, step, office }: Scope): IncidentFilter => ({
  source,
  code,
  type,
  step,
  office,
});

const rate = numberIn('--rate', 0.01, 100);

const PREVIEW = 20;
/** Cases of an ended operation that a person has to look at, and how many of them a terminal is filled with. */
const TROUBLE = ['failed-again', 'refused', 'unsettled'] as const satisfies readonly ItemState[];
const SHOWN = 100;
const PAGE = 5_000;
const NOTHING_FITS = { en: 'No incident fits.', ar: 'لا عطل يوافق ذلك.' };

/** Without engine or workers the order stands, and the stall watch carries it out: whoever gave it is told so. */
async function started(
  { said }: Context,
  desk: Desk,
  run: Parameters<EngineOperations['startRetry']>[0],
): Promise<void> {
  try {
    await (await desk.engine()).engine.startRetry(run);
  } catch (error) {
    if (!(error instanceof EngineSilent)) throw error;
    const resume = `tajdid incidents resume ${run.operation} --reason "..."`;
    throw new Ended(
      EXIT.unreachable,
      said({
        en: `${error.said.en} The order is kept: the stall watch begins it once it can, and so does: ${resume}`,
        ar: `${error.said.ar} الأمر محفوظ، وتبدؤه المراقبة متى أمكنها ذلك، أو: ${resume}`,
      }),
    );
  }
}

const isWhole = ({ counts }: Operation): boolean =>
  counts['failed-again'] + counts.refused + counts.unsettled + counts.cancelled + counts.waiting + counts.asked === 0;

/** Says which of the cases that were named are not retried, and why; where all is JSON, that says it. */
async function tellLeftOut({ output, json, said }: Context, desk: Desk, leftOut: readonly LeftOut[]): Promise<void> {
  if (json()) return;
  for (const { caseId, why } of leftOut)
    output.err(said(why === 'no-such-case' ? await noSuchCase(desk, caseId) : leftOutInWords(caseId, why)));
}

async function allItems({ operations }: Desk, id: string): Promise<readonly OperationItem[]> {
  const items: OperationItem[] = [];
  for (;;) {
    const after = items.at(-1)?.caseId;
    const page = await operations.items(id, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    items.push(...page);
    if (page.length < PAGE) return items;
  }
}

/** What became of an operation that has ended: counts, and the cases that a person has to look at. */
async function report(
  context: Context,
  desk: Desk,
  operation: Operation,
  leftOut: readonly LeftOut[] = [],
): Promise<void> {
  const { output, json, lang, said, table } = context;
  const { id, counts } = operation;
  if (json()) return printJson(output, { ...operation, items: await allItems(desk, id), leftOut });
  output.out(countsInWords(operation, lang()));
  const found = await Promise.all(TROUBLE.map((state) => desk.operations.items(id, { state, limit: SHOWN })));
  const shown = found.flat().slice(0, SHOWN);
  if (shown.length === 0) return;
  table(
    ITEM_HEAD,
    shown.map((item) => itemRow(item, lang())),
  );
  const more = TROUBLE.reduce((sum, state) => sum + counts[state], 0) - shown.length;
  if (more > 0)
    output.out(
      said({
        en: `and ${more} more; all of them: tajdid --json incidents watch ${id}`,
        ar: `وغيرها ${more}، وكلها: tajdid --json incidents watch ${id}`,
      }),
    );
}

export function incidentCommands(program: Command, context: Context): Command {
  const { output, desk, json, lang, said, table } = context;
  const incidents = program.command('incidents').description('technical failures that wait for an operator');

  scoped(incidents.command('list').description('grouped by cause, the largest first')).action((scope: Scope) =>
    desk(async (at) => {
      const groups = (await at.operations.incidentGroups(filterOf(scope))).map((group) => ({
        ...group,
        remedy: remedyFor(group),
      }));
      const stalls = (await at.stalls.groups()).map((group) => ({ ...group, ...stallTexts[group.what as StallKind] }));
      if (json()) return printJson(output, { groups, stalls });
      if (groups.length + stalls.length === 0) return output.out(said({ en: 'No incidents.', ar: 'لا أعطال.' }));
      const lines = [
        ...groups.flatMap(({ remedy, ...group }) => groupInWords(group, remedy, lang())),
        ...stalls.flatMap((group) => stallGroupInWords(group, group, lang())),
      ];
      for (const line of lines) output.out(line);
    }),
  );

  incidents
    .command('show <case>')
    .description('one incident: cause, times, the effects made so far, and what to try')
    .action((id: string) =>
      desk(async (at) => {
        const about = await explain(at, id);
        if (!about.incident) {
          const { type, status } = about;
          const ar = `لا عطل في ${id}، ووضعها: ${words(type, 'statuses', status, 'ar')} (${status}).`;
          throw new Ended(EXIT.found, said({ en: `${id} has no incident: it is in ${status}.`, ar }));
        }
        if (json()) return printJson(output, about);
        for (const line of incidentInWords(about, lang())) output.out(line);
      }),
    );

  scoped(
    incidents
      .command('retry [cases...]')
      .description('retry these, or all that the options choose; done when the cases have moved'),
  )
    .option('--all', 'every incident there is')
    .requiredOption(...REASON)
    .option('--rate <n>', 'cases a second', rate, 5)
    .option('--preview', 'only show what would be retried')
    .option('--yes', 'do it; without it, only what would be done')
    .option('--detach', 'do not wait for the end')
    .option('--id <id>', 'a name of your own: the same name again is the same operation')
    .action(
      (
        cases: string[],
        options: Scope & {
          all?: boolean;
          reason: string;
          rate: number;
          preview?: boolean;
          yes?: boolean;
          detach?: boolean;
          id?: string;
        },
      ) =>
        desk(async (at) => {
          const scope: IncidentFilter = { ...filterOf(options), ...(cases.length > 0 ? { cases } : {}) };
          if (Object.values(scope).every((value) => value === undefined) && !options.all)
            throw new Ended(
              EXIT.usage,
              said({
                en: 'Name cases, choose by --source, --code, --type, --step or --office, or say --all.',
                ar: 'سمّ حالات، أو اختر بـ --source أو --code أو --type أو --step أو --office، أو قل --all.',
              }),
            );
          if (options.preview) {
            const { leftOut } = await preview(context, at, scope);
            if (leftOut.length > 0) throw new Ended(EXIT.found);
            return;
          }
          if (!options.yes) {
            if ((await preview(context, at, scope)).total === 0) throw new Ended(EXIT.found, said(NOTHING_FITS));
            throw new Ended(EXIT.usage, said({ en: 'Nothing was done: say --yes.', ar: 'لم يُفعل شيء: قل --yes.' }));
          }
          const actor = await at.actor(['operator']);
          const id = `op_${options.id ?? randomUUID()}`;
          const order = { id, actor, reason: options.reason, scope, perSecond: options.rate };
          const planned = await planRetry(at, order);
          const leftOut = await leftOutOf(at, cases, await at.operations.items(id, { limit: cases.length }));
          if (planned !== 'another') await tellLeftOut(context, at, leftOut);
          if (planned === 'empty') throw new Ended(EXIT.found, said(NOTHING_FITS));
          if (planned === 'another')
            throw new Ended(
              EXIT.usage,
              said({
                en: `There is another operation ${id}, with other cases, rate or reason.`,
                ar: `هناك عملية أخرى ${id} بحالات أو معدل أو سبب آخر.`,
              }),
            );
          const { cases: count } = planned;
          // Before it is started: whoever loses the line here finds it again.
          output.err(
            said({
              en: `${id}: ${several(count, 'case')}, ${options.rate} a second. Stop it with: tajdid incidents stop ${id} --reason "..."`,
              ar: `${id}: عدد الحالات ${count}، في الثانية ${options.rate}. تُوقف بالأمر: tajdid incidents stop ${id} --reason "..."`,
            }),
          );
          await started(context, at, { operation: id, perSecond: options.rate, stopped: false });
          if (options.detach) {
            if (json()) printJson(output, { ...(await at.operations.find(id)), leftOut });
            if (leftOut.length > 0) throw new Ended(EXIT.found);
            return;
          }
          const ended = await follow(context, at, id);
          await report(context, at, ended, leftOut);
          if (!isWhole(ended) || leftOut.length > 0) throw new Ended(EXIT.found);
        }),
    );

  incidents
    .command('operations')
    .description('retries of many, the newest first')
    .action(() =>
      desk(async (at) => {
        const recent = await at.operations.recent(50);
        if (json()) return printJson(output, recent);
        const rows = recent.map(({ id, actor, createdAt, endedAt, counts, acts }) => [
          id,
          actor.id,
          createdAt,
          endedAt ?? (acts.length > 0 ? actInWords((acts.at(-1) as OperationAct).what, lang()) : null),
          counts.moved,
          counts['failed-again'],
          counts.waiting + counts.asked,
        ]);
        table(
          {
            en: ['operation', 'by', 'made', 'ended', 'moved', 'failed again', 'open'],
            ar: ['العملية', 'من', 'طُلبت', 'انتهت', 'تجاوزت الخطوة', 'تعطلت ثانية', 'باقية'],
          },
          rows,
        );
      }),
    );

  incidents
    .command('watch <operation>')
    .description('follow a retry to its end and show its results')
    .action((id: string) =>
      desk(async (at) => {
        const ended = await follow(context, at, id);
        await report(context, at, ended);
        if (!isWhole(ended)) throw new Ended(EXIT.found);
      }),
    );

  for (const [name, what] of [
    ['stop', 'stop a retry: what was not asked yet stays as it is'],
    ['resume', 'go on with a stopped retry'],
    ['cancel', 'end a retry: what was not asked yet never will be'],
  ] as const) {
    incidents
      .command(`${name} <operation>`)
      .description(what)
      .requiredOption(...REASON)
      .action((id: string, { reason }: { reason: string }) =>
        desk(async (at) => {
          const actor = await at.actor(['operator']);
          const operation = await at.operations.find(id);
          if (!operation) throw await noOperation(at, id);
          if (operation.endedAt !== null) {
            const { endedAt } = operation;
            throw new Ended(
              EXIT.found,
              said({ en: `${id} has ended at ${endedAt}.`, ar: `انتهت ${id} في ${endedAt}.` }),
            );
          }
          const ports = { ...at, engine: async () => (await at.engine()).engine, now: Date.now };
          await steerRetry(ports, name, { operation, actor, reason });
          const steered = (await at.operations.find(id)) as Operation;
          if (json()) printJson(output, steered);
          else output.out(countsInWords(steered, lang()));
        }),
      );
  }
  return incidents;
}

async function preview(
  context: Context,
  desk: Desk,
  scope: IncidentFilter,
): Promise<{ readonly total: number; readonly leftOut: readonly LeftOut[] }> {
  const { output, json, lang, table } = context;
  const found = await previewRetry(desk, scope, PREVIEW);
  const { total, underWay, groups, first } = found;
  const { cases = [] } = scope;
  const listed = await desk.operations.incidents({ ...scope, idle: true }, { limit: cases.length });
  const leftOut = await leftOutOf(desk, cases, listed);
  if (json()) {
    const items = first.map(({ caseId, stage, incident: { step, source, code }, effects }) => ({
      caseId,
      stage,
      step,
      source,
      code,
      effects,
    }));
    printJson(output, { total, underWay, groups, items, leftOut });
    return { total, leftOut };
  }
  output.out(previewInWords(found, lang()));
  table(
    PREVIEW_HEAD,
    first.map((item) => previewRow(item, lang())),
  );
  await tellLeftOut(context, desk, leftOut);
  return { total, leftOut };
}
