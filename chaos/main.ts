import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../adapters/postgres/database';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { connectEngine } from '../client/connect';
import { TASK_QUEUE } from '../client/task-queue';
import { asEnrolled } from '../demo/enrol';
import { generatePeople } from '../demo/people';
import { Caller } from '../demo/portal';
import { randomFrom, type Random } from '../demo/random';
import { instant, riyadhDate } from '../domain/time';
import { readConfig } from '../engine/config';
import { Program } from '../system/program';
import { startSystem, type System } from '../system/start';
import { decide, fileOne, PORTAL, ways, type Filed, type Stage } from './cases';
import { drain } from './drain';
import { startEngines, type Engines } from './engines';
import { makeMischief, type Blow } from './mischief';
import { stubbornly } from './stubborn';
import { isWhole, tally, type Ledger, type Tally } from './tally';

const AT_ONCE = 8;
const DEPLOYMENT = 'tajdid';
const [FIRST, SECOND] = ['chaos-1', 'chaos-2'];
const BACK_WITHIN = 60_000;

const FAULTS = {
  timeoutRate: 0.1,
  errorRate: 0.05,
  doThenTimeoutRate: 0.05,
  automaticAfter: { min: 100, max: 2_000 },
  webhooks: { lostRate: 0.05, doubledRate: 0.1, shuffleMs: 1_500 },
};
const PARTIES = ['payments', 'card-bureau', 'courier', 'messages'] as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Options {
  readonly cases: number;
  readonly seed: string;
  readonly kills: number;
  readonly engineKills: number;
  readonly databaseRestarts: number;
  readonly drainWithin: number;
}

function optionsFrom(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: 'string', default: '500' },
      seed: { type: 'string', default: 'chaos' },
      kills: { type: 'string', default: '20' },
      'engine-kills': { type: 'string', default: '5' },
      'database-restarts': { type: 'string', default: '3' },
      'drain-minutes': { type: 'string', default: '10' },
    },
  });
  return {
    cases: Number(values.cases),
    seed: values.seed,
    kills: Number(values.kills),
    engineKills: Number(values['engine-kills']),
    databaseRestarts: Number(values['database-restarts']),
    drainWithin: Number(values['drain-minutes']) * 60_000,
  };
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  return list.map(() => left.splice(random.int(0, left.length - 1), 1)[0] as T);
}

/** Long enough for all retries to be over, so that incidents are raised. */
const BUREAU_DOWN = 60_000;

/** The card bureau is gone for a while, and the blows go on meanwhile. */
const bureauDown = (control: Control): Blow => ({
  name: 'card bureau down',
  async strike() {
    await control('PUT', '/dials/card-bureau', { ...FAULTS, errorRate: 1 });
    setTimeout(() => void control('PUT', '/dials/card-bureau', FAULTS).catch(() => undefined), BUREAU_DOWN).unref();
  },
});

/** The blows in an order that the seed decides, and the new version in their midst. */
function blowsFor(
  { kills, engineKills, databaseRestarts }: Options,
  system: System,
  engines: Engines,
  control: Control,
  deploy: () => Promise<void>,
  worker: () => Program,
  random: Random,
): Blow[] {
  const many = (times: number, blow: Blow): Blow[] => Array.from({ length: times }, () => blow);
  const { api } = system.programs;
  const back = (program: Program) => async (): Promise<void> => {
    program.kill('SIGKILL');
    await stubbornly(() => program.serves(), BACK_WITHIN);
  };
  const blows = shuffled(
    [
      ...many(kills, { name: 'worker killed', strike: () => back(worker())() }),
      ...many(kills, { name: 'API killed', strike: back(api) }),
      ...many(engineKills, { name: 'engine killed', strike: () => engines.killTemporal() }),
      ...many(databaseRestarts, { name: 'PostgreSQL restarted', strike: () => engines.restartPostgres() }),
    ],
    random,
  );
  blows.splice(Math.floor(blows.length / 3), 0, bureauDown(control));
  blows.splice(Math.floor(blows.length / 2), 0, { name: 'new worker version', strike: deploy });
  return blows;
}

function print(result: Tally, struck: ReadonlyMap<string, number>, seconds: number): void {
  const rows: [string, string][] = [
    ['cases filed', String(result.filed)],
    ['ended as the model says', String(result.asTheModelSays)],
    ['lost', String(result.lost)],
    ['charged twice', String(result.chargedTwice)],
    ['carded twice', String(result.cardedTwice)],
    ['ledger difference (halalas)', String(result.ledgerDifference)],
    ['log gaps', String(result.logGaps)],
    ['incidents raised', String(result.incidentsRaised)],
    ['cleared by verified retry', String(result.clearedByRetry)],
    ['incidents left open', String(result.openIncidents)],
  ];
  say(`\n${[...struck].map(([name, times]) => `${name} ${times} times`).join(' · ')} · ${seconds} s\n`);
  for (const [name, value] of rows) say(`  ${name.padEnd(30)}${value.padStart(8)}`);
  if (result.trouble.length > 0) say(`\n${result.trouble.slice(0, 40).join('\n')}`);
}

