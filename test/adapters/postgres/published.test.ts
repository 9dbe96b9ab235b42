import { createStatements } from '../../../adapters/statements/postgres';
import type { LoggedNumbers } from '../../../adapters/statements/port';
import type { CaseFile, CaseType, Filing, Recorded } from '../../../domain/case/model';
import { sar } from '../../../domain/money';
import { boundsOf } from '../../../domain/services/month';
import { DAY, HOUR } from '../../../domain/time';
import { caseTypes } from '../../../workflows/case-types';
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
  validatedAt,
  ordered,
  dispatched,
  type Renewal,
} from '../../support/renewals';
import { migratedDatabase, putOnRecord, type MigratedDatabase } from './cases';

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
