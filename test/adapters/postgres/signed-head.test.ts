import { createAuditLog } from '../../../adapters/case-log/audit';
import { createCaseLog } from '../../../adapters/case-log/postgres';
import { checkHead, newKeyPair, signHead } from '../../../ops/audit';
import { eventsOf, FILED_AT, fileOf, migratedDatabase, rowOf, type MigratedDatabase } from './cases';

let db: MigratedDatabase;
beforeAll(async () => {
  db = await migratedDatabase();
});
afterAll(() => db.drop());

test('a signed head tells that an event was changed, whichever column of it and that alone', async () => {
  await createCaseLog(db.database).append(eventsOf('s-1', 1, 4), rowOf(fileOf('s-1', 4)));
  const audit = createAuditLog(db.database);
  const { privateKey, publicKey } = newKeyPair();
  const head = await signHead(audit, privateKey, FILED_AT, () => undefined);
  const verdict = () => checkHead(audit, head, publicKey, () => undefined);
  expect(await verdict()).toBe('whole');

  const owner = (text: string) => db.database.from('case').query({ text });
  await owner('ALTER TABLE case_events DISABLE TRIGGER case_events_append_only');
  await owner('CREATE TABLE kept AS SELECT * FROM case_events WHERE version = 2');
  for (const [column, value] of [
    ['event', `event || '{"amount": 1}'`],
    ['type', `'Another'`],
    ['actor', `'{"id": "x", "role": "supervisor"}'`],
    ['at', `at + interval '1 ms'`],
    ['cause', `'another'`],
    ['hash', `sha256('x')`],
    ['prev_hash', `sha256('x')`],
  ]) {
    await owner(`UPDATE case_events SET ${column} = ${value} WHERE version = 2`);
    expect([column, await verdict()]).toEqual([column, 'events-changed']);
    await owner(`UPDATE case_events e SET ${column} = kept.${column} FROM kept WHERE e.version = kept.version`);
    expect([column, await verdict()]).toEqual([column, 'whole']);
  }
});
