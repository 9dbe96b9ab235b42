import { createHash } from 'node:crypto';
import { address, card, manual, type Receiver, receiver, until, world, type World } from './world';

let w: World;
let hooks: Receiver;

beforeEach(async () => {
  hooks = await receiver();
  w = await world({ webhookTarget: hooks.url });
});
afterEach(async () => {
  await w.stop();
  await hooks.stop();
});

const order = (n = 1) => ({ key: `order-${n}`, caseId: 'c1', serial: `S${n}`, card: card(`S${n}`) });
const told = (type: string) => until(() => hooks.received.find((r) => r.message.type === type)?.message);

test('a card is printed from the personalisation, of which the portrait is kept as its digest', async () => {
  const { orderId } = await w.bureau.order(order());
  expect(await told('card.printed')).toMatchObject({ caseId: 'c1', orderId, serial: 'S1' });
  expect(await w.bureau.state(orderId)).toEqual({ orderId, serial: 'S1', status: 'printed', destroyed: false });
  const [ordered] = await w.entries('card-bureau');
  expect(ordered?.card).toMatchObject({
    nameAr: card('S1').nameAr,
    photoSha256: createHash('sha256').update(card('S1').photo).digest('hex'),
  });
});

test('an order is recalled before it is printed and not after', async () => {
  await w.control('PUT', '/dials/card-bureau', manual);
  const { orderId } = await w.bureau.order(order(1));
  expect(await w.bureau.recall({ key: 'r1', orderKey: 'order-1' })).toEqual({ recalled: true });
  expect((await w.bureau.state(orderId)).status).toBe('recalled');
  await expect(w.control('POST', '/steps/card-bureau/print', { id: orderId })).rejects.toThrow('409');

  await w.bureau.order(order(2));
  await w.control('POST', '/steps/card-bureau/print', { caseId: 'c1' });
  expect(await w.bureau.recall({ key: 'r2', orderKey: 'order-2' })).toEqual({ recalled: false });
  await w.bureau.destroy({ key: 'd2', serial: 'S2' });
  expect((await w.control<{ 'card-bureau': object }>('GET', '/totals'))['card-bureau']).toEqual({
    ordered: 2,
    printed: 1,
    failed: 0,
    recalled: 1,
    destroyed: 1,
  });
});

test('an order that never arrived can be recalled, and is refused when it arrives after all', async () => {
  expect(await w.bureau.recall({ key: 'r1', orderKey: 'order-1' })).toEqual({ recalled: true });
  await expect(w.bureau.order(order())).rejects.toMatchObject({ kind: 'refused', code: 'order-recalled' });
});

test('no serial is printed twice, but one that failed may be ordered again', async () => {
  await w.control('PUT', '/cases/c1', { print: 'fail-first' });
  await w.bureau.order(order());
  await told('card.failed');
  await w.bureau.order({ ...order(), key: 'order-1-again' });
  await told('card.printed');
  await expect(w.bureau.order({ ...order(), key: 'third' })).rejects.toMatchObject({ code: 'serial-taken' });
});

test('a parcel fails at the door, is tried again, and arrives', async () => {
  await w.control('PUT', '/cases/c1', { delivery: 'fail-first' });
  const { parcelId } = await w.courier.book({ key: 'p1', caseId: 'c1', serial: 'S1', to: { address } });
  expect(await told('parcel.failed')).toMatchObject({ parcelId, reason: 'nobody-home' });
  await w.courier.redeliver({ key: 'p1/again', parcelId });
  await told('parcel.delivered');
  expect((await w.courier.state(parcelId)).status).toBe('delivered');
  const [booked] = await w.entries('courier');
  expect(booked?.to).toEqual({ address });
});

test('a parcel fails for good, goes to an office, is left there and returned', async () => {
  await w.control('PUT', '/cases/c1', { delivery: 'fail', pickup: 'leave' });
  const { parcelId } = await w.courier.book({ key: 'p1', caseId: 'c1', serial: 'S1', to: { address } });
  await told('parcel.failed');
  await w.courier.divertToOffice({ key: 'p1/divert', parcelId, office: 'riyadh-1' });
  await told('parcel.ready-for-pickup');
  await w.courier.returnToIssuer({ key: 'p1/return', parcelId });
  await told('parcel.returned');
});

test('a parcel for an office is ready there and collected', async () => {
  const to = { office: 'jeddah-1' };
  const { parcelId } = await w.courier.book({ key: 'p1', caseId: 'c1', serial: 'S1', to });
  await told('parcel.collected');
  expect(hooks.received.map((r) => r.message.type).sort()).toEqual(['parcel.collected', 'parcel.ready-for-pickup']);
  expect(await w.courier.cancel({ key: 'p1/cancel', parcelId })).toEqual({ cancelled: false });
});

test('by hand, each step is taken when it is possible and refused when not', async () => {
  await w.control('PUT', '/dials/courier', manual);
  const { parcelId } = await w.courier.book({ key: 'p1', caseId: 'c1', serial: 'S1', to: { address } });
  await w.control('POST', '/steps/courier/depart', { caseId: 'c1' });
  expect((await w.courier.state(parcelId)).status).toBe('out-for-delivery');
  await w.control('POST', '/steps/courier/deliver', { caseId: 'c1' });
  await expect(w.control('POST', '/steps/courier/fail', { caseId: 'c1' })).rejects.toThrow('parcel-delivered');
  expect(await w.courier.cancel({ key: 'p1/cancel', parcelId })).toEqual({ cancelled: false });
  const second = await w.courier.book({ key: 'p2', caseId: 'c1', serial: 'S2', to: { address } });
  expect(await w.courier.cancel({ key: 'p2/cancel', parcelId: second.parcelId })).toEqual({ cancelled: true });
});

test('the message centre sends one message for a key', async () => {
  const message = {
    key: 'm1',
    caseId: 'c1',
    to: '+966500000001',
    textAr: 'بطاقتك جاهزة',
    textEn: 'Your card is ready',
  };
  expect(await w.messages.send(message)).toEqual(await w.messages.send(message));
  expect(await w.entries('messages')).toMatchObject([
    { to: message.to, textAr: message.textAr, textEn: message.textEn },
  ]);
});
