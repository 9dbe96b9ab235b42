import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks: a fact that comes is seen at once, and what brings it about is not starved by the looking. */
const PAUSE = 15;

/** Far longer than anything takes on a busy machine, and shorter than a test may. */
export const NEVER = 120_000;

/** Waits for a fact, looking again and again; answers it. Says what was seen last when it never comes. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + NEVER;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`this never came; seen last: ${JSON.stringify(seen)}`);
    await pause(PAUSE);
  }
}
