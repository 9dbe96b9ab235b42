import { actionNames, coreActions } from '../../../domain/case/core';
import { roles, type CaseType, type Role } from '../../../domain/case/model';
import { idRenewal } from '../../../workflows/case-types/id-renewal';
import {
  approved,
  atTheOffice,
  awaitingPayment,
  claimed,
  given,
  inPrint,
  inReview,
  notified,
  onTheWay,
  paid,
  portal,
  returned,
  says,
  SERIAL,
  type Renewal,
} from '../../support/renewals';

const ended = (outcome: 'COMPLETED' | 'CANCELLED' | 'EXPIRED' | 'REJECTED' | 'CLOSED_UNCOLLECTED') => (): Renewal =>
  paid().happened({ type: 'CaseClosed', outcome });

/** A case in every status that a case can have. */
const inStatus = {
  SUBMITTED: () => given(),
  AWAITING_PAYMENT: awaitingPayment,
  PHOTO_CHECK: paid,
  IN_REVIEW: claimed,
  RETURNED: returned,
  APPROVED: approved,
  PRINT_QUEUED: inPrint,
  PRINTED: () => inPrint().told(says.printed()),
  DISPATCHED: onTheWay,
  READY_FOR_PICKUP: atTheOffice,
  DELIVERED: () => onTheWay().told(says.parcel('delivered')),
  COLLECTED: () => atTheOffice().told(says.parcel('collected')),
  COMPENSATING: () => paid().does(portal, 'cancel'),
  COMPLETED: ended('COMPLETED'),
  CANCELLED: ended('CANCELLED'),
  EXPIRED: ended('EXPIRED'),
  REJECTED: ended('REJECTED'),
  CLOSED_UNCOLLECTED: ended('CLOSED_UNCOLLECTED'),
  ON_HOLD: () => claimed().happened({ type: 'CaseHeld' }),
  INCIDENT: () =>
    claimed().happened({
      type: 'IncidentRaised',
      step: 'ask-payment',
      kind: 'defect',
      source: 'payments',
      code: 'unreadable-answer',
      message: '',
    }),
} satisfies Record<string, () => Renewal>;
type Status = keyof typeof inStatus;
const statuses = Object.keys(inStatus) as Status[];

const CLOSED: readonly Status[] = ['COMPLETED', 'CANCELLED', 'EXPIRED', 'REJECTED', 'CLOSED_UNCOLLECTED'];
const open = statuses.filter((status) => !CLOSED.includes(status));

/** Who may do what, and when; the claimed case in review is the one of the caseworker who asks. */
const expected: Readonly<
  Record<
    string,
    { readonly by: readonly Role[]; readonly in: readonly Status[]; readonly input?: Record<string, unknown> }
  >
> = {
  claim: { by: ['caseworker'], in: ['IN_REVIEW'] },
  release: { by: ['caseworker'], in: ['IN_REVIEW'] },
  approve: { by: ['caseworker'], in: ['IN_REVIEW'] },
  return: { by: ['caseworker'], in: ['IN_REVIEW'] },
  'recommend-rejection': { by: ['caseworker'], in: ['IN_REVIEW'] },
  escalate: { by: ['caseworker'], in: ['IN_REVIEW'] },
  // The caseworker has the claim: a supervisor takes it by reassigning.
  reject: { by: [], in: [] },
  reassign: { by: ['supervisor'], in: ['IN_REVIEW'] },
  resubmit: { by: ['portal'], in: ['RETURNED'] },
  cancel: {
    by: ['portal'],
    in: [
      'SUBMITTED',
      'AWAITING_PAYMENT',
      'PHOTO_CHECK',
      'IN_REVIEW',
      'RETURNED',
      'APPROVED',
      'PRINT_QUEUED',
      'INCIDENT',
    ],
  },
  'hand-over': { by: ['caseworker', 'supervisor'], in: ['READY_FOR_PICKUP'] },
  hold: { by: ['supervisor'], in: open.filter((status) => status !== 'ON_HOLD') },
  resume: { by: ['supervisor'], in: ['ON_HOLD'] },
  retry: { by: ['operator'], in: ['INCIDENT'] },
  note: { by: ['caseworker', 'supervisor', 'committee', 'operator'], in: open },
  repair: { by: ['operator'], in: open, input: { field: 'office', value: 'riyadh-2' } },
  // Nobody has proposed one.
  'confirm-repair': { by: [], in: [] },
  'decline-repair': { by: [], in: [] },
  // Where something was made or said after the step, it has to be pinned or taken back first.
  reset: { by: ['operator'], in: ['IN_REVIEW', 'APPROVED', 'INCIDENT'], input: { to: 'check-photo' } },
};
const input = { to: 'cw-2', items: ['photo'], rule: 'photo', photoRef: 'd_second', reasonRef: 'v_1' };

test('the table knows every action', () => {
  expect(Object.keys(expected).sort()).toEqual(actionNames(idRenewal as unknown as CaseType).sort());
  expect(Object.keys(coreActions)).toEqual(['hold', 'resume', 'retry', 'note']);
});

test.each(statuses)('%s', (status) => {
  const renewal = inStatus[status]();
  expect(renewal.status).toBe(status);
  for (const [action, { by, in: where, input: own }] of Object.entries(expected)) {
    for (const role of roles) {
      const actor = { id: role === 'caseworker' ? 'cw-1' : `${role}-1`, role, office: 'riyadh-1' };
      const allowed = by.includes(role) && where.includes(status);
      expect([action, role, renewal.refusalOf(action, actor, own ?? input) === undefined]).toEqual([
        action,
        role,
        allowed,
      ]);
    }
  }
});

describe('every code has words in both languages', () => {
  const { texts } = idRenewal;
  test('statuses', () =>
    expect(Object.keys(texts.statuses).sort()).toEqual(
      statuses.filter((s) => s !== 'ON_HOLD' && s !== 'INCIDENT').sort(),
    ));
  test.each(open.filter((status) => status !== 'ON_HOLD' && status !== 'INCIDENT'))('what %s waits for', (status) => {
    const { next } = inStatus[status]();
    if ('do' in next) expect(texts.steps[next.do]).toBeDefined();
    if ('wait' in next) {
      expect(texts.waits[next.wait.what]).toBeDefined();
      expect(texts.otherwise[next.wait.otherwise]).toBeDefined();
    }
  });
  test('events', () => {
    const told = [
      inPrint(),
      atTheOffice().happened(
        notified('x'),
        { type: 'CardReturnedToIssuer', why: 'uncollected' },
        { type: 'CardDestroyed', serial: SERIAL },
      ),
      claimed(),
      returned(),
      inReview(),
    ];
    for (const { event } of told.flatMap(({ log }) => log)) expect(texts.events).toHaveProperty(event.type);
  });
});
