import { readFile } from 'node:fs/promises';
import { createPortal, type PortalPerson } from './server';
import { CLIENT, payingByHand } from './trying-out';

/** The portal as a program of its own, as another organisation would run it: it knows the API's address and its own client, and nothing else of Tajdid. */
async function main(): Promise<void> {
  const {
    PORTAL_PORT,
    PORTAL_API_URL,
    PORTAL_TOKEN_URL,
    PORTAL_CLIENT_SECRET,
    PORTAL_PEOPLE_FILE,
    PORTAL_CASES_FILE,
    PORTAL_SANDBOX_URL,
    PORTAL_SANDBOX_SECRET,
  } = process.env;
  if (!PORTAL_API_URL || !PORTAL_TOKEN_URL || !PORTAL_CLIENT_SECRET || !PORTAL_PEOPLE_FILE || !PORTAL_CASES_FILE)
    throw new Error('the portal is started by `npm start`');
  const portal = createPortal({
    apiUrl: PORTAL_API_URL,
    tokenUrl: PORTAL_TOKEN_URL,
    clientId: CLIENT,
    clientSecret: PORTAL_CLIENT_SECRET,
    people: async () => JSON.parse(await readFile(PORTAL_PEOPLE_FILE, 'utf8')) as PortalPerson[],
    casesFile: PORTAL_CASES_FILE,
    ...(PORTAL_SANDBOX_URL && PORTAL_SANDBOX_SECRET
      ? { beforeFiling: payingByHand(PORTAL_SANDBOX_URL, PORTAL_SANDBOX_SECRET) }
      : {}),
  });
  portal.listen(Number(PORTAL_PORT ?? 0), '127.0.0.1');
  const stop = (): void => {
    portal.close();
    portal.closeAllConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`portal: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
