import type { Money } from '../money';
import { publishedChannel, type CountedBeneficiary } from './catalogue';
import type { Month } from './month';

/** Transactions of one service, in one channel, for one kind of beneficiary. */
export interface TransactionCount {
  readonly service: string;
  readonly channel: string;
  readonly beneficiary: CountedBeneficiary;
  readonly count: number;
}

/** What the logs of one month come to. */
export interface MonthNumbers {
  readonly transactions: readonly TransactionCount[];
  /** Cards handed over in the month, from the application to the hand-over. */
  readonly timeToCard: { readonly cards: number; readonly p50Hours: number | null; readonly p90Hours: number | null };
  /** Cases that reached their purpose in the month, and those of them that no person had a hand in. */
  readonly straightThrough: { readonly completed: number; readonly withoutHuman: number };
  /** Cards handed over of renewals of cards that run out, filed in time after a reminder, with the fine that a day's delay would have cost each. */
  readonly finesAvoided: { readonly renewals: number; readonly amount: Money };
  /** Answers by score, from 1 to 5. */
  readonly satisfaction: readonly [number, number, number, number, number];
}

export interface Compared {
  readonly count: number;
  readonly before: number;
  /** Percent against the month before, to one decimal; null where that had none, and until the month is over: a part is set against no whole. */
  readonly change: number | null;
}

/** Transactions of one service, in one published channel, for one kind of beneficiary, in either month. */
export type StatementLine = Omit<TransactionCount, 'count'> & Compared;

export interface Statement {
  readonly month: Month;
  /** Whether the month is over; the numbers of one that is not are as far as it has come. */
  readonly complete: boolean;
  readonly total: Compared;
  readonly byService: readonly (Compared & { readonly service: string })[];
  readonly byChannel: readonly (Compared & { readonly channel: string })[];
  readonly byBeneficiary: readonly (Compared & { readonly beneficiary: CountedBeneficiary })[];
  readonly lines: readonly StatementLine[];
  readonly timeToCard: MonthNumbers['timeToCard'] & { readonly before: MonthNumbers['timeToCard'] };
  readonly straightThrough: MonthNumbers['straightThrough'] & {
    readonly share: number | null;
    readonly shareBefore: number | null;
    readonly before: MonthNumbers['straightThrough'];
  };
  readonly finesAvoided: MonthNumbers['finesAvoided'] & { readonly before: MonthNumbers['finesAvoided'] };
  readonly satisfaction: {
    readonly answers: number;
    readonly mean: number | null;
    readonly meanBefore: number | null;
    readonly scores: MonthNumbers['satisfaction'];
    readonly before: { readonly answers: number; readonly scores: MonthNumbers['satisfaction'] };
  };
}

const rounded = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

function compared(count: number, before: number, complete: boolean): Compared {
  return { count, before, change: complete && before > 0 ? rounded(((count - before) / before) * 100, 1) : null };
}

/** Every combination that either month had, in the order of its names. */
function linesOf(
  now: readonly TransactionCount[],
  before: readonly TransactionCount[],
  complete: boolean,
): StatementLine[] {
  const lines = new Map<string, Omit<TransactionCount, 'count'> & { count: number; before: number }>();
  const add = ({ service, channel: told, beneficiary, count }: TransactionCount, to: 'count' | 'before'): void => {
    const channel = publishedChannel(told);
    const key = `${service} ${channel} ${beneficiary}`;
    const line = lines.get(key) ?? { service, channel, beneficiary, count: 0, before: 0 };
    line[to] += count;
    lines.set(key, line);
  };
  for (const each of now) add(each, 'count');
  for (const each of before) add(each, 'before');
  return [...lines]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([, { count, before: then, ...names }]) => ({ ...names, ...compared(count, then, complete) }));
}

export const sum = (counts: readonly Compared[], complete: boolean): Compared =>
  compared(
    counts.reduce((all, { count }) => all + count, 0),
    counts.reduce((all, { before }) => all + before, 0),
    complete,
  );

/** The lines by one of their names, the largest first, with everything that `expected` names even where there is none of it. */
function by<N extends string>(
  nameOf: (line: StatementLine) => N,
  lines: readonly StatementLine[],
  expected: readonly N[],
  complete: boolean,
): (Compared & { readonly name: N })[] {
  const names = [...new Set([...expected, ...lines.map(nameOf)])];
  return names
    .map((name) => ({
      name,
      ...sum(
        lines.filter((line) => nameOf(line) === name),
        complete,
      ),
    }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

const answersOf = (scores: MonthNumbers['satisfaction']): number => scores.reduce<number>((all, each) => all + each, 0);

const share = ({ completed, withoutHuman }: MonthNumbers['straightThrough']): number | null =>
  completed === 0 ? null : rounded((withoutHuman / completed) * 100, 1);

function mean(scores: MonthNumbers['satisfaction']): number | null {
  const answers = answersOf(scores);
  return answers === 0 ? null : rounded(scores.reduce<number>((all, each, i) => all + each * (i + 1), 0) / answers, 2);
}

const hours = ({ cards, p50Hours, p90Hours }: MonthNumbers['timeToCard']): MonthNumbers['timeToCard'] => ({
  cards,
  p50Hours: p50Hours === null ? null : rounded(p50Hours, 2),
  p90Hours: p90Hours === null ? null : rounded(p90Hours, 2),
});

/** The statement of a month. Pure: the same logs give the same statement, byte for byte, whenever it is made. */
export function statementOf(month: Month, complete: boolean, now: MonthNumbers, before: MonthNumbers): Statement {
  const lines = linesOf(now.transactions, before.transactions, complete);
  return {
    month,
    complete,
    total: sum(lines, complete),
    byService: by(
      ({ service }) => service,
      lines,
      ['id-verification', 'id-renewal', 'family-identification', 'my-data', 'my-data-enhanced'],
      complete,
    ).map(({ name: service, ...counts }) => ({ service, ...counts })),
    byChannel: by(({ channel }) => channel, lines, ['absher-individuals', 'absher-business'], complete).map(
      ({ name: channel, ...counts }) => ({ channel, ...counts }),
    ),
    byBeneficiary: by(({ beneficiary }) => beneficiary, lines, ['citizen', 'resident', 'visitor'], complete).map(
      ({ name: beneficiary, ...counts }) => ({ beneficiary, ...counts }),
    ),
    lines,
    timeToCard: { ...hours(now.timeToCard), before: hours(before.timeToCard) },
    straightThrough: {
      ...now.straightThrough,
      share: share(now.straightThrough),
      shareBefore: share(before.straightThrough),
      before: before.straightThrough,
    },
    finesAvoided: { ...now.finesAvoided, before: before.finesAvoided },
    satisfaction: {
      answers: answersOf(now.satisfaction),
      mean: mean(now.satisfaction),
      meanBefore: mean(before.satisfaction),
      scores: now.satisfaction,
      before: { answers: answersOf(before.satisfaction), scores: before.satisfaction },
    },
  };
}
