import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The way to a server, which can be cut and mended: while it is cut, open connections are dead and new ones are dropped. */
export interface Cable {
  readonly url: string;
  cut(): void;
  /** Connections that were tried in vain since the last cut. */
  readonly inVain: () => number;
  mend(): void;
  stop(): void;
}

export async function cableTo(target: string): Promise<Cable> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let whole = true;
  let inVain = 0;
  const dropAll = (): void => open.forEach((socket) => socket.destroy());
  const server = createServer((near) => {
    if (!whole) {
      inVain += 1;
      near.destroy();
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    inVain: () => inVain,
    cut() {
      whole = false;
      inVain = 0;
      dropAll();
    },
    mend() {
      whole = true;
    },
    stop() {
      server.close();
      dropAll();
    },
  };
}
