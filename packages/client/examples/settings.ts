import { basename } from 'node:path';
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

/** `fetch` says only that it failed: why is in its cause. */
const why = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
};

/** Runs an example from the command line with what it needs there: one line of error, no stack. */
export async function run(main: () => Promise<void>, needs: readonly string[] = []): Promise<void> {
  const [, program = '', ...given] = process.argv;
  try {
    if (given.length < needs.length) throw new Error(['node', basename(program), ...needs].join(' '));
    await main();
  } catch (error) {
    process.stderr.write(`${why(error)}\n`);
    process.exitCode = 1;
  }
}
