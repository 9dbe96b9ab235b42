import { createLedgerActivities } from '../../activities/ops/ledgers';
import type { AnyEvent, Recorded } from '../../domain/case/model';
import { OutsideFailure } from '../../domain/failures';
import { halalas } from '../../domain/money';
import { compareLedgers, type LedgerPorts } from '../../ops/ledgers';

const caseId = 'rnw_ledgers';
const recorded = (...events: readonly object[]): readonly Recorded[] =>
  events.map((event, i) => ({
    caseId,
    version: i + 1,
    at: '2026-11-23T02:00:00.000Z',
    actor: { id: 'tajdid', role: 'system' },
    cause: `step-${i}`,
    event: event as AnyEvent,
  }));

/** A renewal whose first card was taken back with its parcel, and whose second one is with its holder. */
const events = recorded(
  { type: 'PaymentRequested', paymentId: 'pay_1', amount: halalas(10_000) },
  { type: 'PaymentCaptured', paymentId: 'pay_1', captureId: 'cap_1', amount: halalas(10_000) },
  { type: 'PaymentCaptured', paymentId: 'pay_1', captureId: 'cap_2', amount: halalas(10_000) },
  { type: 'RefundMade', captureId: 'cap_2', refundId: 'ref_1', amount: halalas(10_000), why: 'paid-twice' },
  { type: 'CardReserved', serial: 'S1', attempt: 1 },
  { type: 'CardOrdered', orderId: 'ord_1' },
  { type: 'CardPrinted', orderId: 'ord_1', serial: 'S1' },
  { type: 'CardDispatched', parcelId: 'par_1' },
  { type: 'ParcelCancelled', parcelId: 'par_1' },
  { type: 'CardDestroyed', serial: 'S1' },
  { type: 'CardReleased', serial: 'S1' },
  { type: 'CardReserved', serial: 'S2', attempt: 1 },
  { type: 'CardOrdered', orderId: 'ord_2' },
  { type: 'CardPrinted', orderId: 'ord_2', serial: 'S2' },
  { type: 'CardDispatched', parcelId: 'par_2' },
  { type: 'ApplicantNotified', template: 'on-its-way', messageId: 'sms_1' },
  { type: 'CardsSwapped', serial: 'S2' },
);

type Outside = {
  captures: { captureId: string; halalas: number }[];
  refunds: { refundId: string; captureId: string; halalas: number }[];
  cards: Record<string, { status: 'queued' | 'printed' | 'failed' | 'recalled'; destroyed: boolean }>;
  parcels: Record<string, 'booked' | 'delivered' | 'cancelled'>;
  serials: Record<string, 'reserved' | 'valid' | 'superseded' | 'voided'>;
  messages: readonly string[];
};
const asItIs = (): Outside => ({
  captures: [
    { captureId: 'cap_1', halalas: 10_000 },
    { captureId: 'cap_2', halalas: 10_000 },
  ],
  refunds: [{ refundId: 'ref_1', captureId: 'cap_2', halalas: 10_000 }],
  cards: { ord_1: { status: 'printed', destroyed: true }, ord_2: { status: 'printed', destroyed: false } },
  parcels: { par_1: 'cancelled', par_2: 'delivered' },
  serials: { S1: 'voided', S2: 'valid' },
  messages: ['sms_1'],
});
const unknown = (what: string): Promise<never> =>
  Promise.reject(new OutsideFailure('refused', 'payments', `unknown-${what}`, 'nothing of this name'));

const ports = (outside: Outside): LedgerPorts => ({
  payments: {
    state: (paymentId) =>
      Promise.resolve({
        paymentId,
        status: 'captured',
        captures: outside.captures.map(({ captureId, halalas: n }) => ({ captureId, amount: halalas(n), at: '' })),
        refunds: outside.refunds.map(({ halalas: n, ...refund }) => ({ ...refund, amount: halalas(n) })),
      }),
  },
  cardBureau: {
    state: (orderId) => {
      const card = outside.cards[orderId];
      return card ? Promise.resolve({ orderId, serial: '', ...card }) : unknown('order');
    },
  },
  courier: {
    state: (parcelId) => {
      const status = outside.parcels[parcelId];
      return status ? Promise.resolve({ parcelId, status }) : unknown('parcel');
    },
  },
  messages: { state: (id) => (outside.messages.includes(id) ? Promise.resolve('sent' as const) : unknown('message')) },
  register: { cardState: (serial) => Promise.resolve(outside.serials[serial] ?? null) },
  family: { stateOf: () => Promise.resolve('stands'), certificateStanding: () => Promise.resolve(null) },
});
const differing = async (change: (outside: Outside) => void): Promise<readonly string[]> => {
  const outside = asItIs();
  change(outside);
  return (await compareLedgers(events, ports(outside))).filter(({ agrees }) => !agrees).map(({ what }) => what);
};

