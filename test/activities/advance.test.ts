import { createCaseActivities, type AnyCaseType, type CaseActivities, type Cause } from '../../activities/advance';
import { caseKind } from '../../activities/kinds';
import type { Ports } from '../../activities/step';
import { nextOf } from '../../domain/case/core';
import { OutsideFailure } from '../../domain/failures';
import { addYears, riyadhDate } from '../../domain/time';
import { idRenewal } from '../../workflows/case-types/id-renewal';
import type { RenewalEvent } from '../../workflows/case-types/id-renewal/events';
import { renewalPolicies, renewalPolicyOn, type RenewalPolicy } from '../../workflows/case-types/id-renewal/policy';
import { caseworker, portal } from '../support/renewals';
import { startTransitions, types, type Transitions } from '../support/transitions';

let world: Transitions;
let { control, ports, cases, filing, advance, logged, fileOf } = {} as Transitions;
beforeAll(async () => {
  world = await startTransitions();
  ({ control, ports, cases, filing, advance, logged, fileOf } = world);
});
afterAll(() => world?.stop());

const claim = (version: number, id = `claim-${version}`): Cause => ({
  action: { id, action: 'claim', actor: caseworker, expectedVersion: version, input: {} },
});

test('the filing goes as far as the first wait, in one append', async () => {
  const first = await filing();
  const { events } = await advance({ caseId: first.caseId, cause: { filing: first } });
  expect(types(events)).toEqual(['ApplicationSubmitted', 'ApplicationValidated', 'PaymentRequested']);
  expect(await logged(first.caseId)).toEqual(events);
  expect(new Set(events.map(({ cause }) => cause))).toEqual(new Set(['filing']));
});

test('a policy row that is added later changes nothing of a case that was filed before', async () => {
  const first = await filing();
  await advance({ caseId: first.caseId, cause: { filing: first } });
  const before = await fileOf(first.caseId);
  const newest = renewalPolicies.at(-1);
  if (!newest) throw new Error('there is no policy');
  const rows = renewalPolicies as RenewalPolicy[];
  rows.push({ ...newest, version: 'of-later', effectiveFrom: riyadhDate(first.filedAt) });
  try {
    expect(renewalPolicyOn(riyadhDate(first.filedAt)).version).toBe('of-later');
    expect(await fileOf(first.caseId)).toEqual(before);
  } finally {
    rows.pop();
  }
});

test('a card is valid by the age on the day of its issue, not on that of the filing', async () => {
  const first = await filing({ filedAt: '2023-06-01T08:00:00.000Z', birthDate: '1992-06-10' });
  const { caseId } = first;
  await control.script(caseId, { payments: 'manual', 'card-bureau': 'manual' });
  const { events } = await advance({ caseId, cause: { filing: first }, at: first.filedAt });
  const requested = events.map(({ event }) => event).find(({ type }) => type === 'PaymentRequested');
  const { paymentId, amount } = requested as Extract<RenewalEvent, { type: 'PaymentRequested' }>;
  const paid = await advance({
    caseId,
    version: events.length,
    cause: { message: { id: 'm', type: 'payment.captured', caseId, paymentId, captureId: 'cap_age', amount } },
    at: '2023-06-20T08:00:00.000Z',
  });
  // Thirty when it was filed, for which that policy has five years; older when the card was made, by the register's clock.
  const today = riyadhDate(new Date().toISOString());
  expect(paid.events.map(({ event }) => event)).toContainEqual(
    expect.objectContaining({ type: 'CardReserved', issuedOn: today, expiresOn: addYears(today, 10) }),
  );
});

test('made again, it answers what is in the log and has no second effect', async () => {
  const first = await filing();
  const once = await advance({ caseId: first.caseId, cause: { filing: first } });
  const again = await advance({ caseId: first.caseId, cause: { filing: first } });
  expect(again).toEqual({ events: once.events });
  expect((await control.ledger('payments', first.caseId)).filter(({ type }) => type === 'requested')).toHaveLength(1);
});

test('a log that is ahead by another cause: fold and ask again', async () => {
  const first = await filing();
  const { events } = await advance({ caseId: first.caseId, cause: { filing: first } });
  const behind = await advance({ caseId: first.caseId, version: 1, cause: claim(1) });
  expect(behind).toEqual({ events: events.slice(1), again: true });
});

