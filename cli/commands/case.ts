import type { Command } from 'commander';
import { caseVersions } from '../../ops/versions';
import { explainCase, type Explained } from '../../ops/explain';
import type { Desk } from '../connect';
import { caseInWords, whyInWords } from '../case-words';
import { printJson } from '../output';
import type { Context } from '../context';
import { numberIn } from '../parsers';
import { words } from '../texts';
import { noCase } from '../unknown';

export async function explain(desk: Desk, id: string): Promise<Explained> {
  const explained = await explainCase(
    { ...desk, view: async (caseId) => (await desk.engine()).engine.view(caseId) },
    id,
  );
  if (!explained) throw await noCase(desk, id);
  return explained;
}

const MOST_EVENTS = 10_000;
/** The engine is asked about each case that is listed. */
const [LISTED, MOST_LISTED] = [50, 500];

export function caseCommands(program: Command, context: Context): Command {
  const { output, desk, json, lang, said, table } = context;
  const cases = program.command('case').description('one case, or the open ones');

  cases
    .command('why <id>')
    .description('what it waits for, who can end that, and what is wrong')
    .action((id: string) =>
      desk(async (at) => {
        const about = await explain(at, id);
        if (json()) printJson(output, about);
        else for (const line of whyInWords(about, lang())) output.out(line);
      }),
    );

  cases
    .command('show <id>')
    .description('everything about it, with the effects it has made')
    .action((id: string) =>
      desk(async (at) => {
        const about = await explain(at, id);
        if (json()) return printJson(output, about);
        for (const line of caseInWords(about, lang())) output.out(line);
      }),
    );

  cases
    .command('list')
    .description('open cases, each with the code and the policy version that it runs')
    .option('--type <type>', 'only of this type')
    .option('--policy <version>', 'only under this policy version')
    .option('--after <case>', 'those after this case')
    .option('--limit <n>', 'so many at a time', numberIn('--limit', 1, MOST_LISTED, true), LISTED)
    .action(({ type, policy, after, limit }: { type?: string; policy?: string; after?: string; limit: number }) =>
      desk(async (at) => {
        const page = { limit, ...(after === undefined ? {} : { after }) };
        const { engine } = await at.engine();
        const found = await caseVersions({ engine, overview: at.overview }, { type, policyVersion: policy }, page);
        if (json()) return printJson(output, found);
        const rows = found.items.map(({ caseId, type: of, status, engine: run, policyVersion, filedAt }) => [
          caseId,
          words(of, 'statuses', status, lang()),
          run
            ? `${run.workerVersion ?? said({ en: '(no version)', ar: '(دون إصدار)' })}, ${run.behaviour}`
            : said({ en: 'not known to the engine', ar: 'لا يعرفها المحرك' }),
          policyVersion,
          filedAt,
        ]);
        table(
          {
            en: ['case', 'status', 'code version', 'policy version', 'filed'],
            ar: ['الحالة', 'الوضع', 'إصدار الشيفرة', 'إصدار السياسة', 'قُدّمت'],
          },
          rows,
        );
        if (found.next !== null)
          output.out(said({ en: `More: --after ${found.next}`, ar: `المزيد: --after ${found.next}` }));
      }),
    );

  cases
    .command('events <id>')
    .description('its events, in order')
    .option('--after <version>', 'only later ones', numberIn('--after', 0, 2 ** 31 - 1, true), 0)
    .action((id: string, { after }: { after: number }) =>
      desk(async (at) => {
        const type = (await at.readModel.caseById(id))?.summary.type;
        if (!type) throw await noCase(at, id);
        const events = await at.readModel.caseEvents(id, after, MOST_EVENTS);
        if (json()) return printJson(output, events);
        const rows = events.map(({ version, at: when, event, actor, cause }) => [
          version,
          when,
          event.type,
          words(type, 'events', event.type, lang()),
          `${actor.role}:${actor.id}`,
          cause,
        ]);
        table(
          {
            en: ['version', 'at', 'event', 'what', 'who', 'cause'],
            ar: ['النسخة', 'الوقت', 'الحدث', 'ما هو', 'من', 'السبب'],
          },
          rows,
        );
      }),
    );
  return cases;
}
