import { createCaseWaits } from '../../../adapters/case-log/waits';
import { createCaseLog } from '../../../adapters/case-log/postgres';
import { migrate } from '../../../adapters/postgres/migrate';
import { createStatistics } from '../../../adapters/statistics/postgres';
import { nextOf, evolve } from '../../../domain/case/core';
import type { AnyEvent, CaseFile, CaseType, Filing, Recorded } from '../../../domain/case/model';
import { halalas, sar } from '../../../domain/money';
import { after, DAY, HOUR, millis } from '../../../domain/time';
import { mendWaits, wrongWaits } from '../../../ops/waits';
import { caseTypes } from '../../../workflows/case-types';
import { appeal } from '../../../workflows/case-types/appeal';
import { familyRegistration } from '../../../workflows/case-types/family-registration';
import { recordAmendment } from '../../../workflows/case-types/record-amendment';
import { GivenCase } from '../../support/given';
import * as renewals from '../../support/renewals';
import {
  before,
  eventsOf,
  FILED_AT,
  fileOf,
  migratedDatabase,
  putOnRecord,
  rowOf,
  type MigratedDatabase,
} from './cases';

let db: MigratedDatabase;
beforeEach(async () => (db = await migratedDatabase()));
afterEach(() => db?.drop());

type Logged = Pick<GivenCase<CaseFile, AnyEvent>, 'log' | 'now'>;

const onRecord = (type: CaseType, filing: Filing, { log }: Logged): Promise<void> =>
  putOnRecord(db.database, type, filing, log);

/** Hours of each wait that has ended, as the fold of the events has it. */
function waited(type: CaseType, filing: Filing, { log }: Logged): Readonly<Record<string, number>> {
  const hours: Record<string, number> = {};
  let file = type.open(filing);
  let before: { what: string; at: string } | undefined;
  for (const recorded of log as readonly Recorded[]) {
    file = evolve(type, file, recorded);
    const next = nextOf(type, file);
    if (before) hours[before.what] = (hours[before.what] ?? 0) + (millis(recorded.at) - millis(before.at)) / HOUR;
    before = 'wait' in next ? { what: next.wait.what, at: recorded.at } : undefined;
  }
  return Object.fromEntries(Object.entries(hours).filter(([, spent]) => spent > 0));
}

const PERIOD = { from: '2026-10-01', to: '2027-12-31' } as const;
const spent = async (): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries((await createStatistics(db.database).waitsSpent(PERIOD)).map(({ what, hours }) => [what, hours]));
const times = async (): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries((await createStatistics(db.database).waitsSpent(PERIOD)).map(({ what, waits }) => [what, waits]));

const filingOf = (type: string, caseId: string, facts: Filing['facts']): Filing => ({
  ...renewals.filing,
  caseId,
  type,
  facts,
});
const familyFiling = (event: string, parties: Record<string, string>, reporter: string): Filing =>
  filingOf('family-registration', 'fam_given', { event, on: '2026-10-20', reporter, parties });
const birth = familyFiling('birth', { mother: 'm', father: 'f' }, 'f');
const accepted = (noticeNeeded: boolean, consenters: readonly string[] = []) =>
  ({
    type: 'ApplicationAccepted',
    quote: { lines: [], total: halalas(0) },
    rules: [],
    lateness: 'in-time',
    noticeNeeded,
    consenters,
  }) as const;

const throughTheCommittee = (): Logged =>
  GivenCase.filed(familyRegistration, birth)
    .happened(accepted(true, ['m']), { type: 'NoticeMissing' })
    .later(DAY)
    .happened({ type: 'NoticeMissing' })
    .later(9 * DAY)
    .happened({ type: 'NoticeOverdue' })
    .later(DAY)
    .happened({ type: 'NoticeMissing' }, { type: 'NoticeTaskEscalated' })
    .later(2 * HOUR)
    .happened({ type: 'NoticeAccepted' }, { type: 'DuplicatesChecked', candidates: [], hit: true })
    .later(3 * HOUR)
    .happened({ type: 'EventFoundDistinct' }, { type: 'ConsentAsked', people: ['m'] })
    .later(5 * HOUR)
    .happened({ type: 'ConsentRefused', person: 'm' }, { type: 'ReviewOpened', why: ['policy'], level: 'supervisor' })
    .later(7 * HOUR)
    .happened({ type: 'CommitteeConvened', why: ['disputed'] })
    .later(11 * HOUR)
    .happened(
      { type: 'VoteCast', vote: 'approve' },
      { type: 'VoteCast', vote: 'approve' },
      { type: 'CaseApproved', by: 'committee' },
      { type: 'RegistrationStarted' },
      { type: 'EventRegistered', registration: 'fam_given/register' },
      { type: 'CertificateIssued', serial: 'FC00000001' },
      { type: 'CaseClosed', outcome: 'COMPLETED' },
    );

