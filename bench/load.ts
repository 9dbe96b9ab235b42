export interface Sample {
  readonly cases: number;
  readonly seconds: number;
  /** Milliseconds from the request to the end of the case, ascending. */
  readonly latencies: readonly number[];
}

export const rate = ({ cases, seconds }: Sample): number => cases / seconds;
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
export const median = (values: readonly number[]): number =>
  percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/**
 * Keeps `open` cases under way until `cases` have ended. `begin` starts one and resolves when it has ended:
 * a closed loop, so that each contender runs as fast as it can and no faster.
 */
export async function drive(cases: number, open: number, begin: (n: number) => Promise<void>): Promise<Sample> {
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  const lane = async (): Promise<void> => {
    while (next < cases) {
      const n = next++;
      const begun = performance.now();
      await begin(n);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: Math.min(open, cases) }, lane));
  return { cases, seconds: (performance.now() - started) / 1000, latencies: latencies.sort((a, b) => a - b) };
}