test('every effect of a case has its line, and what agrees says so', async () => {
  const lines = await compareLedgers(events, ports(asItIs()));
  expect(lines.filter(({ agrees }) => !agrees)).toEqual([]);
  expect(lines.map(({ what, caseSays }) => `${what}: ${caseSays}`)).toEqual([
    'payment/pay_1: cap_1 100.00 SAR, cap_2 100.00 SAR',
    'refund/pay_1: ref_1 100.00 SAR',
    'card/ord_1: destroyed',
    'card/ord_2: printed',
    'parcel/par_1: taken back',
    'parcel/par_2: stands',
    'register/S1: released',
    'register/S2: made valid',
    'message/on-its-way: sent',
  ]);
});

test.each<[string, string, (outside: Outside) => void]>([
  ['a third capture', 'payment/pay_1', ({ captures }) => captures.push({ captureId: 'cap_3', halalas: 10_000 })],
  ['a capture of another amount', 'payment/pay_1', ({ captures }) => (captures[0]!.halalas = 10_001)],
  ['a refund that was not made', 'refund/pay_1', ({ refunds }) => refunds.pop()],
  [
    'a refund that was made twice',
    'refund/pay_1',
    ({ refunds }) => refunds.push({ ...refunds[0]!, refundId: 'ref_2' }),
  ],
  ['a refund of another amount', 'refund/pay_1', ({ refunds }) => (refunds[0]!.halalas = 9_999)],
  ['a card that was taken back and is about', 'card/ord_1', ({ cards }) => (cards['ord_1']!.destroyed = false)],
  ['a card that is destroyed', 'card/ord_2', ({ cards }) => (cards['ord_2']!.destroyed = true)],
  ['an order that the bureau does not have', 'card/ord_2', ({ cards }) => delete cards['ord_2']],
  ['a parcel that travels', 'parcel/par_1', ({ parcels }) => (parcels['par_1'] = 'delivered')],
  ['a serial that was not released', 'register/S1', ({ serials }) => (serials['S1'] = 'reserved')],
  ['a card that was not made valid', 'register/S2', ({ serials }) => (serials['S2'] = 'reserved')],
  ['a message that was not sent', 'message/on-its-way', (outside) => (outside.messages = [])],
])('%s is a line that differs', async (_what, line, change) => {
  expect(await differing(change)).toEqual([line]);
});

test('a card that was replaced since was made valid all the same', async () => {
  expect(await differing(({ serials }) => (serials['S2'] = 'superseded'))).toEqual([]);
});

test('a party that cannot be asked has lines that say so, and what the others say is told all the same', async () => {
  const outside = ports(asItIs());
  const failing = new OutsideFailure('unavailable', 'card-bureau', 'http-503', 'card-bureau: GET was answered 503');
  const looks: number[] = [];
  const { lookUpLedgers } = createLedgerActivities({
    log: { eventsAfter: () => Promise.resolve(events) },
    outside: { ...outside, cardBureau: { state: () => Promise.reject(failing) } },
    pause: (ms) => Promise.resolve(void looks.push(ms)),
  });
  const lines = await lookUpLedgers({ caseId });
  expect(looks).toHaveLength(3);
  expect(lines).toHaveLength(9);
  expect(lines.filter(({ agrees }) => !agrees)).toEqual(
    ['ord_1', 'ord_2'].map((order) => ({
      what: `card/${order}`,
      caseSays: order === 'ord_1' ? 'destroyed' : 'printed',
      outsideSays: 'unknown',
      unasked: 'card-bureau http-503',
      agrees: false,
    })),
  );
  const silent = { state: () => Promise.reject(new OutsideFailure('outcome-unknown', 'payments', 'timeout', 'late')) };
  const money = (await compareLedgers(events, { ...outside, payments: silent })).filter(({ unasked }) => unasked);
  expect(money.map(({ what }) => what)).toEqual(['payment/pay_1', 'refund/pay_1']);
  const defect = { state: () => Promise.reject(new TypeError('ours')) };
  await expect(compareLedgers(events, { ...outside, payments: defect })).rejects.toThrow('ours');
});

test('what the outside has done and not told yet is looked at again before it differs', async () => {
  const outside = asItIs();
  let heard = 3;
  const pauses: number[] = [];
  const { lookUpLedgers } = createLedgerActivities({
    log: { eventsAfter: () => Promise.resolve(events.slice(0, heard)) },
    outside: ports({ ...outside, refunds: [] }),
    pause: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
  });
  expect((await lookUpLedgers({ caseId })).every(({ agrees }) => agrees)).toBe(true);
  expect(pauses).toEqual([]);
  heard = 2;
  const late = lookUpLedgers({ caseId });
  heard = 3;
  expect((await late).every(({ agrees }) => agrees)).toBe(true);
  expect(pauses).toEqual([1_000]);
  heard = 2;
  expect((await lookUpLedgers({ caseId })).filter(({ agrees }) => !agrees)).toHaveLength(1);
});
