import { setTimeout as pause } from 'node:timers/promises';

const AGAIN_AFTER = 250;

/** Tries until it succeeds: what portals do when nobody answers. The last trouble is thrown once there is no more time. */
export async function stubbornly<T>(work: () => Promise<T>, withinMs: number): Promise<T> {
  for (const until = Date.now() + withinMs; ;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(AGAIN_AFTER);
    }
  }
}
