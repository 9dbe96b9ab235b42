import { z } from 'zod';
import { createReminderActivities, type WalkProgress } from '../../activities/services/reminders';
import { createServiceFlows, type ServiceFlows } from '../../client/services';
import { reminderText, THRESHOLDS, thresholdDue } from '../../domain/services/reminders';
import { sar, zero } from '../../domain/money';
import { OutsideFailure } from '../../domain/failures';
import { addDays, millis, riyadhDate, startOfRiyadhDay } from '../../domain/time';
import { startApiWorld, type ApiWorld } from '../api/api-world';
import { until } from '../support/until';
import { aPerson, enrolIn } from '../support/people';

let api: ApiWorld;
let flows: ServiceFlows;
const renewAt = 'https://tajdid.example/renew';
const today = (): string => riyadhDate(new Date().toISOString());

beforeAll(async () => {
  api = await startApiWorld();
  flows = createServiceFlows(api.world.client, api.world.taskQueue);
});
afterAll(() => api?.stop());

let people = 120_000_000;
const withCard = (expiresIn: number, change = {}) =>
  enrolIn(
    api.world,
    aPerson(String((people += 1)), {
      card: { type: 'national-id', issuedOn: '2017-01-01', expiresOn: addDays(today(), expiresIn) },
      ...change,
    }),
  );
const sentTo = async (serial: string): Promise<Record<string, unknown>[]> =>
  api.world.control.ledger('messages', `reminder-${serial}`);
const walk = (on = today()) => flows.remindNow({ today: on });

test('the reminder that is due: the nearest threshold at or above what is left', () => {
  const due = (left: number) => thresholdDue(addDays(today(), left), today());
  expect([181, 180, 91, 90, 31, 30, 8, 7, 1, 0, -1].map(due)).toEqual([
    undefined,
    180,
    180,
    90,
    90,
    30,
    30,
    7,
    7,
    0,
    undefined,
  ]);
});

test('the text says when, what a day costs, and where to renew', () => {
  const text = reminderText('2026-12-23', '2026-11-23', sar(100), renewAt);
  expect(text.ar).toBe(
    'تنتهي بطاقة هويتك بعد 30 يومًا (2026-12-23). التأخر يومًا واحدًا بعد الانتهاء يكلّف 100 ريال. جدّدها الآن: https://tajdid.example/renew',
  );
  expect(text.en).toBe(
    'Your identity card expires in 30 days (2026-12-23). A delay of a single day after that costs 100.00 SAR. Renew it now: https://tajdid.example/renew',
  );
  expect(reminderText(today(), today(), zero, renewAt).en).toContain('expires today. There is no fine');
});

test('a million cards are walked a page at a time, and what is carried on does not grow', async () => {
  const CARDS = 1_000_000;
  let asked = 0;
  const carried: string[] = [];
  const nobody = (): never => {
    throw new Error('nobody is due');
  };
  const { remindSome } = createReminderActivities({
    reminders: {
      page(_today, cursor, limit) {
        expect(limit).toBeLessThanOrEqual(1_000);
        expect(Number(cursor?.serial ?? 0)).toBe(asked);
        asked += limit;
        const last = asked >= CARDS ? null : { expiresOn: today(), serial: String(asked) };
        return Promise.resolve({ due: [], walked: limit, cursor: last });
      },
      note: nobody,
    },
    register: { contact: nobody },
    messages: { send: nobody, state: nobody },
    renewalUrl: renewAt,
    now: () => 0,
    beat: (progress) => void carried.push(JSON.stringify(progress)),
    resume: () => undefined,
    stopping: () => new AbortController().signal,
  });
  expect(await remindSome({ today: today(), cursor: null })).toEqual({
    walked: CARDS,
    sent: 0,
    failed: 0,
    cursor: null,
  });
  expect(Math.max(...carried.map(({ length }) => length))).toBeLessThan(200);
});

