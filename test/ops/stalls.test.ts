import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCaseLog } from '../../adapters/case-log/postgres';
import { createReadModel } from '../../adapters/read-model/postgres';
import { createStalls } from '../../adapters/operations/stalls-postgres';
import type { Stalls } from '../../adapters/operations/stalls-port';
import { createStallActivities } from '../../activities/ops/stalls';
import { EngineSilent } from '../../client/cases';
import { createEngineOperations } from '../../client/operations';
import { rowOf } from '../../domain/case/row';
import { fold } from '../../domain/case/core';
import { after, DAY, HOUR, instant, MINUTE } from '../../domain/time';
import { explainCase } from '../../ops/explain';
import { scanFromOutside } from '../../ops/scan';
import { stallOfRow } from '../../ops/stalls';
import { caseTypeNamed } from '../../workflows/case-types';
import { testWorkflowBundle } from '../support/engine';
import { atTheOffice, inPrint } from '../support/renewals';
import { startWorld, type World } from '../support/world';
import { until } from '../support/until';
import { fileRenewals, operator, statuses } from './cases';
import { losesEvents } from './lost-events';

let world: World;
let stalls: Stalls;
beforeAll(async () => {
  world = await startWorld();
  stalls = createStalls(world.database);
});
afterAll(() => world?.stop());

const none = { unended: () => Promise.resolve([]) };
/** The watch, so much later than now. */
const scan = (later = 0, engine = world.engine) =>
  createStallActivities({
    stalls,
    operations: none,
    engine,
    now: () => Date.now() + later,
    beat: () => undefined,
  }).scanStalls({});
const open = async (caseId: string): Promise<string[]> =>
  (await stalls.list({ open: true, limit: 100 })).filter((each) => each.caseId === caseId).map(({ what }) => what);

test.each([
  ['a card that is printed for five days', inPrint, 'BureauAsked', 5, 20],
  ['a card that waits 90 days at the office', atTheOffice, 'CourierAsked', 90, 105],
] as const)('%s is asked after ever more rarely, once a day at least', (_what, waiting, asked, days, most) => {
  const times: number[] = [];
  let renewal = waiting();
  const type = caseTypeNamed('id-renewal')!;
  for (let minutes = 10; minutes <= days * 24 * 60; minutes += 10) {
    const { file, log } = renewal;
    const now = after(waiting().now, minutes * MINUTE);
    if (stallOfRow(type, file, log.at(-1)!.at, now)?.what !== 'answer-overdue') continue;
    times.push(minutes * MINUTE);
    renewal = renewal.at(now).happened({ type: asked });
  }
  expect(times.length).toBeLessThanOrEqual(most);
  expect(times[0]).toBeLessThanOrEqual(70 * MINUTE);
  expect(Math.max(...times.map((at, n) => at - (times[n - 1] ?? 0)))).toBeLessThanOrEqual(DAY + 10 * MINUTE);
  expect(renewal.wait.until).toBe(waiting().wait.until);
});

test('a lost webhook is asked after, and the case goes on', async () => {
  await world.control.dials('card-bureau', { webhooks: { lostRate: 1, doubledRate: 0, shuffleMs: 0 } });
  const ids = await fileRenewals(world, 2);
  await until(
    () => statuses(world, ids),
    (seen) => seen['PRINT_QUEUED'] === 2,
  );
  expect(await world.engine.scanNow()).toMatchObject({ looked: 2, found: 0 });
  await scan(2 * HOUR);
  expect(await open(ids[0]!)).toEqual(['answer-overdue']);
  await until(
    () => statuses(world, ids),
    (seen) => seen['COMPLETED'] === 2,
  );
  await world.control.dials('card-bureau', {});
  await scan();
  expect(await open(ids[0]!)).toEqual([]);
});

test('a case whose workflow is gone goes on from its log', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['DISPATCHED'] === 1,
  );
  await world.client.workflow.getHandle(caseId!).terminate('lost');
  expect(await scan()).toMatchObject({ found: 1 });
  expect(await open(caseId!)).toEqual(['no-run']);
  await until(
    () => scan(),
    ({ cleared }) => cleared === 1,
  );
  expect((await world.engine.view(caseId!))?.status).toBe('RUNNING');
  await world.control.step('courier', 'deliver', caseId!);
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['COMPLETED'] === 1,
  );
  const orders = await world.control.ledger('card-bureau', caseId!);
  expect(orders.filter(({ type }) => type === 'ordered')).toHaveLength(1);
});

