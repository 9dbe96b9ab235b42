import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSandbox, type Sandbox, type SandboxSettings } from './app';
import { DEVELOPMENT_SECRETS } from './secrets';

export interface StartSandbox extends Partial<Omit<SandboxSettings, 'dataDir'>> {
  readonly dataDir: string;
  /** 0 for any free one. */
  readonly port?: number;
  readonly host?: string;
  /** How others reach it, where that differs from host and port; it stands in the issuer and in payment links. */
  readonly publicUrl?: string;
}

export interface RunningSandbox {
  readonly url: string;
  /** Cuts what is still open, as nothing here is lost by it. */
  stop(): Promise<void>;
}

export async function startSandbox({
  port = 0,
  host = '127.0.0.1',
  publicUrl,
  ...given
}: StartSandbox): Promise<RunningSandbox> {
  let url = publicUrl ?? '';
  const settings: SandboxSettings = {
    webhookTarget: null,
    secrets: DEVELOPMENT_SECRETS,
    seed: 1,
    audience: 'tajdid',
    staffClients: [],
    dials: {},
    ...given,
  };
  const server = createServer();
  await listen(server, port, host);
  url ||= `http://${host}:${(server.address() as AddressInfo).port}`;
  // Only who has the port opens the ledgers: of two started by mistake, the second touches nothing.
  const building = buildSandbox(settings, () => url);
  server.on('request', (req, res) => {
    building.then(
      ({ listener }) => listener(req, res),
      () => res.destroy(),
    );
  });
  const sandbox = await building.catch((error: unknown) => {
    server.close();
    throw error;
  });
  return { url, stop: () => stop(server, sandbox) };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

function stop(server: Server, sandbox: Sandbox): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
    sandbox.close();
  });
}
