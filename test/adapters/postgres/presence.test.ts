import { createPresence } from '../../../adapters/presence/postgres';
import { openDatabase, type Database } from '../../../adapters/postgres/database';
import { Viewers } from '../../../api/cases/viewers';
import { createTestDatabase, type TestDatabase } from '../../support/engine';
import { until } from '../../support/until';

let database: TestDatabase;
let replicas: Database[];
beforeAll(async () => {
  database = await createTestDatabase();
  replicas = [openDatabase({ url: database.url }), openDatabase({ url: database.url })];
});
afterAll(async () => {
  await Promise.all(replicas.map((each) => each.close()));
  await database?.drop();
});

/** Somebody at a case, with what they see of who else is there. */
function at(viewers: Viewers, caseId: string, id: string) {
  let seen: readonly string[] = [];
  const leave = viewers.enter(caseId, { id, onChange: (now) => (seen = now) });
  const sees = (ids: readonly string[]) =>
    until(
      () => Promise.resolve(seen),
      (now) => now.join() === ids.join(),
    );
  return { leave, sees };
}

test('colleagues at one case see each other through two APIs, and see each other leave', async () => {
  // Whoever leaves last says so to a database that may be gone by then.
  const [one, other] = replicas.map((each) => new Viewers(createPresence(each), () => undefined)) as [Viewers, Viewers];
  const noura = at(one, 'rnw_1', 'staff-101');
  const elsewhere = at(other, 'rnw_2', 'staff-103');
  const fahad = at(other, 'rnw_1', 'staff-102');
  await noura.sees(['staff-101', 'staff-102']);
  // Who came later asks who is there.
  await fahad.sees(['staff-101', 'staff-102']);
  await elsewhere.sees(['staff-103']);
  noura.leave();
  await fahad.sees(['staff-102']);
  fahad.leave();
  elsewhere.leave();
  // The last one's end closes the connections that were opened to hear.
  await until(
    async () => {
      const text = `SELECT count(*) AS n FROM pg_stat_activity
        WHERE application_name = 'tajdid-viewers' AND datname = current_database()`;
      const [row] = await (replicas[0] as Database).from('case').query<{ n: number }>({ text });
      return row?.n;
    },
    (n) => n === 0,
  );
});

test('an API that cannot say that the last one left stops hearing all the same', async () => {
  const troubles: unknown[] = [];
  let closed = false;
  const presence = {
    tell: () => Promise.reject(new Error('the database is gone')),
    hear: () => Promise.resolve({ close: () => Promise.resolve(void (closed = true)) }),
  };
  const alone = at(new Viewers(presence, (error) => troubles.push(error)), 'rnw_1', 'staff-101');
  await alone.sees(['staff-101']);
  alone.leave();
  await until(
    () => Promise.resolve(closed),
    (done) => done,
  );
  expect(troubles).toHaveLength(2);
});
