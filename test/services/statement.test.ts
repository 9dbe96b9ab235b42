import { createCaseLog } from '../../adapters/case-log/postgres';
import { createSatisfaction } from '../../adapters/satisfaction/postgres';
import { createServiceLog } from '../../adapters/service-log/postgres';
import type { ServiceLine } from '../../adapters/service-log/port';
import { randomFrom } from '../../demo/random';
import type { Actor, AnyEvent, Recorded } from '../../domain/case/model';
import { TRANSACTIONS } from '../../domain/services/catalogue';
import { boundsOf, monthAfter } from '../../domain/services/month';
import { after, HOUR, instant, millis, riyadhDate, type Instant } from '../../domain/time';
import { fileOf, rowOf } from '../adapters/postgres/cases';
import { startApiWorld, type Answer, type ApiWorld } from '../api/api-world';
import { aPerson } from '../support/people';

const NOW = '2026-11-20T09:00:00.000Z';
const MONTH = '2026-10';

let api: ApiWorld;
let analyst: string;
const random = randomFrom('statement');
const sent: ServiceLine[] = [];
interface SentCase {
  readonly id: string;
  readonly type: string;
  readonly event?: string;
  readonly channel: string;
  readonly beneficiary: 'citizen' | 'resident' | 'unknown';
  readonly filedAt: Instant;
  readonly stage: string;
  readonly handedOverAt?: Instant;
  readonly closedAt?: Instant;
  readonly human: boolean;
  readonly reminded: boolean;
  readonly inTime: boolean;
  readonly score?: number;
}
const cases: SentCase[] = [];
/** Where a renewal stands that has no card, or never gets one. */
const UNFINISHED = ['IN_REVIEW', 'REJECTED', 'CANCELLED', 'EXPIRED'] as const;
const persons = { citizen: '', resident: '', unknown: 'p_whom-the-register-does-not-have' };

const SYSTEM: Actor = { id: 'tajdid', role: 'system' };
const WORKER: Actor = { id: 'cw-1', role: 'caseworker', office: 'riyadh-1' };

beforeAll(async () => {
  api = await startApiWorld({ now: () => millis(NOW) });
  analyst = await api.token({ sub: 'analyst-1', roles: ['analyst'], lifetimeSeconds: 10 * 365 * 86_400 });
  const [citizen, resident] = await api.world.enrol([
    aPerson('150000001'),
    aPerson('250000001', {
      nationality: 'EGY',
      card: { type: 'resident-id', issuedOn: '2024-01-01', expiresOn: '2029-01-01' },
    }),
  ]);
  persons.citizen = citizen?.person ?? '';
  persons.resident = resident?.person ?? '';
  await sendServices();
  for (let i = 0; i < 120; i += 1) await sendCase(i);
});
afterAll(() => api?.stop());

/** Some time from September to the middle of November, the edges of the months among them. */
function someTime(i: number): Instant {
  const { from, to } = boundsOf(MONTH);
  const edges = [from, instant(millis(from) - 1), instant(millis(to) - 1), to];
  const start = millis(boundsOf(monthAfter(MONTH, -1)).from);
  return (
    edges[i] ?? instant(start + random.int(0, Math.floor((millis('2026-11-15T00:00:00.000Z') - start) / 1000)) * 1000)
  );
}

async function sendServices(): Promise<void> {
  const log = createServiceLog(api.world.database);
  const whats = {
    'id-verification': ['verified', 'refused'],
    'my-data': ['record-read'],
    'my-data-enhanced': ['detail-read', 'shared', 'fetched', 'revoked', 'refused'],
    reminders: ['reminder'],
  } as const;
  for (let i = 0; i < 400; i += 1) {
    const service = random.pick(Object.keys(whats) as (keyof typeof whats)[]);
    const line: ServiceLine = {
      at: someTime(i),
      service,
      what: random.pick(whats[service]),
      outcome: 'served',
      channel: random.pick(['absher-individuals', 'absher-business', 'ministry-of-health', 'a-portal-of-its-own']),
      client: 'absher',
      beneficiary: random.pick(['citizen', 'resident', 'visitor']),
      person: 'p_somebody',
    };
    sent.push(line);
    await log.append(line);
  }
}