describe('a page that takes long', () => {
  const CARDS = 200;
  /** A page of cards and what becomes of it; `send` is what the message centre does with the nth message. */
  const walkOf = (send: (n: number) => Promise<void>, { stop = new AbortController(), now = (): number => 0 } = {}) => {
    const seen = { sent: 0, under: 0, beats: [] as WalkProgress[] };
    const due = Array.from({ length: CARDS }, (_, i) => ({
      serial: `S${i}`,
      person: `p_${i}`,
      beneficiary: 'citizen' as const,
      type: 'national-id' as const,
      expiresOn: today(),
      threshold: 0 as const,
    }));
    const { remindSome } = createReminderActivities({
      reminders: {
        page: () => Promise.resolve({ due, walked: CARDS, cursor: null }),
        note: () => Promise.resolve(),
      },
      register: {
        contact: () => Promise.resolve({ phone: '+966500000000', language: 'ar', address: null }),
      },
      messages: {
        async send() {
          seen.under += 1;
          await send((seen.sent += 1)).finally(() => (seen.under -= 1));
          return { messageId: String(seen.sent) };
        },
        state: () => Promise.reject(new Error('nobody asks what became of a reminder')),
      },
      renewalUrl: renewAt,
      now,
      beat: (progress) => void seen.beats.push(progress),
      resume: () => undefined,
      stopping: () => stop.signal,
    });
    return { seen, walking: remindSome({ today: today(), cursor: null }) };
  };

  test('says after each message that it is alive, and how far the pages before have come', async () => {
    const { seen, walking } = walkOf(() => Promise.resolve());
    expect(await walking).toMatchObject({ sent: CARDS, walked: CARDS });
    expect(seen.beats).toHaveLength(CARDS + 1);
    expect(seen.beats[CARDS - 1]).toEqual({ walked: 0, sent: CARDS, failed: 0, cursor: null });
  });

  test('is left by all senders before it fails, and sends nothing more', async () => {
    const { seen, walking } = walkOf((n) => {
      if (n === 5) return Promise.reject(new OutsideFailure('unavailable', 'messages', 'http-503', 'away'));
      return new Promise((resolve) => setImmediate(resolve));
    });
    await expect(walking).rejects.toMatchObject({ code: 'http-503' });
    expect(seen.under).toBe(0);
    expect(seen.sent).toBeLessThan(20);
  });

  test('ends when it is told to', async () => {
    const stop = new AbortController();
    const { seen, walking } = walkOf(
      (n) => {
        if (n === 10) stop.abort();
        return Promise.resolve();
      },
      { stop },
    );
    await expect(walking).rejects.toThrow(/abort/i);
    expect(seen.sent).toBeLessThan(20);
  });

  test('is left where its day ends, and the walk with it', async () => {
    let at = millis(startOfRiyadhDay(addDays(today(), 1))) - 1;
    const { seen, walking } = walkOf(
      (n) => {
        if (n === 10) at += 1;
        return Promise.resolve();
      },
      { now: () => at },
    );
    const ended = await walking;
    expect(ended).toMatchObject({ walked: 0, cursor: null, dayOver: true });
    expect(ended.sent).toBe(seen.sent);
    expect(seen.sent).toBeLessThan(20);
  });

  test('of a day that is over is not begun', async () => {
    const { seen, walking } = walkOf(() => Promise.resolve(), {
      now: () => millis(startOfRiyadhDay(addDays(today(), 1))),
    });
    expect(await walking).toEqual({ walked: 0, sent: 0, failed: 0, cursor: null, dayOver: true });
    expect(seen.sent).toBe(0);
  });
});

test('each threshold once, on its day or the next that something could be sent', async () => {
  const cards = await Promise.all(THRESHOLDS.map((threshold) => withCard(threshold)));
  const [, expired] = [await withCard(200), await withCard(-1)];
  expect(await walk()).toMatchObject({ sent: THRESHOLDS.length, failed: 0 });
  for (const { serial } of cards) expect(await sentTo(serial)).toHaveLength(1);
  expect(await sentTo(expired.serial)).toEqual([]);
  expect(String((await sentTo(cards[0]?.serial ?? ''))[0]?.['textAr'])).toContain('100 ريال');

  expect(await walk()).toMatchObject({ sent: 0 });
  // A week on: 180 has become 173 and is not due again, 7 has become today.
  expect(await walk(addDays(today(), 7))).toMatchObject({ sent: 1 });
  expect(await sentTo(cards[3]?.serial ?? '')).toHaveLength(2);
  const lines = await api.world.database.from('register').query<{ count: number }>({
    text: `SELECT count(*) FROM service_log WHERE service = 'reminders' AND outcome = 'sent'`,
  });
  expect(lines[0]?.count).toBe(THRESHOLDS.length + 1);
});