test('a case that ends while the watch looks is no finding, and is not started again', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['DISPATCHED'] === 1,
  );
  const ended = async () => {
    await world.control.step('courier', 'deliver', caseId!);
    await world.client.workflow.getHandle(caseId!).result();
  };
  const { runId } = (await world.engine.view(caseId!))!;
  const view = async (id: string) => {
    if (id === caseId) await ended();
    return world.engine.view(id);
  };
  // Late enough for the row alone to look silent.
  const counts = await scan(2 * HOUR, { ...world.engine, view });
  expect(counts).toMatchObject({ found: 0 });
  expect(await open(caseId!)).toEqual([]);
  expect(await world.engine.view(caseId!)).toMatchObject({ runId, status: 'COMPLETED' });
});

test('a workflow that lacks what its log has reads it', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['DISPATCHED'] === 1,
  );
  const before = await createReadModel(world.database).caseById(caseId!);
  const { file } = before!;
  const at = instant(Date.now());
  const note = {
    caseId: caseId!,
    version: file.version + 1,
    at,
    actor: operator,
    cause: 'elsewhere',
    event: { type: 'NoteAdded' as const },
  };
  const type = caseTypeNamed('id-renewal')!;
  await createCaseLog(world.database).append([note], rowOf(type, fold(type, file, [note]), at));
  await scan();
  expect(await open(caseId!)).toEqual(['engine-behind']);
  await until(
    () => world.engine.fileOf(caseId!),
    (seen) => (seen?.version ?? 0) > file.version,
  );
  await until(
    () => scan(),
    () => true,
  );
  expect(await open(caseId!)).toEqual([]);
});

test('a log that has lost events, or a whole case, is found; the case goes on once they are back', async () => {
  const ids = await fileRenewals(world, 2, { courier: 'manual' });
  await until(
    () => statuses(world, ids),
    (seen) => seen['DISPATCHED'] === 2,
  );
  const backs = [await losesEvents(world.database, ids[0]!), await losesEvents(world.database, ids[1]!, true)];
  await scan();
  expect(await open(ids[0]!)).toEqual(['log-behind']);
  // One that was filed this very moment may not be in the log yet.
  expect(await open(ids[1]!)).toEqual([]);
  await until(
    () => scan(1 * HOUR).then(() => open(ids[1]!)),
    (seen) => seen.join() === 'log-behind',
  );
  await scan(1 * HOUR);
  expect(await open(ids[1]!)).toEqual(['log-behind']);
  const [found] = (await stalls.list({ open: true, limit: 100 })).filter(({ caseId }) => caseId === ids[1]);
  expect(found).toMatchObject({ remedied: null });

  // Nothing is written over what was lost, by a worker that remembers nothing either: what arrives waits until it is back.
  await world.replaceWorker();
  for (const caseId of ids) await world.control.step('courier', 'deliver', caseId);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await scan(1 * HOUR);
  for (const caseId of ids) expect(await open(caseId)).toContain('log-behind');

  for (const back of backs) await back();
  await scan();
  expect([...(await open(ids[0]!)), ...(await open(ids[1]!))]).toEqual([]);
  await until(
    () => statuses(world, ids),
    (seen) => seen['COMPLETED'] === 2,
  );
});

test('a workflow that does not fit the code that runs is found, and goes on with code that it fits', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['DISPATCHED'] === 1,
  );
  const dir = await mkdtemp(join(tmpdir(), 'tajdid-stalls-'));
  const code = join(dir, 'other.js');
  const fits = await readFile(await testWorkflowBundle(), 'utf8');
  await writeFile(code, fits.replaceAll('await quick.advance(', 'await patient.drive('));
  await world.replaceWorker(async () => {
    const misfit = await world.startWorker(undefined, code);
    await scan();
    expect(await open(caseId!)).toEqual(['unreadable']);
    await misfit.stop();
  });
  await scan();
  expect(await open(caseId!)).toEqual([]);
  await world.control.step('courier', 'deliver', caseId!);
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['COMPLETED'] === 1,
  );
  await rm(dir, { recursive: true });
});