async function sendCase(i: number): Promise<void> {
  const id = `rnw_case${i}`;
  const type = i % 3 === 0 ? 'family-registration' : 'id-renewal';
  const filedAt = someTime(i);
  const finished = random.chance(0.7);
  const doneAt = after(filedAt, random.int(1, 300) * HOUR);
  const given: SentCase = {
    id,
    type,
    ...(type === 'family-registration' ? { event: random.pick(['member-identification', 'birth']) } : {}),
    channel: random.pick(['absher-individuals', 'absher-business']),
    beneficiary: random.pick(['citizen', 'resident', 'unknown']),
    filedAt,
    stage: finished ? 'COMPLETED' : random.pick(UNFINISHED),
    ...(finished ? { closedAt: doneAt, ...(type === 'id-renewal' ? { handedOverAt: doneAt } : {}) } : {}),
    human: random.chance(0.3),
    reminded: random.chance(0.5),
    inTime: random.chance(0.7),
    ...(finished && random.chance(0.5) ? { score: random.int(1, 5) } : {}),
  };
  cases.push(given);
  const serial = `serial-${i}`;
  const events: { at: Instant; actor: Actor; event: AnyEvent }[] = [
    {
      at: filedAt,
      actor: { id: 'absher', role: 'portal' },
      event: {
        type: 'ApplicationSubmitted',
        filing: {
          type,
          channel: given.channel,
          subject: persons[given.beneficiary],
          facts: { event: given.event ?? null },
        },
      } as AnyEvent,
    },
  ];
  const facts = {
    documentType: 'national-id',
    oldSerial: serial,
    oldExpiresOn: given.inTime ? '2027-01-01' : '2026-01-01',
  };
  if (type === 'id-renewal')
    events.push({ at: filedAt, actor: SYSTEM, event: { type: 'ApplicationValidated', facts } as AnyEvent });
  if (given.human) events.push({ at: filedAt, actor: WORKER, event: { type: 'CaseApproved' } });
  if (given.handedOverAt) events.push({ at: given.handedOverAt, actor: SYSTEM, event: { type: 'CardHandedOver' } });
  if (given.closedAt)
    events.push({ at: given.closedAt, actor: SYSTEM, event: { type: 'CaseClosed', outcome: given.stage } as AnyEvent });
  const recorded: Recorded[] = events.map((each, n) => ({ caseId: id, version: n + 1, cause: 'test', ...each }));
  const file = fileOf(id, events.length, {
    type,
    channel: given.channel,
    subject: persons[given.beneficiary],
    filedAt,
    policyVersion: '2024-1',
    ...(type === 'id-renewal' ? { facts, reason: 'expiring' } : { event: given.event }),
    stage: given.stage,
    ...(given.closedAt ? { closedAt: given.closedAt } : {}),
  });
  if (given.reminded) {
    await api.world.database.from('register').query({
      text: `INSERT INTO reminders (serial, threshold, person, at, outcome) VALUES ($1, 30, 'p_somebody', $2, 'sent')`,
      values: [serial, after(filedAt, -24 * HOUR)],
    });
  }
  await createCaseLog(api.world.database).append(recorded, rowOf(file, { status: file.stage }));
  if (given.score !== undefined)
    await createSatisfaction(api.world.database).give({
      caseId: id,
      score: given.score,
      commentRef: null,
      client: 'absher',
      at: after(doneAt, HOUR),
    });
}

