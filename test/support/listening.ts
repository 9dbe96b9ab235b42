import type { AddressInfo, Server } from 'node:net';

/** Has a server listen on this machine, on a port that the system chooses. */
export async function listening(server: Server): Promise<{ url: string; port: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}
