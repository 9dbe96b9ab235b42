import type { CardBureau } from '../adapters/card-bureau/port';
import type { Courier } from '../adapters/courier/port';
import type { Messages } from '../adapters/messages/port';
import type { Payments } from '../adapters/payments/port';
import type { FamilyRegister } from '../adapters/register/family-port';
import type { Register } from '../adapters/register/port';
import type { Recorded } from '../domain/case/model';
import { OutsideFailure } from '../domain/failures';
import { inRiyals, type Money } from '../domain/money';
import type { LedgerLine } from '../workflows/ops/messages';
import { effectsOf, type Effect } from './effects';

export interface LedgerPorts {
  readonly payments: Pick<Payments, 'state'>;
  readonly cardBureau: Pick<CardBureau, 'state'>;
  readonly courier: Pick<Courier, 'state'>;
  readonly messages: Pick<Messages, 'state'>;
  readonly register: Pick<Register, 'cardState'>;
  readonly family: Pick<FamilyRegister, 'stateOf' | 'certificateStanding'>;
}

/** A party that cannot be asked takes nothing from what the others say. */
async function line(what: string, caseSays: string, look: Promise<string>): Promise<LedgerLine> {
  try {
    const outsideSays = await orMissing(look);
    return { what, caseSays, outsideSays, agrees: caseSays === outsideSays };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { what, caseSays, outsideSays: 'unknown', unasked: `${error.source} ${error.code}`, agrees: false };
  }
}

/** The other side has nothing of this name: that is an answer, and the worst one. */
async function orMissing(look: Promise<string>): Promise<string> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof OutsideFailure && error.kind === 'refused') return 'missing';
    throw error;
  }
}

/** What events say that ledgers have a line for. */
interface Said {
  readonly paymentId?: string;
  readonly captureId?: string;
  readonly refundId?: string;
  readonly amount?: Money;
  readonly orderId?: string;
  readonly serial?: string;
  readonly registration?: string;
  readonly template?: string;
  readonly messageId?: string;
}
type Fact = Said & { readonly type: string; readonly caseId: string };

const factsOf = (events: readonly Recorded[]): readonly Fact[] =>
  events.map(({ caseId, event }) => ({ ...(event as unknown as Said), type: event.type, caseId }));
const idsOf = (facts: readonly Fact[], type: string, name: keyof Said): readonly string[] => [
  ...new Set(facts.flatMap((fact) => (fact.type === type ? ((fact[name] as string | undefined) ?? []) : []))),
];

const money = (sums: readonly { readonly id: string; readonly amount: Money }[], none: string): string =>
  sums
    .map(({ id, amount }) => `${id} ${inRiyals(amount)}`)
    .sort()
    .join(', ') || none;

/** Every capture and every refund with its amount: one line for what came in by a payment, and one for what went back. */
function moneyOf(facts: readonly Fact[], { payments }: LedgerPorts): Promise<LedgerLine>[] {
  const moves = (type: string, id: 'captureId' | 'refundId', of: (fact: Fact) => boolean) =>
    facts.flatMap((fact) =>
      fact.type === type && fact.amount && of(fact) ? [{ id: fact[id] ?? '', amount: fact.amount }] : [],
    );
  return idsOf(facts, 'PaymentRequested', 'paymentId').flatMap((paymentId) => {
    const taken = moves('PaymentCaptured', 'captureId', (fact) => fact.paymentId === paymentId);
    const mine = new Set(taken.map(({ id }) => id));
    const back = moves('RefundMade', 'refundId', ({ captureId }) => mine.has(captureId ?? ''));
    const state = payments.state(paymentId);
    const captured = state.then(({ captures }) =>
      money(
        captures.map(({ captureId: id, amount }) => ({ id, amount })),
        'no capture',
      ),
    );
    const refunded = state.then(({ refunds }) =>
      money(
        refunds.map(({ refundId: id, amount }) => ({ id, amount })),
        'no refund',
      ),
    );
    return [
      line(`payment/${paymentId}`, money(taken, 'no capture'), captured),
      line(`refund/${paymentId}`, money(back, 'no refund'), refunded),
    ];
  });
}

const idIn = ({ key }: Effect): string => key.slice(key.indexOf('/') + 1);