const stopped = (): Logged =>
  renewals
    .awaitingPayment()
    .later(HOUR)
    .told(renewals.says.captured('cap_1', 7))
    .happened({ type: 'RefundMade', captureId: 'cap_1', refundId: 'ref_1', amount: sar(7), why: 'wrong-amount' })
    .later(HOUR)
    .told(renewals.says.captured('cap_2', 25))
    .happened(renewals.judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] })
    .later(4 * HOUR)
    .happened({ type: 'CaseHeld' })
    .later(DAY)
    .happened({ type: 'CaseResumed' })
    .later(6 * HOUR)
    .happened({ type: 'CaseEscalated', why: 'out-of-time' })
    .later(HOUR)
    .happened({ type: 'CaseEscalated', why: 'still-overdue' })
    .later(HOUR)
    .happened({ type: 'CaseApproved', by: 'supervisor' }, renewals.reserved(), renewals.ordered)
    .later(2 * HOUR)
    .happened({
      type: 'IncidentRaised',
      step: 'ask-bureau',
      kind: 'unavailable',
      source: 'card-bureau',
      code: 'http-503',
      message: 'away',
    })
    .later(3 * HOUR)
    .happened({ type: 'IncidentCleared', step: 'ask-bureau' })
    .later(HOUR)
    .told(renewals.says.printed())
    .happened(renewals.dispatched, renewals.notified('on-its-way'))
    .later(8 * HOUR)
    .told(renewals.says.parcel('delivered'))
    .later(HOUR)
    .happened({ type: 'CardsSwapped', serial: renewals.SERIAL }, { type: 'CaseClosed', outcome: 'COMPLETED' });

const appealed = filingOf('appeal', 'apl_given', { appealed: 'rnw_x' });
const decided = (): Logged =>
  GivenCase.filed(appeal, appealed)
    .happened({
      type: 'AppealAdmitted',
      rules: [],
      original: renewals.filing,
      rejectedFor: ['photo'],
      tookPart: [],
    })
    .later(30 * HOUR)
    .happened({ type: 'AppealUpheld' }, { type: 'CaseClosed', outcome: 'UPHELD' });

const amending = filingOf('record-amendment', 'amd_given', { amends: 'fam_x', what: 'revocation' });
const confirmed = (): Logged =>
  GivenCase.filed(recordAmendment, amending)
    .happened({
      type: 'AmendmentPrepared',
      rules: [],
      registration: 'fam_x/register',
      event: { kind: 'marriage', on: '2026-01-01', husband: 'h', wife: 'w' },
    })
    .later(9 * HOUR)
    .happened(
      { type: 'AmendmentConfirmed' },
      { type: 'RegisterAmended', registration: null, documents: [] },
      { type: 'CaseClosed', outcome: 'COMPLETED' },
    );

const renewal = caseTypes.find(({ type }) => type === 'id-renewal');

const lives: readonly [string, unknown, Filing, () => Logged, Readonly<Record<string, number>>][] = [
  [
    'a birth that goes through the committee',
    familyRegistration,
    birth,
    throughTheCommittee,
    {
      notice: 240,
      'notice-decision': 26,
      'duplicate-decision': 3,
      consent: 5,
      'supervisor-decision': 7,
      'committee-votes': 11,
    },
  ],
  [
    'a renewal that is stopped twice',
    renewal,
    renewals.filing,
    stopped,
    {
      payment: 2,
      'caseworker-decision': 10,
      hold: 24,
      'supervisor-decision': 2,
      'card-printed': 3,
      incident: 3,
      'card-delivered': 8,
    },
  ],
  ['an appeal', appeal, appealed, decided, { 'appeal-decision': 30 }],
  ['an amendment', recordAmendment, amending, confirmed, { 'amendment-confirmation': 9 }],
];

test.each(lives)('the waits of %s are those of its fold', async (_what, type, filing, life, hours) => {
  expect(waited(type as CaseType, filing, life())).toEqual(hours);
  await onRecord(type as CaseType, filing, life());
  expect(await spent()).toEqual(hours);
  // Each once, however often it was stopped or asked for again.
  expect(await times()).toEqual(Object.fromEntries(Object.keys(hours).map((what) => [what, 1])));
  await db.database.from('case').query({ text: 'SELECT rebuild_tallies()' });
  expect(await spent()).toEqual(hours);
});

test('a wait that a new case type brings counts as any other', async () => {
  const named = (what: string): CaseType => {
    const known = appeal as unknown as CaseType;
    return {
      ...known,
      next: (file) => {
        const next = known.next(file);
        return 'wait' in next ? { wait: { ...next.wait, what } } : next;
      },
    };
  };
  await onRecord(named('medical-board'), appealed, decided());
  expect(await spent()).toEqual({ 'medical-board': 30 });
});

