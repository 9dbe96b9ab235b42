import { sar } from '../../../domain/money';
import { owedRefunds } from '../../../workflows/case-types/id-renewal/next';
import {
  approved,
  atTheOffice,
  awaitingPayment,
  CASE_ID,
  claimed,
  inPrint,
  inReview,
  notified,
  onTheWay,
  paid,
  PARCEL,
  portal,
  reserved,
  returned,
  says,
  SERIAL,
  type Renewal,
} from '../../support/renewals';

const cancelled = (renewal: Renewal): Renewal => renewal.does(portal, 'cancel', { reasonRef: 'v_1' });
const refunded = (riyals: number) =>
  ({ type: 'RefundMade', captureId: 'cap_1', refundId: 'ref_1', amount: sar(riyals), why: 'case-ended' }) as const;
const owed = (renewal: Renewal): number =>
  owedRefunds(renewal.file).reduce((sum, { amount }) => sum + amount.halalas, 0) / 100;

describe('cancelled by the applicant', () => {
  test.each([
    ['before paying', awaitingPayment, 'close-payment'],
    ['after paying', paid, 'refund'],
    ['in review', inReview, 'refund'],
    ['while claimed', claimed, 'refund'],
    ['when returned', returned, 'refund'],
    ['when approved', approved, 'refund'],
    ['with a serial reserved, and perhaps an order under way', () => approved().happened(reserved()), 'recall-card'],
    ['when queued for print', inPrint, 'recall-card'],
  ] satisfies [string, () => Renewal, string][])('%s', (_when, so, first) => {
    const ending = cancelled(so());
    expect(ending.status).toBe('COMPENSATING');
    expect(ending.due).toBe(first);
    expect(ending.file.review.claim).toBeUndefined();
  });

  test.each([
    ['printed', () => inPrint().told(says.printed())],
    ['on its way', onTheWay],
    ['at the office', atTheOffice],
    ['being wound up', () => cancelled(paid())],
  ] satisfies [string, () => Renewal][])('not once it is %s', (_what, so) =>
    expect(so().refusalOf('cancel', portal)).toBe('not-in-this-status'),
  );

  test('what was made is taken back in reverse, each once', () => {
    let ending = cancelled(inPrint(100));
    expect(ending.due).toBe('recall-card');
    ending = ending.happened({ type: 'CardOrderRecalled' });
    expect(ending.due).toBe('release-card');
    ending = ending.happened({ type: 'CardReleased', serial: SERIAL });
    expect(ending.due).toBe('refund');
    expect(owed(ending)).toBe(25);
    ending = ending.happened(refunded(25));
    expect(ending.due).toBe('notify-ended');
    ending = ending.happened(notified('ended'));
    expect(ending.due).toBe('close');
    expect(ending.happened({ type: 'CaseClosed', outcome: 'CANCELLED' }).next).toEqual({ done: 'CANCELLED' });
  });

  test('only the fine was paid: nothing goes back', () => {
    const all = cancelled(approved(100)).happened(refunded(25));
    expect(owed(all)).toBe(0);
  });

  test('too late to recall: the case goes on where it stood, and the applicant is told', () => {
    const late = cancelled(inPrint()).happened({ type: 'CardRecallTooLate' });
    expect(late.due).toBe('notify-too-late');
    const told = late.happened(notified('too-late-to-cancel'));
    expect(told.wait.what).toBe('card-printed');
    expect(owed(told)).toBe(0);
    expect(told.told(says.printed()).due).toBe('dispatch');
  });

  test('printed while it was being recalled: the case goes on from there', () => {
    const racing = cancelled(inPrint()).told(says.printed());
    expect(racing.due).toBe('give-up-cancelling');
    const on = racing.happened({ type: 'CardRecallTooLate' }, notified('too-late-to-cancel'));
    expect(on.status).toBe('PRINTED');
    expect(on.due).toBe('dispatch');
  });

  test('a card that is told to be printed after its recall is not believed', () => {
    expect(cancelled(inPrint()).happened({ type: 'CardOrderRecalled' }).hears(says.printed())).toEqual([]);
  });
});

describe('not collected', () => {
  const back = (): Renewal => atTheOffice(100).happened({ type: 'CardReturnedToIssuer', why: 'uncollected' });

  test('the card is destroyed, its serial voided, and the old card stays', () => {
    expect(back().due).toBe('destroy-card');
    expect(back().happened({ type: 'CardDestroyed', serial: SERIAL }).due).toBe('release-card');
  });

  test('neither the delivery charge nor the fine goes back once the card is printed', () => {
    const voided = back().happened({ type: 'CardDestroyed', serial: SERIAL }, { type: 'CardReleased', serial: SERIAL });
    expect(owed(voided)).toBe(0);
    expect(voided.due).toBe('notify-ended');
    expect(voided.happened(notified('ended'), { type: 'CaseClosed', outcome: 'CLOSED_UNCOLLECTED' }).next).toEqual({
      done: 'CLOSED_UNCOLLECTED',
    });
  });
});

test('a card that was handed over before its holder was known to have died: nothing to destroy, and its serial is voided', () => {
  const died = onTheWay().told({ id: 'f/died', caseId: CASE_ID, type: 'register.person-died', by: 'fam_1' });
  expect(died.due).toBe('take-card-back');
  const gone = died.happened({ type: 'CardNotRecovered', parcelId: PARCEL });
  expect(gone.due).toBe('release-card');
  expect(gone.happened({ type: 'CardReleased', serial: SERIAL }).due).toBe('close');
});
