import type { CardBureau } from '../adapters/card-bureau/port';
import type { Courier } from '../adapters/courier/port';
import type { Payments } from '../adapters/payments/port';
import type { FamilyRegister } from '../adapters/register/family-port';
import type { Recorded } from '../domain/case/model';
import { effectsOf, type Effect } from './effects';

export interface LedgerPorts {
  readonly payments: Pick<Payments, 'state'>;
  readonly cardBureau: Pick<CardBureau, 'state'>;
  readonly courier: Pick<Courier, 'state'>;
  readonly family: Pick<FamilyRegister, 'stateOf'>;
}

/** One thing that was looked up outside, beside what the case's log says of it. */
export interface LedgerLine {
  readonly what: string;
  readonly caseSays: string;
  readonly outsideSays: string;
  readonly agrees: boolean;
}

const line = (what: string, caseSays: string, outsideSays: string): LedgerLine => ({
  what,
  caseSays,
  outsideSays,
  agrees: caseSays === outsideSays,
});

interface Said {
  readonly paymentId?: string;
  readonly captureId?: string;
  readonly registration?: string;
}

const field = (event: Recorded['event'], name: keyof Said): string | undefined => (event as unknown as Said)[name];

async function moneyOf(events: readonly Recorded[], { payments }: LedgerPorts): Promise<LedgerLine[]> {
  const ids = new Set(
    events.flatMap(({ event }) => (event.type === 'PaymentRequested' ? (field(event, 'paymentId') ?? []) : [])),
  );
  return Promise.all(
    [...ids].map(async (paymentId) => {
      const mine = events.flatMap(({ event }) =>
        event.type === 'PaymentCaptured' && field(event, 'paymentId') === paymentId
          ? (field(event, 'captureId') ?? [])
          : [],
      );
      const { captures } = await payments.state(paymentId);
      return line(
        `payment/${paymentId}`,
        mine.sort().join(' ') || 'no capture',
        captures
          .map(({ captureId }) => captureId)
          .sort()
          .join(' ') || 'no capture',
      );
    }),
  );
}

/** An entry that an amendment has reversed since was made all the same. */
async function entriesOf(events: readonly Recorded[], { family }: LedgerPorts): Promise<LedgerLine[]> {
  const keys = new Set(
    events.flatMap(({ caseId, event }) => {
      if (event.type === 'EventRegistered') return field(event, 'registration') ?? [];
      return event.type === 'RegisterAmended' ? `${caseId}/amend` : [];
    }),
  );
  return Promise.all(
    [...keys].map(async (key) => {
      const state = await family.stateOf(key);
      return line(`register/${key}`, 'entered', state === 'missing' ? state : 'entered');
    }),
  );
}

const idIn = ({ key }: Effect): string => key.slice(key.indexOf('/') + 1);

/** Holds what the case's log says it has made against what the other side has: captures, card orders, parcels and entries in the register. */
export async function compareLedgers(events: readonly Recorded[], ports: LedgerPorts): Promise<readonly LedgerLine[]> {
  const effects = effectsOf(events);
  const cards = effects
    .filter(({ kind }) => kind === 'card')
    .map(async (effect) => {
      const { status } = await ports.cardBureau.state(idIn(effect));
      const failed = events.some(
        ({ event }) =>
          event.type === 'CardPrintFailed' && (event as unknown as { orderId: string }).orderId === idIn(effect),
      );
      const printed = events.some(
        ({ event }) =>
          event.type === 'CardPrinted' && (event as unknown as { orderId: string }).orderId === idIn(effect),
      );
      return line(
        effect.key,
        failed ? 'failed' : printed ? 'printed' : effect.undoneBy === undefined ? 'queued' : 'recalled',
        status,
      );
    });
  const parcels = effects
    .filter(({ kind }) => kind === 'parcel')
    .map(async (effect) => {
      const { status } = await ports.courier.state(idIn(effect));
      const gone = status === 'cancelled' || status === 'returned';
      return line(effect.key, effect.undoneBy === undefined ? 'stands' : 'taken back', gone ? 'taken back' : 'stands');
    });
  const [money, entries, ...others] = await Promise.all([
    moneyOf(events, ports),
    entriesOf(events, ports),
    ...cards,
    ...parcels,
  ]);
  return [...money, ...others, ...entries];
}
