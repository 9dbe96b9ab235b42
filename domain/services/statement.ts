import type { Beneficiary } from '../identity-number';
import type { Money } from '../money';
import type { Month } from './month';

/** Transactions of one service, in one channel, for one kind of beneficiary. */
export interface TransactionCount {
  readonly service: string;
  readonly channel: string;
  readonly beneficiary: Beneficiary;
  readonly count: number;
}

/** What the logs of one month come to. */
export interface MonthNumbers {
  readonly transactions: readonly TransactionCount[];
  /** Cards handed over in the month, from filing to hand-over. */
  readonly timeToCard: { readonly cards: number; readonly p50Hours: number | null; readonly p90Hours: number | null };
  /** Cases that reached their purpose in the month, and those of them that no person had a hand in. */
  readonly straightThrough: { readonly completed: number; readonly withoutHuman: number };
  /** Renewals filed in time after a reminder, with the fine that a day's delay would have cost each. */
  readonly finesAvoided: { readonly renewals: number; readonly amount: Money };
  /** Answers by score, from 1 to 5. */
  readonly satisfaction: readonly [number, number, number, number, number];
}

export interface Compared {
  readonly count: number;
  readonly before: number;
  /** Percent against the month before, to one decimal; null where that had none. */
  readonly change: number | null;
}

export interface Statement {
  readonly month: Month;
  /** Whether the month is over; the numbers of one that is not are as far as it has come. */
  readonly complete: boolean;
  readonly total: Compared;
  readonly byService: readonly (Compared & { readonly service: string })[];
  readonly byChannel: readonly (Compared & { readonly channel: string })[];
  readonly byBeneficiary: readonly (Compared & { readonly beneficiary: Beneficiary })[];
  readonly lines: readonly TransactionCount[];
  readonly timeToCard: MonthNumbers['timeToCard'] & { readonly before: MonthNumbers['timeToCard'] };
  readonly straightThrough: MonthNumbers['straightThrough'] & {
    readonly share: number | null;
    readonly shareBefore: number | null;
  };
  readonly finesAvoided: MonthNumbers['finesAvoided'] & { readonly before: MonthNumbers['finesAvoided'] };
  readonly satisfaction: {
    readonly answers: number;
    readonly mean: number | null;
    readonly meanBefore: number | null;
    readonly scores: MonthNumbers['satisfaction'];
  };
}

const rounded = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

function compared(count: number, before: number): Compared {
  return { count, before, change: before === 0 ? null : rounded(((count - before) / before) * 100, 1) };
}

const sum = (counts: readonly TransactionCount[]): number => counts.reduce((all, { count }) => all + count, 0);

/** The counts by one of their dimensions, the largest first, with everything that `expected` names even where there is none of it. */
function by<K extends 'service' | 'channel' | 'beneficiary'>(
  key: K,
  now: readonly TransactionCount[],
  before: readonly TransactionCount[],
  expected: readonly TransactionCount[K][],
) {
  const names = new Set<TransactionCount[K]>([
    ...expected,
    ...now.map((each) => each[key]),
    ...before.map((each) => each[key]),
  ]);
  const rows = [...names].map((name) => {
    const of = (counts: readonly TransactionCount[]): number => sum(counts.filter((each) => each[key] === name));
    return { [key]: name, ...compared(of(now), of(before)) } as unknown as Compared & Record<K, TransactionCount[K]>;
  });
  return rows.sort((a, b) => b.count - a.count || (a[key] < b[key] ? -1 : 1));
}

const share = ({ completed, withoutHuman }: MonthNumbers['straightThrough']): number | null =>
  completed === 0 ? null : rounded((withoutHuman / completed) * 100, 1);

function mean(scores: MonthNumbers['satisfaction']): number | null {
  const answers = scores.reduce<number>((all, each) => all + each, 0);
  return answers === 0 ? null : rounded(scores.reduce<number>((all, each, i) => all + each * (i + 1), 0) / answers, 2);
}

const hours = ({ cards, p50Hours, p90Hours }: MonthNumbers['timeToCard']): MonthNumbers['timeToCard'] => ({
  cards,
  p50Hours: p50Hours === null ? null : rounded(p50Hours, 2),
  p90Hours: p90Hours === null ? null : rounded(p90Hours, 2),
});

/** The statement of a month. Pure: the same logs give the same statement, byte for byte, whenever it is made. */
export function statementOf(month: Month, complete: boolean, now: MonthNumbers, before: MonthNumbers): Statement {
  const { transactions } = now;
  return {
    month,
    complete,
    total: compared(sum(transactions), sum(before.transactions)),
    byService: by('service', transactions, before.transactions, [
      'id-verification',
      'id-renewal',
      'family-identification',
      'my-data',
      'my-data-enhanced',
    ]),
    byChannel: by('channel', transactions, before.transactions, ['absher-individuals', 'absher-business']),
    byBeneficiary: by('beneficiary', transactions, before.transactions, ['citizen', 'resident', 'visitor']),
    lines: [...transactions].sort((a, b) =>
      `${a.service} ${a.channel} ${a.beneficiary}`.localeCompare(`${b.service} ${b.channel} ${b.beneficiary}`, 'en'),
    ),
    timeToCard: { ...hours(now.timeToCard), before: hours(before.timeToCard) },
    straightThrough: {
      ...now.straightThrough,
      share: share(now.straightThrough),
      shareBefore: share(before.straightThrough),
    },
    finesAvoided: { ...now.finesAvoided, before: before.finesAvoided },
    satisfaction: {
      answers: now.satisfaction.reduce<number>((all, each) => all + each, 0),
      mean: mean(now.satisfaction),
      meanBefore: mean(before.satisfaction),
      scores: now.satisfaction,
    },
  };
}
