import { createFamilyEnrol } from '../../adapters/register/family-enrol';
import { DAY } from '../../domain/time';
import { startRenewalWorld, type FiledRenewal, type RenewalWorld } from '../support/renewal-world';
import { caseworker, portal, supervisor } from '../support/renewals';
import { until } from '../support/until';

let world: RenewalWorld;
beforeAll(async () => {
  world = await startRenewalWorld();
});
afterAll(() => world?.stop());

const inPrint = async (expiresIn = 30): Promise<FiledRenewal> => {
  const renewal = await world.file({ expiresIn, script: { 'card-bureau': 'manual' } });
  await renewal.status('PRINT_QUEUED');
  return renewal;
};

test('cancelled after it was paid and ordered: all is taken back in reverse, the fine is kept', async () => {
  const renewal = await inPrint(-3);
  await renewal.act(portal, 'cancel', { reasonRef: 'v_reason' });
  expect(await renewal.outcome()).toBe('CANCELLED');
  const types = await renewal.types();
  expect(types.slice(types.indexOf('CancellationRequested'))).toEqual([
    'CancellationRequested',
    'CardOrderRecalled',
    'CardReleased',
    'RefundMade',
    'ApplicantNotified',
    'CaseClosed',
  ]);
  expect(await renewal.money()).toEqual({ captured: 12_500, refunded: 2500 });
  expect((await renewal.cards()).map(({ status }) => status).sort()).toEqual(['valid', 'voided']);
});

test('cancelled when the card is printed already: the case goes on and the applicant is told', async () => {
  const renewal = await inPrint();
  await world.control.dials('card-bureau', { webhooks: { lostRate: 1, doubledRate: 0, shuffleMs: 0 } });
  await world.control.step('card-bureau', 'print', renewal.id);
  await world.control.dials('card-bureau', {});
  await renewal.act(portal, 'cancel');
  await renewal.happened('CardRecallTooLate');
  await renewal.waits('card-printed');
  await world.client.workflow.getHandle(renewal.id).signal('ask');
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 0 });
  const told = (await renewal.ledger('messages')).map(({ textEn }) => textEn);
  expect(told.filter((text) => String(text).startsWith('The card was printed before'))).toHaveLength(1);
});

test('cancelled and printed at the same moment: either way one card at most, and the money fits', async () => {
  const renewals = await Promise.all(Array.from({ length: 6 }, () => inPrint()));
  await Promise.all(
    renewals.map(async (renewal) => {
      await Promise.allSettled([renewal.act(portal, 'cancel'), world.control.step('card-bureau', 'print', renewal.id)]);
      const outcome = await renewal.outcome();
      const [{ captured, refunded }, cards] = await Promise.all([renewal.money(), renewal.cards()]);
      expect([outcome, captured - refunded]).toEqual(outcome === 'CANCELLED' ? ['CANCELLED', 0] : ['COMPLETED', 2500]);
      expect(cards.filter(({ status }) => status === 'valid')).toHaveLength(1);
      const printed = (await renewal.ledger('card-bureau')).filter(({ type }) => type === 'printed');
      expect(printed).toHaveLength(outcome === 'CANCELLED' ? 0 : 1);
    }),
  );
});

test('twice undelivered: to the office, and collected there', async () => {
  const renewal = await world.file({ script: { delivery: 'fail', pickup: 'leave' } });
  await renewal.waits('pickup');
  const types = await renewal.types();
  expect(
    types.filter((type) => ['DeliveryFailed', 'RedeliveryAsked', 'DivertedToOffice', 'ReadyForPickup'].includes(type)),
  ).toEqual(['DeliveryFailed', 'RedeliveryAsked', 'DeliveryFailed', 'DivertedToOffice', 'ReadyForPickup']);
  expect(await renewal.refusal({ ...caseworker, office: 'jeddah-1' }, 'hand-over')).toBe('another-office');
  await renewal.act(caseworker, 'hand-over');
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect((await renewal.cards()).map(({ status }) => status)).toEqual(['superseded', 'valid']);
});

