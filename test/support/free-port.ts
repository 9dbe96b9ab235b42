import { randomInt } from 'node:crypto';
import { requireFreePort } from '../../engine/free-port';

/** A free port for what listens on it seconds later: below those that the system gives to whoever asks for any. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await requireFreePort(randomInt(20_000, 30_000), 'a test').catch(() => undefined);
    if (port !== undefined) return port;
  }
}