test('a log that lacks what the workflow knows is not written over: the case goes on once that is back', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.script(caseId, { payments: 'manual' });
  let has = Infinity;
  const eventsAfter: Ports['log']['eventsAfter'] = async (...asked) =>
    (await ports.log.eventsAfter(...asked)).filter(({ version }) => version <= has);
  const worker = () => createCaseActivities({ ...ports, log: { ...ports.log, eventsAfter } }, caseKind);
  const before = worker();
  const at = first.filedAt;
  const type = 'id-renewal';
  const { events } = await before.advance({ type, caseId, version: 0, cause: { filing: first }, at, chain: true });
  const version = events.length;
  const reminder: Cause = { step: 'remind-payment', id: 'remind-payment@1' };
  const unheard: Cause = { message: { id: 'm', type: 'card.printed', caseId, orderId: 'o', serial: 'A00000014' } };
  const behind = { kind: 'unavailable', source: 'case-log', code: 'log-behind' };
  for (has of [2, 0])
    for (const cases of [before, worker()]) {
      for (const cause of [reminder, unheard])
        await expect(cases.advance({ type, caseId, version, cause, at, chain: true })).rejects.toMatchObject(behind);
      await expect(cases.drive({ type, caseId, version, at, lastTry: true })).rejects.toMatchObject(behind);
      await expect(cases.recall({ caseId, version: 0, reach: version })).rejects.toMatchObject(behind);
    }
  expect(await logged(caseId)).toEqual(events);
  has = Infinity;
  const { events: later } = await worker().advance({ type, caseId, version, cause: reminder, at, chain: true });
  expect(later[0]).toMatchObject({ version: version + 1, cause: reminder.id });
});

test('a refused action writes nothing', async () => {
  const first = await filing();
  await advance({ caseId: first.caseId, cause: { filing: first } });
  const file = await fileOf(first.caseId);
  const refused = await advance({
    caseId: first.caseId,
    version: file.version,
    cause: claim(file.version),
    chain: false,
  });
  expect(refused).toMatchObject({ events: [], refusal: { code: 'not-in-this-status', kind: 'not-now' } });
  expect(await logged(first.caseId)).toHaveLength(file.version);
});

test('two take the same version: the log lets one pass, the other gets its events', async () => {
  const first = await filing();
  await advance({ caseId: first.caseId, cause: { filing: first } });
  const file = await fileOf(first.caseId);
  const cancel = (id: string): Cause => ({
    action: { id, action: 'cancel', actor: portal, expectedVersion: file.version, input: {} },
  });
  const both = await Promise.all(
    ['a', 'b'].map((id) => advance({ caseId: first.caseId, version: file.version, cause: cancel(id), chain: false })),
  );
  expect(both[0]?.events).toEqual(both[1]?.events);
  expect(both.filter(({ again }) => again)).toHaveLength(1);
  expect(types(await logged(first.caseId)).filter((type) => type === 'CancellationRequested')).toHaveLength(1);
});

test('an outage: what came before it is kept; the last try makes it an incident; driven on, it is over', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.script(caseId, { down: ['payments'] });
  const stuck = await advance({ caseId, cause: { filing: first } });
  expect(types(stuck.events)).toEqual(['ApplicationSubmitted', 'ApplicationValidated']);
  expect(stuck.stuck).toMatchObject({
    step: 'request-payment',
    kind: 'unavailable',
    source: 'payments',
    code: 'http-503',
  });
  const drive = (lastTry: boolean) =>
    cases.drive({ type: 'id-renewal', caseId, version: 2, at: new Date().toISOString(), lastTry });
  expect(await drive(false)).toMatchObject({ events: [], stuck: { step: 'request-payment' } });
  expect(types((await drive(true)).events)).toEqual(['IncidentRaised']);
  // The case waits for an operator by now: there is nothing to drive.
  expect(types((await drive(true)).events)).toEqual(['IncidentRaised']);
  await control.script(caseId, {});
  const file = await fileOf(caseId);
  const retried = await advance({
    caseId,
    version: file.version,
    cause: {
      action: { id: 'retry', action: 'retry', actor: { id: 'op-1', role: 'operator' }, expectedVersion: 3, input: {} },
    },
  });
  expect(types(retried.events)).toEqual(['RetryRequested', 'PaymentRequested', 'IncidentCleared']);
});

test('a question that nobody answers is put on record on the last try, and the case goes on waiting', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.script(caseId, { payments: 'manual' });
  const { events } = await advance({ caseId, cause: { filing: first } });
  const waiting = nextOf(idRenewal as unknown as AnyCaseType['definition'], await fileOf(caseId));
  await control.dials('payments', { failNext: 2 });
  const version = events.length;
  const ask = (lastTry: boolean) =>
    cases.drive({ type: 'id-renewal', caseId, version, step: 'ask-payment', at: new Date().toISOString(), lastTry });
  expect(await ask(false)).toMatchObject({ events: [], stuck: { step: 'ask-payment' } });
  const { events: told, stuck } = await ask(true);
  expect([told.map(({ event }) => event), stuck]).toEqual([
    [{ type: 'PaymentAsked', unanswered: 'http-503' }],
    undefined,
  ]);
  expect(nextOf(idRenewal as unknown as AnyCaseType['definition'], await fileOf(caseId))).toMatchObject({
    wait: { what: 'payment', until: 'wait' in waiting && waiting.wait.until },
  });
});

test('an answer that cannot be read is an incident at once', async () => {
  const first = await filing();
  await control.dials('payments', { garbleNext: 1 });
  const { events, stuck } = await advance({ caseId: first.caseId, cause: { filing: first } });
  expect(stuck).toBeUndefined();
  expect(events.at(-1)?.event).toMatchObject({
    type: 'IncidentRaised',
    step: 'request-payment',
    kind: 'defect',
    code: 'unreadable-answer',
  });
});

