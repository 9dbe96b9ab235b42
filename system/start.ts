import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '../adapters/postgres/migrate';
import type { Config } from '../engine/config';
import { noteAddresses } from '../engine/addresses';
import { freePort, requireFreePort } from '../engine/free-port';
import { startEngine, type Engine } from '../engine/start';
import { DEVELOPMENT_SECRETS, type SandboxSecrets } from '../sandbox/secrets';
import { Program, type Log } from './program';

export interface System {
  readonly apiUrl: string;
  /** Undefined where every party outside is a real one. */
  readonly sandboxUrl: string | undefined;
  readonly sandboxSecrets: SandboxSecrets;
  readonly engine: Engine;
  /** What worker and API were given, for one more of them. */
  readonly env: Readonly<Record<string, string>>;
  readonly programs: { readonly sandbox: Program | undefined; readonly worker: Program; readonly api: Program };
  stop(): Promise<void>;
}

export interface StartSystem {
  readonly config: Config;
  readonly log: Log;
  /** What people are told, in order, as it happens. */
  readonly say: Log;
  /** Lets cases be moved ahead of the clock; for trying out, never for real. */
  readonly timeSkipping?: boolean;
  readonly sandboxPort?: number;
  readonly uiPort?: number;
}

/** The keys that the sandbox's parties and the product share, so that each side checks the other as it would for real. */
async function sandboxSecrets(config: Config): Promise<{ secrets: SandboxSecrets; path: string }> {
  const path = join(config.dataDir, 'sandbox-secrets.json');
  const { outside, webhookSecrets } = config;
  const kept = await readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as SandboxSecrets,
    () => undefined,
  );
  const newest = (of: readonly string[]): string => of.at(-1) ?? '';
  const secrets: SandboxSecrets = {
    apiKeys: {
      payments: outside.payments.apiKey,
      'card-bureau': outside.cardBureau.apiKey,
      courier: outside.courier.apiKey,
      messages: outside.messages.apiKey,
      notices: outside.notices.apiKey,
    },
    webhookSecrets: {
      payments: newest(webhookSecrets.payments),
      'card-bureau': newest(webhookSecrets.cardBureau),
      courier: newest(webhookSecrets.courier),
      messages: DEVELOPMENT_SECRETS.webhookSecrets.messages,
      notices: DEVELOPMENT_SECRETS.webhookSecrets.notices,
    },
    portalSecrets: DEVELOPMENT_SECRETS.portalSecrets,
    bodySecrets: DEVELOPMENT_SECRETS.bodySecrets,
    control: kept?.control ?? randomBytes(24).toString('base64url'),
  };
  await mkdir(config.dataDir, { recursive: true });
  await writeFile(path, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return { secrets, path };
}

const answers = (url: string) => async (): Promise<boolean> =>
  (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;

/** Brings up everything that is not given: engine, sandbox, worker and API, each a process of its own. On a failure nothing is left running. */
export async function startSystem({
  config,
  log,
  say,
  timeSkipping = false,
  sandboxPort,
  uiPort,
}: StartSystem): Promise<System> {
  const port = await requireFreePort(config.port === 0 ? await freePort() : config.port, 'The API');
  const apiUrl = `http://${config.host}:${port}`;
  const { outside, oidc } = config;
  const needsSandbox = !oidc || Object.values(outside).some(({ url }) => url === undefined);
  const sandboxAt = needsSandbox ? await requireFreePort(sandboxPort ?? (await freePort()), 'The sandbox') : undefined;
  const { secrets, path } = await sandboxSecrets(config);

  say('engine: starting');
  const engine = await startEngine(config, { log: say, timeSkipping, ...(uiPort === undefined ? {} : { uiPort }) });
  const started: Program[] = [];
  let forget = (): void => undefined;
  const stop = async (): Promise<void> => {
    forget();
    for (const program of started.reverse()) await program.stop();
    await engine.stop();
  };
  try {
    const { applied } = await migrate(engine.databaseUrl);
    say(`database: ${applied.length === 0 ? 'schema is up to date' : `${applied.length} migrations applied`}`);
    const begin = async (program: Program): Promise<Program> => {
      started.push(program);
      await program.start();
      return program;
    };

    const sandboxUrl = sandboxAt === undefined ? undefined : `http://127.0.0.1:${sandboxAt}`;
    const env = {
      PORT: String(port),
      HOST: config.host,
      PUBLIC_URL: config.publicUrl ?? apiUrl,
      RENEWAL_URL: config.renewalUrl ?? `${config.publicUrl ?? apiUrl}/renew`,
      ...(config.requestsPerMinute === undefined ? {} : { REQUESTS_PER_MINUTE: String(config.requestsPerMinute) }),
      DATABASE_URL: engine.databaseUrl,
      TEMPORAL_ADDRESS: engine.temporalAddress,
      TEMPORAL_NAMESPACE: config.temporal.namespace,
      DATA_DIR: config.dataDir,
      DOCUMENTS_DIR: config.documentsDir,
      LOG_LEVEL: config.logLevel,
      PAYMENTS_URL: outside.payments.url ?? `${sandboxUrl}/payments`,
      CARD_BUREAU_URL: outside.cardBureau.url ?? `${sandboxUrl}/card-bureau`,
      COURIER_URL: outside.courier.url ?? `${sandboxUrl}/courier`,
      MESSAGES_URL: outside.messages.url ?? `${sandboxUrl}/messages`,
      NOTICES_URL: outside.notices.url ?? `${sandboxUrl}/notices`,
      OIDC_ISSUER: oidc?.issuer ?? `${sandboxUrl}/idp`,
      OIDC_AUDIENCE: oidc?.audience ?? 'tajdid',
      ...(config.workerBuildId ? { WORKER_BUILD_ID: config.workerBuildId } : {}),
      ...(config.workerDeployment ? { WORKER_DEPLOYMENT: config.workerDeployment } : {}),
      ...(config.taskQueue ? { TAJDID_TASK_QUEUE: config.taskQueue } : {}),
    };
    forget = noteAddresses(config.dataDir, {
      databaseUrl: engine.databaseUrl,
      temporalAddress: engine.temporalAddress,
      oidc: { issuer: env.OIDC_ISSUER, audience: env.OIDC_AUDIENCE },
    });
    const sandbox =
      sandboxAt === undefined
        ? undefined
        : await begin(
            new Program({
              name: 'sandbox',
              script: 'sandbox/main.js',
              env: {
                SANDBOX_PORT: String(sandboxAt),
                SANDBOX_DATA_DIR: join(config.dataDir, 'sandbox'),
                SANDBOX_WEBHOOK_TARGET: apiUrl,
                SANDBOX_SECRETS_FILE: path,
                SANDBOX_REDIRECT_URIS: `${apiUrl}/console/callback,http://localhost:${port}/console/callback`,
              },
              ready: answers(`${sandboxUrl}/idp/.well-known/openid-configuration`),
              log,
            }),
          );
    if (sandbox) say(`sandbox: ${sandboxUrl} (payments, card bureau, courier, messages, identity provider)`);
    const worker = await begin(
      new Program({
        name: 'worker',
        script: 'worker/main.js',
        env,
        ready: (heard) => Promise.resolve(heard('worker: ready')),
        log,
      }),
    );
    say('worker: ready');
    const api = await begin(
      new Program({ name: 'api', script: 'api/server.js', env, ready: answers(`${apiUrl}/readyz`), log }),
    );
    say(`api: ${apiUrl}`);
    return { apiUrl, sandboxUrl, sandboxSecrets: secrets, engine, env, programs: { sandbox, worker, api }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
