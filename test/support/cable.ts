import { connect, createServer, type Socket } from 'node:net';
import { listening } from './listening';

/** The way to a server, which can be cut and mended: while it is cut, open connections are dead and new ones are dropped. */
export interface Cable {
  readonly url: string;
  cut(): void;
  /** The far end vanishes without a word: what is sent goes nowhere, on open connections and on new ones. */
  swallow(): void;
  /** Connections that were tried in vain since the last cut. */
  readonly inVain: () => number;
  mend(): void;
  stop(): void;
}

export async function cableTo(target: string): Promise<Cable> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let whole = true;
  let swallowing = false;
  let inVain = 0;
  const dropAll = (): void => open.forEach((socket) => socket.destroy());
  const server = createServer((near) => {
    if (!whole) {
      inVain += 1;
      near.destroy();
      return;
    }
    if (swallowing) {
      open.add(near);
      near.resume();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const near = await listening(server);
  const url = new URL(target);
  url.host = `127.0.0.1:${near.port}`;
  return {
    url: url.href,
    inVain: () => inVain,
    cut() {
      whole = false;
      inVain = 0;
      dropAll();
    },
    swallow() {
      swallowing = true;
      for (const socket of open) socket.unpipe().resume();
    },
    mend() {
      whole = true;
      if (swallowing) dropAll();
      swallowing = false;
    },
    stop() {
      server.close();
      dropAll();
    },
  };
}