test('undelivered in a city that has an office: collected there, whichever office has the case', async () => {
  const address = {
    recipient: 'x',
    phone: '+966500000001',
    line: '7 Palm Lane',
    district: 'Al Hamra',
    city: 'جدة',
    postalCode: '23321',
  };
  const renewal = await world.file({ person: { address }, script: { delivery: 'fail', pickup: 'leave' } });
  expect((await renewal.waits('pickup'))?.file).toMatchObject({ office: 'riyadh-1', parcel: { office: 'jeddah-1' } });
  expect(await renewal.refusal(caseworker, 'hand-over')).toBe('another-office');
  await renewal.act({ ...caseworker, office: 'jeddah-1' }, 'hand-over');
  expect(await renewal.outcome()).toBe('COMPLETED');
});

test('chosen for pickup: collected, and told by the courier', async () => {
  const renewal = await world.file({ facts: { delivery: { method: 'pickup', office: 'riyadh-1' } } });
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.types()).not.toContain('PaymentRequested');
});

test('not collected in 90 days: reminded after 30, then destroyed; the old card stays, nothing goes back', async () => {
  const renewal = await world.file({ script: { delivery: 'fail', pickup: 'leave' } });
  await renewal.waits('pickup');
  await renewal.forward(91 * DAY);
  expect(await renewal.outcome()).toBe('CLOSED_UNCOLLECTED');
  const types = await renewal.types();
  expect(types).toEqual(
    expect.arrayContaining(['PickupReminded', 'CardReturnedToIssuer', 'CardDestroyed', 'CardReleased']),
  );
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 0 });
  expect((await renewal.cards()).map(({ status }) => status).sort()).toEqual(['valid', 'voided']);
  expect((await renewal.ledger('card-bureau')).map(({ type }) => type)).toContain('destroyed');
});

test('collected, and the message of it lost: the courier is asked before the card is taken back, and the cards are swapped', async () => {
  const renewal = await world.file({ script: { delivery: 'fail', pickup: 'leave' } });
  await renewal.waits('pickup');
  await world.control.dials('courier', { webhooks: { lostRate: 1, doubledRate: 0, shuffleMs: 0 } });
  await world.control.step('courier', 'collect', renewal.id);
  await world.control.dials('courier', {});
  await renewal.forward(91 * DAY);
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.types()).not.toContain('CardReturnedToIssuer');
  expect((await renewal.cards()).map(({ status }) => status)).toEqual(['superseded', 'valid']);
});

test('a hold keeps the money that comes meanwhile, and the deadline moves', async () => {
  const renewal = await world.file({ script: { payments: 'manual' } });
  await renewal.waits('payment');
  await renewal.act(supervisor, 'hold', { reasonRef: 'v_reason' });
  await world.control.step('payments', 'capture', renewal.id);
  await until(
    async () => (await renewal.handle.fetchHistory()).events ?? [],
    (events) => events.some((event) => event.workflowExecutionSignaledEventAttributes),
  );
  await renewal.forward(5 * DAY);
  expect((await renewal.row())?.status).toBe('ON_HOLD');
  expect(await renewal.types()).not.toContain('PaymentCaptured');
  await renewal.act(supervisor, 'resume', { reasonRef: 'v_reason' });
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 0 });
});

test('the first print fails: a second order under another serial', async () => {
  const renewal = await world.file({ script: { print: 'fail-first' } });
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect((await renewal.cards()).map(({ status }) => status).sort()).toEqual(['superseded', 'valid', 'voided']);
});

describe('a death that is registered before the case is told of it', () => {
  const dies = (renewal: FiledRenewal): Promise<void> =>
    createFamilyEnrol(world.database).ties([{ kind: 'death', on: '2026-11-01', person: renewal.person }]);

  test('ends it before a card is begun, with the money back', async () => {
    const renewal = await world.file({ photo: 'doubtful' });
    await renewal.status('IN_REVIEW');
    await dies(renewal);
    await renewal.act(caseworker, 'claim');
    await renewal.act(caseworker, 'approve');
    expect(await renewal.outcome()).toBe('CANCELLED');
    expect(await renewal.money()).toEqual({ captured: 2500, refunded: 2500 });
    expect((await renewal.cards()).map(({ status }) => status)).toEqual(['voided']);
  });

  test('ends it when the card is handed over: that card never becomes valid', async () => {
    const renewal = await world.file({ script: { delivery: 'fail', pickup: 'leave' } });
    await renewal.waits('pickup');
    await dies(renewal);
    await renewal.act(caseworker, 'hand-over');
    expect(await renewal.outcome()).toBe('CANCELLED');
    expect((await renewal.cards()).map(({ status }) => status)).toEqual(['voided', 'voided']);
    expect(await renewal.types()).not.toContain('IncidentRaised');
  });
});