function controlOf({ sandboxUrl, sandboxSecrets }: System) {
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${sandboxUrl}/control${path}`, {
      method,
      headers: { authorization: `Bearer ${sandboxSecrets.control}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${path}`);
    return (await response.json()) as T;
  };
}

type Control = ReturnType<typeof controlOf>;

const wholeLedger =
  (control: Control): Ledger =>
  async (party) => {
    type Page = { lines: Awaited<ReturnType<Ledger>>; next: number | null };
    const lines = [];
    for (let after: number | null = 0; after !== null;) {
      const page: Page = await control<Page>('GET', `/ledger/${party}?after=${after}`);
      lines.push(...page.lines);
      after = page.next;
    }
    return lines;
  };

async function main(): Promise<number> {
  const options = optionsFrom(process.argv.slice(2));
  const begun = Date.now();
  const dataDir = resolve(process.env.DATA_DIR ?? '.tajdid', 'chaos');
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const logFile = createWriteStream(join(dataDir, 'system.log'));
  const log = (line: string): void => void logFile.write(`${new Date().toISOString()} ${line}\n`);
  say(`seed ${options.seed}, ${options.cases} cases; logs in ${join(dataDir, 'system.log')}`);
  const engines = await startEngines(dataDir, log);
  const closing: (() => Promise<unknown>)[] = [() => engines.stop()];
  const close = async (): Promise<void> => {
    for (const each of closing.reverse()) await each().catch((error: unknown) => log(String(error)));
  };
  process.once('SIGINT', () => void close().finally(() => process.exit(130)));
  try {
    const config = readConfig({
      ...process.env,
      DATA_DIR: dataDir,
      DOCUMENTS_DIR: join(dataDir, 'documents'),
      PORT: '0',
      DATABASE_URL: engines.databaseUrl,
      TEMPORAL_ADDRESS: engines.temporalAddress,
      WORKER_DEPLOYMENT: DEPLOYMENT,
      WORKER_BUILD_ID: FIRST,
    });
    const system = await startSystem({ config, say, log });
    closing.push(() => system.stop());
    const {
      engine,
      deployments,
      close: disconnect,
    } = await connectEngine({ address: engines.temporalAddress }, config.temporal.namespace, TASK_QUEUE, BACK_WITHIN);
    closing.push(disconnect);
    const database = openDatabase({ url: engines.databaseUrl, max: 4, applicationName: 'chaos' });
    closing.push(() => database.close());
    const control = controlOf(system);

    const people = generatePeople({
      seed: options.seed,
      count: options.cases,
      today: riyadhDate(instant(Date.now())),
      expiresIn: { from: 5, to: 150 },
    });
    const register = connectEnrol({
      databaseUrl: engines.databaseUrl,
      masterKey: config.masterKey,
      lookupKey: config.lookupKey,
    });
    await register.enrol(people.map(asEnrolled));
    await register.close();
    const caller = async (order: object): Promise<Caller> =>
      new Caller(system.apiUrl, (await control<{ access_token: string }>('POST', '/token', order)).access_token);
    const stage: Stage = {
      portal: await caller({ sub: PORTAL, roles: ['portal'], clientId: PORTAL, channel: PORTAL }),
      caseworker: await caller({ as: 'staff-101' }),
      script: (caseId, script) => control('PUT', `/cases/${caseId}`, script),
    };
    for (const party of PARTIES) await control('PUT', `/dials/${party}`, FAULTS);

    let current = system.programs.worker;
    const deploy = async (): Promise<void> => {
      const next = new Program({
        name: 'worker 2',
        script: 'worker/main.js',
        env: { ...system.env, WORKER_BUILD_ID: SECOND },
        ready: (heard) => Promise.resolve(heard('worker: ready')),
        log,
      });
      closing.push(() => next.stop());
      await next.start();
      await stubbornly(() => deployments.promote({ deploymentName: DEPLOYMENT, buildId: SECOND }), BACK_WITHIN);
      await current.stop();
      current = next;
    };

    const random = randomFrom(options.seed);
    const known = new Set<string>();
    const filed: Filed[] = [];
    const decisions: Promise<void>[] = [];
    let over = false;
    const mischief = makeMischief(
      blowsFor(options, system, engines, control, deploy, () => current, random),
      random,
      () => known.size / options.cases,
      say,
    );
    const queue = people.map((person, n) => ({
      person,
      key: `${options.seed}-${n}`,
      way: ways[n % ways.length] as (typeof ways)[number],
    }));
    const file = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const one = await fileOne(stage, next.person, next.key, next.way, (caseId) => known.add(caseId));
        filed.push(one);
        decisions.push(decide(stage, one, () => over));
      }
    };
    await Promise.all([...Array.from({ length: AT_ONCE }, file), mischief.over]);
    say(`${filed.length} cases filed; the faults are over, draining`);

    for (const party of PARTIES) await control('PUT', `/dials/${party}`, {});
    for (const { caseId, way } of filed) if (way.mended) await stage.script(caseId, way.mended);
    await drain({ database, engine, within: options.drainWithin, say });
    over = true;
    await Promise.all(decisions);
    const result = await tally(database, wholeLedger(control), filed);
    stage.portal.close();
    stage.caseworker.close();
    print(result, mischief.struck, Math.round((Date.now() - begun) / 1000));
    return isWhole(result) ? 0 : 1;
  } finally {
    await close();
    logFile.end();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
