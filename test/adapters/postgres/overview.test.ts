import { createCaseLog } from '../../../adapters/case-log/postgres';
import type { Overview } from '../../../adapters/operations/overview-port';
import { createOverview } from '../../../adapters/operations/overview-postgres';
import type { CaseFile, Incident } from '../../../domain/case/model';
import { eventsOf, FILED_AT, fileOf, migratedDatabase, rowOf, type MigratedDatabase } from './cases';

let db: MigratedDatabase;
let overview: Overview;
beforeAll(async () => {
  db = await migratedDatabase();
  overview = createOverview(db.database);
});
afterAll(() => db.drop());

const incident: Incident = {
  step: 'refund',
  since: FILED_AT,
  last: FILED_AT,
  attempts: 9,
  kind: 'unavailable',
  source: 'payments',
  code: 'http-503',
  message: 'the gateway answers 503',
  retrying: false,
};
const repair = { field: 'photo', value: 'doc/other', by: 'op-1', at: FILED_AT };
const given = (id: string, file: Partial<CaseFile>) =>
  createCaseLog(db.database).append(eventsOf(id, 1, 1), rowOf(fileOf(id, 1, file)));

test('a proposed repair waits for its second person as long as somebody can decide it, on a closed case too', async () => {
  await given('r-open', { repair });
  await given('r-owing', { repair, incident, closedAt: FILED_AT });
  // The incident is over: nothing is done to this case any more.
  await given('r-over', { repair, closedAt: FILED_AT });
  await given('r-none', { incident });
  const waiting = await overview.proposedRepairs({ limit: 10 });
  expect(waiting.map(({ caseId, file }) => [caseId, file.repair])).toEqual([
    ['r-open', repair],
    ['r-owing', repair],
  ]);
  expect((await overview.proposedRepairs({ limit: 10, after: 'r-open' })).map(({ caseId }) => caseId)).toEqual([
    'r-owing',
  ]);
});

test('an id is found by its beginning or its end, and its signs stand for themselves', async () => {
  await given('rnw_abcdef', {});
  await given('rnwXabcxyz', {});
  expect(await overview.idsLike({ start: 'rnw_abc', end: 'nothing' }, 10)).toEqual(['rnw_abcdef']);
  expect(await overview.idsLike({ start: 'nothing', end: 'cxyz' }, 10)).toEqual(['rnwXabcxyz']);
  expect(await overview.idsLike({ start: '%', end: '_' }, 10)).toEqual([]);
});
