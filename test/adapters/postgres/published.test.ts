import { migrate } from '../../../adapters/postgres/migrate';
import { createStatements } from '../../../adapters/statements/postgres';
import type { LoggedNumbers } from '../../../adapters/statements/port';
import { rebuildTallies } from '../../../adapters/statistics/rebuild';
import { SYSTEM, type CaseFile, type CaseType, type Filing, type Recorded } from '../../../domain/case/model';
import { sar } from '../../../domain/money';
import { boundsOf } from '../../../domain/services/month';
import { after, DAY, HOUR, type Instant } from '../../../domain/time';
import { caseTypes } from '../../../workflows/case-types';
import { appeal } from '../../../workflows/case-types/appeal';
import { newDecisionOf } from '../../../workflows/case-types/appeal/next';
import { familyRegistration } from '../../../workflows/case-types/family-registration';
import { GivenCase } from '../../support/given';
import {
  filing,
  given,
  judged,
  operator,
  PAYMENT,
  quoteWith,
  requested,
  reserved,
  says,
  SERIAL,
  supervisor,
  validatedAt,
  ordered,
  dispatched,
  type Renewal,
} from '../../support/renewals';
import { before, migratedDatabase, putOnRecord, type MigratedDatabase } from './cases';

let db: MigratedDatabase;
beforeEach(async () => (db = await migratedDatabase()));
afterEach(() => db?.drop());

interface Logged {
  readonly file: CaseFile;
  readonly log: readonly unknown[];
}

async function onRecord(filed: Filing, { log }: Logged): Promise<void> {
  const type = caseTypes.find((each) => each.type === filed.type) as CaseType;
  await putOnRecord(db.database, type, filed, log as readonly Recorded[]);
}

const sql = (text: string): Promise<unknown[]> => db.database.from('case').query({ text });

/** As kept with the cases; and it is what they come to when they are counted anew. */
async function numbersOf(month: string): Promise<LoggedNumbers> {
  const { from, to } = boundsOf(month);
  const kept = await createStatements(db.database).numbers(from, to);
  await sql('SELECT rebuild_tallies()');
  expect(await createStatements(db.database).numbers(from, to)).toEqual(kept);
  return kept;
}

const OLD_SERIAL = validatedAt(quoteWith(0)).facts.oldSerial;
const reminded = (at: Instant): Promise<unknown[]> =>
  sql(
    `INSERT INTO reminders (serial, threshold, person, at, outcome) VALUES ('${OLD_SERIAL}', 180, 'p_subject', '${at}', 'sent')`,
  );

/** From the payment to the hand-over, by rule alone. */
const carded = (filed: Renewal, days: number): Renewal =>
  filed
    .happened(validatedAt(quoteWith(0)), requested(quoteWith(0)))
    .told(says.captured('cap_1', 25))
    .happened(judged('pass'), { type: 'CaseApproved', by: 'rule' }, reserved(), ordered)
    .told(says.printed())
    .happened(dispatched)
    .later(days * DAY)
    .told(says.parcel('delivered'))
    .happened({ type: 'CardsSwapped', serial: SERIAL }, { type: 'CaseClosed', outcome: 'COMPLETED' });

test('what a case that was completed meets afterwards changes nothing of the month that it was completed in', async () => {
  const done = carded(given(), 3);
  const refunding = done.later(40 * DAY).happened(
    { type: 'PaymentCaptured', paymentId: PAYMENT, captureId: 'cap_2', amount: sar(25), settles: false },
    {
      type: 'IncidentRaised',
      step: 'refund',
      kind: 'unavailable',
      source: 'payments',
      code: 'http-503',
      message: 'away',
    },
  );
  const refunded = refunding.later(HOUR).does(operator, 'retry').happened({ type: 'IncidentCleared', step: 'refund' });
  expect([done.status, refunding.status, refunded.status]).toEqual(['COMPLETED', 'INCIDENT', 'COMPLETED']);
  await onRecord(filing, done);
  const published = await numbersOf('2026-11');
  expect(published.straightThrough).toEqual({ completed: 1, withoutHuman: 1 });
  for (const { log } of [refunding, refunded]) {
    await onRecord(filing, { ...done, log });
    expect(await numbersOf('2026-11')).toEqual(published);
  }
});

/** What an appeal brings about that is filed two days after this case, and allowed after some more. */
function allowed(
  original: Filing,
  days: number,
): { readonly appealed: Filing; readonly log: Logged; readonly anew: Filing } {
  const appealed: Filing = {
    ...original,
    caseId: 'apl_given',
    type: 'appeal',
    parent: original.caseId,
    filedAt: after(original.filedAt, 2 * DAY),
    facts: { appealed: original.caseId },
  };
  const log = GivenCase.filed(appeal, appealed)
    .happened({ type: 'AppealAdmitted', rules: [], original, rejectedFor: ['photo'], tookPart: [] })
    .later(days * DAY)
    .by(supervisor)
    .happened({ type: 'AppealAllowed', waives: ['photo'] })
    .by(SYSTEM);
  const anew = newDecisionOf(log.file);
  if (!anew) throw new Error('nothing is decided anew');
  return { appealed, log, anew };
}

