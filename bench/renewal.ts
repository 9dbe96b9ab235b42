import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { asEnrolled } from '../demo/enrol';
import { generatePeople } from '../demo/people';
import { samplePortrait } from '../demo/portraits';
import { Caller } from '../demo/portal';
import { Progress } from '../demo/progress';
import { instant, riyadhDate } from '../domain/time';
import { readConfig } from '../engine/config';
import { freePort } from '../engine/free-port';
import { DEVELOPMENT_SECRETS } from '../sandbox/secrets';
import { startSandbox } from '../sandbox/start';
import { startSystem, type System } from '../system/start';
import { cpuMeter, type CpuShare } from './cpu';
import { drive, median, percentile, rate, type Sample } from './load';

const OPEN = 48;
const PORTAL = 'absher-individuals';

export interface RenewalBench {
  readonly cases: number;
  readonly rounds: number;
}

interface Round extends Sample {
  readonly cpu: readonly CpuShare[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function portalOf(system: System): Promise<Caller> {
  const answer = await fetch(`${system.sandboxUrl}/idp/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: PORTAL, client_secret: system.sandboxSecrets.portalSecrets[PORTAL] }),
  });
  return new Caller(system.apiUrl, ((await answer.json()) as { access_token: string }).access_token);
}

interface Applicant {
  readonly identityNumber: string;
  readonly photo: string;
}

/** Applicants whose photos are uploaded: the upload is another request, and measured photos are what a case starts with. */
async function applicants(system: System, portal: Caller, config: { masterKey: Buffer; lookupKey: Buffer }, count: number): Promise<Applicant[]> {
  const today = riyadhDate(instant(Date.now()));
  const people = generatePeople({ seed: 'bench', count, today, expiresIn: { from: 5, to: 150 } });
  const register = connectEnrol({ masterKey: config.masterKey, lookupKey: config.lookupKey, databaseUrl: system.engine.databaseUrl });
  await register.enrol(people.map(asEnrolled));
  await register.close();
  const photo = await samplePortrait('good');
  const ready: Applicant[] = [];
  for (let i = 0; i < people.length; i += 16) {
    ready.push(...(await Promise.all(people.slice(i, i + 16).map(async ({ identityNumber }) => ({ identityNumber, photo: await portal.upload(identityNumber, photo) })))));
  }
  return ready;
}

async function startPlain(address: string, dataDir: string): Promise<{ child: ChildProcess; stop(): Promise<void> }> {
  const receiver = await freePort();
  const sandbox = await startSandbox({ dataDir: join(dataDir, 'plain-sandbox'), webhookTarget: `http://127.0.0.1:${receiver}`, secrets: DEVELOPMENT_SECRETS });
  const child = spawn(process.execPath, [join(__dirname, 'plain/main.js')], {
    env: { ...process.env, TEMPORAL_ADDRESS: address, SANDBOX_URL: sandbox.url, RECEIVER_PORT: String(receiver) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((ready, fail) => {
    child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes('ready') && ready());
    child.once('exit', () => fail(new Error('the plain worker did not start')));
  });
  return {
    child,
    async stop() {
      child.kill('SIGTERM');
      await new Promise((ended) => (child.exitCode === null ? child.once('exit', ended) : ended(undefined)));
      await sandbox.stop();
    },
  };
}

function show(name: string, rounds: readonly Round[], events: number): void {
  const latencies = rounds.flatMap((round) => round.latencies).sort((a, b) => a - b);
  const of = (part: string): number => median(rounds.map((round) => round.cpu.find((share) => share.name === part)?.msPerCase ?? 0));
  const total = median(rounds.map((round) => round.cpu.reduce((sum, share) => sum + share.msPerCase, 0)));
  const cpu = `${total.toFixed(1)} (${rounds[0]?.cpu.map(({ name: part }) => `${part} ${of(part).toFixed(1)}`).join(', ')})`;
  say(
    `${name.padEnd(8)} ${median(rounds.map(rate)).toFixed(1).padStart(6)} cases/s   p50 ${percentile(latencies, 0.5).toFixed(0).padStart(5)} ms   p99 ${percentile(latencies, 0.99).toFixed(0).padStart(5)} ms   ${String(events).padStart(3)} engine events   CPU ms a case: ${cpu}`,
  );
}

async function historyLength(client: Client, workflowId: string): Promise<number> {
  return (await client.workflow.getHandle(workflowId).describe()).historyLength;
}

/** Renewals through Tajdid, and through a plain workflow that makes the same calls, in turns on the same engine. */
export async function benchRenewal({ cases, rounds }: RenewalBench): Promise<void> {
  const dataDir = resolve(process.env.DATA_DIR ?? '.tajdid', 'bench');
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const config = readConfig({ ...process.env, DATA_DIR: dataDir, DOCUMENTS_DIR: join(dataDir, 'documents'), PORT: '0', LOG_LEVEL: 'warn' });
  const logFile = createWriteStream(join(dataDir, 'system.log'));
  const system = await startSystem({ config, say, log: (line) => void logFile.write(`${line}\n`) });
  const connection = await Connection.connect({ address: system.engine.temporalAddress });
  const client = new Client({ connection });
  const plain = await startPlain(system.engine.temporalAddress, dataDir);
  const portal = await portalOf(system);
  try {
    const warmUp = 30;
    const ready = await applicants(system, portal, config, warmUp + cases * rounds);
    say(`\n${rounds} rounds of ${cases} renewals each, ${OPEN} open at a time\n`);

    let taken = 0;
    let lastId = '';
    const tajdid = async (): Promise<void> => {
      const { identityNumber, photo } = ready[taken++] as Applicant;
      const view = await portal.file(`bench-${taken}`, 'id-renewal', identityNumber, { photo, delivery: { method: 'courier' } });
      const outcome = (await client.workflow.getHandle(view.id).result()) as string;
      if (outcome !== 'COMPLETED') throw new Error(`${view.id} ended as ${outcome}`);
      lastId = view.id;
    };
    let started = 0;
    const rival = async (): Promise<void> => {
      const workflowId = `plain-${++started}`;
      await client.workflow.execute('plainRenewal', { workflowId, taskQueue: 'plain', args: [workflowId] });
    };
    await drive(warmUp, OPEN, tajdid);
    await drive(warmUp, OPEN, rival);

    const progress = new Progress(rounds * 2);
    const measure = async (begin: () => Promise<void>, name: string): Promise<Round> => {
      const used = cpuMeter();
      const sample = await drive(cases, OPEN, begin);
      progress.done(`${name}: ${rate(sample).toFixed(1)} cases/s`);
      return { ...sample, cpu: used(cases) };
    };
    const ours: Round[] = [];
    const theirs: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await measure(tajdid, 'tajdid'));
      theirs.push(await measure(rival, 'plain'));
    }
    progress.end();
    show('tajdid', ours, await historyLength(client, lastId));
    show('plain', theirs, await historyLength(client, `plain-${started}`));
    const ratios = ours.map((round, index) => rate(round) / rate(theirs[index] as Round));
    say(`\nratio     tajdid / plain: ${median(ratios).toFixed(2)} (rounds: ${ratios.map((each) => each.toFixed(2)).join(', ')}); the goal is at least 1.3`);
  } finally {
    portal.close();
    await plain.stop();
    await connection.close();
    await system.stop();
    logFile.end();
  }
}
