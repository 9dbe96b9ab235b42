import { createCaseLog } from '../../adapters/case-log/postgres';
import { CaseRefused } from '../../client/cases';
import type { Actor } from '../../domain/case/model';
import { startWorld, type World } from '../support/world';
import { until } from '../support/until';
import { fileRenewals, goodPhoto, operator, otherOperator, statuses } from './cases';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const events = async (caseId: string) => createCaseLog(world.database).eventsAfter(caseId, 0);
const types = async (caseId: string): Promise<string[]> => (await events(caseId)).map(({ event }) => event.type);
const reach = (caseId: string, status: string) =>
  until(
    () => statuses(world, [caseId]),
    (seen) => seen[status] === 1,
  );
let acts = 0;
async function act(caseId: string, action: string, actor: Actor, input: Record<string, unknown>): Promise<string> {
  try {
    await world.cases.act(caseId, {
      id: `act-${++acts}`,
      action,
      actor,
      expectedVersion: (await events(caseId)).length,
      input: { reasonRef: 'reason/test', ...input },
    });
    return 'done';
  } catch (error) {
    if (error instanceof CaseRefused) return error.refusal.code;
    throw error;
  }
}
async function effectKeys(caseId: string, ...wanted: string[]): Promise<string[]> {
  const file = (await world.engine.fileOf(caseId)) as unknown as {
    payment: { settledBy: string };
    card: { orderId: string };
    parcel?: { parcelId: string };
    notified: string[];
  };
  const all: Record<string, string> = {
    payment: `payment/${file.payment.settledBy}`,
    card: `card/${file.card.orderId}`,
    parcel: `parcel/${file.parcel?.parcelId}`,
  };
  return [...wanted.map((each) => all[each] ?? each), ...file.notified.map((template) => `message/${template}`)];
}
const agree = async (caseId: string): Promise<boolean> =>
  (await world.engine.ledgersOf(caseId)).every((line) => line.agrees);

test('a reset names every effect after the step, and makes none of them again when they are pinned', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await reach(caseId!, 'DISPATCHED');
  expect(await act(caseId!, 'reset', operator, { to: 'order-card', pin: [], compensate: [] })).toBe('effects-open');
  expect(await act(caseId!, 'reset', operator, { to: 'nowhere' })).toBe('no-such-step');
  const keys = await effectKeys(caseId!, 'card', 'parcel');
  expect(await act(caseId!, 'reset', { id: 'sv-1', role: 'supervisor' }, { to: 'order-card', pin: keys })).toBe(
    'not-your-role',
  );
  expect(await act(caseId!, 'reset', operator, { to: 'order-card', pin: keys, compensate: [] })).toBe('done');
  await until(
    () => types(caseId!),
    (seen) => seen.includes('ParcelKept'),
  );
  expect((await types(caseId!)).slice(-5)).toEqual(
    expect.arrayContaining(['ResetOrdered', 'CaseReset', 'CardKept', 'ParcelKept']),
  );
  await world.control.step('courier', 'deliver', caseId!);
  await reach(caseId!, 'COMPLETED');
  expect((await world.control.ledger('card-bureau', caseId!)).filter(({ type }) => type === 'ordered')).toHaveLength(1);
  expect((await world.control.ledger('courier', caseId!)).filter(({ type }) => type === 'booked')).toHaveLength(1);
  expect(await agree(caseId!)).toBe(true);
});

test('a card that is taken back is destroyed, and another one is made under keys of its own', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await reach(caseId!, 'DISPATCHED');
  const [card, parcel, ...messages] = await effectKeys(caseId!, 'card', 'parcel');
  expect(
    await act(caseId!, 'reset', operator, { to: 'order-card', pin: [parcel, ...messages], compensate: [card] }),
  ).toBe('card-travels');
  expect(await act(caseId!, 'reset', operator, { to: 'order-card', pin: messages, compensate: [card, parcel] })).toBe(
    'done',
  );
  await until(
    () => types(caseId!),
    (seen) => seen.filter((type) => type === 'CardDispatched').length === 2,
  );
  expect(await types(caseId!)).toEqual(
    expect.arrayContaining(['ParcelCancelled', 'CardDestroyed', 'CardReleased', 'CaseReset']),
  );
  await world.control.step('courier', 'deliver', caseId!);
  await reach(caseId!, 'COMPLETED');
  const bureau = await world.control.ledger('card-bureau', caseId!);
  expect(bureau.filter(({ type }) => type === 'printed')).toHaveLength(2);
  expect(bureau.filter(({ type }) => type === 'destroyed')).toHaveLength(1);
  expect((await world.control.ledger('payments', caseId!)).filter(({ type }) => type === 'captured')).toHaveLength(1);
  expect(await agree(caseId!)).toBe(true);
});

