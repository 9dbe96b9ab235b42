import { createCaseLog } from '../../adapters/case-log/postgres';
import { createReadModel } from '../../adapters/read-model/postgres';
import { createStalls } from '../../adapters/operations/stalls-postgres';
import type { Stalls } from '../../adapters/operations/stalls-port';
import { createStallActivities } from '../../activities/ops/stalls';
import { createEngineOperations } from '../../client/operations';
import { rowOf } from '../../domain/case/row';
import { fold } from '../../domain/case/core';
import { DAY, HOUR, instant } from '../../domain/time';
import { caseTypeNamed } from '../../workflows/case-types';
import { startWorld, type World } from '../support/world';
import { fileRenewals, operator, statuses, until } from './cases';

let world: World;
let stalls: Stalls;
beforeAll(async () => {
  world = await startWorld();
  stalls = createStalls(world.database);
}, 240_000);
afterAll(() => world?.stop());

/** The watch, so much later than now. */
const scan = (later = 0, engine = world.engine) =>
  createStallActivities({ stalls, engine, now: () => Date.now() + later, beat: () => undefined }).scanStalls({});
const open = async (caseId: string): Promise<string[]> =>
  (await stalls.list({ open: true, limit: 100 })).filter((each) => each.caseId === caseId).map(({ what }) => what);

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
}, 60_000);

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
}, 60_000);

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
}, 60_000);

test('a deadline that has passed with nothing done is found', async () => {
  const [caseId] = await fileRenewals(world, 1, { payments: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['AWAITING_PAYMENT'] === 1,
  );
  await scan(4 * DAY);
  expect(await open(caseId!)).toEqual(['deadline-passed']);
}, 60_000);

test('no worker is a finding about everything', async () => {
  await scan(0, createEngineOperations(world.client, 'nobody-here'));
  expect(await open('*')).toEqual(['no-worker']);
  await scan();
  expect(await open('*')).toEqual([]);
}, 60_000);