test('an answer that does not come in time is unknown, and asked for again it is the first one', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.dials('payments', { hangNext: 1 });
  const slow = await advance({ caseId, cause: { filing: first } });
  expect(slow.stuck).toMatchObject({ kind: 'outcome-unknown', code: 'slow' });
  const driven = await cases.drive({
    type: 'id-renewal',
    caseId,
    version: 2,
    at: new Date().toISOString(),
    lastTry: false,
  });
  expect(types(driven.events)).toEqual(['PaymentRequested']);
  expect((await control.ledger('payments', caseId)).filter(({ type }) => type === 'requested')).toHaveLength(1);
});

test('a case that the log does not know cannot be driven', async () => {
  const driving = cases.drive({
    type: 'id-renewal',
    caseId: 'rnw_nobody',
    version: 0,
    at: new Date().toISOString(),
    lastTry: true,
  });
  await expect(driving).rejects.toMatchObject({ kind: 'defect', code: 'no-such-case' });
  expect(await cases.recall({ caseId: 'rnw_nobody', version: 0 })).toEqual([]);
});

describe('steps that are wrong', () => {
  const kindWith = (validate: AnyCaseType['steps'][string]): CaseActivities => {
    const { lookups } = caseKind('id-renewal');
    return createCaseActivities(ports, () => ({
      definition: idRenewal as unknown as AnyCaseType['definition'],
      steps: { validate },
      lookups,
      onRecordFirst: [],
    }));
  };
  const filedWith = async (validate: AnyCaseType['steps'][string]) => {
    const first = await filing();
    return kindWith(validate).advance({
      type: 'id-renewal',
      caseId: first.caseId,
      version: 0,
      cause: { filing: first },
      at: first.filedAt,
      chain: true,
    });
  };

  test('a step that breaks says only what broke: its words may hold anything', async () => {
    const { events } = await filedWith(() => Promise.reject(new TypeError('Layla cannot be read')));
    expect(events.at(-1)?.event).toEqual({
      type: 'IncidentRaised',
      step: 'validate',
      kind: 'defect',
      source: 'case',
      code: 'TypeError',
      message: 'The step "validate" broke with TypeError.',
    });
  });

  test('a step that says nothing would turn for ever', async () => {
    const { events } = await filedWith(() => Promise.resolve());
    expect(events.at(-1)?.event).toMatchObject({ type: 'IncidentRaised', code: 'step-without-event' });
  });

  test('a step that always has more to do is stopped', async () => {
    const { events } = await filedWith((ctx) => Promise.resolve(ctx.emit({ type: 'NoteAdded' })));
    expect(events.at(-1)?.event).toMatchObject({ type: 'IncidentRaised', code: 'endless' });
  });

  test('a step that nobody wrote', async () => {
    const first = await filing();
    const activities = createCaseActivities(ports, () => ({ ...caseKind('id-renewal'), steps: {} }));
    const { events } = await activities.advance({
      type: 'id-renewal',
      caseId: first.caseId,
      version: 0,
      cause: { filing: first },
      at: first.filedAt,
      chain: true,
    });
    expect(events.at(-1)?.event).toMatchObject({ type: 'IncidentRaised', code: 'unknown-step' });
  });

  test('a refusal from outside is an incident at once, and keeps what came before', async () => {
    const { events } = await filedWith((ctx) => {
      ctx.emit({ type: 'NoteAdded' });
      return Promise.reject(
        new OutsideFailure('refused', 'register', 'person-unknown', 'the register does not know this person'),
      );
    });
    expect(types(events)).toEqual(['ApplicationSubmitted', 'NoteAdded', 'IncidentRaised']);
  });
});

test('whoever dies between the order of a card and the log orders the same card again, on whatever day', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.script(caseId, { payments: 'manual', 'card-bureau': 'manual' });
  const { events } = await advance({ caseId, cause: { filing: first } });
  const requested = events.map(({ event }) => event).find(({ type }) => type === 'PaymentRequested');
  const { paymentId, amount } = requested as Extract<RenewalEvent, { type: 'PaymentRequested' }>;
  const message = { id: 'm', type: 'payment.captured', caseId, paymentId, captureId: 'cap_died', amount } as const;
  const orders: unknown[] = [];
  const order: Ports['cardBureau']['order'] = (card) => {
    orders.push(card);
    return ports.cardBureau.order(card);
  };
  const dying: Ports = {
    ...ports,
    cardBureau: { ...ports.cardBureau, order },
    log: { ...ports.log, append: () => Promise.reject(new Error('died')) },
  };
  const paid = { type: 'id-renewal', caseId, version: events.length, cause: { message }, chain: true };
  const before = { ...paid, at: '2026-11-01T20:59:59.000Z' };
  await expect(createCaseActivities(dying, caseKind).advance(before)).rejects.toThrow('died');
  await createCaseActivities({ ...dying, log: ports.log }, caseKind).advance({
    ...paid,
    at: '2026-11-01T21:00:01.000Z',
  });
  expect(orders).toHaveLength(2);
  expect(orders[1]).toEqual(orders[0]);
});
