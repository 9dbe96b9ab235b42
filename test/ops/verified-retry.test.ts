import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStallActivities } from '../../activities/ops/stalls';
import { createCaseLog } from '../../adapters/case-log/postgres';
import { createStalls } from '../../adapters/operations/stalls-postgres';
import { EngineSilent } from '../../client/cases';
import type { EngineOperations, RetrySteering } from '../../client/operations';
import { createOperations } from '../../adapters/operations/postgres';
import type { Operations } from '../../adapters/operations/port';
import { instant, MINUTE } from '../../domain/time';
import { steerRetry } from '../../ops/retries';
import { effectsOf } from '../../ops/effects';
import { remedyFor } from '../../ops/remedies';
import { testTemporal, testWorkflowBundle } from '../support/engine';
import { startWorld, type World } from '../support/world';
import { until } from '../support/until';
import { fileRenewals, operator, statuses } from './cases';

let world: World;
let operations: Operations;
beforeAll(async () => {
  world = await startWorld();
  operations = createOperations(world.database);
});
afterAll(() => world?.stop());

test('incidents of one cause are one group, and a verified retry brings their cases to their end', async () => {
  const broken = await fileRenewals(world, 6, { print: 'fail' });
  const fine = await fileRenewals(world, 2);
  await until(
    () => statuses(world, broken),
    (seen) => seen['INCIDENT'] === 6,
  );

  const [group, ...others] = await operations.incidentGroups({});
  expect(others).toEqual([]);
  expect(group).toMatchObject({
    source: 'card-bureau',
    code: 'print-failed-repeatedly',
    kind: 'refused',
    cases: 6,
    retrying: 0,
    steps: ['order-card'],
    types: ['id-renewal'],
  });
  expect(remedyFor(group!).action).toBe('look');

  const [one] = await operations.incidents({ code: 'print-failed-repeatedly' }, { limit: 1 });
  const effects = effectsOf(await createCaseLog(world.database).eventsAfter(one!.caseId, 0));
  expect(effects.map(({ kind, undoneBy }) => `${kind}${undoneBy === undefined ? '' : ' undone'}`)).toEqual([
    'payment',
    'register undone',
    'card undone',
    'register undone',
    'card undone',
    'register undone',
    'card undone',
  ]);

  // For two of them the bureau is out of reach by now: their retry fails again, for another cause.
  const stillBroken = broken.slice(0, 2);
  for (const caseId of stillBroken) await world.control.script(caseId, { down: ['card-bureau'] });
  for (const caseId of broken.slice(2)) await world.control.script(caseId, { print: 'print' });
  const order = { id: 'op_retry_print', actor: operator, scope: { code: 'print-failed-repeatedly' }, perSecond: 3 };
  expect(await operations.plan(order)).toEqual({ cases: 6 });
  expect((await operations.items(order.id, { limit: 10 })).map(({ state }) => state)).toEqual(Array(6).fill('waiting'));

  await world.engine.startRetry({ operation: order.id, perSecond: order.perSecond, stopped: false });
  await world.engine.startRetry({ operation: order.id, perSecond: order.perSecond, stopped: false });
  await world.engine.retryEnded(order.id);

  const items = await operations.items(order.id, { limit: 10 });
  expect(items.filter(({ state }) => state === 'failed-again').map(({ caseId }) => caseId)).toEqual(
    [...stillBroken].sort(),
  );
  expect(items.find(({ state }) => state === 'failed-again')?.detail).toEqual({
    en: '"order-card": card-bureau answers http-503',
    ar: '"order-card": يجيب card-bureau بـ http-503',
  });
  expect(items.filter(({ state }) => state === 'moved')).toHaveLength(4);
  expect(await operations.find(order.id)).toMatchObject({
    counts: { moved: 4, 'failed-again': 2, waiting: 0, asked: 0 },
    acts: [{ what: 'started' }, { what: 'ended' }],
  });
  await until(
    () => statuses(world, [...broken, ...fine]),
    (seen) => seen['COMPLETED'] === 6 && seen['INCIDENT'] === 2,
  );

  const events = await createCaseLog(world.database).eventsAfter(broken[3]!, 0);
  const asked = events.filter(({ event }) => event.type === 'RetryRequested');
  expect(asked).toMatchObject([{ actor: operator, cause: `${order.id}/${broken[3]}` }]);
});

