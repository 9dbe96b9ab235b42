import fc from 'fast-check';
import { Client } from 'pg';
import type { CaseLog } from '../../../adapters/case-log/port';
import { createCaseLog } from '../../../adapters/case-log/postgres';
import { createCaseChanges } from '../../../adapters/read-model/changes';
import type {
  CaseChange,
  CaseFilters,
  CaseQuery,
  CaseSort,
  CaseSummary,
  ReadModel,
  WorkQuery,
} from '../../../adapters/read-model/port';
import { createReadModel } from '../../../adapters/read-model/postgres';
import { migrate } from '../../../adapters/postgres/migrate';
import type { CaseFile, Incident, Recorded } from '../../../domain/case/model';
import { before, eventsOf, fileOf, migratedDatabase, rowOf, type MigratedDatabase } from './cases';

let db: MigratedDatabase;
let log: CaseLog;
let reads: ReadModel;
const all: CaseSummary[] = [];

const INCIDENT: Incident = {
  step: 'order-card',
  since: '2026-11-02T00:00:00.000Z',
  last: '2026-11-02T01:00:00.000Z',
  attempts: 9,
  kind: 'unavailable',
  source: 'card-bureau',
  code: 'http-503',
  message: 'the card bureau answers 503',
  retrying: false,
};

/** At the supervisor's level where nobody else's: recommended to be rejected by cw-1, escalated by a colleague or by the clock, or begun there. */
function reviewOfNth(n: number): object {
  const none = { level: 'caseworker', why: ['blurred'], handledBy: [], clock: { spentMs: 0, stops: [] }, rounds: 0 };
  if (n % 5 !== 0) return none;
  const review = { ...none, level: 'supervisor' };
  switch (n % 4) {
    case 1:
      return { ...review, handledBy: ['cw-1'], recommendation: { by: 'cw-1', what: 'reject', rule: 'x' } };
    case 2:
      return { ...review, handledBy: ['cw-2'], escalatedBy: 'cw-2' };
    case 3:
      return { ...none, clock: { ...none.clock, escalatedAt: '2026-11-09T00:00:00.000Z' }, level: 'supervisor' };
    default:
      return { ...review, why: ['policy'] };
  }
}

/** 240 cases, many of them filed at the same moment, so that the order among equals counts. */
async function fill(): Promise<void> {
  for (let n = 0; n < 240; n++) {
    const filedAt = `2026-11-${String(1 + (n % 5)).padStart(2, '0')}T08:00:00.000Z`;
    const closed = n % 4 === 0;
    const more: Partial<CaseFile> = {
      type: n % 3 === 0 ? 'family-registration' : 'id-renewal',
      office: `office-${n % 2}`,
      stage: closed ? 'COMPLETED' : 'IN_REVIEW',
      clientId: `portal-${n % 7}`,
      subject: `p_${n % 50}`,
      filedAt,
      ...(closed ? { closedAt: '2026-11-10T00:00:00.000Z' } : {}),
      ...(n % 11 === 1 ? { incident: INCIDENT } : {}),
      ...(n % 13 === 1 ? { parent: 'c-0' } : {}),
      ...({ review: reviewOfNth(n) } as object),
    };
    const file = fileOf(`c-${n}`, 1, more);
    const waiting = closed ? null : `2026-11-${String(11 + (n % 6)).padStart(2, '0')}T09:00:00.000Z`;
    const row = rowOf(file, {
      waitingWhat: closed ? null : n % 15 === 0 ? 'hold' : 'supervisor-decision',
      waitingWho: closed ? null : n % 5 === 0 ? 'supervisor' : 'caseworker',
      waitingUntil: waiting,
      claimedBy: !closed && n % 9 === 1 ? 'cw-1' : null,
      overdue: !closed && n % 8 === 1,
    });
    await log.append(eventsOf(file.id, 1, 1), row);
  }
  for (let n = 0; n < 240; n++) all.push((await reads.caseById(`c-${n}`))?.summary as CaseSummary);
}

beforeAll(async () => {
  db = await migratedDatabase();
  log = createCaseLog(db.database);
  reads = createReadModel(db.database);
  await fill();
});
afterAll(() => db.drop());

