/**
 * How long something took, counted in bins: from these hours to those, in so many equal parts. The bounds that reports draw their
 * buckets by are bounds of bins, so a bucket is counted exactly; a percentile is right to within its bin, some hundredths of itself.
 *
 * Part of migration 320: the counts in the database are by these bins, so other bins are another migration.
 */
const SPANS = [
  { from: 0, to: 1, parts: 12 },
  { from: 1, to: 4, parts: 18 },
  { from: 4, to: 24, parts: 40 },
  { from: 24, to: 72, parts: 48 },
  { from: 72, to: 168, parts: 48 },
  { from: 168, to: 336, parts: 56 },
  { from: 336, to: 720, parts: 64 },
  { from: 720, to: 2400, parts: 70 },
] as const;

const HOUR_MS = 3_600_000;

/** Where each bin but the first begins, in whole milliseconds; bin n ends where bin n + 1 begins, and the last one never. */
export const EDGES: readonly number[] = SPANS.flatMap(({ from, to, parts }) =>
  Array.from({ length: parts }, (_, i) => Math.round((from + ((to - from) * (i + 1)) / parts) * HOUR_MS)),
);

/** How many took as long as a bin says. */
export interface BinCount {
  readonly bin: number;
  readonly n: number;
}

const hoursAt = (edge: number): number => (EDGES[edge] ?? EDGES.at(-1) ?? 0) / HOUR_MS;
const lowerBound = (bin: number): number => (bin <= 0 ? 0 : hoursAt(bin - 1));

export const total = (bins: readonly BinCount[]): number => bins.reduce((all, { n }) => all + n, 0);

/** Hours below which this share of all lies, read off as if a bin's were spread evenly over it; null where there are none. */
export function percentileHours(bins: readonly BinCount[], share: number): number | null {
  const all = total(bins);
  if (all === 0) return null;
  let rest = all * share;
  const sorted = [...bins].sort((a, b) => a.bin - b.bin);
  for (const { bin, n } of sorted) {
    if (rest <= n) return lowerBound(bin) + (hoursAt(bin) - lowerBound(bin)) * (n === 0 ? 0 : rest / n);
    rest -= n;
  }
  return lowerBound(sorted.at(-1)?.bin ?? 0);
}

/** Counts between these hours, each of which is a bound of bins, and one more above the last. */
export function buckets(bins: readonly BinCount[], hours: readonly number[]): { upTo: number | null; cases: number }[] {
  const bounds = [...hours, null];
  return bounds.map((upTo, i) => {
    const from = i === 0 ? 0 : (hours[i - 1] ?? 0);
    const inside = bins.filter(({ bin }) => lowerBound(bin) >= from && (upTo === null || lowerBound(bin) < upTo));
    return { upTo, cases: total(inside) };
  });
}