test('a stage that is entered anew with one append is a wait anew, and a step beside the wait is none', async () => {
  const kept = createCaseLog(db.database);
  const states: readonly [hours: number, stage: string, waits: string | null][] = [
    [0, 'PRINT_QUEUED', 'card-printed'],
    [5, 'PRINT_QUEUED', 'card-printed'],
    [6, 'PRINT_QUEUED', null],
    [7, 'PRINT_QUEUED', 'card-printed'],
  ];
  const stages = [0, 5, 5, 5].map((hours) => after(FILED_AT, hours * HOUR));
  for (const [i, [hours, stage, waitingWhat]] of states.entries()) {
    const [event] = eventsOf('rnw_1', i + 1, 1) as [Recorded];
    const file = fileOf('rnw_1', i + 1, { stage, stageSince: stages[i] ?? '' });
    const wait = { waitingWhat, waitingWho: waitingWhat === null ? null : ('card-bureau' as const) };
    await kept.append([{ ...event, at: after(FILED_AT, hours * HOUR) }], rowOf(file, wait));
  }
  expect([await spent(), await times()]).toEqual([{ 'card-printed': 5 }, { 'card-printed': 1 }]);
  const [end] = eventsOf('rnw_1', 5, 1) as [Recorded];
  const at = after(FILED_AT, 10 * HOUR);
  const nothing = { waitingWhat: null, waitingWho: null };
  await kept.append([{ ...end, at }], rowOf(fileOf('rnw_1', 5, { stage: 'PRINTED', stageSince: at }), nothing));
  expect([await spent(), await times()]).toEqual([{ 'card-printed': 10 }, { 'card-printed': 2 }]);
});

test('what cases from before have waited for counts as it did', async () => {
  await db.drop();
  db = await before(971);
  for (const [, type, filing, life] of lives) {
    const { log } = life();
    // Half of it before, half of it after.
    await onRecord(type as CaseType, filing, { log: log.slice(0, Math.ceil(log.length / 2)), now: '' });
  }
  const counted = [await spent(), await times()];
  await migrate(db.url);
  await db.database.from('case').query({ text: 'SELECT rebuild_tallies()' });
  expect([await spent(), await times()]).toEqual(counted);
  for (const [, type, filing, life] of lives) await onRecord(type as CaseType, filing, life());
  const all = lives.flatMap(([, , , , hours]) => Object.entries(hours));
  const sums: Record<string, number> = {};
  const each: Record<string, number> = {};
  for (const [what, hours] of all) {
    sums[what] = (sums[what] ?? 0) + hours;
    each[what] = (each[what] ?? 0) + 1;
  }
  expect([await spent(), await times()]).toEqual([sums, each]);
});

test('nothing that is kept of waits is ever changed', async () => {
  const sql = db.database.from('case');
  await expect(sql.query({ text: `UPDATE case_waits SET waiting = ''` })).rejects.toMatchObject({
    code: 'append-only',
  });
  await expect(sql.query({ text: 'DELETE FROM case_waits' })).rejects.toMatchObject({ code: 'append-only' });
});

test('what is kept of waits is held against the fold of the log, and put right', async () => {
  const sql = db.database.from('case');
  // These cases are dated before this database was made.
  await sql.query({ text: `UPDATE schema_migrations SET applied_at = '2020-01-01' WHERE id = 971` });
  for (const [, type, filing, life] of lives) {
    const { log, now } = life();
    const filed = log.map((each, i) => (i > 0 ? each : { ...each, event: { ...each.event, filing } }));
    await onRecord(type as CaseType, filing, { log: filed, now });
  }
  const waits = createCaseWaits(db.database);
  const kept = () => sql.query({ text: 'SELECT * FROM case_waits ORDER BY case_id, version' });
  const right = await kept();
  expect(await wrongWaits(waits)).toEqual([]);

  await sql.query({
    text: `DO $$ DECLARE v_case text := (SELECT min(case_id) FROM case_waits); BEGIN
      ALTER TABLE case_waits DISABLE TRIGGER USER;
      UPDATE case_waits SET waiting = 'something' WHERE case_id = v_case AND version = (SELECT max(version) FROM case_waits WHERE case_id = v_case);
      DELETE FROM case_waits WHERE (case_id, version) IN (SELECT case_id, max(version) FROM case_waits WHERE case_id > v_case GROUP BY 1 ORDER BY 1 LIMIT 1);
      ALTER TABLE case_waits ENABLE TRIGGER USER;
    END $$`,
  });
  const changed = await wrongWaits(waits);
  expect(changed).toHaveLength(2);
  expect(await mendWaits(waits)).toEqual(changed);
  expect(await wrongWaits(waits)).toEqual([]);
  expect(await kept()).toEqual(right);
});

test('a time to the card is that of a card: a birth is completed and has none', async () => {
  const statistics = createStatistics(db.database);
  await onRecord(familyRegistration as unknown as CaseType, birth, throughTheCommittee());
  expect(await statistics.timeToCard(PERIOD)).toMatchObject({ cases: 0, medianHours: null });
  expect(await statistics.completed(PERIOD)).toBe(1);
  await onRecord(renewal as CaseType, renewals.filing, stopped());
  expect(await statistics.timeToCard(PERIOD)).toMatchObject({ cases: 1 });
  expect(await statistics.completed(PERIOD)).toBe(2);
  // Until it is handed over, on the day of it; it was closed an hour later.
  const took = { text: `SELECT day::text, ms::int FROM counted WHERE measure = 'taken'` };
  expect(await db.database.from('case').query(took)).toEqual([{ day: '2026-11-03', ms: 52 * HOUR }]);
});