test('whoever does not send webhooks is asked: gateway, bureau and courier alike', async () => {
  const silent = { webhooks: { lostRate: 1, doubledRate: 0, shuffleMs: 0 } };
  const parties = ['payments', 'card-bureau', 'courier'] as const;
  for (const party of parties) await world.control.dials(party, silent);
  const [caseId] = await fileRenewals(world, 1);
  await until(
    async () => {
      await scan(2 * HOUR);
      return statuses(world, [caseId!]);
    },
    (seen) => seen['COMPLETED'] === 1,
  );
  for (const party of parties) await world.control.dials(party, {});
  const asked = (await createCaseLog(world.database).eventsAfter(caseId!, 0)).filter(({ event }) =>
    ['PaymentCaptured', 'CardPrinted', 'CardHandedOver'].includes(event.type),
  );
  expect(asked).toHaveLength(3);
  // What was asked for is nobody's message: the case itself found out.
  expect(asked.map(({ actor }) => actor.role)).toEqual(['system', 'system', 'system']);
});

test('a lost webhook is found by its silence, wherever the round stands', async () => {
  await world.control.dials('card-bureau', { webhooks: { lostRate: 1, doubledRate: 0, shuffleMs: 0 } });
  const [caseId] = await fileRenewals(world, 1);
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['PRINT_QUEUED'] === 1,
  );
  const next = await stalls.nextOpen('', 500);
  const past = next.at(-1)!.caseId;
  await stalls.keepPlace(past);
  expect(await stalls.nextOpen(past, 500)).toEqual([]);
  await scan(30 * MINUTE);
  expect(await open(caseId!)).toEqual([]);
  await stalls.keepPlace(past);
  await scan(2 * HOUR);
  expect(await open(caseId!)).toEqual(['answer-overdue']);
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['COMPLETED'] === 1,
  );
  await world.control.dials('card-bureau', {});
});

test('what has healed is closed with the next scan, wherever the round stands, what was not looked at for longest first', async () => {
  const ids = await fileRenewals(world, 2, { courier: 'manual' });
  await until(
    () => statuses(world, ids),
    (seen) => seen['DISPATCHED'] === 2,
  );
  const [first, second] = ids as [string, string];
  await stalls.see(
    { caseId: first, what: 'no-run', detail: { en: 'long ago', ar: 'منذ زمن' }, remedied: null },
    instant(Date.now() - DAY),
  );
  await stalls.see(
    { caseId: second, what: 'no-run', detail: { en: 'just now', ar: 'الآن' }, remedied: null },
    instant(Date.now()),
  );
  expect(await stalls.found(1)).toEqual([first]);
  expect((await stalls.openCases([first, 'rnw_nobody'])).map(({ caseId }) => caseId)).toEqual([first]);
  await stalls.keepPlace((await stalls.nextOpen('', 500)).at(-1)!.caseId);
  await scan();
  expect([...(await open(first)), ...(await open(second))]).toEqual([]);
  for (const caseId of ids) await world.control.step('courier', 'deliver', caseId);
});

test('a case that cannot be looked at holds no other one up, and a scan that is cut short has come further', async () => {
  const ids = (await fileRenewals(world, 3, { courier: 'manual' })).sort();
  await until(
    () => statuses(world, ids),
    (seen) => seen['DISPATCHED'] === 3,
  );
  const [first, deaf, gone] = ids as [string, string, string];
  await world.client.workflow.getHandle(gone).terminate('lost');
  const view = (id: string) => (id === deaf ? Promise.reject(new Error('no answer')) : world.engine.view(id));
  await stalls.keepPlace('');
  expect(await scan(0, { ...world.engine, view })).toMatchObject({ failed: 1 });
  expect([...(await open(deaf)), ...(await open(gone))]).toEqual(['no-run']);

  // What comes after the round fails: the round is not looked at again all the same.
  await stalls.keepPlace('');
  const kept: string[] = [];
  const cut = createStallActivities({
    operations: none,
    stalls: {
      ...stalls,
      keepPlace: (place) => Promise.resolve(void kept.push(place)),
      overdue: async () => (await stalls.nextOpen('', 500)).map((each) => ({ ...each, caseId: `${each.caseId}-late` })),
    },
    engine: {
      ...world.engine,
      view: (id) => (id.endsWith('-late') ? Promise.reject(new Error('no answer')) : world.engine.view(id)),
    },
    now: () => Date.now(),
    beat: () => undefined,
  });
  await expect(cut.scanStalls({})).rejects.toThrow('no answer');
  expect(kept[0]).toBe((await stalls.nextOpen('', 500)).at(-1)?.caseId);
  for (const caseId of ids) await world.control.step('courier', 'deliver', caseId);
  await until(
    () => statuses(world, ids),
    (seen) => seen['COMPLETED'] === 3,
  );
  expect(await open(first)).toEqual([]);
});

