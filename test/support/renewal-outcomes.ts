import type { CoreEvent } from '../../domain/case/core';
import type { RenewalEvent } from '../../workflows/case-types/id-renewal/events';
import { outcomeOf, owedRefunds } from '../../workflows/case-types/id-renewal/next';
import { reviewSteps } from '../../workflows/stages/review';
import { FREE, judged, notified, quoteWith, validatedAt, type Renewal } from './renewals';

type Told = readonly (RenewalEvent | CoreEvent)[];

/** Everything that a step may come to, whatever the outside answers; the last is a failure that became an incident. */
export function outcomesOf(step: string, renewal: Renewal): readonly Told[] {
  const { file } = renewal;
  const { card, payment } = file;
  const serial = card?.serial ?? '';
  const tell = (template: string): Told[] => [
    [notified(template)],
    [{ type: 'NotificationFailed', template, code: 'http-503' }],
  ];
  const outcomes: Readonly<Record<string, () => readonly Told[]>> = {
    validate: () => [
      [validatedAt(quoteWith(100))],
      [validatedAt(quoteWith(0))],
      [validatedAt(FREE)],
      [{ type: 'ApplicationRefused', rules: ['alive'] }],
    ],
    'request-payment': () => [
      [{ type: 'PaymentRequested', paymentId: 'pay_1', payUrl: '', amount: quoteWith(0).total }],
    ],
    'ask-payment': () => [[{ type: 'PaymentAsked' }], [{ type: 'PaymentAsked', unanswered: 'http-503' }]],
    'remind-payment': () => [[notified('payment-reminder'), { type: 'PaymentReminded' }]],
    'expire-payment': () => [
      [
        { type: 'PaymentClosed', why: 'expired' },
        { type: 'EndingStarted', why: 'payment-expired' },
      ],
    ],
    'close-payment': () => {
      const closed = { type: 'PaymentClosed', why: 'case-ended' } as const;
      const { paymentId = '', captures } = payment;
      const captureId = `lost-${captures.length}`;
      const amount = quoteWith(0).total;
      return [[closed], [{ type: 'PaymentCaptured', captureId, paymentId, amount, settles: false }, closed]];
    },
    refund: () =>
      owedRefunds(file)
        .slice(0, 1)
        .map(({ captureId, amount, why }) => [
          { type: 'RefundMade', captureId, refundId: `ref-${payment.refunds.length}`, amount, why },
        ]),
    'check-photo': () => {
      if (file.photo) return [[{ type: 'ReviewOpened', why: ['resubmitted'] }]];
      const back: Told =
        file.review.rounds >= 3
          ? [{ type: 'EndingStarted', why: 'return-rounds-used-up' }]
          : [{ type: 'CaseReturned', items: ['photo'], reasons: ['no-face'] }];
      const pass: Told =
        file.review.why.length === 0
          ? [{ type: 'CaseApproved', by: 'rule' }]
          : [{ type: 'ReviewOpened', why: ['resubmitted'] }];
      return [
        [judged('pass'), ...pass],
        [judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] }],
        [judged('fail', 'no-face'), ...back],
      ];
    },
    'order-card': () => {
      const attempt = file.failedPrints.length + 1;
      const released: Told = file.failedPrints
        .filter((print) => !print.released)
        .map((print) => ({ type: 'CardReleased', serial: print.serial }));
      const reserved: Told = card
        ? []
        : [
            {
              type: 'CardReserved',
              serial: `serial-${attempt}`,
              issuedOn: '2026-11-01',
              expiresOn: '2036-11-01',
              attempt,
            },
          ];
      return [
        [...released, ...reserved, { type: 'CardOrdered', orderId: `ord-${attempt}`, orderKey: `print-${attempt}` }],
      ];
    },
    'ask-bureau': () => [
      [{ type: 'BureauAsked' }],
      [{ type: 'CardPrinted', orderId: card?.orderId ?? '', serial }],
      [{ type: 'CardPrintFailed', orderId: card?.orderId ?? '', reason: 'asked' }],
      [{ type: 'BureauAsked', unanswered: 'http-503' }],
    ],
    'recall-card': () => [
      [{ type: 'CardOrderRecalled' }],
      [
        file.ending?.why === 'cancelled-by-applicant'
          ? { type: 'CardRecallTooLate' }
          : { type: 'CardPrinted', orderId: card?.orderId ?? '', serial },
      ],
    ],
    'give-up-cancelling': () => [[{ type: 'CardRecallTooLate' }]],
    'destroy-card': () => [[{ type: 'CardDestroyed', serial }]],
    'release-card': () => [
      [{ type: 'CardReleased', serial: file.failedPrints.find((print) => !print.released)?.serial ?? serial }],
    ],
    dispatch: () => [
      [{ type: 'CardDispatched', parcelId: 'par_1', to: 'address' }],
      [{ type: 'CardDispatched', parcelId: 'par_1', to: 'office' }],
    ],
    'ask-courier': () => [[{ type: 'CourierAsked' }], [{ type: 'CourierAsked', unanswered: 'http-503' }]],
    redeliver: () => [[{ type: 'RedeliveryAsked' }]],
    'divert-to-office': () => [
      [{ type: 'DivertedToOffice', office: 'riyadh-1' }],
      [{ type: 'DeliveryFailureWithdrawn' }],
    ],
    'notify-dispatched': () => tell('on-its-way'),
    'notify-too-late': () => tell('too-late-to-cancel'),
    'notify-ready': () => tell('ready-for-pickup'),
    'notify-returned': () => tell(`returned-${file.review.rounds}`),
    'notify-ended': () => tell('ended'),
    'remind-pickup': () => [[notified('pickup-reminder'), { type: 'PickupReminded' }]],
    'take-card-back': () => [
      [{ type: 'CardReturnedToIssuer', why: file.ending ? 'case-ended' : 'uncollected' }],
      [
        file.ending
          ? { type: 'CardNotRecovered', parcelId: file.parcel?.parcelId ?? '' }
          : { type: 'CardHandedOver', how: 'collected' },
      ],
    ],
    'swap-cards': () => [[{ type: 'CardsSwapped', serial }]],
    'expire-returned': () => [[{ type: 'EndingStarted', why: 'returned-not-answered' }]],
    close: () => [[{ type: 'CaseClosed', outcome: outcomeOf(file) }]],
    'remind-hold': () => [[{ type: 'HoldReminded' }]],
    'retry-by-itself': () => [[{ type: 'RetryRequested' }]],
    'clear-incident': () => [[{ type: 'IncidentCleared', step }]],
  };
  const says = reviewSteps[step];
  const good = outcomes[step]?.() ?? (says ? [[says()]] : undefined);
  if (!good) throw new Error(`nobody told what "${step}" may come to`);
  const core = step === 'remind-hold' || step === 'retry-by-itself' || step === 'clear-incident' || says !== undefined;
  if (core) return good;
  const over: Told = file.incident ? [{ type: 'IncidentCleared', step }] : [];
  const failed: Told = [
    { type: 'IncidentRaised', step, kind: 'unavailable', source: 'case', code: 'http-503', message: '' },
  ];
  return [...good.map((told) => [...told, ...over]), failed];
}
