import { clientCredentials, createTajdidClient, type TajdidClient } from '@tajdid/client';

/** What the examples are told by the environment; where it does not say, as `npm start` has it. A secret has no default. */
export function clientFromEnvironment(env: NodeJS.ProcessEnv = process.env): TajdidClient {
  const {
    TAJDID_URL = 'http://127.0.0.1:8080',
    TOKEN_URL = 'http://127.0.0.1:8090/idp/token',
    CLIENT_ID = 'absher-individuals',
    CLIENT_SECRET,
  } = env;
  if (!CLIENT_SECRET) throw new Error(`CLIENT_SECRET is not given: the secret of ${CLIENT_ID}`);
  return createTajdidClient({
    baseUrl: TAJDID_URL,
    token: clientCredentials({ tokenUrl: TOKEN_URL, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }),
  });
}

/** Runs an example from the command line: one line of error, no stack. */
export function run(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
