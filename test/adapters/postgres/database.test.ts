import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../../adapters/postgres/database';
import { cableTo } from '../../support/cable';
import { createTestDatabase } from '../../support/engine';

test('a host that vanishes without a word is missed, in a statement and in a transaction, and found again', async () => {
  const { url, drop } = await createTestDatabase();
  const cable = await cableTo(url);
  const database = openDatabase({ url: cable.url, max: 2, answerWithin: 4_000 });
  const db = database.from('case-log');
  const one = { text: 'SELECT 1 AS one' };
  const gone = { kind: 'unavailable', source: 'case-log' };
  try {
    await Promise.all([db.query(one), db.query(one)]);
    const transaction = db.transaction(async (session) => {
      await session.query(one);
      cable.swallow();
      return session.query(one);
    });
    const [inside, alone] = await Promise.allSettled([transaction, transaction.catch(() => db.query(one))]);
    expect([inside, alone]).toMatchObject([{ reason: gone }, { reason: gone }]);
    cable.mend();
    await expect(db.query(one)).resolves.toEqual([{ one: 1 }]);
    await expect(db.transaction((session) => session.query(one))).resolves.toEqual([{ one: 1 }]);
  } finally {
    cable.mend();
    await database.close();
    cable.stop();
    await drop();
  }
});

test('a connection that breaks in a transaction fails the transaction, and not the program', async () => {
  const { url, drop } = await createTestDatabase();
  const cable = await cableTo(url);
  const database = openDatabase({ url: cable.url });
  try {
    const broken = database.from('case-log').transaction(async (session) => {
      await session.query({ text: 'SELECT 1' });
      cable.cut();
      await pause(200);
      await session.query({ text: 'SELECT 1' });
    });
    await expect(broken).rejects.toMatchObject({ kind: 'unavailable' });
  } finally {
    await database.close();
    cable.stop();
    await drop();
  }
});

test('what is known to take long is waited for', async () => {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ url, answerWithin: 2_000 });
  try {
    const waited = database.from('case').transaction(async (session) => {
      await session.query({ text: 'SET LOCAL statement_timeout = 0' });
      return session.query({ text: 'SELECT 1 AS one FROM pg_sleep(3)', long: true });
    });
    await expect(waited).resolves.toEqual([{ one: 1 }]);
  } finally {
    await database.close();
    await drop();
  }
});
