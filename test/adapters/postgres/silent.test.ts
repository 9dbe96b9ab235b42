import { createCaseLog } from '../../../adapters/case-log/postgres';
import { createStalls } from '../../../adapters/operations/stalls-postgres';
import { after, HOUR, instant } from '../../../domain/time';
import { eventsOf, fileOf, migratedDatabase, rowOf, type MigratedDatabase } from './cases';

let db: MigratedDatabase;
beforeAll(async () => {
  db = await migratedDatabase();
});
afterAll(() => db.drop());

test('a wait that many are long silent in keeps none of the others from being asked after', async () => {
  const log = createCaseLog(db.database);
  for (const [id, waitingWhat] of [
    ['rnw_paying1', 'payment'],
    ['rnw_paying2', 'payment'],
    ['rnw_paying3', 'payment'],
    ['rnw_printing1', 'card-printed'],
    ['rnw_reviewed', 'caseworker-decision'],
  ] as const)
    await log.append(eventsOf(id, 1, 1), rowOf(fileOf(id, 1), { waitingWhat }));
  const found = await createStalls(db.database).silent(
    ['payment', 'card-printed'],
    after(instant(Date.now()), HOUR),
    2,
  );
  expect(found.map(({ caseId }) => caseId)).toEqual(['rnw_paying1', 'rnw_printing1', 'rnw_paying2']);
});
