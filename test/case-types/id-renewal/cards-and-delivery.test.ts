import { DAY, HOUR } from '../../../domain/time';
import {
  approved,
  atTheOffice,
  caseworker,
  dispatched,
  given,
  inPrint,
  notified,
  onTheWay,
  ORDER,
  ordered,
  PARCEL,
  paid,
  printed,
  reserved,
  says,
  SERIAL,
  type Renewal,
} from '../../support/renewals';

const failed = (renewal: Renewal): Renewal => renewal.told(says.undelivered());

describe('printing', () => {
  test('the bureau has five working days, then it is asked each working day', () => {
    expect(inPrint().wait).toMatchObject({
      what: 'card-printed',
      who: 'card-bureau',
      otherwise: 'bureau-is-asked',
      ask: 'ask-bureau',
    });
    expect(inPrint().wait.until).toBe('2026-11-07T21:00:00.000Z');
    const asked = inPrint().at('2026-11-07T21:00:00.000Z').happened({ type: 'BureauAsked' });
    expect(asked.wait.until).toBe('2026-11-08T21:00:00.000Z');
    expect(asked.wait.due).toBe(inPrint().wait.due);
  });
  test('of a card that was ordered late the bureau is asked when the card is due, and each working day from then on', () => {
    const late = approved().at('2026-11-16T08:00:00.000Z').happened(reserved(), ordered);
    expect(late.wait).toMatchObject({ until: '2026-11-19T21:00:00.000Z', due: '2026-11-19T21:00:00.000Z' });
    const asked = late.at('2026-11-19T21:00:00.000Z').happened({ type: 'BureauAsked' });
    expect(asked.wait.until).toBe('2026-11-21T21:00:00.000Z');
    expect(asked.at('2026-11-21T21:00:00.000Z').happened({ type: 'BureauAsked' }).wait.until).toBe(
      '2026-11-22T21:00:00.000Z',
    );
  });
  test.each([
    ['the bureau', inPrint, 'BureauAsked'],
    ['the courier', onTheWay, 'CourierAsked'],
  ] as const)('%s may be asked before its time is over: that moves nothing', (_who, waiting, asked) => {
    expect(waiting().later(HOUR).happened({ type: asked }).later(DAY).happened({ type: asked }).wait).toEqual(
      waiting().wait,
    );
  });
  test('printed once', () => {
    const done = inPrint().told(says.printed());
    expect(done.due).toBe('dispatch');
    expect(done.hears(says.printed())).toEqual([]);
  });
  test('told before the answer to the order: the order stands', () => {
    expect(approved().happened(reserved()).told(says.printed()).due).toBe('dispatch');
  });
  test('a failure that is told before the answer to the order waits for it', () => {
    expect(approved().happened(reserved()).hears(says.printFailed())).toBe('later');
    expect(approved().hears(says.printFailed())).toEqual([]);
  });
  test('a failed print is ordered anew under another serial, the old one voided first', () => {
    const again = inPrint().told(says.printFailed());
    expect(again.due).toBe('order-card');
    expect(again.file.failedPrints).toEqual([{ serial: SERIAL, released: false }]);
    expect(again.happened({ type: 'CardReleased', serial: SERIAL }).file.failedPrints).toEqual([
      { serial: SERIAL, released: true },
    ]);
  });
  test('a failure of another order is nothing', () => {
    expect(inPrint().hears(says.printFailed('ord_other'))).toEqual([]);
    expect(onTheWay().hears(says.printFailed())).toEqual([]);
  });
});

