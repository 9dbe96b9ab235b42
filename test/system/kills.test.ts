import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { connectEnrol } from '../../adapters/register/connect-enrol';
import { asEnrolled } from '../../demo/enrol';
import { generatePeople } from '../../demo/people';
import { portraitFor } from '../../demo/portraits';
import { Caller, type CaseView } from '../../demo/portal';
import { instant, riyadhDate } from '../../domain/time';
import { readConfig } from '../../engine/config';
import { startSystem, type System } from '../../system/start';
import { createTestDatabase, testTemporal, type TestDatabase } from '../support/engine';
import { sandboxControl } from '../support/world';

const CASES = 12;
const MONTH_SECONDS = 30 * 24 * 3600;

let dir: string;
let database: TestDatabase;
let system: System;
let portal: Caller;

beforeAll(async () => {
  const address = await testTemporal();
  database = await createTestDatabase();
  dir = await mkdtemp(join(tmpdir(), 'tajdid-kills-'));
  // A namespace of its own: the programs share one task queue's name with every other system.
  const namespace = `kills-${randomBytes(4).toString('hex')}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: MONTH_SECONDS as never },
  });
  await connection.close();
  const config = readConfig({
    DATA_DIR: dir,
    PORT: '0',
    LOG_LEVEL: 'error',
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
  });
  const quiet = (): void => undefined;
  system = await startSystem({ config, log: quiet, say: quiet });
  const control = sandboxControl(system.sandboxUrl ?? '', system.sandboxSecrets.control);
  portal = new Caller(
    system.apiUrl,
    await control.token({
      sub: 'absher-individuals',
      roles: ['portal'],
      clientId: 'absher-individuals',
      channel: 'absher-individuals',
    }),
  );
  const people = generatePeople({
    seed: 'kills',
    count: CASES,
    today: riyadhDate(instant(Date.now())),
    expiresIn: { from: 5, to: 150 },
  });
  const register = connectEnrol({
    databaseUrl: database.url,
    masterKey: config.masterKey,
    lookupKey: config.lookupKey,
  });
  await register.enrol(people.map(asEnrolled));
  await register.close();
});

afterAll(async () => {
  portal?.close();
  await system?.stop();
  await database?.drop();
  if (dir) await rm(dir, { recursive: true, force: true });
});

/** Asks again after a connection that was cut: a killed API answers nobody, and the same request is safe. */
async function stubbornly<T>(ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + 120_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}

async function ended(id: string): Promise<CaseView> {
  const until = Date.now() + 240_000;
  for (;;) {
    const view = await stubbornly(() => portal.view(id));
    if (view.waitingFor === null) return view;
    if (Date.now() > until) throw new Error(`${id} is still ${view.status}, waiting for ${view.waitingFor.what}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

test('worker and API are killed again and again while cases run: each case ends with one charge and one card', async () => {
  const { api, worker } = system.programs;
  const control = sandboxControl(system.sandboxUrl ?? '', system.sandboxSecrets.control);
  for (const party of ['payments', 'card-bureau', 'courier'] as const)
    await control.dials(party, { latency: { min: 20, max: 120 }, automaticAfter: { min: 50, max: 400 } });

  const people = generatePeople({
    seed: 'kills',
    count: CASES,
    today: riyadhDate(instant(Date.now())),
    expiresIn: { from: 5, to: 150 },
  });
  const filing = people.map(async ({ identityNumber }, n) => {
    const photo = await stubbornly(async () => portal.upload(identityNumber, await portraitFor('kills')));
    return stubbornly(() =>
      portal.file(`kills-${n}`, 'id-renewal', identityNumber, { photo, delivery: { method: 'courier' } }),
    );
  });
  const killing = (async () => {
    for (let round = 0; round < 3; round++) {
      worker.kill();
      await worker.serves();
      api.kill();
      await api.serves();
    }
  })();
  const filed = await Promise.all(filing);
  await killing;
  const views = await Promise.all(filed.map(({ id }) => ended(id)));

  expect(views.map(({ status }) => status)).toEqual(Array<string>(CASES).fill('COMPLETED'));
  const totals = await control.totals();
  expect(totals.payments).toMatchObject({ capturedHalalas: CASES * 2500, refundedHalalas: 0 });
  expect(totals['card-bureau']).toMatchObject({ printed: CASES });
});