test('not to whom has opted out, has died or is renewing; back in, they are reminded', async () => {
  const [out, dead, renewing] = [await withCard(90), await withCard(90, { diedOn: '2026-01-01' }), await withCard(90)];
  const portal = await api.portal();
  const prefer = (reminders: boolean) =>
    api.call('POST', '/v1/people/preferences', { token: portal, body: { identityNumber: out.number, reminders } });
  expect((await prefer(false)).text).toBe('{"reminders":false}');
  const photo = await api.upload(renewing.number);
  await api.world.control.dials('payments', { automatic: false });
  const filed = await api.call('POST', '/v1/cases', {
    token: portal,
    headers: { 'idempotency-key': api.key('renewing') },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: renewing.number },
      application: { photo, reason: 'expiring', delivery: { method: 'courier' } },
    },
  });
  expect(filed.status).toBe(201);
  expect(await walk()).toMatchObject({ sent: 0 });
  expect([await sentTo(out.serial), await sentTo(dead.serial), await sentTo(renewing.serial)]).toEqual([[], [], []]);
  await prefer(true);
  expect(await walk()).toMatchObject({ sent: 1 });
  expect(await sentTo(out.serial)).toHaveLength(1);
});

test('what was chosen stands in the record; nobody chooses for whom the register does not know', async () => {
  const { number, person } = await withCard(200);
  const portal = await api.portal();
  const post = (path: string, body: object) => api.call('POST', `/v1/people/${path}`, { token: portal, body });
  const Seen = z.object({ contact: z.object({ reminders: z.boolean() }) });
  const chosen = async () => (await post('record', { identityNumber: number })).as(Seen).contact.reminders;
  expect(await chosen()).toBe(true);
  await post('preferences', { identityNumber: number, reminders: false });
  expect(await chosen()).toBe(false);
  const stranger = aPerson('129999999').number;
  const refused = await post('preferences', { identityNumber: stranger, reminders: false });
  expect(refused.problem()).toMatchObject({ status: 404, code: 'person-not-found' });
  await api.world.vault.erasePerson(person);
  const gone = await post('preferences', { identityNumber: number, reminders: true });
  expect(gone.problem()).toMatchObject({ status: 409, code: 'person-erased' });
  const lines = await api.world.database.from('register').query<{ person: string; outcome: string }>({
    text: `SELECT person, outcome FROM service_log WHERE what = 'reminder-preference' AND person = ANY ($1)`,
    values: [[person, api.world.vault.personRef(stranger)]],
  });
  expect(lines).toEqual([{ person, outcome: 'off' }]);
});

test('a message centre that is down is waited for, and nobody is reminded twice', async () => {
  const cards = await Promise.all(Array.from({ length: 20 }, () => withCard(30)));
  // So many that it takes a second try, and no more than a third: what is between them grows.
  await api.world.control.dials('messages', { failNext: 4, cutNext: 3 });
  await walk();
  await api.world.control.dials('messages', {});
  for (const { serial } of cards) expect(await sentTo(serial)).toHaveLength(1);
});

test('walked each morning at ten in Riyadh by one schedule, however often it is asked for', async () => {
  const schedule = api.world.client.schedule.getHandle(`tajdid-reminders-${api.world.taskQueue}`);
  await flows.scheduleReminders();
  try {
    // An older version walked at another hour.
    await schedule.update((before) => ({ ...before, spec: { calendars: [{ hour: 3 }] } }));
    const hourIs = (hour: string) =>
      until(
        () => schedule.describe(),
        ({ info }) => info.nextActionTimes[0]?.toISOString().slice(11, 13) === hour,
      );
    await hourIs('03');
    await flows.scheduleReminders();
    const mornings = (await hourIs('07')).info.nextActionTimes.slice(0, 3);
    expect(mornings.map((at) => at.toISOString().slice(11, 16))).toEqual(['07:00', '07:00', '07:00']);
    expect(new Set(mornings.map((at) => at.toISOString().slice(0, 10))).size).toBe(3);

    const { serial } = await withCard(30);
    await schedule.trigger();
    await until(
      () => sentTo(serial),
      (sent) => sent.length === 1,
    );
  } finally {
    await schedule.delete();
  }
});

test('a walk of yesterday that is still under way ends and says so', async () => {
  const { serial } = await withCard(29);
  expect(await walk(addDays(today(), -1))).toMatchObject({ sent: 0, dayOver: true });
  expect(await sentTo(serial)).toEqual([]);
});