test('a retry stops, goes on and ends, and what it has not asked stays untouched', async () => {
  const broken = await fileRenewals(world, 3, { print: 'fail' });
  await until(
    () => statuses(world, broken),
    (seen) => seen['INCIDENT'] === 3,
  );
  for (const caseId of broken) await world.control.script(caseId, { print: 'print' });
  // One in ten seconds: time enough to steer between two, whatever else the machine does.
  const order = { id: 'op_stopped', actor: operator, scope: { cases: broken }, perSecond: 0.1 };
  await operations.plan(order);
  await world.engine.startRetry({ operation: order.id, perSecond: order.perSecond, stopped: false });
  const steer = (how: 'stop' | 'resume' | 'cancel') =>
    world.engine.steerRetry(how, {
      operation: order.id,
      perSecond: order.perSecond,
      actor: operator,
      reasonRef: `reason/${how}`,
    });
  await until(
    () => operations.find(order.id),
    (seen) => seen?.counts.waiting === 2,
  );
  await steer('stop');
  // Those that were asked are followed to their end meanwhile.
  const stopped = await until(
    () => operations.find(order.id),
    (seen) => seen?.counts.moved === 1 && seen.counts.asked === 0,
  );
  expect(stopped?.counts.waiting).toBe(2);
  await steer('resume');
  await until(
    () => operations.find(order.id),
    (seen) => seen?.counts.waiting === 1,
  );
  await steer('cancel');
  await world.engine.retryEnded(order.id);
  const ended = await operations.find(order.id);
  expect(ended).toMatchObject({ counts: { moved: 2, cancelled: 1, waiting: 0, asked: 0 } });
  expect(ended?.acts.map(({ what, reasonRef }) => [what, reasonRef])).toEqual([
    ['started', null],
    ['stopped', 'reason/stop'],
    ['resumed', 'reason/resume'],
    ['cancelled', 'reason/cancel'],
    ['ended', null],
  ]);
  // Told once more by a retry of what puts it on record, an act stays one.
  const again = { what: 'stopped', actor: operator, at: instant(Date.now()), key: 'the same' } as const;
  await operations.act(order.id, again);
  await operations.act(order.id, again);
  expect((await operations.find(order.id))?.acts).toHaveLength(6);
});

