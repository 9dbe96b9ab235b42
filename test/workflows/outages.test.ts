import { DAY, MINUTE } from '../../domain/time';
import { startRenewalWorld, type FiledRenewal, type RenewalWorld } from '../support/renewal-world';
import { caseworker, operator, portal } from '../support/renewals';
import { until } from '../support/until';

let world: RenewalWorld;
beforeAll(async () => {
  world = await startRenewalWorld();
});
afterAll(() => world?.stop());

const because = { reasonRef: 'v_reason' };
const orders = async (renewal: FiledRenewal): Promise<number> =>
  (await renewal.ledger('card-bureau')).filter(({ type }) => type === 'ordered').length;

test('the card bureau is down: an incident, which an operator retries; one order in the end', async () => {
  const renewal = await world.file({ script: { down: ['card-bureau'] } });
  await renewal.status('APPROVED');
  await renewal.forward(10 * MINUTE);
  await renewal.status('INCIDENT');
  const row = await renewal.row();
  expect(row?.file.incident).toMatchObject({
    step: 'order-card',
    kind: 'unavailable',
    source: 'card-bureau',
    code: 'http-503',
  });
  await world.control.script(renewal.id, {});
  await renewal.act(operator, 'retry', because);
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await orders(renewal)).toBe(1);
});

test('cancelled while the card bureau is down: the recall waits for the bureau, and the money goes back after it', async () => {
  const renewal = await world.file({ script: { down: ['card-bureau'] } });
  await renewal.status('APPROVED');
  await renewal.forward(10 * MINUTE);
  await renewal.status('INCIDENT');
  await world.control.dials('card-bureau', { errorRate: 1 });
  await renewal.act(portal, 'cancel');
  await renewal.status('COMPENSATING');
  await renewal.forward(10 * MINUTE);
  const stuck = await renewal.status('INCIDENT');
  expect(stuck?.file.incident).toMatchObject({ step: 'recall-card', source: 'card-bureau' });
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 0 });
  await world.control.dials('card-bureau', {});
  await renewal.act(operator, 'retry', because);
  expect(await renewal.outcome()).toBe('CANCELLED');
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 2500 });
  expect(await orders(renewal)).toBe(0);
});

test('an incident that nobody retries is retried by the case after a day', async () => {
  await world.control.dials('card-bureau', { garbleNext: 1 });
  const renewal = await world.file();
  await renewal.status('INCIDENT');
  await renewal.forward(DAY + MINUTE);
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await orders(renewal)).toBe(1);
});

test('printing fails again and again: after three an operator allows one more each time', async () => {
  const renewal = await world.file({ script: { print: 'fail' } });
  await renewal.status('INCIDENT');
  expect((await renewal.row())?.file.incident).toMatchObject({ code: 'print-failed-repeatedly' });
  await renewal.act(operator, 'retry', because);
  await renewal.happened('CardPrintFailed', 4);
  await renewal.status('INCIDENT');
  await world.control.script(renewal.id, {});
  await renewal.act(operator, 'retry', because);
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect((await renewal.cards()).filter(({ status }) => status === 'valid')).toHaveLength(1);
});

test('the message centre is down: that is on record, and the case goes on', async () => {
  const renewal = await world.file({ script: { down: ['messages'] } });
  await renewal.happened('CardDispatched');
  await renewal.forward(10 * MINUTE);
  expect(await renewal.outcome()).toBe('COMPLETED');
  const failed = (await renewal.events()).map(({ event }) => event).filter(({ type }) => type === 'NotificationFailed');
  expect(failed).toEqual([{ type: 'NotificationFailed', template: 'on-its-way', code: 'http-503' }]);
});

test('an order that was taken and never answered is not made twice', async () => {
  await world.control.dials('card-bureau', { cutNext: 1 });
  const renewal = await world.file();
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await orders(renewal)).toBe(1);
});

test('the worker is replaced in the middle of a case', async () => {
  const renewal = await world.file({ photo: 'doubtful' });
  await renewal.status('IN_REVIEW');
  await world.replaceWorker();
  await renewal.act(caseworker, 'claim');
  await world.replaceWorker();
  await renewal.act(caseworker, 'approve');
  expect(await renewal.outcome()).toBe('COMPLETED');
});

test('what arrives while no worker runs is not lost', async () => {
  const renewal = await world.file({ script: { payments: 'manual' } });
  await renewal.waits('payment');
  await world.replaceWorker(async () => {
    await world.control.step('payments', 'capture', renewal.id);
  });
  expect(await renewal.outcome()).toBe('COMPLETED');
});

test('the log cannot be reached for a while: the case stands, then goes on, each event once', async () => {
  const renewal = await world.file({ photo: 'doubtful' });
  await renewal.status('IN_REVIEW');
  world.cable.cut();
  const claiming = renewal.act(caseworker, 'claim');
  await until(
    () => Promise.resolve(world.cable.inVain()),
    (tries) => tries >= 4,
  );
  world.cable.mend();
  await claiming;
  await renewal.act(caseworker, 'approve');
  expect(await renewal.outcome()).toBe('COMPLETED');
  const events = await renewal.events();
  expect(events.map(({ version }) => version)).toEqual(events.map((_event, i) => i + 1));
});

test('a run that is gone is taken up again from the log', async () => {
  const renewal = await world.file({ photo: 'doubtful' });
  await renewal.status('IN_REVIEW');
  await renewal.handle.terminate('lost');
  await renewal.act(caseworker, 'claim');
  await renewal.act(caseworker, 'approve');
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await orders(renewal)).toBe(1);
});