async function walk(next: (cursor?: string) => ReturnType<ReadModel['caseList']>, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await next(cursor);
    if ('refusal' in page) throw new Error(page.refusal.code);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
}

const by =
  (value: (summary: CaseSummary) => string, sign: number) =>
  (a: CaseSummary, b: CaseSummary): number => {
    const [x, y] = [`${value(a)} ${a.id}`, `${value(b)} ${b.id}`];
    return sign * (x < y ? -1 : 1);
  };

function matches(summary: CaseSummary, filters: CaseFilters): boolean {
  const { number, overdue, hasIncident, incidentCode, open, filedFrom, filedTo, ...equal } = filters;
  return (
    Object.entries(equal).every(([name, value]) => summary[name as keyof typeof equal] === value) &&
    (number === undefined || summary.id.toUpperCase().startsWith(number)) &&
    (overdue === undefined || summary.overdue === overdue) &&
    (hasIncident === undefined || (summary.incident !== null) === hasIncident) &&
    (incidentCode === undefined || summary.incident?.code === incidentCode) &&
    (open === undefined || (summary.closedAt === null) === open) &&
    (filedFrom === undefined || summary.filedAt >= filedFrom) &&
    (filedTo === undefined || summary.filedAt < filedTo)
  );
}

const sorted: Record<CaseSort, (summaries: CaseSummary[]) => CaseSummary[]> = {
  newest: (summaries) => summaries.sort(by(({ filedAt }) => filedAt, -1)),
  oldest: (summaries) => summaries.sort(by(({ filedAt }) => filedAt, 1)),
  waitingUntil: (summaries) =>
    summaries.filter(({ waitingUntil }) => waitingUntil !== null).sort(by(({ waitingUntil }) => waitingUntil ?? '', 1)),
};

const anyOf = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const anyFilters = fc
  .record({
    number: anyOf('C-1', 'C-23', 'C-NONE'),
    type: anyOf('id-renewal', 'family-registration'),
    status: anyOf('IN_REVIEW', 'COMPLETED'),
    office: anyOf('office-0', 'office-1'),
    channel: anyOf('absher-individuals', 'office'),
    clientId: anyOf('portal-1', 'portal-3'),
    subject: anyOf('p_1', 'p_7'),
    parent: anyOf('c-0'),
    waitingWho: anyOf('caseworker' as const, 'supervisor' as const),
    claimedBy: anyOf('cw-1'),
    overdue: anyOf(true, false),
    hasIncident: anyOf(true, false),
    incidentCode: anyOf('http-503'),
    open: anyOf(true, false),
    filedFrom: anyOf('2026-11-02T08:00:00.000Z'),
    filedTo: anyOf('2026-11-04T08:00:00.000Z'),
  })
  .map(
    (filters) => Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as CaseFilters,
  );

