import type { Filed } from '../../chaos/cases';
import { isWhole, judge, type Accounts } from '../../chaos/tally';

const caseId = 'rnw_storm';
const filed: readonly Filed[] = [{ caseId, way: { name: 'straight', ends: 'COMPLETED', photo: 'good', script: {} } }];
const line = (type: string, more: object = {}): Accounts['payments'][number] => ({ entry: { type, caseId, ...more } });
const amount = { halalas: 10_000 };

/** A renewal that went as the model says: paid once, printed once, delivered once. */
const accounts: Accounts = {
  payments: [line('requested', { amount }), line('captured', { captureId: 'cap_1', amount })],
  bureau: [line('ordered', { orderId: 'ord_1' }), line('printed', { orderId: 'ord_1' })],
  courier: [line('booked'), line('delivered')],
  log: [{ caseId, status: 'COMPLETED', closed: true, captured: 10_000, refunded: 0, printed: 1, dispatched: 1 }],
  broken: [],
  entries: [],
  incidents: { raised: 1, cleared: 1, open: 0 },
};
const row = accounts.log[0]!;
const tallied = (change: Partial<Accounts>) => judge({ ...accounts, ...change }, filed);

test('a storm that nothing came of is whole', () => {
  const result = tallied({});
  expect(result.trouble).toEqual([]);
  expect(isWhole(result)).toBe(true);
});

test.each<[string, string, Partial<Accounts>]>([
  [
    'a second charge',
    'chargedTwice',
    { payments: [...accounts.payments, line('captured', { captureId: 'cap_2', amount })] },
  ],
  [
    'a second card of another order',
    'cardedTwice',
    { bureau: [...accounts.bureau, line('printed', { orderId: 'ord_2' })] },
  ],
  [
    'one order that was printed twice',
    'cardedTwice',
    { bureau: [...accounts.bureau, line('printed', { orderId: 'ord_1' })] },
  ],
  ['a card of which the log knows nothing', 'outsideDifference', { log: [{ ...row, printed: 0 }] }],
  ['a second parcel', 'outsideDifference', { courier: [...accounts.courier, line('booked')] }],
  ['a parcel that was never booked', 'outsideDifference', { courier: [] }],
  ['money that the log does not have', 'ledgerDifference', { log: [{ ...row, captured: 0 }] }],
  ['a case that is in no log', 'lost', { log: [] }],
  ['a case that has not ended', 'lost', { log: [{ ...row, status: 'INCIDENT', closed: false }] }],
  ['a gap in the log', 'logGaps', { broken: [{ caseId, version: 3, what: 'version-gap' }] }],
  ['an incident that was left', 'openIncidents', { incidents: { raised: 2, cleared: 1, open: 1 } }],
])('%s is noticed', (_what, count, change) => {
  const result = tallied(change);
  expect(result).toMatchObject({ [count]: expect.any(Number) });
  expect(result[count as 'lost']).toBeGreaterThan(0);
  expect(isWhole(result)).toBe(false);
});

test('a card that was destroyed is out no more, and the one printed instead is one', () => {
  const bureau = [...accounts.bureau, line('destroyed', { orderId: 'ord_1' }), line('printed', { orderId: 'ord_2' })];
  const result = tallied({ bureau, log: [{ ...row, printed: 2 }] });
  expect(result).toMatchObject({ cardedTwice: 0, outsideDifference: 0 });
  expect(isWhole(result)).toBe(true);
});

test('a case that ended another way than the model says is not counted as one that did', () => {
  const result = tallied({ log: [{ ...row, status: 'CANCELLED' }] });
  expect(result).toMatchObject({ asTheModelSays: 0, trouble: [expect.stringContaining('ended CANCELLED')] });
  expect(isWhole(result)).toBe(false);
});
