import { createCaseLog } from '../../../adapters/case-log/postgres';
import { createPortalEndpoints } from '../../../adapters/portal-webhooks/endpoints';
import { createPortalOutbox } from '../../../adapters/portal-webhooks/outbox';
import type { Attempted } from '../../../adapters/portal-webhooks/port';
import type { Database, Statement } from '../../../adapters/postgres/database';
import { eventsOf, FILED_AT, fileOf, migratedDatabase, rowOf, type MigratedDatabase } from './cases';
import { until } from '../../support/until';

const CLIENT = 'absher-individuals';
const ENDPOINT = 'whe_1';
let pg: MigratedDatabase;
let endpoints: ReturnType<typeof createPortalEndpoints>;
let outbox: ReturnType<typeof createPortalOutbox>;
beforeEach(async () => {
  pg = await migratedDatabase();
  endpoints = createPortalEndpoints(pg.database);
  outbox = createPortalOutbox(pg.database);
  const url = 'https://portal.example/hook';
  await endpoints.add({ id: ENDPOINT, client: CLIENT, url, types: ['*'], secretRef: 's', at: FILED_AT }, 1);
});
afterEach(() => pg?.drop());

const append = (caseId: string, count: number): Promise<unknown> =>
  createCaseLog(pg.database).append(
    eventsOf(caseId, 1, count),
    rowOf(fileOf(caseId, count, { clientId: CLIENT, subject: `p_${caseId}` })),
  );

const tried = (seq: number, outcome: Attempted['outcome'], nextAt: string | null = null): Promise<void> =>
  outbox.record([{ endpoint: ENDPOINT, seq, outcome, at: '2026-11-02T08:00:00.000Z', nextAt }]);

const stateOf = async (seq: number): Promise<string | undefined> => {
  const text = 'SELECT state FROM webhook_messages WHERE endpoint = $1 AND seq = $2';
  const [row] = await pg.database.from('webhooks').query<{ state: string }>({ text, values: [ENDPOINT, seq] });
  return row?.state;
};

/** The same database, whose statements and the first row of their answers are noted. */
function watched(): { database: Database; asked: { statement: Statement; row: unknown }[] } {
  const asked: { statement: Statement; row: unknown }[] = [];
  const from: Database['from'] = (source) => ({
    ...pg.database.from(source),
    async query<R>(statement: Statement) {
      const rows = await pg.database.from(source).query<R>(statement);
      asked.push({ statement, row: rows[0] });
      return rows;
    },
  });
  return { database: { ...pg.database, from }, asked };
}

/** The relay's looks until it has come to this message: it waits for transactions that may still write before it, of other databases too. */
const relayed = (seq: number): Promise<unknown> =>
  until(
    async () => {
      await outbox.fanOut(100);
      return stateOf(seq);
    },
    (state) => state !== undefined,
  );

test('what happened while the only endpoint was disabled comes by a redelivery, however soon it is asked for', async () => {
  await append('rnw_before', 1);
  await relayed(1);
  await tried(1, 'gone');
  expect(await endpoints.find(CLIENT, ENDPOINT)).toMatchObject({ state: 'disabled', problem: 'gone' });
  await append('rnw_meanwhile', 3);
  await outbox.fanOut(100);
  await endpoints.enable(CLIENT, ENDPOINT);
  expect(await endpoints.redeliver(CLIENT, ENDPOINT, { from: FILED_AT })).toBe(4);
  await append('rnw_after', 2);
  await relayed(6);
  const fresh = await outbox.fresh(100, []);
  expect(fresh.map(({ caseId, version }) => `${caseId}/${version}`)).toEqual([
    'rnw_before/1',
    'rnw_meanwhile/1',
    'rnw_meanwhile/2',
    'rnw_meanwhile/3',
    'rnw_after/1',
    'rnw_after/2',
  ]);
});

test('what was delivered stays so, whatever a second relay beside the first makes of it', async () => {
  await append('rnw_twice', 3);
  await relayed(3);
  await tried(1, 'delivered');
  await tried(1, 'http-503', '2026-11-02T08:00:05.000Z');
  await tried(1, 'http-503');
  expect(await stateOf(1)).toBe('delivered');
  // Nor does what was given up begin again; what arrived after all has arrived.
  await tried(2, 'http-503');
  await tried(2, 'http-503', '2026-11-02T08:00:05.000Z');
  expect(await stateOf(2)).toBe('failed');
  await tried(2, 'delivered');
  expect(await stateOf(2)).toBe('delivered');
});

