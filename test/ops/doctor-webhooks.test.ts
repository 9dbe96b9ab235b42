import { createCaseLog } from '../../adapters/case-log/postgres';
import { createVitals } from '../../adapters/operations/vitals';
import { HOUR, instant } from '../../domain/time';
import { examine, type Patient } from '../../ops/doctor';
import { eventsOf, fileOf, migratedDatabase, rowOf, type MigratedDatabase } from '../adapters/postgres/cases';

const NOW = Date.parse('2026-11-23T12:00:00.000Z');

let db: MigratedDatabase;
beforeAll(async () => (db = await migratedDatabase()));
afterAll(() => db?.drop());

const opened = async (id: string, wait: Pick<ReturnType<typeof rowOf>, 'waitingWhat' | 'waitingWho'>): Promise<void> =>
  void (await createCaseLog(db.database).append(eventsOf(id, 1, 1), rowOf(fileOf(id, 1), wait)));
const looked = async (): Promise<string | undefined> =>
  (await examine({ vitals: createVitals(db.database), now: () => NOW } as Patient)).find(
    ({ check }) => check === 'webhooks',
  )?.state;

test('an hour without a message is a finding where a case waits for one, and not where the applicant has the ball', async () => {
  await db.database.from('case').query({
    text: `INSERT INTO webhook_inbox (source, id, received_at) VALUES ('payments', 'm-1', $1)`,
    values: [instant(NOW - 2 * HOUR)],
  });
  await opened('rnw_returned', { waitingWhat: 'resubmission', waitingWho: 'applicant' });
  await opened('rnw_lies_there', { waitingWhat: 'pickup', waitingWho: 'applicant' });
  expect(await looked()).toBe('well');
  await opened('rnw_printing', { waitingWhat: 'card-printed', waitingWho: 'card-bureau' });
  expect(await looked()).toBe('warning');
});
