import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { openDatabase } from '../adapters/postgres/database';
import { caseIdFor } from '../client/case-id';
import { inRiyals, halalas } from '../domain/money';
import { instant, riyadhDate } from '../domain/time';
import { readConfig } from '../engine/config';
import { fastForward } from '../engine/temporal/fast-forward';
import { startSystem, type System } from '../system/start';
import { renderDemoCard } from './card';
import { asEnrolled } from './enrol';
import { booksOf, printedFacts, traces, type Books } from './books';
import { generatePeople, type GeneratedPerson } from './people';
import { Caller, type CaseView } from './portal';
import { Progress } from './progress';
import { scenarios, useCaseIds, type Scenario, type Stage } from './scenarios';
import { printTable } from './table';

const PORTAL = 'absher-individuals';
const AT_ONCE = 6;
const PATIENCE = 120_000;

interface Entry {
  readonly scenario: Scenario;
  readonly person: GeneratedPerson;
  readonly key: string;
}

export interface Outcome {
  readonly caseId: string;
  readonly way: string;
  readonly expected: string;
  readonly status: string;
  readonly ms: number;
  readonly trouble?: string;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Each scenario with people of its own, whose cards expire as it needs. */
function cast(today: string): Entry[] {
  return scenarios.flatMap(({ count, scenario }, row) =>
    generatePeople({ seed: `demo-${row}`, count, today, expiresIn: scenario.expiresIn }).map((person, n) => ({
      scenario,
      person,
      key: `demo-${row}-${n}`,
    })),
  );
}

async function stageOf(system: System, client: Client): Promise<Stage & { close(): void }> {
  const { apiUrl, sandboxUrl, sandboxSecrets } = system;
  const control = async (method: string, path: string, body: object): Promise<Record<string, string>> => {
    const response = await fetch(`${sandboxUrl}/control${path}`, {
      method,
      headers: { authorization: `Bearer ${sandboxSecrets.control}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${path}: ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  };
  const callers = new Map<string, Promise<Caller>>();
  const staff = (sub: string): Promise<Caller> => {
    const known =
      callers.get(sub) ??
      control('POST', '/token', { as: sub }).then(({ access_token }) => new Caller(apiUrl, access_token ?? ''));
    callers.set(sub, known);
    return known;
  };
  const answer = await fetch(`${sandboxUrl}/idp/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: PORTAL,
      client_secret: sandboxSecrets.portalSecrets[PORTAL],
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const portal = new Caller(apiUrl, access_token);
  return {
    portal,
    staff,
    script: async (caseId, script) => void (await control('PUT', `/cases/${caseId}`, script)),
    step: async (party, step, caseId) => void (await control('POST', `/steps/${party}/${step}`, { caseId })),
    skip: (caseId, ms) => fastForward(client, caseId, ms),
    async until(caseId, what, is) {
      const deadline = Date.now() + PATIENCE;
      for (;;) {
        const view = await portal.view(caseId);
        if (is(view)) return view;
        if (Date.now() > deadline)
          throw new Error(
            `${caseId} waits in vain for ${what}: it is ${view.status}, waiting for ${view.waitingFor?.what ?? 'nothing'}`,
          );
        await new Promise((wake) => setTimeout(wake, 120));
      }
    },
    close() {
      portal.close();
      for (const caller of callers.values()) void caller.then((known) => known.close());
    },
  };
}

const closed = (view: CaseView): boolean => view.waitingFor === null;

async function play(stage: Stage, { scenario, person, key }: Entry): Promise<Outcome> {
  const started = performance.now();
  const row = { way: scenario.way, expected: scenario.ends };
  try {
    const caseId = await scenario.run(stage, person, key);
    const { status } = await stage.until(caseId, scenario.ends, closed);
    return { ...row, caseId, status, ms: performance.now() - started };
  } catch (error) {
    const trouble = error instanceof Error ? error.message : String(error);
    return {
      ...row,
      caseId: caseIdFor('id-renewal', PORTAL, key),
      status: 'not as expected',
      ms: performance.now() - started,
      trouble,
    };
  }
}

/** Plays all, a few at a time; the slow ones first, so that none is waited for alone. */
async function playAll(stage: Stage, entries: readonly Entry[]): Promise<Outcome[]> {
  const progress = new Progress(entries.length);
  const queue = [...entries].reverse();
  const outcomes: Outcome[] = [];
  const player = async (): Promise<void> => {
    for (let entry = queue.shift(); entry; entry = queue.shift()) {
      const outcome = await play(stage, entry);
      outcomes.push(outcome);
      progress.done(`${outcome.status.toLowerCase()}: ${outcome.way}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, player));
  progress.end();
  return outcomes.sort((a, b) => a.way.localeCompare(b.way) || a.caseId.localeCompare(b.caseId));
}

function report(outcomes: readonly Outcome[], books: Books): string[] {
  const wrong = outcomes
    .filter(({ status, expected }) => status !== expected)
    .map(({ caseId, way, trouble, status }) => `${caseId} (${way}): ${trouble ?? status}`);
  const { gateway, log } = books;
  say(
    `\nmoney      gateway: ${inRiyals(halalas(gateway.captured))} taken, ${inRiyals(halalas(gateway.refunded))} given back · case log: ${inRiyals(halalas(log.captured))}, ${inRiyals(halalas(log.refunded))}`,
  );
  say(
    `cards      bureau: ${books.printed} printed, ${books.destroyed} destroyed · register: ${books.swapped} made valid`,
  );
  if (gateway.captured !== log.captured || gateway.refunded !== log.refunded)
    wrong.push('the gateway’s ledger and the case log differ');
  if (books.printed - books.destroyed !== books.swapped) wrong.push('cards printed and cards made valid differ');
  return wrong;
}

async function main(): Promise<number> {
  const begun = performance.now();
  const dataDir = resolve(process.env.DATA_DIR ?? '.tajdid', 'demo');
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const config = readConfig({
    ...process.env,
    DATA_DIR: dataDir,
    DOCUMENTS_DIR: join(dataDir, 'documents'),
    PORT: process.env.PORT ?? '0',
  });
  const logFile = createWriteStream(join(dataDir, 'system.log'));
  const system = await startSystem({ config, say, log: (line) => void logFile.write(`${line}\n`), timeSkipping: true });
  const stop = (): void => void system.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const connection = await Connection.connect({ address: system.engine.temporalAddress });
  const register = connectEnrol({
    databaseUrl: system.engine.databaseUrl,
    masterKey: config.masterKey,
    lookupKey: config.lookupKey,
  });
  const database = openDatabase({ url: system.engine.databaseUrl, max: 2 });
  try {
    const today = riyadhDate(instant(Date.now()));
    const entries = cast(today);
    await register.enrol(entries.map(({ person }) => asEnrolled(person)));
    say(`register: ${entries.length} people enrolled\n`);
    useCaseIds((key) => caseIdFor('id-renewal', PORTAL, key));
    const stage = await stageOf(system, new Client({ connection, namespace: config.temporal.namespace }));
    const outcomes = await playAll(stage, entries);
    stage.close();
    printTable(outcomes, say);
    const wrong = report(outcomes, await booksOf(system, database));

    const [shown] = entries;
    const facts = shown && (await printedFacts(database, caseIdFor('id-renewal', PORTAL, shown.key)));
    if (shown && facts) {
      const paths = await renderDemoCard(dataDir, shown.person, shown.key, facts);
      say(`card       ${paths.map((path) => relative(process.cwd(), path)).join(' · ')}`);
    } else wrong.push('there is no card to draw');
    const found = await traces(
      join(dataDir, 'temporal'),
      entries.map(({ person }) => person),
    );
    say(`engine     ${found.searched} names and numbers searched for in its database: ${found.found} found`);
    if (found.found > 0) wrong.push('the engine’s database holds personal data');
    await writeFile(join(dataDir, 'outcomes.json'), JSON.stringify(outcomes, null, 2));

    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    if (wrong.length > 0)
      say(
        `\n${wrong.length} not as expected:\n${wrong.map((line) => `  ${line}`).join('\n')}\nLogs: ${join(dataDir, 'system.log')}`,
      );
    else say(`\nAll ${outcomes.length} cases ended as they should, in ${seconds} s.`);
    return wrong.length > 0 ? 1 : 0;
  } finally {
    await register.close();
    await database.close();
    await connection.close();
    await system.stop();
    logFile.end();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
