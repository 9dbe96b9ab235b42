import { setImmediate as turn } from 'node:timers/promises';

/** Waits for a fact, looking again as soon as the last look is over; answers it. Says what was seen last when it never comes. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, withinMs = 20_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`this never came; seen last: ${JSON.stringify(seen)}`);
    await turn();
  }
}
