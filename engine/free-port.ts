import { createServer, connect } from 'node:net';
import { EngineUnavailable } from './engine-unavailable';

const HOST = '127.0.0.1';

function tryListen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}

/** A port nobody listens on now. Somebody else may take it before it is used, so the caller must notice that. */
export function freePort(): Promise<number> {
  return tryListen(0);
}

export const cannotListen = (what: string, port: number, error: unknown): EngineUnavailable =>
  new EngineUnavailable(
    `${what} can not listen on port ${port}: it is in use or not allowed (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}). ` +
      'Stop what uses it, or choose another port.',
  );

/** @throws EngineUnavailable when something listens on the port already. */
export async function requireFreePort(port: number, what: string): Promise<number> {
  try {
    return await tryListen(port);
  } catch (error) {
    throw cannotListen(what, port, error);
  }
}

/** Whether something accepts connections on the port. */
export function acceptsConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: HOST, timeout: 1000 });
    const answer = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}
