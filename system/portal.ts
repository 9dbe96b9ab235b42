import { join } from 'node:path';
import type { Config } from '../engine/config';
import { freePort, requireFreePort } from '../engine/free-port';
import { Program, type Log } from './program';
import type { System } from './start';

/** The example portal, as somebody else's program with an address of its own. Only where the sandbox is there to pay and sign in at. */
export async function startPortal(
  config: Config,
  { apiUrl, sandboxUrl, sandboxSecrets }: System,
  log: Log,
): Promise<{ readonly url: string; stop(): Promise<void> } | undefined> {
  if (config.production || sandboxUrl === undefined) return undefined;
  const port = await requireFreePort(config.portalPort ?? (await freePort()), 'The portal');
  const url = `http://127.0.0.1:${port}/portal/`;
  const program = new Program({
    name: 'portal',
    script: 'examples/portal/main.js',
    env: {
      PORTAL_PORT: String(port),
      PORTAL_API_URL: apiUrl,
      PORTAL_TOKEN_URL: `${sandboxUrl}/idp/token`,
      PORTAL_CLIENT_SECRET: sandboxSecrets.portalSecrets['absher-individuals'],
      PORTAL_PEOPLE_FILE: join(config.dataDir, 'people.json'),
      PORTAL_CASES_FILE: join(config.dataDir, 'portal-cases.json'),
      PORTAL_SANDBOX_URL: sandboxUrl,
      PORTAL_SANDBOX_SECRET: sandboxSecrets.control,
    },
    ready: async () => (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok,
    log,
  });
  await program.start();
  return { url, stop: () => program.stop() };
}