const { from, to } = boundsOf(MONTH);
const within = (at: Instant | undefined): boolean => at !== undefined && at >= from && at < to;
const ask = (query: string, token = analyst, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call('GET', `/v1/statistics/statement?${query}`, { token, headers });

const published = ({ channel }: { readonly channel: string }): string =>
  ({ 'ministry-of-health': 'official-bodies', 'a-portal-of-its-own': 'others' })[channel] ?? channel;

interface Said {
  readonly complete: boolean;
  readonly total: { count: number; before: number; change: number | null };
  readonly byService: { service: string; count: number; before: number }[];
  readonly byChannel: { channel: string; count: number }[];
  readonly byBeneficiary: { beneficiary: string; count: number }[];
  readonly lines: { service: string; channel: string; count: number }[];
  readonly timeToCard: { cards: number; p50Hours: number; p90Hours: number };
  readonly straightThrough: { completed: number; withoutHuman: number };
  readonly finesAvoided: { renewals: number; amount: { halalas: number } };
  readonly satisfaction: { answers: number; mean: number; scores: number[] };
}
const said = async (month: string): Promise<Said> => JSON.parse((await ask(`month=${month}`)).text) as Said;

test('the numbers are those of what was sent, counted by hand', async () => {
  const statement = await said(MONTH);
  const lines = sent.filter(({ at, service, what }) => within(at) && TRANSACTIONS[service].includes(what));
  const filed = cases.filter(({ filedAt }) => within(filedAt));
  const of = (service: string): number => statement.byService.find((each) => each.service === service)?.count ?? 0;
  expect(statement.complete).toBe(true);
  expect(statement.total.count).toBe(lines.length + filed.length);
  expect(of('id-verification')).toBe(lines.filter(({ service }) => service === 'id-verification').length);
  expect(of('my-data-enhanced')).toBe(lines.filter(({ service }) => service === 'my-data-enhanced').length);
  expect(of('id-renewal')).toBe(filed.filter(({ type }) => type === 'id-renewal').length);
  expect(of('family-identification')).toBe(filed.filter(({ event }) => event === 'member-identification').length);
  expect(of('family-registration')).toBe(filed.filter(({ event }) => event === 'birth').length);
  expect(statement.byChannel.map(({ channel }) => channel).sort()).toEqual([
    'absher-business',
    'absher-individuals',
    'official-bodies',
    'others',
  ]);
  for (const { channel, count } of statement.byChannel)
    expect([channel, count]).toEqual([
      channel,
      [...lines, ...filed].filter((each) => published(each) === channel).length,
    ]);
  for (const { beneficiary, count } of statement.byBeneficiary) {
    expect([beneficiary, count]).toEqual([
      beneficiary,
      [...lines, ...filed].filter((each) => each.beneficiary === beneficiary).length,
    ]);
  }
  expect(statement.lines.reduce((all, { count }) => all + count, 0)).toBe(statement.total.count);

  const hours = cases
    .filter(({ handedOverAt }) => within(handedOverAt))
    .map(({ filedAt, handedOverAt = '' }) => (millis(handedOverAt) - millis(filedAt)) / HOUR)
    .sort((a, b) => a - b);
  const percentile = (p: number): number => {
    const at = p * (hours.length - 1);
    const [low = 0, high = low] = [hours[Math.floor(at)], hours[Math.ceil(at)]];
    return low + (high - low) * (at - Math.floor(at));
  };
  expect(statement.timeToCard.cards).toBe(hours.length);
  expect(statement.timeToCard.p50Hours).toBeCloseTo(percentile(0.5), 1);
  expect(statement.timeToCard.p90Hours).toBeCloseTo(percentile(0.9), 1);

  const completed = cases.filter(({ closedAt }) => within(closedAt));
  expect(statement.straightThrough).toMatchObject({
    completed: completed.length,
    withoutHuman: completed.filter(({ human }) => !human).length,
  });
  const avoided = cases.filter((each) => within(each.handedOverAt) && each.reminded && each.inTime).length;
  expect(avoided).toBeGreaterThan(0);
  expect(statement.finesAvoided).toMatchObject({ renewals: avoided, amount: { halalas: avoided * 100_00 } });
  const scores = cases.flatMap(({ closedAt = '', score }) =>
    score !== undefined && within(after(closedAt, HOUR)) ? [score] : [],
  );
  expect(statement.satisfaction.answers).toBe(scores.length);
  expect(statement.satisfaction.mean).toBeCloseTo(scores.reduce((a, b) => a + b, 0) / scores.length, 2);
});

interface LoggedEvent {
  readonly caseId: string;
  readonly at: Instant;
  readonly role: string;
  readonly event: {
    readonly type: string;
    readonly filing?: {
      readonly type: string;
      readonly channel: string;
      readonly facts: { readonly event: string | null };
    };
    readonly facts?: { readonly oldSerial: string; readonly oldExpiresOn: string };
  };
}

test('and those of the logs, read line by line', async () => {
  const query = <T>(text: string): Promise<T[]> => api.world.database.from('case').query<T>({ text });
  const events = await query<LoggedEvent>(
    `SELECT case_id AS "caseId", at, actor ->> 'role' AS role, event FROM case_events ORDER BY case_id, version`,
  );
  const lines = await query<ServiceLine>('SELECT at, service, what, channel, beneficiary FROM service_log');
  const sentReminders = await query<{ serial: string; at: Instant }>(
    `SELECT serial, at FROM reminders WHERE outcome = 'sent'`,
  );
  const count: Record<string, number> = {};
  const add = (name: string): void => void (count[name] = (count[name] ?? 0) + 1);
  for (const { at, service, what, channel } of lines)
    if (within(at) && TRANSACTIONS[service].includes(what)) add(`${service} ${published({ channel })}`);
  for (const { at, event } of events) {
    if (event.type !== 'ApplicationSubmitted' || !event.filing || !within(at)) continue;
    const { type, channel, facts } = event.filing;
    add(`${facts.event === 'member-identification' ? 'family-identification' : type} ${published({ channel })}`);
  }
  let avoided = 0;
  for (const id of new Set(events.map(({ caseId }) => caseId))) {
    const [first, ...rest] = events.filter(({ caseId }) => caseId === id);
    const facts = rest.find(({ event }) => event.type === 'ApplicationValidated')?.event.facts;
    const handedOver = rest.find(({ event }) => event.type === 'CardHandedOver');
    const reminder = sentReminders.find(({ serial }) => serial === facts?.oldSerial);
    if (!first || !facts || !reminder || !within(handedOver?.at)) continue;
    if (millis(reminder.at) < millis(first.at) && facts.oldExpiresOn >= riyadhDate(first.at)) avoided += 1;
  }

  const { lines: stated, finesAvoided, timeToCard } = await said(MONTH);
  const statedCount: Record<string, number> = {};
  for (const { service, channel, count: n } of stated.filter((line) => line.count > 0))
    statedCount[`${service} ${channel}`] = (statedCount[`${service} ${channel}`] ?? 0) + n;
  expect(statedCount).toEqual(count);
  expect(Object.keys(count).length).toBeGreaterThan(10);
  expect(finesAvoided.renewals).toBe(avoided);
  expect(timeToCard.cards).toBe(events.filter(({ at, event }) => event.type === 'CardHandedOver' && within(at)).length);
});

test('it is compared with the month before, which says the same of itself; made again it is the same', async () => {
  const [statement, before] = [await said(MONTH), await said(monthAfter(MONTH, -1))];
  expect(statement.total.before).toBe(before.total.count);
  for (const { service, before: count } of statement.byService)
    expect(count).toBe(before.byService.find((each) => each.service === service)?.count ?? 0);
  expect((await ask(`month=${MONTH}`)).text).toBe((await ask(`month=${MONTH}`)).text);
});

test('as CSV, with the same numbers', async () => {
  const statement = await said(MONTH);
  const answer = await ask(`month=${MONTH}`, analyst, { accept: 'text/csv' });
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const rows = answer.text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  const of = (measure: string): string[][] => rows.filter((row) => row[1] === measure);
  expect(of('transactions').reduce((all, row) => all + Number(row[5]), 0)).toBe(statement.total.count);
  expect(of('transactions_total')[0]?.slice(5)).toEqual([
    String(statement.total.count),
    String(statement.total.before),
  ]);
  expect(of('fines_avoided_sar')[0]?.[5]).toBe(String(statement.finesAvoided.amount.halalas / 100));
  for (const dimension of ['service', 'channel', 'beneficiary'])
    expect(of(`transactions_by_${dimension}`).reduce((all, row) => all + Number(row[5]), 0)).toBe(
      statement.total.count,
    );
});

test('in CSV, too, every number stands beside that of the month before', async () => {
  const measured = async (month: string): Promise<Map<string, string[]>> => {
    const { text } = await ask(`month=${month}`, analyst, { accept: 'text/csv' });
    const rows = text.trim().split('\r\n').slice(1);
    return new Map(rows.map((row) => row.split(',')).map((row) => [row.slice(1, 5).join(), row.slice(5)]));
  };
  const [now, then] = [await measured(MONTH), await measured(monthAfter(MONTH, -1))];
  expect(now.size).toBeGreaterThan(40);
  for (const [name, [, before]] of now) expect([name, before]).toEqual([name, then.get(name)?.[0] ?? '0']);
});

test.each(['ar', 'en'])('as one page: %s', async (language) => {
  const response = await fetch(`${api.url}/v1/statistics/statement?month=${MONTH}&language=${language}`, {
    headers: { authorization: `Bearer ${analyst}`, accept: 'application/pdf' },
  });
  const pdf = Buffer.from(await response.arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
});

test('a month that runs is given as far as it has come, in CSV too; one to come is refused', async () => {
  const running = await said('2026-11');
  expect([running.complete, running.total.before > 0, running.total.change]).toEqual([false, true, null]);
  const csvOf = (month: string): Promise<Answer> => ask(`month=${month}`, analyst, { accept: 'text/csv' });
  const [soFar, over] = [await csvOf('2026-11'), await csvOf(MONTH)];
  expect(soFar.text).toContain('\r\n2026-11,complete,,,,0,1\r\n');
  expect(over.text).toContain(`\r\n${MONTH},complete,,,,1,1\r\n`);
  expect(soFar.headers.get('content-disposition')).toBe('attachment; filename="statement-2026-11-so-far.csv"');
  expect(over.headers.get('content-disposition')).toBe(`attachment; filename="statement-${MONTH}.csv"`);
  expect((await ask('month=2026-12')).problem()).toMatchObject({ status: 422, code: 'month-not-begun' });
  expect((await ask('month=2026-13')).problem().code).toBe('validation-failed');
  expect((await ask('')).problem().code).toBe('validation-failed');
  const portal = await api.token({
    sub: 'portal',
    roles: ['portal'],
    clientId: 'portal',
    lifetimeSeconds: 10 * 365 * 86_400,
  });
  expect((await ask(`month=${MONTH}`, portal)).problem().code).toBe('not-your-role');
});