describe('delivery', () => {
  test('the applicant is told that it is on its way, after the parcel is booked', () => {
    const gone = inPrint().told(says.printed()).happened(dispatched);
    expect(gone.due).toBe('notify-dispatched');
    expect(gone.happened({ type: 'NotificationFailed', template: 'on-its-way', code: 'http-503' }).wait.what).toBe(
      'card-delivered',
    );
  });
  test('the courier has what the printing has left of the 14 working days, then it is asked each working day', () => {
    const slow = inPrint()
      .later(10 * DAY)
      .told(says.printed())
      .happened(dispatched, notified('on-its-way'));
    expect([slow.wait.until, slow.wait.due]).toEqual(['2026-11-19T21:00:00.000Z', '2026-11-19T21:00:00.000Z']);
    const late = inPrint()
      .later(30 * DAY)
      .told(says.printed())
      .happened(dispatched, notified('on-its-way'));
    expect([late.wait.until, late.wait.due]).toEqual(['2026-12-01T21:00:00.000Z', '2026-11-19T21:00:00.000Z']);
  });
  test('the courier is asked when the card is due', () => {
    expect(onTheWay().wait).toMatchObject({
      what: 'card-delivered',
      who: 'courier',
      otherwise: 'courier-is-asked',
      ask: 'ask-courier',
    });
    expect(onTheWay().wait.until).toBe('2026-11-19T21:00:00.000Z');
  });
  test('a parcel that is heard of before it is booked waits', () => {
    expect(inPrint().told(says.printed()).hears(says.parcel('delivered'))).toBe('later');
    expect(paid().hears(says.parcel('delivered'))).toEqual([]);
    expect(onTheWay().hears(says.parcel('delivered', 'par_other'))).toEqual([]);
  });
  test('delivered: the cards are swapped in one step, then the case closes', () => {
    const done = onTheWay().told(says.parcel('delivered'));
    expect(done.status).toBe('DELIVERED');
    expect(done.due).toBe('swap-cards');
    const swapped = done.happened({ type: 'CardsSwapped', serial: SERIAL });
    expect(swapped.due).toBe('close');
    expect(swapped.happened({ type: 'CaseClosed', outcome: 'COMPLETED' }).next).toEqual({ done: 'COMPLETED' });
  });
  test('one failure: one more try; a second: to the office', () => {
    const once = failed(onTheWay());
    expect(once.due).toBe('redeliver');
    const twice = failed(once.happened({ type: 'RedeliveryAsked' }));
    expect(twice.due).toBe('divert-to-office');
    const diverted = twice.happened({ type: 'DivertedToOffice', office: 'riyadh-1' });
    expect(diverted.wait.what).toBe('card-delivered');
    const ready = diverted.told(says.parcel('ready-for-pickup'));
    expect(ready.due).toBe('notify-ready');
    expect(ready.happened(notified('ready-for-pickup')).wait.what).toBe('pickup');
  });
  test('a failure that was old news is withdrawn, and the next one counts', () => {
    const once = failed(onTheWay()).happened({ type: 'RedeliveryAsked' });
    const old = failed(once).happened({ type: 'DeliveryFailureWithdrawn' });
    expect(old.wait.what).toBe('card-delivered');
    expect(failed(old).due).toBe('divert-to-office');
  });
  test('returned by the courier: wound up as uncollected', () => {
    expect(onTheWay().told(says.parcel('returned')).due).toBe('destroy-card');
  });
});

describe('pickup', () => {
  test('90 days, reminded after 30', () => {
    expect(atTheOffice().wait).toMatchObject({ what: 'pickup', who: 'applicant', otherwise: 'closes-uncollected' });
    expect(atTheOffice().alarms).toEqual({ 'remind-pickup': 30 * DAY, 'take-card-back': 90 * DAY });
    expect(
      atTheOffice()
        .later(30 * DAY)
        .happened({ type: 'PickupReminded' }).alarms,
    ).toEqual({ 'take-card-back': 60 * DAY });
  });
  test.each(['collected', 'delivered'] as const)('%s at the office', (what) => {
    const done = atTheOffice().told(says.parcel(what));
    expect(done.status).toBe('COLLECTED');
    expect(done.due).toBe('swap-cards');
  });
  test('handed over by the office where the card is', () => {
    const choice = { method: 'pickup', office: 'jeddah-1' };
    const chosen = given({
      office: 'jeddah-1',
      facts: { photoRef: 'd_first', delivery: choice, reason: 'expiring' },
    }).happened(
      { ...approvedFree },
      { type: 'CaseApproved', by: 'rule' },
      reserved(),
      ordered,
      printed,
      { ...dispatched, to: 'office' },
      notified('on-its-way'),
      { type: 'ReadyForPickup', parcelId: PARCEL },
    );
    expect(chosen.refusalOf('hand-over', caseworker)).toBe('another-office');
    expect(chosen.does({ ...caseworker, office: 'jeddah-1' }, 'hand-over').due).toBe('swap-cards');
  });
  test('what is told of it later is nothing', () => {
    const done = atTheOffice().told(says.parcel('collected'));
    for (const what of ['collected', 'delivered', 'returned', 'ready-for-pickup'] as const)
      expect(done.hears(says.parcel(what))).toEqual([]);
  });
});

const approvedFree = {
  type: 'ApplicationValidated',
  facts: { documentType: 'national-id', age: 36, oldSerial: 'A00000014', oldExpiresOn: '2026-12-10', losses: 0 },
  quote: { lines: [], total: { halalas: 0, currency: 'SAR' } },
  rules: [],
} as const;

test('the order is what the case remembers of it', () => {
  expect(inPrint().file.card).toMatchObject({ orderId: ORDER, serial: SERIAL, attempt: 1 });
});
