import fc from 'fast-check';
import { actionNames } from '../../../domain/case/core';
import type { Actor, CaseType } from '../../../domain/case/model';
import type { OutsideMessage } from '../../../domain/outside-messages';
import { kept } from '../../../domain/quote';
import { HOUR, millis } from '../../../domain/time';
import { idRenewal } from '../../../workflows/case-types/id-renewal';
import { owedRefunds } from '../../../workflows/case-types/id-renewal/next';
import { outcomesOf } from '../../support/renewal-outcomes';
import {
  approved,
  atTheOffice,
  awaitingPayment,
  caseworker,
  CASE_ID,
  colleague,
  filing,
  given,
  inPrint,
  inReview,
  onTheWay,
  operator,
  otherSupervisor,
  portal,
  returned,
  supervisor,
  type Renewal,
} from '../../support/renewals';
import { sar } from '../../../domain/money';

const actors: readonly Actor[] = [portal, caseworker, colleague, supervisor, otherSupervisor, operator];
const attempts = actionNames(idRenewal as unknown as CaseType).flatMap((action) =>
  actors.map((actor) => ({ action, actor })),
);
const input = { to: 'cw-2', items: ['photo'], rule: 'photo', photoRef: 'd_second', reasonRef: 'v_1' };

/** One thing that may happen next; numbers choose among what is possible. */
type Move =
  | { readonly move: 'step'; readonly outcome: number; readonly alarm: number }
  | { readonly move: 'action'; readonly choice: number }
  | { readonly move: 'message'; readonly say: (renewal: Renewal) => OutsideMessage }
  | { readonly move: 'time'; readonly hours: number };

const about = { id: 'm', caseId: CASE_ID };
const messages: readonly ((renewal: Renewal) => OutsideMessage)[] = [
  ...['cap_1', 'cap_2', 'cap_3'].map((captureId) => ({ file }: Renewal): OutsideMessage => ({
    ...about,
    type: 'payment.captured',
    paymentId: 'pay_1',
    captureId,
    amount: file.quote?.total ?? sar(25),
  })),
  () => ({ ...about, type: 'payment.captured', paymentId: 'pay_1', captureId: 'cap_odd', amount: sar(7) }),
  () => ({ ...about, type: 'payment.failed', paymentId: 'pay_1', reason: 'declined' }),
  ({ file }) => ({
    ...about,
    type: 'card.printed',
    orderId: file.card?.orderId ?? 'ord-x',
    serial: file.card?.serial ?? 'serial-x',
  }),
  ({ file }) => ({ ...about, type: 'card.failed', orderId: file.card?.orderId ?? 'ord-x', reason: 'fault' }),
  () => ({ ...about, type: 'card.printed', orderId: 'ord-1', serial: 'serial-1' }),
  ...(['delivered', 'ready-for-pickup', 'collected', 'returned'] as const).map((what) => (): OutsideMessage => ({
    ...about,
    type: `parcel.${what}`,
    parcelId: 'par_1',
  })),
  () => ({ ...about, type: 'parcel.failed', parcelId: 'par_1', reason: 'nobody-home' }),
];

const moves: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      move: fc.constant('step' as const),
      outcome: fc.nat({ max: 5 }),
      alarm: fc.nat({ max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ move: fc.constant('message' as const), say: fc.constantFrom(...messages) }) },
  { weight: 3, arbitrary: fc.record({ move: fc.constant('action' as const), choice: fc.nat({ max: 59 }) }) },
  { weight: 1, arbitrary: fc.record({ move: fc.constant('time' as const), hours: fc.nat({ max: 100 }) }) },
);

/** The case after one more move; a move that is impossible now changes nothing. */
function made(renewal: Renewal, move: Move): Renewal {
  switch (move.move) {
    case 'time':
      return renewal.later(move.hours * HOUR);
    case 'action': {
      const allowed = attempts.filter(({ action, actor }) => renewal.refusalOf(action, actor, input) === undefined);
      const attempt = allowed[move.choice % allowed.length];
      return attempt ? renewal.does(attempt.actor, attempt.action, input) : renewal;
    }
    case 'message': {
      if (renewal.status === 'ON_HOLD' || renewal.status === 'INCIDENT') return renewal;
      const news = renewal.hears(move.say(renewal));
      return news === 'later' ? renewal : renewal.happened(...news);
    }
    case 'step': {
      const { next } = renewal;
      if ('do' in next) return taken(renewal, next.do, move.outcome);
      if (!('wait' in next)) return renewal;
      const alarm = next.wait.alarms[move.alarm % next.wait.alarms.length];
      if (!alarm) return renewal;
      const due = millis(alarm.at) > millis(renewal.now) ? renewal.at(alarm.at) : renewal;
      return taken(due, alarm.step, move.outcome);
    }
  }
}

function taken(renewal: Renewal, step: string, outcome: number): Renewal {
  const outcomes = outcomesOf(step, renewal);
  return renewal.happened(...(outcomes[outcome % outcomes.length] ?? []));
}

/** Where the moves begin, so that the far stages are reached often. */
const starts = [given, awaitingPayment, inReview, returned, approved, inPrint, onTheWay, atTheOffice].map(
  (start) => () => start(),
);

