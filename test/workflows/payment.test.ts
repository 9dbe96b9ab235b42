import { DAY, HOUR, MINUTE } from '../../domain/time';
import { createActs } from '../../adapters/operations/acts-postgres';
import { createStalls } from '../../adapters/operations/stalls-postgres';
import { createReadModel } from '../../adapters/read-model/postgres';
import { restartCase } from '../../ops/restart';
import { startRenewalWorld, type RenewalWorld } from '../support/renewal-world';
import { operator, portal } from '../support/renewals';
import { until } from '../support/until';

let world: RenewalWorld;
beforeAll(async () => {
  world = await startRenewalWorld();
});
afterAll(() => world?.stop());

const unpaid = { script: { payments: 'manual' as const } };

test('unpaid: reminded after 24 hours, ended after 72, and money that comes after that goes back', async () => {
  const renewal = await world.file(unpaid);
  await renewal.waits('payment');
  await renewal.forward(25 * HOUR);
  await renewal.happened('PaymentReminded');
  expect((await renewal.row())?.status).toBe('AWAITING_PAYMENT');
  await renewal.forward(48 * HOUR);
  expect(await renewal.outcome()).toBe('EXPIRED');
  const events = await renewal.events();
  const filed = Date.parse(events[0]?.at ?? '');
  const when = (type: string): number =>
    Math.round((Date.parse(events.find(({ event }) => event.type === type)?.at ?? '') - filed) / MINUTE);
  expect([when('PaymentAsked'), when('PaymentReminded'), when('PaymentClosed')]).toEqual([30, 24 * 60, 72 * 60]);

  await world.control.step('payments', 'capture', renewal.id);
  await renewal.happened('RefundMade');
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 2500 });
  expect((await renewal.row())?.status).toBe('EXPIRED');
});

test('money that comes to a case that has ended, while the gateway takes no refund: an operator gets it going', async () => {
  const renewal = await world.file(unpaid);
  await renewal.waits('payment');
  await renewal.act(portal, 'cancel');
  expect(await renewal.outcome()).toBe('CANCELLED');
  await world.control.script(renewal.id, { ...unpaid.script, down: ['payments'] });
  await world.control.step('payments', 'capture', renewal.id);
  await renewal.happened('PaymentCaptured');
  await renewal.forward(10 * MINUTE);
  await renewal.status('INCIDENT');
  const watched = await createStalls(world.database).nextOpen('', 1000);
  expect(watched.map(({ caseId }) => caseId)).toContain(renewal.id);
  // A run that does not fit the code can be begun again: the case owes something still.
  const ports = {
    engine: world.engine,
    readModel: createReadModel(world.database),
    acts: createActs(world.database),
    vault: world.vault,
  };
  const order = { caseId: renewal.id, actor: operator, reason: 'a patch was taken back' };
  expect(await restartCase(ports, order)).toMatchObject({ status: 'RUNNING' });
  await world.control.script(renewal.id, {});
  await renewal.act(operator, 'retry', { reasonRef: 'v_reason' });
  await renewal.status('CANCELLED');
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 2500 });
  expect(await restartCase(ports, order)).toBe('ended');
});

test('paid twice: the second payment goes back, the case goes on', async () => {
  const renewal = await world.file({ script: { payment: 'capture-twice' } });
  expect(await renewal.outcome()).toBe('COMPLETED');
  await renewal.happened('RefundMade');
  expect(await renewal.money()).toEqual({ captured: 5000, refunded: 2500 });
});

test('a lost message about money: the case asks the gateway after half an hour', async () => {
  await world.control.dials('payments', { webhooks: { lostRate: 1, doubledRate: 0, shuffleMs: 0 } });
  const renewal = await world.file(unpaid);
  await world.control.step('payments', 'capture', renewal.id);
  await world.control.dials('payments', {});
  await renewal.forward(31 * MINUTE);
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 0 });
});

const losing = async (work: () => Promise<unknown>): Promise<void> => {
  await world.control.dials('payments', { webhooks: { lostRate: 1, doubledRate: 0, shuffleMs: 0 } });
  await work();
  await world.control.dials('payments', {});
};