/** A card that was compensated is worth as little outside as in the log. */
function cardsOf(
  facts: readonly Fact[],
  effects: readonly Effect[],
  { cardBureau }: LedgerPorts,
): Promise<LedgerLine>[] {
  const about = (type: string, orderId: string) => facts.find((fact) => fact.type === type && fact.orderId === orderId);
  return effects
    .filter(({ kind }) => kind === 'card')
    .map((effect) => {
      const printed = about('CardPrinted', idIn(effect));
      const destroyed =
        printed && facts.some(({ type, serial }) => type === 'CardDestroyed' && serial === printed.serial);
      const state = about('CardPrintFailed', idIn(effect))
        ? 'failed'
        : destroyed
          ? 'destroyed'
          : printed
            ? 'printed'
            : effect.undoneBy === undefined
              ? 'queued'
              : 'recalled';
      const told = cardBureau.state(idIn(effect)).then(({ status, destroyed: gone }) => (gone ? 'destroyed' : status));
      return line(effect.key, state, told);
    });
}

function parcelsOf(effects: readonly Effect[], { courier }: LedgerPorts): Promise<LedgerLine>[] {
  return effects
    .filter(({ kind }) => kind === 'parcel')
    .map((effect) => {
      const told = courier
        .state(idIn(effect))
        .then(({ status }) => (status === 'cancelled' || status === 'returned' ? 'taken back' : 'stands'));
      return line(effect.key, effect.undoneBy === undefined ? 'stands' : 'taken back', told);
    });
}

/** Serials in the register. One that was made valid may have been replaced or lost since: it was made valid all the same. */
function serialsOf(facts: readonly Fact[], { register }: LedgerPorts): Promise<LedgerLine>[] {
  const STATES = {
    reserved: 'reserved',
    voided: 'released',
    valid: 'made valid',
    lost: 'made valid',
    superseded: 'made valid',
  } as const;
  return idsOf(facts, 'CardReserved', 'serial').map((serial) => {
    const has = (type: string) => facts.some((fact) => fact.type === type && fact.serial === serial);
    const state = has('CardsSwapped') ? 'made valid' : has('CardReleased') ? 'released' : 'reserved';
    const told = register.cardState(serial).then((known) => (known === null ? 'missing' : STATES[known]));
    return line(`register/${serial}`, state, told);
  });
}

/** An entry that an amendment has reversed since was made all the same. */
function entriesOf(facts: readonly Fact[], { family }: LedgerPorts): Promise<LedgerLine>[] {
  const amended = facts.flatMap(({ type, caseId }) => (type === 'RegisterAmended' ? [`${caseId}/amend`] : []));
  const entries = [...new Set([...idsOf(facts, 'EventRegistered', 'registration'), ...amended])].map((key) => {
    const told = family.stateOf(key).then((state) => (state === 'missing' ? state : 'entered'));
    return line(`register/${key}`, 'entered', told);
  });
  const certificates = idsOf(facts, 'CertificateIssued', 'serial').map((serial) => {
    const told = family.certificateStanding(serial).then((standing) => (standing === null ? 'missing' : 'issued'));
    return line(`certificate/${serial}`, 'issued', told);
  });
  return [...entries, ...certificates];
}

function messagesOf(facts: readonly Fact[], { messages }: LedgerPorts): Promise<LedgerLine>[] {
  return idsOf(facts, 'ApplicantNotified', 'template').map((template) => {
    const sent = facts.flatMap((fact) =>
      fact.type === 'ApplicantNotified' && fact.template === template ? (fact.messageId ?? []) : [],
    );
    const told = Promise.all(sent.map((id) => orMissing(messages.state(id))));
    const worst = told.then((states) => states.find((each) => each !== 'sent') ?? 'sent');
    return line(`message/${template}`, 'sent', worst);
  });
}

/**
 * Holds what the case's log says it has made against what the other side has: captures and refunds with their amounts, card
 * orders, parcels, messages, serials and entries in the register, and certificates.
 */
export async function compareLedgers(events: readonly Recorded[], ports: LedgerPorts): Promise<readonly LedgerLine[]> {
  const facts = factsOf(events);
  const effects = effectsOf(events);
  return Promise.all([
    ...moneyOf(facts, ports),
    ...cardsOf(facts, effects, ports),
    ...parcelsOf(effects, ports),
    ...serialsOf(facts, ports),
    ...entriesOf(facts, ports),
    ...messagesOf(facts, ports),
  ]);
}