test('a retry outlives the operator who began it and the worker that runs it, and keeps to its rate', async () => {
  const broken = await fileRenewals(world, 6, { print: 'fail' });
  await until(
    () => statuses(world, broken),
    (seen) => seen['INCIDENT'] === 6,
  );
  for (const caseId of broken) await world.control.script(caseId, { print: 'print' });
  const dir = await mkdtemp(join(tmpdir(), 'tajdid-crash-'));
  const hook = join(__dirname, '../support/typescript-hook.cjs');
  const main = join(__dirname, '../../cli/main.ts');
  const order = ['incidents', 'retry', ...broken, '--reason', 'mended', '--rate', '2', '--id', 'crash', '--yes'];
  const operatorsTerminal = spawn(process.execPath, ['--require', hook, main, '--as', 'staff-401', ...order], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: world.databaseUrl,
      TEMPORAL_ADDRESS: await testTemporal(),
      TAJDID_TASK_QUEUE: world.taskQueue,
      DATA_DIR: dir,
      MASTER_KEY: randomBytes(32).toString('base64'),
      LOOKUP_KEY: randomBytes(32).toString('base64'),
      OIDC_ISSUER: `${world.sandboxUrl}/idp`,
      OIDC_AUDIENCE: 'tajdid',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  operatorsTerminal.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(
    () => operations.find('op_crash').then((seen) => seen?.startedAt ?? said),
    (seen) => seen !== said,
  );
  expect(said).toContain('op_crash: 6 cases');
  operatorsTerminal.kill('SIGKILL');
  await once(operatorsTerminal, 'exit');
  await world.replaceWorker();
  await world.engine.retryEnded('op_crash');

  expect(await operations.find('op_crash')).toMatchObject({
    actor: { id: 'staff-401', role: 'operator' },
    counts: { moved: 6, waiting: 0, asked: 0 },
  });
  const asked = (await operations.items('op_crash', { limit: 10 }))
    .map(({ askedAt }) => Date.parse(askedAt ?? ''))
    .sort((a, b) => a - b);
  // Two a second: the third is asked a second after the first, less what asking itself took.
  for (let i = 2; i < asked.length; i++) expect((asked[i] ?? 0) - (asked[i - 2] ?? 0)).toBeGreaterThan(800);
  await until(
    () => statuses(world, broken),
    (seen) => seen['COMPLETED'] === 6,
  );
  await rm(dir, { recursive: true });
});

test('a case that is fine already is not asked', async () => {
  const [caseId] = await fileRenewals(world, 1, { print: 'fail' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['INCIDENT'] === 1,
  );
  const order = { id: 'op_late', actor: operator, scope: { cases: [caseId!] }, perSecond: 5 };
  await operations.plan(order);
  await world.control.script(caseId!, { print: 'print' });
  const [listed] = await operations.items(order.id, { limit: 1 });
  await world.cases.act(caseId!, {
    id: 'by-hand',
    action: 'retry',
    actor: operator,
    expectedVersion: listed!.version,
    input: {},
  });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['COMPLETED'] === 1,
  );
  await world.engine.startRetry({ operation: order.id, perSecond: 5, stopped: false });
  await world.engine.retryEnded(order.id);
  expect(await operations.find(order.id)).toMatchObject({ counts: { 'not-needed': 1 } });
});

describe('a retry that was planned while the engine was away', () => {
  const away = { steerRetry: () => Promise.reject(new EngineSilent(undefined)) };
  // Another program of this file has written reasons here under keys of its own.
  const vault = { put: () => Promise.resolve('kept' as const), get: () => Promise.resolve(null) };
  const steer = async (id: string, how: RetrySteering, engine: Pick<EngineOperations, 'steerRetry'>) =>
    steerRetry({ engine: () => Promise.resolve(engine), operations, vault, now: Date.now }, how, {
      operation: (await operations.find(id))!,
      actor: operator,
      reason: 'the engine is back',
    });
  const planned = async (id: string): Promise<void> => {
    const [caseId] = await fileRenewals(world, 1, { print: 'fail' });
    await until(
      () => statuses(world, [caseId!]),
      (seen) => seen['INCIDENT'] === 1,
    );
    await world.control.script(caseId!, { print: 'print' });
    await operations.plan({ id, actor: operator, scope: { cases: [caseId!] }, perSecond: 5 });
  };
  const ended = (id: string) =>
    until(
      () => operations.find(id),
      (seen) => seen?.endedAt != null,
    );

  const scan = (later: number) =>
    createStallActivities({
      stalls: createStalls(world.database),
      operations,
      engine: world.engine,
      now: () => Date.now() + later,
      beat: () => undefined,
    }).scanStalls({});

  test('begins when it is resumed', async () => {
    await planned('op_resumed');
    await expect(steer('op_resumed', 'resume', away)).rejects.toThrow(EngineSilent);
    await steer('op_resumed', 'resume', world.engine);
    expect(await ended('op_resumed')).toMatchObject({ counts: { moved: 1 } });
  });

  test('is begun by the stall watch', async () => {
    await planned('op_watched');
    await scan(0);
    expect(await world.engine.view('op_watched')).toBeNull();
    await scan(15 * MINUTE);
    expect(await ended('op_watched')).toMatchObject({ counts: { moved: 1 } });
  });

  test('and so is one that the engine has lost since, as it was steered last', async () => {
    await planned('op_lost');
    await planned('op_lost_stopped');
    const run = { perSecond: 5, stopped: true };
    for (const operation of ['op_lost', 'op_lost_stopped']) await world.engine.startRetry({ operation, ...run });
    await steer('op_lost_stopped', 'stop', world.engine);
    for (const id of ['op_lost', 'op_lost_stopped']) {
      await until(
        () => operations.find(id),
        (seen) => seen?.startedAt != null,
      );
      await world.client.workflow.getHandle(id).terminate('lost');
    }
    await scan(15 * MINUTE);
    expect(await ended('op_lost')).toMatchObject({ counts: { moved: 1 } });
    expect(await operations.find('op_lost_stopped')).toMatchObject({ counts: { waiting: 1 }, endedAt: null });
    await steer('op_lost_stopped', 'resume', world.engine);
    expect(await ended('op_lost_stopped')).toMatchObject({ counts: { moved: 1 } });
  });

  test('is found where no worker can read it, and goes on with code that it fits', async () => {
    await planned('op_misfit');
    await world.engine.startRetry({ operation: 'op_misfit', perSecond: 5, stopped: true });
    await steer('op_misfit', 'stop', world.engine);
    const stalls = createStalls(world.database);
    const found = async () => (await stalls.ofCase('op_misfit')).map(({ what }) => what);
    const dir = await mkdtemp(join(tmpdir(), 'tajdid-misfit-'));
    const fits = await readFile(await testWorkflowBundle(), 'utf8');
    await writeFile(join(dir, 'other.js'), fits.replaceAll('await noteOperation(', 'await cancelWaiting('));
    await world.replaceWorker(async () => {
      const misfit = await world.startWorker(undefined, join(dir, 'other.js'));
      await scan(15 * MINUTE);
      expect(await found()).toEqual(['unreadable']);
      await misfit.stop();
    });
    // For ten seconds the engine asks the worker that had it in memory, which is gone.
    await until(
      () => scan(15 * MINUTE).then(found),
      (seen) => seen.length === 0,
    );
    await steer('op_misfit', 'resume', world.engine);
    expect(await ended('op_misfit')).toMatchObject({ counts: { moved: 1 } });
    await rm(dir, { recursive: true });
  });

  test('can be cancelled without the engine, and with it', async () => {
    await planned('op_given_up');
    await steer('op_given_up', 'cancel', away);
    const gone = { counts: { cancelled: 1, waiting: 0 }, endedAt: expect.any(String) };
    expect(await operations.find('op_given_up')).toMatchObject(gone);
    expect((await operations.find('op_given_up'))?.acts).toMatchObject([
      { what: 'cancelled', actor: operator, reasonRef: expect.any(String) },
      { what: 'ended' },
    ]);
    await planned('op_taken_back');
    await steer('op_taken_back', 'cancel', world.engine);
    expect(await ended('op_taken_back')).toMatchObject(gone);
  });
});