test('a deadline that has passed with nothing done is found', async () => {
  const [caseId] = await fileRenewals(world, 1, { payments: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['AWAITING_PAYMENT'] === 1,
  );
  await scan(4 * DAY);
  expect(await open(caseId!)).toEqual(['deadline-passed']);
  const overdue = (await stalls.list({ open: true, limit: 100 })).filter(({ what }) => what === 'deadline-passed');
  expect((await stalls.groups()).find(({ what }) => what === 'deadline-passed')).toMatchObject({
    cases: overdue.length,
    example: overdue.map((each) => each.caseId).sort()[0],
  });
  const explained = await explainCase(
    { readModel: createReadModel(world.database), log: createCaseLog(world.database), stalls, view: world.engine.view },
    caseId!,
  );
  expect(explained?.stalls).toMatchObject([{ what: 'deadline-passed', remedy: { en: expect.any(String) } }]);
});

test('no worker is a finding about everything, and keeps nobody waiting who asks', async () => {
  const nobody = createEngineOperations(world.client, 'nobody-here');
  expect(await scanFromOutside({ engine: nobody, stalls, now: Date.now })).toEqual({ looked: 0, found: 1, cleared: 0 });
  expect(await open('*')).toEqual(['no-worker']);
  // Others ask for work, but the watch goes to the current version, which has no worker.
  const gone = { ...world.engine, health: async () => ({ ...(await world.engine.health()), gaps: [gap] }) };
  const gap = { why: 'current', buildId: 'gone' } as const;
  await stalls.clear('*', [], instant(Date.now()));
  expect(await scanFromOutside({ engine: gone, stalls, now: Date.now })).toMatchObject({ found: 1 });
  expect(await open('*')).toEqual(['no-worker']);
  await expect(nobody.ledgersOf('rnw_any')).rejects.toThrow('No worker asks for work');
  // A worker that is there and does not come to it: whoever asks is told so in time.
  const hasty = createEngineOperations(world.client, world.taskQueue, { patience: 1 });
  await expect(hasty.scanNow()).rejects.toThrow(EngineSilent);
  await scan();
  expect(await open('*')).toEqual([]);
});

test('a scan of the schedule ends by itself, one that an older version scheduled too', async () => {
  const { schedule } = world.client;
  // Each system on the engine has a watch of its own.
  await createEngineOperations(world.client, `${world.taskQueue}-beside`).scheduleStallScan(5);
  const beside = schedule.getHandle(`tajdid-stall-scan-${world.taskQueue}-beside`);
  expect(await world.engine.stallScanScheduled()).toBe(false);
  await world.engine.scheduleStallScan(5);
  const handle = schedule.getHandle(`tajdid-stall-scan-${world.taskQueue}`);
  try {
    // In one update: the engine takes a pause before an update that came with it, and the update then undoes the pause.
    await handle.update(({ action, state, ...before }) => {
      if (action.type !== 'startWorkflow') throw new Error('no workflow is scheduled');
      const { workflowExecutionTimeout: _none, ...unlimited } = action;
      return { ...before, action: unlimited, state: { ...state, paused: true, note: 'held by an operator' } };
    });
    await until(
      () => handle.describe(),
      ({ state }) => state.paused,
    );
    await world.engine.scheduleStallScan(5);
    const { state } = await until(
      () => handle.describe(),
      ({ action }) => action.type === 'startWorkflow' && action.workflowExecutionTimeout === 600_000,
    );
    expect(state).toMatchObject({ paused: true, note: 'held by an operator' });
  } finally {
    await handle.delete();
    await beside.delete();
  }
});