test('a lost message about money: a case that is cancelled asks the gateway, and gives all of it back', async () => {
  const renewal = await world.file(unpaid);
  await renewal.waits('payment');
  await losing(() => world.control.step('payments', 'capture', renewal.id));
  await renewal.act(portal, 'cancel');
  expect(await renewal.outcome()).toBe('CANCELLED');
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 2500 });
});

test('a lost message about money: a reset asks the gateway, and nobody is asked to pay again', async () => {
  const renewal = await world.file(unpaid);
  await renewal.waits('payment');
  await losing(() => world.control.step('payments', 'capture', renewal.id));
  await renewal.act(operator, 'reset', { to: 'validate', pin: [], compensate: [], reasonRef: 'v_reason' });
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.types()).toContain('PaymentKept');
  expect((await renewal.ledger('payments')).filter(({ type }) => type === 'requested')).toHaveLength(1);
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 0 });
});

test('a second payment whose message was lost alone is found before the case closes, and goes back', async () => {
  const renewal = await world.file({ script: { payments: 'manual', courier: 'manual' } });
  await renewal.waits('payment');
  await world.control.step('payments', 'capture', renewal.id);
  await renewal.status('DISPATCHED');
  await losing(() => world.control.step('payments', 'capture', renewal.id));
  await world.control.step('courier', 'deliver', renewal.id);
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.money()).toEqual({ captured: 5000, refunded: 2500 });
});

test('the fine of an expired card is paid with the delivery', async () => {
  const renewal = await world.file({ expiresIn: -1 });
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.money()).toEqual({ captured: 12_500, refunded: 0 });
});

test('a card that was valid when its renewal was filed costs no fine, however late a worker takes the case up', async () => {
  const filedAt = new Date(Date.now() - DAY).toISOString();
  const renewal = await world.file({ expiresIn: -1, filedAt });
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 0 });
  expect((await renewal.row())?.file.filedAt).toBe(filedAt);
});

test('a clock elsewhere that is ahead files nothing in time to come', async () => {
  const filedAt = new Date(Date.now() + DAY).toISOString();
  const renewal = await world.file({ ...unpaid, filedAt });
  const [first] = await renewal.events();
  expect((await renewal.row())?.file.filedAt).toBe(first?.at);
});

test('a declined payment may be tried again', async () => {
  const renewal = await world.file(unpaid);
  await world.control.step('payments', 'decline', renewal.id);
  await renewal.happened('PaymentAttemptFailed');
  await world.control.step('payments', 'capture', renewal.id);
  expect(await renewal.outcome()).toBe('COMPLETED');
});

test('every message twice, and out of order: each counts once', async () => {
  for (const party of ['payments', 'card-bureau', 'courier'] as const)
    await world.control.dials(party, { webhooks: { lostRate: 0, doubledRate: 1, shuffleMs: 30 } });
  const renewals = await Promise.all([world.file(), world.file(), world.file()]);
  for (const renewal of renewals) {
    expect(await renewal.outcome()).toBe('COMPLETED');
    const types = await renewal.types();
    for (const once of [
      'PaymentCaptured',
      'CardOrdered',
      'CardPrinted',
      'CardDispatched',
      'CardHandedOver',
      'CardsSwapped',
    ] as const) {
      expect([once, types.filter((type) => type === once).length]).toEqual([once, 1]);
    }
  }
  for (const party of ['payments', 'card-bureau', 'courier'] as const) await world.control.dials(party, {});
});

test('a second renewal of the same person is refused while one is open', async () => {
  const first = await world.file(unpaid);
  const second = { ...first.filing, caseId: `${first.id}b` };
  await world.cases.start(second);
  expect(await world.client.workflow.getHandle(second.caseId).result()).toBe('REJECTED');
  const [refused] = await world.database.from('case-log').query<{ rules: string[] }>({
    text: `SELECT event -> 'rules' AS rules FROM case_events WHERE case_id = $1 AND type = 'ApplicationRefused'`,
    values: [second.caseId],
  });
  expect(refused?.rules).toEqual(['no-other-open-renewal']);
  await first.forward(4 * DAY);
  expect(await first.outcome()).toBe('EXPIRED');
  await until(
    () =>
      world.database
        .from('case-log')
        .query({ text: 'SELECT 1 FROM case_places WHERE case_id = $1', values: [first.id] }),
    (rows) => rows.length === 0,
  );
});