test('a payment is given back once before it is asked for anew, or kept and not asked for', async () => {
  const [refunded, kept] = await fileRenewals(world, 2, { 'card-bureau': 'manual' });
  await until(
    () => statuses(world, [refunded!, kept!]),
    (seen) => seen['PRINT_QUEUED'] === 2,
  );
  expect(
    await act(refunded!, 'reset', operator, {
      to: 'validate',
      pin: [],
      compensate: await effectKeys(refunded!, 'payment', 'card'),
    }),
  ).toBe('done');
  expect(
    await act(kept!, 'reset', operator, {
      to: 'validate',
      pin: await effectKeys(kept!, 'payment'),
      compensate: await effectKeys(kept!, 'card'),
    }),
  ).toBe('done');
  await until(
    () => types(refunded!),
    (seen) => seen.filter((type) => type === 'CardOrdered').length === 2,
  );
  await until(
    () => types(kept!),
    (seen) => seen.filter((type) => type === 'CardOrdered').length === 2,
  );
  const money = async (caseId: string): Promise<string[]> =>
    (await world.control.ledger('payments', caseId)).map(({ type }) => String(type));
  expect(await money(refunded!)).toEqual(['requested', 'captured', 'refunded', 'requested', 'captured']);
  expect(await money(kept!)).toEqual(['requested', 'captured']);
  // Money that went back is an effect too, and can only be pinned.
  const gave = (await events(refunded!)).find(({ event }) => event.type === 'RefundMade')?.event;
  const refund = `refund/${(gave as unknown as { captureId: string }).captureId}`;
  const all = await effectKeys(refunded!, 'payment', 'card');
  const twice = { to: 'validate', pin: all };
  expect(await act(refunded!, 'reset', operator, { ...twice, compensate: [] })).toBe('effects-open');
  expect(await act(refunded!, 'reset', operator, { ...twice, compensate: [refund] })).toBe('refund-stands');
  expect(await types(kept!)).toContain('PaymentKept');
  for (const caseId of [refunded!, kept!]) await world.control.step('card-bureau', 'print', caseId);
  await until(
    () => statuses(world, [refunded!, kept!]),
    (seen) => seen['COMPLETED'] === 2,
  );
  expect(await agree(refunded!)).toBe(true);
});

test('a payment that was asked for and not paid is closed before another is asked for', async () => {
  const [caseId] = await fileRenewals(world, 1, { payments: 'manual' });
  await reach(caseId!, 'AWAITING_PAYMENT');
  expect(await act(caseId!, 'reset', operator, { to: 'validate' })).toBe('done');
  await until(
    () => types(caseId!),
    (seen) => seen.filter((type) => type === 'PaymentRequested').length === 2,
  );
  const requested = (await events(caseId!)).flatMap(({ event }) =>
    event.type === 'PaymentRequested' ? [(event as unknown as { paymentId: string }).paymentId] : [],
  );
  expect(new Set(requested).size).toBe(2);
  expect((await world.control.ledger('payments', caseId!)).map(({ type, paymentId }) => [type, paymentId])).toEqual([
    ['requested', requested[0]],
    ['cancelled', requested[0]],
    ['requested', requested[1]],
  ]);
  await world.control.step('payments', 'capture', caseId!);
  await reach(caseId!, 'COMPLETED');
  expect(await agree(caseId!)).toBe(true);
});

test('a case that is refused when it is checked again takes back what it had made, and gives its payment back', async () => {
  const [caseId] = await fileRenewals(world, 1, { 'card-bureau': 'manual' });
  await reach(caseId!, 'PRINT_QUEUED');
  expect(await act(caseId!, 'repair', operator, { field: 'photo', value: 'd_of-nobody' })).toBe('done');
  expect(await act(caseId!, 'confirm-repair', otherOperator, {})).toBe('done');
  const pin = await effectKeys(caseId!, 'payment', 'card');
  expect(await act(caseId!, 'reset', operator, { to: 'validate', pin })).toBe('done');
  await reach(caseId!, 'REJECTED');
  const seen = await types(caseId!);
  expect(seen.slice(seen.indexOf('ApplicationRefused'))).toEqual([
    'ApplicationRefused',
    'EndingStarted',
    'CardOrderRecalled',
    'CardReleased',
    'RefundMade',
    'ApplicantNotified',
    'CaseClosed',
  ]);
  expect(await agree(caseId!)).toBe(true);
});

