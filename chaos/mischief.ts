import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../demo/random';

/** One blow, and what it is waited for after it. */
export interface Blow {
  readonly name: string;
  strike(): Promise<void>;
}

export interface Mischief {
  readonly struck: ReadonlyMap<string, number>;
  /** Ends when all blows have been struck. */
  readonly over: Promise<void>;
}

const MOST_PAUSE = 1_500;
const LOOK_AGAIN = 100;

/** Strikes blow after blow, spread over the filing: the next one not before its share of the cases is filed. */
export function makeMischief(
  blows: readonly Blow[],
  random: Random,
  filedShare: () => number,
  say: (line: string) => void,
): Mischief {
  const struck = new Map<string, number>();
  const over = (async () => {
    for (const [i, blow] of blows.entries()) {
      while (filedShare() < i / blows.length) await pause(LOOK_AGAIN);
      await pause(random.int(0, MOST_PAUSE));
      await blow.strike();
      struck.set(blow.name, (struck.get(blow.name) ?? 0) + 1);
      say(`${String(i + 1).padStart(3)} of ${blows.length}: ${blow.name}`);
    }
  })();
  return { struck, over };
}