describe('the list', () => {
  test('its pages, put together, are the whole list in order', async () => {
    const sorts = fc.constantFrom<CaseSort>('newest', 'oldest', 'waitingUntil');
    await fc.assert(
      fc.asyncProperty(
        anyFilters,
        sorts,
        fc.integer({ min: 3, max: 120 }),
        fc.integer({ min: 7, max: 99 }),
        async (filters, sort, limit, mostScanned) => {
          const reads = createReadModel(db.database, { mostScanned });
          const query: CaseQuery = { filters, sort, limit };
          const ids = await walk(
            (cursor) => reads.caseList(cursor === undefined ? query : { ...query, cursor }),
            limit,
          );
          const expected = sorted[sort](all.filter((summary) => matches(summary, filters))).map(({ id }) => id);
          expect(ids).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ['nothing of ours', 'abc'],
    ['of another order', Buffer.from('["oldest","2026-11-01T08:00:00.000Z","c-1"]').toString('base64url')],
    ['no instant', Buffer.from('["newest","yesterday","c-1"]').toString('base64url')],
    ['a short one', Buffer.from('["newest"]').toString('base64url')],
    ['a case that cannot be', Buffer.from('["newest","2026-11-01T08:00:00.000Z","\\u0000"]').toString('base64url')],
  ])('a cursor that is %s is refused', async (_, cursor) => {
    await expect(reads.caseList({ filters: {}, sort: 'newest', limit: 5, cursor })).resolves.toMatchObject({
      refusal: { kind: 'invalid', code: 'cursor-invalid' },
    });
  });

  test('a limit outside what is allowed is brought inside, and a filter is never read as SQL', async () => {
    await expect(reads.caseList({ filters: {}, sort: 'newest', limit: 9_999 })).resolves.toMatchObject({
      items: { length: 200 },
    });
    await expect(reads.caseList({ filters: {}, sort: 'newest', limit: 0 })).resolves.toMatchObject({
      items: { length: 1 },
    });
    await expect(reads.caseList({ filters: { office: "' OR true --" }, sort: 'newest', limit: 5 })).resolves.toEqual({
      items: [],
      next: null,
    });
  });
});

describe('the work queue', () => {
  const open = () => all.filter(({ closedAt }) => closedAt === null);
  const awaits = ({ waitingWho, waitingWhat }: CaseSummary) => waitingWho === 'supervisor' && waitingWhat !== 'hold';
  const SUPERVISORS = new Set(['awaiting', 'four-eyes', 'escalated', 'held']);
  const views: [WorkQuery['view'], (summary: CaseSummary) => boolean][] = [
    ['office', () => true],
    ['mine', ({ claimedBy }) => claimedBy === 'cw-1'],
    ['unclaimed', ({ claimedBy }) => claimedBy === null],
    ['overdue', ({ overdue }) => overdue],
    [
      'claimable',
      ({ claimedBy, waitingWho, recommended }) => claimedBy === null && !(waitingWho === 'supervisor' && recommended),
    ],
    ['awaiting', (each) => awaits(each)],
    ['four-eyes', (each) => awaits(each) && each.recommended],
    ['escalated', (each) => awaits(each) && each.escalated !== null],
    ['held', ({ waitingWho, waitingWhat }) => waitingWho === 'supervisor' && waitingWhat === 'hold'],
  ];

  test.each(views)('%s, by the nearest deadline, and its count', async (view, belongs) => {
    for (const [office, who] of [
      ['office-1', ['caseworker']],
      [undefined, ['caseworker', 'supervisor']],
    ] as const) {
      const query: WorkQuery = {
        who,
        view,
        me: 'cw-1',
        claimedIn: ['IN_REVIEW'],
        limit: 7,
        ...(office === undefined ? {} : { office }),
      };
      const expected = sorted.waitingUntil(
        open().filter(
          (summary) =>
            belongs(summary) &&
            (office === undefined || summary.office === office) &&
            (who as readonly (string | null)[]).includes(summary.waitingWho),
        ),
      );
      const ids = await walk((cursor) => reads.workQueue(cursor === undefined ? query : { ...query, cursor }), 7);
      expect(ids).toEqual(expected.map(({ id }) => id));
      const counts = { ...(await reads.workCounts(query)), ...(await reads.teamCounts(query)) };
      if (view !== 'claimable') expect(counts[view]).toBe(expected.length);
      expect(expected.length).toBeGreaterThan(who.length === 1 && SUPERVISORS.has(view) ? -1 : 0);
    }
  });

  test('its counts are of the type that is asked for', async () => {
    const query = { who: ['caseworker'], me: 'cw-1', type: 'id-renewal' } as const;
    const expected = open().filter(({ type, waitingWho }) => type === 'id-renewal' && waitingWho === 'caseworker');
    expect(await reads.workCounts(query)).toMatchObject({ office: expected.length });
  });

  test('of what waits for a supervisor holds only the types that are shared', async () => {
    const types = [...new Set(open().map(({ type }) => type))];
    const query = { who: ['committee', 'supervisor'], supervised: types.slice(0, 1), me: 'cm-1' } as const;
    const expected = sorted.waitingUntil(
      open().filter(
        ({ type, waitingWho }) => waitingWho === 'committee' || (waitingWho === 'supervisor' && type === types[0]),
      ),
    );
    expect(expected.length).toBeGreaterThan(0);
    const ids = await walk(
      (cursor) => reads.workQueue({ ...query, view: 'office', limit: 7, ...(cursor === undefined ? {} : { cursor }) }),
      7,
    );
    expect(ids).toEqual(expected.map(({ id }) => id));
    expect(await reads.workCounts(query)).toMatchObject({ office: expected.length });
  });

  test('is also given the oldest first', async () => {
    const query: WorkQuery = { who: ['caseworker'], view: 'office', me: 'cw-1', sort: 'oldest', limit: 7 };
    const expected = sorted.oldest(open().filter(({ waitingWho }) => waitingWho === 'caseworker'));
    const ids = await walk((cursor) => reads.workQueue(cursor === undefined ? query : { ...query, cursor }), 7);
    expect(ids).toEqual(expected.map(({ id }) => id));
  });
});

describe('what a list says of a review', () => {
  test.each([
    ['c-5', { reviewWhy: ['blurred'], recommended: true, escalated: null }],
    ['c-10', { recommended: false, escalated: 'by-caseworker' }],
    ['c-15', { recommended: false, escalated: 'out-of-time' }],
    ['c-20', { reviewWhy: ['policy'], recommended: false, escalated: null }],
    ['c-1', { reviewWhy: ['blurred'], recommended: false, escalated: null }],
  ])('%s', (id, said) => {
    expect(all.find((each) => each.id === id)).toMatchObject(said);
  });
});

describe('one case', () => {
  test('comes with its file and its events', async () => {
    const found = await reads.caseById('c-1');
    expect(found?.file.incident).toEqual(INCIDENT);
    expect(found?.summary).toMatchObject({
      id: 'c-1',
      incident: { code: 'http-503', source: 'card-bureau' },
      parent: 'c-0',
    });
    await expect(reads.caseEvents('c-1', 0, 10)).resolves.toEqual(eventsOf('c-1', 1, 1));
    await expect(reads.caseById('c-none')).resolves.toBeNull();
  });
});

describe('changes', () => {
  const append = async (id: string, version: number) => {
    const file = fileOf(id, version);
    await log.append(eventsOf(id, version, 1), rowOf(file));
  };

  async function cutTheLine(): Promise<void> {
    const client = new Client({ connectionString: db.url });
    await client.connect();
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tajdid-changes' AND datname = current_database()",
    );
    await client.end();
  }

  test('reach every subscriber, also after the line was cut, which they are told', async () => {
    const changes = createCaseChanges(db.url);
    const seen: CaseChange[] = [];
    let onSeen: () => void = () => undefined;
    let gap: () => void = () => undefined;
    const gapSeen = new Promise<void>((resolve) => (gap = resolve));
    const reached = (count: number) =>
      new Promise<void>((resolve) => {
        onSeen = () => seen.length >= count && resolve();
        onSeen();
      });
    const note = (change: CaseChange) => {
      seen.push(change);
      onSeen();
    };
    const first = await changes.subscribe(note, gap);
    const second = await changes.subscribe(note, () => undefined);
    await append('n-1', 1);
    await reached(2);
    expect(seen).toEqual(Array(2).fill({ caseId: 'n-1', version: 1, office: 'riyadh-1', status: 'IN_REVIEW' }));
    await second.close();
    await cutTheLine();
    await gapSeen;
    await append('n-1', 2);
    await reached(3);
    expect(seen.at(-1)).toMatchObject({ caseId: 'n-1', version: 2 });
    await first.close();
  });

  test('a database that is not there is said at once', async () => {
    const changes = createCaseChanges('postgres://nobody@127.0.0.1:1/none');
    await expect(
      changes.subscribe(
        () => undefined,
        () => undefined,
      ),
    ).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

test('of a review from before, a caseworker passed it up where the events say so', async () => {
  const old = await before(972);
  try {
    const cases = createCaseLog(old.database);
    const review = { level: 'supervisor', why: ['policy'], handledBy: [], clock: { spentMs: 0, stops: [] }, rounds: 0 };
    const filed = async (id: string, event: object): Promise<void> => {
      const [first] = eventsOf(id, 1, 1) as [Recorded];
      const file = { ...fileOf(id, 1), review };
      await cases.append([{ ...first, event: event as Recorded['event'] }], rowOf(file));
    };
    await filed('r-up', { type: 'CaseEscalated', why: 'by-caseworker' });
    await filed('r-there', { type: 'ReviewOpened', level: 'supervisor' });
    await migrate(old.url);
    const of = async (id: string) => (await createReadModel(old.database).caseById(id))?.summary.escalated;
    expect([await of('r-up'), await of('r-there')]).toEqual(['by-caseworker', null]);
  } finally {
    await old.drop();
  }
});