test('a death of which the case is told in the midst of a reset ends it once the reset is over', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await reach(caseId!, 'DISPATCHED');
  await world.control.step('courier', 'depart', caseId!);
  const [parcel, ...messages] = await effectKeys(caseId!, 'parcel');
  expect(await act(caseId!, 'reset', operator, { to: 'dispatch', pin: messages, compensate: [parcel] })).toBe('done');
  await reach(caseId!, 'INCIDENT');
  await world.cases.tell({ id: 'died', caseId: caseId!, type: 'register.person-died', by: 'fam_died' });
  await world.control.step('payments', 'capture', caseId!);
  expect(await act(caseId!, 'reset', operator, { to: 'dispatch', pin: [parcel, ...messages] })).toBe('done');
  const seen = await until(
    () => types(caseId!),
    (all) => all.includes('EndingStarted') && all.includes('RefundMade'),
  );
  expect(seen.indexOf('EndingStarted')).toBeGreaterThan(seen.indexOf('ParcelKept'));
  expect(await world.engine.fileOf(caseId!)).toMatchObject({ stage: 'COMPENSATING', ending: { why: 'subject-died' } });
});

test('a fact is repaired before the retry; what a decision rested on needs a second person', async () => {
  const [caseId, other] = await fileRenewals(world, 2, { print: 'fail' });
  await until(
    () => statuses(world, [caseId!, other!]),
    (seen) => seen['INCIDENT'] === 2,
  );
  expect(await act(caseId!, 'repair', operator, { field: 'name', value: 'x' })).toBe('not-repairable');
  expect(await act(caseId!, 'repair', operator, { field: 'pickup-office', value: 'no such <office>' })).toBe(
    'not-a-reference',
  );
  expect(await act(caseId!, 'repair', operator, { field: 'pickup-office', value: 'jeddah-2' })).toBe('done');
  expect((await events(caseId!)).at(-1)).toMatchObject({
    actor: operator,
    event: { type: 'FactRepaired', field: 'pickup-office', value: 'jeddah-2', reasonRef: 'reason/test' },
  });

  const photoOf = async (id: string) => ((await world.engine.fileOf(id)) as unknown as { photoRef: string }).photoRef;
  const theirs = await photoOf(other!);
  const repaired = async (value: string): Promise<void> => {
    expect(await act(caseId!, 'repair', operator, { field: 'photo', value })).toBe('done');
    expect(await act(caseId!, 'confirm-repair', operator, {})).toBe('four-eyes');
    expect(await act(caseId!, 'confirm-repair', otherOperator, {})).toBe('done');
  };
  await repaired(theirs);
  expect((await events(caseId!)).at(-1)).toMatchObject({
    actor: otherOperator,
    event: { type: 'FactRepaired', field: 'photo', proposedBy: operator.id, anew: true },
  });
  expect(await photoOf(caseId!)).toBe(theirs);
  expect(await act(caseId!, 'confirm-repair', otherOperator, {})).toBe('no-repair-proposed');

  // The photo of somebody else is judged like any other, and no card is printed with it.
  const ordered = async (id: string) =>
    (await world.control.ledger('card-bureau', id)).filter(({ type }) => type === 'ordered').length;
  const before = await ordered(caseId!);
  await world.control.script(caseId!, { print: 'print' });
  expect(await act(caseId!, 'retry', operator, {})).toBe('done');
  await reach(caseId!, 'RETURNED');
  expect((await events(caseId!)).findLast(({ event }) => event.type === 'PhotoJudged')?.event).toMatchObject({
    verdict: 'fail',
    reasons: ['photo-usable'],
  });
  expect(await ordered(caseId!)).toBe(before);
});

test('a photo that was repaired is judged anew before a card is printed with it', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await reach(caseId!, 'DISPATCHED');
  const { subject } = (await world.engine.fileOf(caseId!))!;
  const value = await world.keepPhoto(subject, Buffer.from(`another ${caseId}`), goodPhoto);
  expect(await act(caseId!, 'repair', operator, { field: 'photo', value })).toBe('done');
  expect(await act(caseId!, 'confirm-repair', otherOperator, {})).toBe('done');

  const [card, parcel, ...messages] = await effectKeys(caseId!, 'card', 'parcel');
  const anew = { pin: messages, compensate: [card, parcel] };
  expect(await act(caseId!, 'reset', operator, { to: 'order-card', ...anew })).toBe('done');
  await reach(caseId!, 'INCIDENT');
  expect((await world.engine.fileOf(caseId!))?.incident).toMatchObject({ code: 'photo-not-judged' });
  expect(await act(caseId!, 'reset', operator, { to: 'check-photo', pin: messages })).toBe('done');
  await reach(caseId!, 'DISPATCHED');
  expect((await types(caseId!)).filter((type) => type === 'PhotoJudged')).toHaveLength(2);
  await world.control.step('courier', 'deliver', caseId!);
  await reach(caseId!, 'COMPLETED');
  expect(await agree(caseId!)).toBe(true);
});
