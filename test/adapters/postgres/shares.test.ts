import type { Database } from '../../../adapters/postgres/database';
import { createShares } from '../../../adapters/shares/postgres';
import { until } from '../../support/until';
import { FILED_AT, migratedDatabase, type MigratedDatabase } from './cases';

let pg: MigratedDatabase;
beforeAll(async () => {
  pg = await migratedDatabase();
});
afterAll(() => pg?.drop());

const HEALTH = { client: 'ministry-of-health', channel: 'ministry-of-health' };

/** The database, every transaction of which waits before its end until it may go on. */
function held(): { database: Database; reached: Promise<void>; goOn(): void } {
  let goOn = (): void => undefined;
  let atEnd = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const reached = new Promise<void>((resolve) => (atEnd = resolve));
  const database: Database = {
    ...pg.database,
    from: (source) => ({
      ...pg.database.from(source),
      transaction: (work) =>
        pg.database.from(source).transaction(async (session) => {
          const result = await work(session);
          atEnd();
          await gate;
          return result;
        }),
    }),
  };
  return { database, reached, goOn: () => goOn() };
}

const waitsForALock = async (): Promise<boolean> => {
  const text = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return (await pg.database.from('register').query({ text })).length > 0;
};

test('of two fetches at once, the person is told of both, whichever ends first', async () => {
  const shares = createShares(pg.database);
  const id = 'shr_aaaaaaaaaaaaaaaaaaaaaaaaaa';
  const portal = { client: 'absher-individuals', channel: 'absher-individuals' };
  const share = { id, person: 'p_someone', client: portal.client, recipient: HEALTH.client, fields: ['name'] as const };
  await shares.grant(
    { ...share, purposeDigest: null, grantedAt: FILED_AT, expiresAt: '2026-12-01T08:00:00.000Z' },
    portal,
  );
  const told: string[] = [];
  const tell = async (): Promise<void> => {
    for (const { seq, what } of await shares.untold(id)) {
      told.push(what);
      await shares.told(id, seq);
    }
  };
  await tell();

  const slow = held();
  const first = createShares(slow.database).fetch(id, HEALTH, FILED_AT, []);
  await slow.reached;
  /** Done, or waiting for the one before. */
  const settled = async (work: Promise<unknown>): Promise<void> => {
    let done = false;
    void work.then(() => (done = true));
    await until(async () => done || (await waitsForALock()), Boolean);
  };
  const second = shares.fetch(id, HEALTH, FILED_AT, []);
  await settled(second);
  const telling = tell();
  await settled(telling);
  slow.goOn();
  expect((await Promise.all([first, second])).map(({ refused }) => refused)).toEqual([null, null]);
  await telling;
  await tell();
  expect(told).toEqual(['shared', 'fetched', 'fetched']);
});
