import type { Command } from 'commander';
import { standing, type Effect } from '../../ops/effects';
import { caseVersions } from '../../ops/versions';
import { explainCase, type Explained } from '../../ops/explain';
import type { Desk } from '../connect';
import { printJson, table, type Output } from '../output';
import type { Context } from '../context';
import { numberIn } from '../parsers';
import { owner, words } from '../texts';
import { noCase } from '../unknown';

export async function explain(desk: Desk, id: string): Promise<Explained> {
  const explained = await explainCase(
    { ...desk, view: async (caseId) => (await desk.engine()).engine.view(caseId) },
    id,
  );
  if (!explained) throw await noCase(desk, id);
  return explained;
}

export function printEffects(output: Output, effects: readonly Effect[], lang: 'ar' | 'en'): void {
  const rows = effects.map(({ key, what, version, at, undoneBy }) => [
    key,
    what[lang],
    version,
    at,
    undoneBy === undefined ? 'stands' : `undone at ${undoneBy}`,
  ]);
  for (const line of table(['effect', 'what', 'version', 'at', 'state'], rows)) output.out(`  ${line}`);
}

export const versionsOf = ({ engine, policyVersion }: Explained): string =>
  `Code version: ${engine?.workerVersion ?? 'not known'}. Policy version: ${policyVersion}.`;

function printWhy({ output }: Context, lang: 'ar' | 'en', about: Explained): void {
  const { id, type, status, version, waitingFor: wait, incident } = about;
  output.out(`${id}: ${words(type, 'statuses', status, lang)} (${status}), version ${version}`);
  if (wait) {
    const what = words(type, wait.who === 'tajdid' ? 'steps' : 'waits', wait.what, lang);
    output.out(
      `Waits for: ${what}. Who: ${owner(wait.who, lang)}. Since ${wait.since}, until ${wait.until}; then: ${words(type, 'otherwise', wait.otherwise, lang)}.`,
    );
  } else output.out('Waits for nothing: the case has ended.');
  if (incident) {
    output.out(
      `Incident in step "${incident.step}" (${words(type, 'steps', incident.step, lang)}): ${incident.source} answers ${incident.code} (${incident.kind}), ${incident.attempts} times from ${incident.since} to ${incident.last}${incident.retrying ? '; a retry is under way' : ''}.`,
    );
    output.out(`It said: ${incident.message}`);
    output.out(`Remedy: ${about.remedy?.text[lang] ?? ''}`);
  }
  for (const { text, detail, since, remedy } of about.stalls)
    output.out(`Stalled since ${since}: ${text[lang]} (${detail}). Remedy: ${remedy[lang]}`);
  output.out(
    about.engine
      ? `Engine: ${about.engine.status}, ${about.engine.events} events of history.`
      : 'Engine: no workflow of this case is known.',
  );
  output.out(versionsOf(about));
}

const MOST_EVENTS = 10_000;
/** The engine is asked about each case that is listed. */
const [LISTED, MOST_LISTED] = [50, 500];

export function caseCommands(program: Command, context: Context): Command {
  const { output, desk, json, lang } = context;
  const cases = program.command('case').description('one case, or the open ones');

  cases
    .command('why <id>')
    .description('what it waits for, who can end that, and what is wrong')
    .action((id: string) =>
      desk(async (at) => {
        const about = await explain(at, id);
        if (json()) printJson(output, about);
        else printWhy(context, lang(), about);
      }),
    );

  cases
    .command('show <id>')
    .description('everything about it, with the effects it has made')
    .action((id: string) =>
      desk(async (at) => {
        const about = await explain(at, id);
        if (json()) return printJson(output, about);
        printWhy(context, lang(), about);
        output.out(`Office ${about.office}. Effects (${standing(about.effects).length} stand):`);
        printEffects(output, about.effects, lang());
      }),
    );

  cases
    .command('list')
    .description('open cases, each with the code and the policy version that it runs')
    .option('--type <type>', 'only of this type')
    .option('--policy <version>', 'only under this policy version')
    .option('--after <case>', 'those after this case')
    .option('--limit <n>', 'so many at a time', numberIn(1, MOST_LISTED, true), LISTED)
    .action(({ type, policy, after, limit }: { type?: string; policy?: string; after?: string; limit: number }) =>
      desk(async (at) => {
        const page = { limit, ...(after === undefined ? {} : { after }) };
        const { engine } = await at.engine();
        const found = await caseVersions({ engine, overview: at.overview }, { type, policyVersion: policy }, page);
        if (json()) return printJson(output, found);
        const rows = found.items.map(({ caseId, type: of, status, engine: run, policyVersion, filedAt }) => [
          caseId,
          words(of, 'statuses', status, lang()),
          run ? `${run.workerVersion ?? '(no version)'}, ${run.behaviour}` : 'not known to the engine',
          policyVersion,
          filedAt,
        ]);
        for (const line of table(['case', 'status', 'code version', 'policy version', 'filed'], rows)) output.out(line);
        if (found.next !== null) output.out(`More: --after ${found.next}`);
      }),
    );

  cases
    .command('events <id>')
    .description('its events, in order')
    .option('--after <version>', 'only later ones', numberIn(0, 2 ** 31 - 1, true), 0)
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
        for (const line of table(['version', 'at', 'event', 'what', 'who', 'cause'], rows)) output.out(line);
      }),
    );
  return cases;
}
