import { Client } from 'pg';
import { createAuditLog } from '../../../adapters/case-log/audit';
import type { CaseLog } from '../../../adapters/case-log/port';
import { createCaseLog } from '../../../adapters/case-log/postgres';
import { openDatabase, type Database, type Session, type Statement } from '../../../adapters/postgres/database';
import { migrate } from '../../../adapters/postgres/migrate';
import { auditAll } from '../../../ops/audit';
import { eventsOf, fileOf, migratedDatabase, rowOf, type MigratedDatabase } from './cases';

let db: MigratedDatabase;
let log: CaseLog;

beforeAll(async () => {
  db = await migratedDatabase();
  log = createCaseLog(db.database);
});
afterAll(() => db.drop());

const append = (id: string, version: number, count: number, note?: string) =>
  log.append(eventsOf(id, version, count, note), rowOf(fileOf(id, version + count - 1)));

async function asSuperuser<R extends object>(...statements: string[]): Promise<R[]> {
  const client = new Client({ connectionString: db.url });
  await client.connect();
  try {
    let rows: R[] = [];
    for (const statement of statements) rows = (await client.query<R>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  test('two programs that start at once both end with the whole schema', async () => {
    await expect(Promise.all([migrate(db.url), migrate(db.url)])).resolves.toEqual([{ applied: [] }, { applied: [] }]);
  });

  test('a migration that differs from the applied one is refused', async () => {
    await expect(migrate(db.url, [{ id: 1, name: 'case-log', sql: 'SELECT 1' }])).rejects.toThrow('differs');
  });
});

describe('append', () => {
  test('events come back as they were', async () => {
    await expect(append('c-1', 1, 3)).resolves.toEqual({ appended: true });
    await expect(append('c-1', 4, 2)).resolves.toEqual({ appended: true });
    await expect(log.eventsAfter('c-1', 0)).resolves.toEqual([...eventsOf('c-1', 1, 3), ...eventsOf('c-1', 4, 2)]);
    await expect(log.eventsAfter('c-1', 3)).resolves.toEqual(eventsOf('c-1', 4, 2));
  });

  test('the same append again writes nothing and answers what is logged', async () => {
    await append('c-2', 1, 2);
    await expect(append('c-2', 1, 2)).resolves.toEqual({ logged: eventsOf('c-2', 1, 2) });
    await append('c-2', 3, 1);
    await expect(append('c-2', 3, 1)).resolves.toEqual({ logged: eventsOf('c-2', 3, 1) });
    await expect(log.eventsAfter('c-2', 0)).resolves.toHaveLength(3);
  });

  test('another append of the same version loses to the log', async () => {
    await append('c-3', 1, 1);
    await append('c-3', 2, 2, 'first');
    await expect(append('c-3', 2, 1, 'second')).resolves.toEqual({ logged: eventsOf('c-3', 2, 2, 'first') });
  });

  test('of many at once one is written', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => append('c-4', 1, 2, `try ${i}`)));
    expect(answers.filter((answer) => 'appended' in answer)).toHaveLength(1);
    const logged = await log.eventsAfter('c-4', 0);
    for (const answer of answers) if ('logged' in answer) expect(answer.logged).toEqual(logged);
  });

  test('a gap is our own mistake and writes nothing', async () => {
    const gap = { kind: 'defect', source: 'case-log', code: 'version-gap' };
    await expect(append('c-5', 2, 1)).rejects.toMatchObject(gap);
    await append('c-5', 1, 1);
    await expect(append('c-5', 3, 1)).rejects.toMatchObject(gap);
    const torn = [...eventsOf('c-5', 2, 1), ...eventsOf('c-5', 4, 1)];
    await expect(log.append(torn, rowOf(fileOf('c-5', 4)))).rejects.toMatchObject(gap);
    await expect(log.append([], rowOf(fileOf('c-5', 4)))).rejects.toMatchObject({ kind: 'defect' });
    await expect(log.eventsAfter('c-5', 0)).resolves.toHaveLength(1);
  });

  test('a database that is not there is unavailable, and says nothing about the case', async () => {
    const gone = openDatabase({ url: 'postgres://nobody:secret@127.0.0.1:1/none' });
    const append = createCaseLog(gone).append(eventsOf('c-6', 1, 1), rowOf(fileOf('c-6', 1)));
    await expect(append).rejects.toMatchObject({
      kind: 'unavailable',
      source: 'case-log',
      code: 'postgres-econnrefused',
    });
    await gone.close();
  });
});

describe('the chain', () => {
  test.each([
    ["UPDATE case_events SET at = now() WHERE case_id = 'h-0'"],
    ["DELETE FROM case_events WHERE case_id = 'h-0'"],
    ['TRUNCATE case_events'],
  ])('the log takes no %s', async (statement) => {
    await expect(asSuperuser(statement)).rejects.toThrow('append-only');
  });

  test('is whole after appends of all sizes', async () => {
    await append('h-1', 1, 3);
    await append('h-1', 4, 1);
    await append('h-1', 5, 9);
    await expect(createAuditLog(db.database).case('h-1')).resolves.toMatchObject({ events: 13, broken: null });
  });

  test.each([
    [
      'a changed fact',
      "UPDATE case_events SET event = jsonb_set(event, '{note}', '\"other\"') WHERE case_id = $id AND version = 2",
      { version: 2, what: 'hash' },
    ],
    [
      'a changed actor',
      'UPDATE case_events SET actor = \'{"id": "x", "role": "supervisor"}\' WHERE case_id = $id AND version = 1',
      { version: 1, what: 'hash' },
    ],
    [
      'a changed time',
      "UPDATE case_events SET at = at + interval '1 ms' WHERE case_id = $id AND version = 3",
      { version: 3, what: 'hash' },
    ],
    [
      'a removed event',
      'DELETE FROM case_events WHERE case_id = $id AND version = 2',
      { version: 2, what: 'version-gap' },
    ],
    ['a removed end', 'DELETE FROM case_events WHERE case_id = $id AND version = 4', { version: 3, what: 'head' }],
    [
      'a rehashed event',
      "UPDATE case_events SET hash = sha256('x') WHERE case_id = $id AND version = 2",
      { version: 2, what: 'hash' },
    ],
    [
      'another type to count it by',
      "UPDATE case_events SET type = 'Another' WHERE case_id = $id AND version = 2",
      { version: 2, what: 'type' },
    ],
  ])('shows %s made behind its back', async (what, change, broken) => {
    const id = `h-${what.replaceAll(' ', '-')}`;
    await append(id, 1, 4);
    await asSuperuser(
      'ALTER TABLE case_events DISABLE TRIGGER case_events_append_only',
      change.replace('$id', `'${id}'`),
      'ALTER TABLE case_events ENABLE TRIGGER case_events_append_only',
    );
    await expect(createAuditLog(db.database).case(id)).resolves.toMatchObject({ broken });
  });
});

