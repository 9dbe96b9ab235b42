import { createRetryActivities, type RetryActivities, type RetryPorts } from '../../activities/ops/retry';
import { createOperations } from '../../adapters/operations/postgres';
import type { Operations } from '../../adapters/operations/port';
import type { AnyEvent, Recorded } from '../../domain/case/model';
import { instant, MINUTE } from '../../domain/time';
import { migratedDatabase, type MigratedDatabase } from '../adapters/postgres/cases';
import { operator } from './cases';

let db: MigratedDatabase;
let operations: Operations;
let [made, later] = [0, 0];
beforeAll(async () => {
  db = await migratedDatabase();
  operations = createOperations(db.database);
});
beforeEach(() => (later = 0));
afterAll(() => db?.drop());

/** An operation over so many cases, which are in nothing but its list. */
async function listed(cases: number): Promise<{ operation: string; caseIds: readonly string[] }> {
  const operation = `op_list_${++made}`;
  const caseIds = Array.from({ length: cases }, (_, i) => `rnw_${made}x${String(i).padStart(4, '0')}`);
  const from = db.database.from('case');
  await from.query({
    text: `INSERT INTO operations (id, kind, actor, scope, per_second) VALUES ($1, 'verified-retry', $2, '{}', 5)`,
    values: [operation, JSON.stringify(operator)],
  });
  await from.query({
    text: `INSERT INTO operation_items (operation, case_id, place, version, step, source, code)
      SELECT $1, id, n, 1, 'order-card', 'card-bureau', 'http-503' FROM unnest($2::text[]) WITH ORDINALITY AS listed (id, n)`,
    values: [operation, [...caseIds]],
  });
  return { operation, caseIds };
}

/** What the log of every case says: that the retry was asked for, and what came of it. */
const logOf = (operation: string, came: (caseId: string) => readonly AnyEvent['type'][]): RetryPorts['log'] => ({
  eventsAfter: (caseId) =>
    Promise.resolve(
      came(caseId).map((type, i): Recorded => ({
        caseId,
        version: i + 2,
        at: instant(Date.now()),
        actor: operator,
        cause: `${operation}/${caseId}`,
        event: { type, step: 'order-card' } as AnyEvent,
      })),
    ),
});

const activities = (ports: Partial<RetryPorts>): RetryActivities =>
  createRetryActivities({
    operations,
    log: { eventsAfter: () => Promise.resolve([]) },
    act: () => Promise.resolve({ version: 2 }),
    now: () => Date.now() + later,
    ...ports,
  });

test('more cases than are looked up at once are all proven, whatever the first of them do', async () => {
  const { operation, caseIds } = await listed(7);
  const slow = caseIds[1];
  const log = logOf(operation, (caseId) =>
    caseId === slow ? ['RetryRequested'] : ['RetryRequested', 'IncidentCleared'],
  );
  const { askNext, settleAsked } = activities({ log, page: 3 });
  expect(await askNext({ operation, limit: 100 })).toEqual({ waiting: false });
  expect(await settleAsked({ operation })).toEqual({ asked: 1 });
  expect((await operations.find(operation))?.counts).toMatchObject({ moved: 6, asked: 1 });
  later = 16 * MINUTE;
  expect(await settleAsked({ operation })).toEqual({ asked: 0 });
  expect((await operations.find(operation))?.counts).toMatchObject({ moved: 6, unsettled: 1 });
});

test('a case for which the engine does not answer holds no other one up, and its log tells whether it took the retry', async () => {
  const { operation, caseIds } = await listed(3);
  const [deaf, slow, fine] = caseIds as [string, string, string];
  const { askNext, settleAsked } = activities({
    act: (caseId) => Promise.resolve(caseId === fine ? { version: 2 } : { silent: true as const }),
    log: logOf(operation, (caseId) => (caseId === deaf ? [] : ['RetryRequested', 'IncidentCleared'])),
  });
  expect(await askNext({ operation, limit: 2 })).toEqual({ waiting: true });
  expect(await askNext({ operation, limit: 2 })).toEqual({ waiting: false });
  expect(await settleAsked({ operation })).toEqual({ asked: 1 });
  later = 3 * MINUTE;
  expect(await settleAsked({ operation })).toEqual({ asked: 0 });
  expect((await operations.items(operation, { limit: 10 })).map(({ caseId, state }) => [caseId, state])).toEqual([
    [deaf, 'unsettled'],
    [slow, 'moved'],
    [fine, 'moved'],
  ]);
  const [unsettled] = await operations.items(operation, { state: 'unsettled', limit: 1 });
  expect(unsettled?.detail?.en).toBe('the engine did not answer for this case');
});

test('a case whose retry is under way already is done only when that one has come to its end', async () => {
  const { operation, caseIds } = await listed(3);
  const [moved, again, slow] = caseIds as [string, string, string];
  const came: Readonly<Record<string, readonly AnyEvent['type'][]>> = {
    [moved]: ['RetryRequested', 'IncidentCleared'],
    [again]: ['RetryRequested', 'IncidentRaised'],
    [slow]: ['RetryRequested', 'IncidentRaised', 'RetryRequested'],
  };
  const refusal = {
    kind: 'not-now',
    code: 'retry-under-way',
    message: { en: 'A retry is under way.', ar: 'إعادة المحاولة جارية.' },
  } as const;
  const { askNext, settleAsked } = activities({
    act: () => Promise.resolve({ refusal }),
    log: logOf('op_of_somebody_else', (caseId) => came[caseId] ?? []),
  });
  await askNext({ operation, limit: 100 });
  expect(await settleAsked({ operation })).toEqual({ asked: 1 });
  later = 16 * MINUTE;
  await settleAsked({ operation });
  expect((await operations.items(operation, { limit: 10 })).map(({ state }) => state)).toEqual([
    'moved',
    'failed-again',
    'unsettled',
  ]);
});
