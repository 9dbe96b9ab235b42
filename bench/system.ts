import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Caller } from '../demo/portal';
import { readConfig, type Config } from '../engine/config';
import { Dials, type PartyName } from '../sandbox/core/dials';
import { startSystem, type System } from '../system/start';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

export const PORTAL = 'absher-individuals';

export interface BenchSystem {
  readonly config: Config;
  readonly system: System;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** The whole system on data of its own: what an earlier run left is removed, unless it goes on with it. Durable, as `npm start` has it. */
export async function startBench(name: string, env: NodeJS.ProcessEnv = {}, goesOn = false): Promise<BenchSystem> {
  const dataDir = resolve(process.env.DATA_DIR ?? '.tajdid', name);
  if (!goesOn) await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const config = readConfig({
    ...process.env,
    ...env,
    DATA_DIR: dataDir,
    DOCUMENTS_DIR: join(dataDir, 'documents'),
    PORT: '0',
    LOG_LEVEL: 'warn',
  });
  const logFile = createWriteStream(join(dataDir, 'system.log'), { flags: 'a' });
  const system = await startSystem({ config, say, log: (line) => void logFile.write(`${line}\n`) });
  return {
    config,
    system,
    dataDir,
    async stop() {
      await system.stop();
      logFile.end();
    },
  };
}

/** The portal's back end, with a token that outlives any bench's half hour. */
export async function portalOf(system: System): Promise<Caller> {
  return callerWith(system, { sub: PORTAL, roles: ['portal'], clientId: PORTAL, channel: PORTAL });
}

export async function tokenFor(system: System, order: Record<string, unknown>): Promise<string> {
  const answer = await fetch(`${system.sandboxUrl}/control/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.sandboxSecrets.control}`, 'content-type': 'application/json' },
    body: JSON.stringify({ lifetimeSeconds: 12 * 3600, ...order }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export async function callerWith(system: System, order: Record<string, unknown>): Promise<Caller> {
  return new Caller(system.apiUrl, await tokenFor(system, order));
}

async function setDials(system: System, party: PartyName, dials: Partial<Dials>): Promise<void> {
  const answer = await fetch(`${system.sandboxUrl}/control/dials/${party}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${system.sandboxSecrets.control}`, 'content-type': 'application/json' },
    body: JSON.stringify(dials),
  });
  if (!answer.ok)
    throw new Error(`the dials of ${party} are not to be turned: ${answer.status} ${await answer.text()}`);
}

/** Nobody pays: cases stay open. */
export const holdPayments = (system: System): Promise<void> => setDials(system, 'payments', { automatic: false });

/**
 * Payer, printer and courier take their time: nowhere does what they do overtake the answer to what asked for it. Short
 * enough that the machine, and not they, bounds the rate.
 */
const takingTime: Dials = Dials.parse({ automaticAfter: { min: 300, max: 900 } });
export const patientDials: Partial<Record<PartyName, Dials>> = {
  payments: takingTime,
  'card-bureau': takingTime,
  courier: takingTime,
};

export async function letOutsideTakeTime(system: System): Promise<void> {
  for (const [party, dials] of Object.entries(patientDials)) await setDials(system, party as PartyName, dials);
}
