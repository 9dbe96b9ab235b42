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
  const sandbox = await buildSandbox(settings, () => url);
  const server = createServer(sandbox.listener);
  try {
    await listen(server, port, host);
  } catch (error) {
    sandbox.close();
    throw error;
  }
  url ||= `http://${host}:${(server.address() as AddressInfo).port}`;
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