const transactionsOf = async (month: string): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries((await numbersOf(month)).transactions.map(({ service, count }) => [service, count]));

test('the new decision that an appeal brings about is no transaction: the application and the appeal are', async () => {
  const birth: Filing = {
    ...filing,
    caseId: 'fam_given',
    type: 'family-registration',
    facts: { event: 'birth', on: '2026-10-20', reporter: 'f', parties: { mother: 'm', father: 'f' } },
  };
  const { appealed, log, anew } = allowed(birth, 3);
  expect(anew).toMatchObject({ type: 'family-registration', parent: 'apl_given' });
  await onRecord(birth, GivenCase.filed(familyRegistration, birth));
  await onRecord(appealed, log);
  await onRecord(anew, GivenCase.filed(familyRegistration, anew));
  expect(await transactionsOf('2026-11')).toEqual({ 'family-registration': 1, appeal: 1 });
});

test('a card that an appeal brought about took as long as its holder waited, and was applied for when they applied', async () => {
  await reminded('2026-10-31T08:00:00.000Z');
  const { anew } = allowed(filing, 38);
  // The card of before has run out meanwhile.
  expect(anew.filedAt > '2026-12-11').toBe(true);
  await onRecord(anew, carded(given(anew), 4));
  const { timeToCard, remindedInTime } = await numbersOf('2026-12');
  expect(timeToCard).toEqual({ cards: 1, p50Hours: 44 * 24, p90Hours: 44 * 24 });
  expect(await sql(`SELECT ms::float8 FROM counted WHERE measure = 'taken'`)).toEqual([{ ms: 44 * DAY }]);
  expect(remindedInTime).toMatchObject([{ renewals: 1 }]);
});

test('a new decision counts as decided by people, who allowed the appeal, also where nobody touched it', async () => {
  const { anew } = allowed(filing, 3);
  await onRecord(anew, carded(given(anew), 4));
  expect((await numbersOf('2026-11')).straightThrough).toEqual({ completed: 1, withoutHuman: 0 });
});

test('the time of each card is kept from before too, and one that was changed is put right with the counts', async () => {
  await db.drop();
  db = await before(1022);
  const { anew } = allowed(filing, 38);
  await onRecord(filing, carded(given(), 3));
  await onRecord(anew, carded(given(anew), 4));
  await migrate(db.url);
  const hours = [await numbersOf('2026-11'), await numbersOf('2026-12')].map(({ timeToCard }) => timeToCard);
  expect(hours).toEqual([
    { cards: 1, p50Hours: 3 * 24, p90Hours: 3 * 24 },
    { cards: 1, p50Hours: 44 * 24, p90Hours: 44 * 24 },
  ]);
  await sql('UPDATE card_times SET ms = ms + 1');
  const { corrected } = await rebuildTallies(db.database, () => undefined);
  expect(corrected).toEqual([{ measure: 'card_times', counts: 2 }]);
  expect((await numbersOf('2026-12')).timeToCard).toEqual(hours[1]);
});

test.each([
  { what: 'a card that runs out', reason: 'expiring', avoided: 1 },
  { what: 'a lost one', reason: 'lost', avoided: 0 },
  { what: 'a damaged one', reason: 'damaged', avoided: 0 },
  {
    what: 'one that was reported lost before, whatever reason is given',
    reason: 'expiring',
    lostAt: '2026-10-31T10:00:00.000Z',
    avoided: 0,
  },
  {
    what: 'one that is reported lost when its renewal is on its way',
    reason: 'expiring',
    lostAt: '2026-11-02T10:00:00.000Z',
    avoided: 1,
  },
])('a fine is avoided by a reminder of $what: $avoided', async ({ reason, lostAt, avoided }) => {
  await reminded('2026-10-30T08:00:00.000Z');
  if (lostAt) {
    await sql(`INSERT INTO register_entries (key, person, kind, effective_on, recorded_at, facts)
      VALUES ('lost:${OLD_SERIAL}', 'p_subject', 'card-lost', '2026-11-01', '${lostAt}', '{}')`);
  }
  const filed: Filing = { ...filing, facts: { ...filing.facts, reason } };
  await onRecord(filed, carded(given(filed), 4));
  const { remindedInTime } = await numbersOf('2026-11');
  expect(remindedInTime.reduce((all, { renewals }) => all + renewals, 0)).toBe(avoided);
});