/** Cases after any moves whatever. */
function afterAnyMoves(
  holds: (renewal: Renewal) => void,
  alongTheWay: (renewal: Renewal, before: Renewal) => void = () => undefined,
): void {
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.array(moves, { maxLength: 40, size: 'max' }), (start, sequence) => {
      const last = sequence.reduce((renewal, move) => {
        const then = made(renewal, move);
        alongTheWay(then, renewal);
        return then;
      }, start());
      holds(last);
    }),
    { numRuns: 300, seed: 20261101 },
  );
}

const always = (holds: (renewal: Renewal, before: Renewal) => void): void => afterAnyMoves(() => undefined, holds);

const later = (a: string, b: string): string => (millis(a) < millis(b) ? b : a);

const halalas = (amounts: readonly { readonly amount: { readonly halalas: number } }[]): number =>
  amounts.reduce((sum, { amount }) => sum + amount.halalas, 0);

test('every capture is kept, refunded or owed, and refunded once at most', () => {
  always(({ file }) => {
    const { captures, refunds, settledBy } = file.payment;
    const settled = captures.find(({ captureId }) => captureId === settledBy);
    const spent =
      settled && file.quote
        ? file.ending
          ? kept(file.quote, file.everPrinted === true).halalas
          : settled.amount.halalas
        : 0;
    expect(halalas(captures)).toBe(spent + halalas(refunds) + halalas(owedRefunds(file)));
    expect(new Set(refunds.map(({ captureId }) => captureId)).size).toBe(refunds.length);
    for (const refund of refunds)
      expect(refund.amount.halalas).toBeLessThanOrEqual(
        captures.find(({ captureId }) => captureId === refund.captureId)?.amount.halalas ?? 0,
      );
  });
});

test('a closed case owes nothing that it does not go on to refund', () => {
  always((renewal) => {
    if (renewal.file.closedAt && !renewal.file.incident && owedRefunds(renewal.file).length > 0)
      expect(renewal.due).toBe('refund');
  });
});

test('never two cards that were printed and not destroyed', () => {
  always(({ log }) => {
    const serials = (type: 'CardPrinted' | 'CardDestroyed'): Set<string> =>
      new Set(log.flatMap(({ event }) => (event.type === type ? [event.serial] : [])));
    const destroyed = serials('CardDestroyed');
    expect([...serials('CardPrinted')].filter((serial) => !destroyed.has(serial)).length).toBeLessThanOrEqual(1);
  });
});

test('a card is swapped in only when handed over, and none that was destroyed', () => {
  always(({ log }) => {
    const types = log.map(({ event }) => event.type);
    if (types.includes('CardsSwapped')) {
      expect(types.indexOf('CardHandedOver')).toBeGreaterThan(-1);
      expect(types.indexOf('CardHandedOver')).toBeLessThan(types.indexOf('CardsSwapped'));
      expect(types).not.toContain('CardDestroyed');
    }
  });
});

test('every open case takes a step, or waits for somebody until a time with a way out', () => {
  always((renewal) => {
    const { next, file } = renewal;
    if ('done' in next) return void expect(file.closedAt).toBeDefined();
    const waiting = renewal.waitingFor;
    expect(waiting).toMatchObject({ what: expect.any(String), who: expect.any(String), otherwise: expect.any(String) });
    expect(millis(waiting?.since ?? '')).not.toBeNaN();
    expect(millis(waiting?.until ?? '')).toBeGreaterThanOrEqual(millis(waiting?.since ?? ''));
    if ('wait' in next) {
      expect(next.wait.alarms.length).toBeGreaterThan(0);
      expect(next.wait.alarms.some(({ at }) => at === next.wait.until)).toBe(true);
    }
  });
});

test('the log folded anew is the file', () => {
  afterAnyMoves((renewal) => expect(renewal.refolded(filing)).toEqual(renewal.file));
});

test('the case never turns in a circle: good answers bring it to a wait or to its end', () => {
  always((renewal) => {
    let on = renewal;
    for (let steps = 0; on.due !== undefined; steps++) {
      expect(steps).toBeLessThan(25);
      const version = on.file.version;
      on = taken(on, on.due, 0);
      expect(on.file.version).toBeGreaterThan(version);
    }
  });
});

test('an alarm that went off does not stand as it stood: none goes off again at once', () => {
  always((renewal) => {
    const { next } = renewal;
    if (!('wait' in next)) return;
    for (const alarm of next.wait.alarms) {
      const then = taken(renewal.at(later(alarm.at, renewal.now)), alarm.step, 0);
      const waits = 'wait' in then.next ? then.next.wait.alarms : [];
      expect(waits).not.toContainEqual(alarm);
    }
  });
});

test('every message is heard once the case is closed: none is kept waiting for ever', () => {
  always((renewal) => {
    if (!renewal.file.closedAt) return;
    for (const say of messages) expect(renewal.hears(say(renewal))).not.toBe('later');
  });
});

test('a closed case stays closed, with the same outcome', () => {
  always((then, before) => {
    if (before.file.closedAt)
      expect([then.file.stage, then.file.closedAt]).toEqual([before.file.stage, before.file.closedAt]);
  });
});

test('whoever handled the case does not decide it as a supervisor', () => {
  always(({ log }) => {
    const touched = new Set<string>();
    for (const { event, actor } of log) {
      if (event.type === 'CaseRejected' || (event.type === 'CaseApproved' && event.by === 'supervisor'))
        expect(touched).not.toContain(actor.id);
      if (
        event.type === 'RejectionRecommended' ||
        event.type === 'CaseReturned' ||
        (event.type === 'CaseEscalated' && event.why === 'by-caseworker')
      )
        touched.add(actor.id);
    }
  });
});
