import { createCaseLog } from '../../../adapters/case-log/postgres';
import { createPortalEndpoints } from '../../../adapters/portal-webhooks/endpoints';
import { createPortalOutbox } from '../../../adapters/portal-webhooks/outbox';
import type { Attempted } from '../../../adapters/portal-webhooks/port';
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
}, 240_000);
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