describe('places', () => {
  test('of a hundred that want one place one has it, and all are told which', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => log.takePlace('renewal:p_a', `r-${i}`)));
    expect(new Set(answers.map(({ heldBy }) => heldBy)).size).toBe(1);
  });

  test('taken again by its holder it stays theirs; closing the case gives it back', async () => {
    await expect(log.takePlace('renewal:p_b', 'q-1')).resolves.toEqual({ heldBy: 'q-1' });
    await expect(log.takePlace('renewal:p_b', 'q-1')).resolves.toEqual({ heldBy: 'q-1' });
    await expect(log.takePlace('renewal:p_b', 'q-2')).resolves.toEqual({ heldBy: 'q-1' });
    const closed = fileOf('q-1', 1, { closedAt: '2026-11-05T00:00:00.000Z' });
    await log.append(eventsOf('q-1', 1, 1), rowOf(closed, { waitingWhat: null, waitingWho: null, waitingUntil: null }));
    await expect(log.takePlace('renewal:p_b', 'q-2')).resolves.toEqual({ heldBy: 'q-2' });
  });

  test('a step that was given up on holds nobody up, when it takes its place only once the case has closed', async () => {
    const closed = fileOf('late-1', 1, { closedAt: '2026-11-05T00:00:00.000Z' });
    await log.append(
      eventsOf('late-1', 1, 1),
      rowOf(closed, { waitingWhat: null, waitingWho: null, waitingUntil: null }),
    );
    await expect(log.takePlace('renewal:p_c', 'late-1')).rejects.toMatchObject({ code: 'case-closed' });
    // It was under way while the case closed.
    await db.database.from('case').query({ text: `INSERT INTO case_places VALUES ('renewal:p_c', 'late-1')` });
    await expect(log.takePlace('renewal:p_c', 'next-1')).resolves.toEqual({ heldBy: 'next-1' });
    await expect(log.takePlace('renewal:p_c', 'next-2')).resolves.toEqual({ heldBy: 'next-1' });
  });
});

test('an append while the audit looks is no broken chain', async () => {
  await append('o-1', 1, 3);
  let version = 4;
  /** After each statement of the audit, as on a system that is at work, one more event of this case is in. */
  const busy = <S extends Session>(session: S): S => ({
    ...session,
    async query(statement: Statement) {
      const rows = await session.query(statement);
      if (statement.text.startsWith('SELECT')) await append('o-1', version++, 1);
      return rows;
    },
  });
  const live: Database = {
    ...db.database,
    from: (source) => ({
      ...busy(db.database.from(source)),
      transaction: (work) => db.database.from(source).transaction((session) => work(busy(session))),
    }),
  };
  const audit = createAuditLog(live);
  expect(await audit.case('o-1')).toMatchObject({ events: 3, broken: null });
  expect((await audit.casesAfter('o-0', 1))[0]).toMatchObject({ caseId: 'o-1', broken: null });
  expect(version).toBe(8);
});

test('a case whose events are all gone is broken, and is not taken for none', async () => {
  await append('e-1', 1, 2);
  const audit = createAuditLog(db.database);
  await asSuperuser(
    'ALTER TABLE case_events DISABLE TRIGGER ALL',
    `DELETE FROM case_events WHERE case_id = 'e-1'`,
    'ALTER TABLE case_events ENABLE TRIGGER ALL',
  );
  expect(await audit.case('e-1')).toEqual({ events: 0, head: '', broken: { version: 0, what: 'head' } });
  expect(await audit.case('e-none')).toBeNull();
});

test('events whose case is gone are found wherever they stand, and the whole log is one digest', async () => {
  await append('q-1', 1, 2);
  await append('q-2', 1, 2);
  const audit = createAuditLog(db.database);
  await asSuperuser(
    'ALTER TABLE cases DISABLE TRIGGER ALL',
    `DELETE FROM cases WHERE case_id = 'q-2'`,
    'ALTER TABLE cases ENABLE TRIGGER ALL',
  );
  const upTo = await audit.lastPlace();
  expect(await audit.orphans(0, upTo)).toEqual([{ caseId: 'q-2', version: 1 }]);
  expect(await audit.orphans(upTo - 1, upTo)).toEqual([{ caseId: 'q-2', version: 2 }]);
  expect((await auditAll(audit, () => undefined)).broken).toContainEqual({
    caseId: 'q-2',
    version: 1,
    what: 'events-without-case',
  });
  const [{ events } = { events: 0 }] = await asSuperuser<{ events: number }>(
    'SELECT count(*)::int AS events FROM case_events',
  );
  expect(await audit.links(0, upTo)).toHaveLength(events);
});
