import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openDatabase, type Database } from '../adapters/postgres/database';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { connectEngine, type EngineAccess } from '../client/connect';
import { TASK_QUEUE } from '../client/task-queue';
import { asEnrolled } from '../demo/enrol';
import { generateFamily } from '../demo/family';
import { generatePeople } from '../demo/people';
import { Caller } from '../demo/portal';
import { instant, riyadhDate, type LocalDate } from '../domain/time';
import { readConfig } from '../engine/config';
import { Program } from '../system/program';
import { startSystem, type System } from '../system/start';
import { PORTAL, type Applicant, type Stage } from './cases';
import { startEngines, type Engines } from './engines';
import { stubbornly } from './stubborn';
import type { Ledger } from './tally';

const DEPLOYMENT = 'tajdid';
export const BACK_WITHIN = 60_000;

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

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

export type Control = ReturnType<typeof controlOf>;

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

/** A whole system of its own, with people who may renew and all that is needed to make trouble. */
export interface Site extends Pick<EngineAccess, 'engine' | 'deployments'> {
  readonly engines: Engines;
  readonly system: System;
  readonly database: Database;
  readonly control: Control;
  readonly ledger: Ledger;
  readonly people: readonly Applicant[];
  readonly stage: Stage;
  /** Starts one more worker, of this version; with the workflow code of the build, or the script's own. */
  startWorker(buildId: string, script?: string): Promise<Program>;
  /** New cases begin on it from then on, and waiting ones move to it. */
  promote(buildId: string): Promise<void>;
}

export interface SiteOrder {
  readonly folder: string;
  readonly seed: string;
  readonly cases: number;
  readonly buildId: string;
  /** Whether the so-manieth applicant is a guardian with a member to identify. */
  readonly guardian?: (n: number) => boolean;
}

type Register = ReturnType<typeof connectEnrol>;

/** A father and a child of an age to have a card, and without one. */
async function enrolFamily(register: Register, seed: string, today: LocalDate): Promise<Applicant> {
  const { father: person, children } = generateFamily({ seed, today });
  const member = children[1];
  if (!member) throw new Error('a family has two children at least');
  const [father, child] = await register.enrol([asEnrolled(person), { ...asEnrolled(member), card: null }]);
  if (!father || !child) throw new Error('the family was not enrolled');
  await register.family.ties([
    { kind: 'enrolled-parent', on: member.birthDate, child: child.person, parent: father.person, as: 'father' },
  ]);
  return { person, member };
}

/** Opens a site, works on it and leaves nothing running, whatever comes of it. */
export async function atSite<T>(
  { folder, seed, cases, buildId, guardian = () => false }: SiteOrder,
  work: (site: Site) => Promise<T>,
): Promise<T> {
  const dataDir = resolve(process.env.DATA_DIR ?? '.tajdid', folder);
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const logFile = createWriteStream(join(dataDir, 'system.log'));
  const log = (line: string): void => void logFile.write(`${new Date().toISOString()} ${line}\n`);
  say(`seed ${seed}, ${cases} cases; logs in ${join(dataDir, 'system.log')}`);
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
      WORKER_BUILD_ID: buildId,
    });
    const system = await startSystem({ config, say, log });
    closing.push(() => system.stop());
    const { namespace } = config.temporal;
    const access = await connectEngine(
      { address: engines.temporalAddress },
      namespace,
      { taskQueue: TASK_QUEUE, deployment: DEPLOYMENT },
      BACK_WITHIN,
    );
    closing.push(access.close);
    const database = openDatabase({ url: engines.databaseUrl, max: 4, applicationName: folder });
    closing.push(() => database.close());
    const control = controlOf(system);

    const today = riyadhDate(instant(Date.now()));
    const alone = generatePeople({ seed, count: cases, today, expiresIn: { from: 5, to: 150 } });
    const { masterKey, lookupKey } = config;
    const register = connectEnrol({ databaseUrl: engines.databaseUrl, masterKey, lookupKey });
    await register.enrol(alone.map(asEnrolled));
    const people: Applicant[] = [];
    for (const [n, person] of alone.entries())
      people.push(guardian(n) ? await enrolFamily(register, `${seed}-${n}`, today) : { person });
    await register.close();
    const caller = async (order: object): Promise<Caller> => {
      const { access_token: token } = await control<{ access_token: string }>('POST', '/token', order);
      const made = new Caller(system.apiUrl, token);
      closing.push(() => Promise.resolve(made.close()));
      return made;
    };
    return await work({
      ...access,
      engines,
      system,
      database,
      control,
      ledger: wholeLedger(control),
      people,
      stage: {
        portal: await caller({ sub: PORTAL, roles: ['portal'], clientId: PORTAL, channel: PORTAL }),
        caseworker: await caller({ as: 'staff-101' }),
        script: (caseId, script) => control('PUT', `/cases/${caseId}`, script),
      },
      async startWorker(version, script = 'worker/main.js') {
        const next = new Program({
          name: `worker ${version}`,
          script,
          env: { ...system.env, WORKER_BUILD_ID: version },
          ready: (heard) => Promise.resolve(heard('worker: ready')),
          log,
        });
        closing.push(() => next.stop());
        await next.start();
        return next;
      },
      promote: (version) =>
        stubbornly(() => access.deployments.promote({ deploymentName: DEPLOYMENT, buildId: version }), BACK_WITHIN),
    });
  } finally {
    await close();
    logFile.end();
  }
}