test('an endpoint is removed while what came of its messages is put on record, and neither fails', async () => {
  await append('rnw_removed', 1);
  await relayed(1);
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  let begun = (): void => undefined;
  const underWay = new Promise<void>((resolve) => (begun = resolve));
  const slow = createPortalOutbox({
    ...pg.database,
    from: (source) => ({
      ...pg.database.from(source),
      transaction: (work) =>
        pg.database.from(source).transaction((session) =>
          work({
            async query(statement) {
              const rows = await session.query<never>(statement);
              begun();
              await gate;
              return rows;
            },
          }),
        ),
    }),
  });
  const at = '2026-11-02T08:00:00.000Z';
  const recorded = slow.record([{ endpoint: ENDPOINT, seq: 1, outcome: 'delivered', at, nextAt: null }]);
  await underWay;
  const removed = endpoints.remove(CLIENT, ENDPOINT);
  const text = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await until(
    () => pg.database.from('webhooks').query({ text }),
    (waiting) => waiting.length > 0,
  );
  goOn();
  expect(await Promise.all([recorded, removed])).toEqual([undefined, true]);
  expect(await stateOf(1)).toBeUndefined();
});

test('a fence whose transaction this cluster has not come to, as after a restore into another one, is set anew', async () => {
  await append('rnw_moved', 1);
  const text = `UPDATE webhook_cursor SET fence = seq + 1, fence_xmax = '1000000000000'`;
  await pg.database.from('webhooks').query({ text });
  await relayed(1);
  await append('rnw_moved_on', 1);
  await relayed(2);
});

test('what was delivered long ago is forgotten in parts; what waits and what was given up is kept', async () => {
  await append('rnw_old', 5);
  await relayed(5);
  for (const seq of [1, 2, 3]) await tried(seq, 'delivered');
  await tried(4, 'http-503');
  expect(await outbox.forget('2026-11-02T08:00:00.000Z', 2)).toBe(0);
  const later = '2026-11-02T08:00:01.000Z';
  expect(await outbox.forget(later, 2)).toBe(2);
  expect(await outbox.forget(later, 2)).toBe(1);
  expect(await Promise.all([1, 2, 3, 4, 5].map(stateOf))).toEqual([
    undefined,
    undefined,
    undefined,
    'failed',
    'pending',
  ]);
});

test('a long log is sent again in parts, each a short statement; nothing of before the instant is', async () => {
  await append('rnw_long', 1);
  const db = pg.database.from('webhooks');
  const hash = `sha256('')`;
  await db.query({
    text: `INSERT INTO case_events (case_id, version, at, actor, cause, type, event, hash, prev_hash)
      SELECT 'rnw_long', v, $1::timestamptz + v * interval '1 second', '{}', 'c', 'NoteTaken', '{"type":"NoteTaken"}', ${hash}, ${hash} FROM generate_series(2, 25000) v`,
    values: [FILED_AT],
  });
  await db.query({ text: 'UPDATE webhook_cursor SET seq = case_log_end()' });
  const { database, asked } = watched();
  const from = new Date(Date.parse(FILED_AT) + 5_001_000).toISOString();
  expect(await createPortalEndpoints(database).redeliver(CLIENT, ENDPOINT, { from })).toBe(20_000);
  expect(asked.map(({ row }) => row)).toEqual([{ count: 10_000 }, { count: 10_000 }]);
  const text = 'SELECT count(*), min(version) AS first, max(version) AS last FROM webhook_messages WHERE endpoint = $1';
  expect(await db.query({ text, values: [ENDPOINT] })).toEqual([{ count: 20_000, first: 5_001, last: 25_000 }]);
  expect(await createPortalEndpoints(database).redeliver(CLIENT, ENDPOINT, { from: '2027-01-01T00:00:00Z' })).toBe(0);
});

test('a look at an endpoint reads none of the messages that were delivered', async () => {
  await append('rnw_busy', 4);
  await relayed(4);
  await tried(1, 'http-503');
  await tried(2, 'http-503', '2026-11-02T08:00:05.000Z');
  const db = pg.database.from('webhooks');
  await db.query({
    text: `INSERT INTO webhook_messages (endpoint, seq, case_id, case_type, version, event_type, at, status, status_version, state, attempts)
      SELECT $1, 1000 + n, 'rnw_busy', 'id-renewal', 1, 'NoteTaken', $2, 'IN_REVIEW', 1, 'delivered', 1 FROM generate_series(1, 5000) n`,
    values: [ENDPOINT, FILED_AT],
  });
  await db.query({ text: 'ANALYZE webhook_messages' });
  const { database, asked } = watched();
  expect(await createPortalEndpoints(database).find(CLIENT, ENDPOINT)).toMatchObject({
    messages: { pending: 3, failed: 1 },
  });
  const { text = '', values = [] } = asked[0]?.statement ?? {};
  const plan = await db.query<{ 'QUERY PLAN': string }>({ text: `EXPLAIN ${text}`, values });
  const reads = plan
    .map((line) => line['QUERY PLAN'])
    .join()
    .match(/Seq Scan on webhook_messages|webhook_messages_\w+/g);
  expect(reads).toEqual(['webhook_messages_fresh', 'webhook_messages_tried', 'webhook_messages_failed']);
});
