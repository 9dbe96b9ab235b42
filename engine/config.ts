import { resolve } from 'node:path';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { ConfigError, listed, resolveEnvironment, Variables, type TrustedProxies } from './config-variables';
import { developmentSecrets, SECRET_NAMES, storedSecrets, type SecretName } from './development-secrets';

export { ConfigError } from './config-variables';

/** One system outside and how to talk to it. */
export interface OutsideSystem {
  /** Undefined: the sandbox's. */
  readonly url: string | undefined;
  readonly apiKey: string;
}

/** Everything that can be set from outside, read and checked once. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Of the sandbox and of the example portal, where `npm start` runs them. */
  readonly sandboxPort: number;
  readonly portalPort: number | undefined;
  /** Where the worker says how it is. Undefined: nowhere. */
  readonly workerPort: number | undefined;
  readonly logLevel: Variables['LOG_LEVEL'];
  /** Where others reach the API, without a path: whom everything that is signed names as its issuer. Undefined: its own address. */
  readonly publicUrl: string | undefined;
  /** Where people who are reminded renew. Undefined: `/renew` of the public address. */
  readonly renewalUrl: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute. */
  readonly documentsDir: string;
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly temporal: {
    /** Undefined: the embedded server. */
    readonly address: string | undefined;
    readonly namespace: string;
    /** TLS, API key and metadata, from Temporal's own variables. */
    readonly connection: Omit<ClientConnectConfig['connectionOptions'], 'address'>;
  };
  /** Which version of the deployment this worker is. Undefined: workers have no versions, and every worker takes every case. */
  readonly workerBuildId: string | undefined;
  /** The deployment that workers' versions are of. Undefined: as the workers have it. */
  readonly workerDeployment: string | undefined;
  /** The queue that cases run on. Undefined: as the workers have it. */
  readonly taskQueue: string | undefined;
  /** Undefined: the sandbox's identity provider. */
  readonly oidc: { readonly issuer: string; readonly audience: string } | undefined;
  /** 32 bytes; wraps the key of each person. */
  readonly masterKey: Buffer;
  /** 32 bytes each: what is still wrapped by one of these is read by it. */
  readonly formerMasterKeys: readonly Buffer[];
  /** 32 bytes; for look-ups by identity number. */
  readonly lookupKey: Buffer;
  /** 32 bytes, the seed of an Ed25519 key; signs what third parties check: answers to verifications, receipts, credentials. */
  readonly signingKey: Buffer;
  /** 32 bytes each: public halves of keys that sign no more, whose signatures are still about. */
  readonly formerSigningKeys: readonly Buffer[];
  /** What a visitor's border number looks like. Undefined: as the policy has it. */
  readonly borderNumbers: RegExp | undefined;
  /** The proxies before the API, whose word it takes for where a request came from. Undefined: there are none. */
  readonly trustedProxies: TrustedProxies | undefined;
  /** How many requests of one caller are answered in a minute. Undefined: as the API has it. */
  readonly requestsPerMinute: number | undefined;
  /** Every secret of each that holds now. */
  readonly webhookSecrets: Readonly<Record<'payments' | 'cardBureau' | 'courier', readonly string[]>>;
  /** Whether portals' webhooks may go to private addresses and over plain http: for development, and for networks of one's own. */
  readonly webhooksAllowPrivate: boolean;
  readonly outside: {
    readonly payments: OutsideSystem;
    readonly cardBureau: OutsideSystem;
    readonly courier: OutsideSystem;
    readonly messages: OutsideSystem;
    readonly notices: OutsideSystem;
  };
}

const CONNECTIONS = {
  PUBLIC_URL:
    'what is signed names its issuer by it, for years; set it to the https address by which others reach the API.',
  RENEWAL_URL: 'reminders lead people there; set it to the page of the portal where a renewal begins.',
  DATABASE_URL: 'the embedded PostgreSQL is not for production; set it to the url of your server.',
  TEMPORAL_ADDRESS: 'the embedded Temporal is not for production; set it to host:port of your server.',
  OIDC_ISSUER: "the sandbox's identity provider is not for production; set it to the issuer of your identity provider.",
  OIDC_AUDIENCE:
    'tokens for other audiences must be refused; set it to the audience your identity provider puts into them.',
  DOCUMENTS_DIR: 'documents must not be kept among development data; set it to a directory on lasting storage.',
  PAYMENTS_URL: 'the sandbox is not for production; set it to the payment gateway.',
  CARD_BUREAU_URL: 'the sandbox is not for production; set it to the card bureau.',
  COURIER_URL: 'the sandbox is not for production; set it to the courier.',
  MESSAGES_URL: 'the sandbox is not for production; set it to the message centre.',
  NOTICES_URL: 'the sandbox is not for production; set it to the notices of hospitals and courts.',
} as const;

const OUTSIDE = ['PAYMENTS_URL', 'CARD_BUREAU_URL', 'COURIER_URL', 'MESSAGES_URL', 'NOTICES_URL'] as const;

/** The sandbox's own keys stand in its source and begin with its name, a webhook secret's once it is decoded. */
const isSandboxSecret = (secret: string): boolean =>
  [secret, Buffer.from(secret.replace(/^whsec_/, ''), 'base64').toString()].some((text) => text.startsWith('sandbox-'));

function productionProblems(given: Readonly<Record<string, string>>, dataDir: string): string[] {
  const problems: string[] = [];
  for (const [name, why] of Object.entries(CONNECTIONS)) {
    if (given[name] === undefined) problems.push(`${name} is not set: ${why}`);
  }
  const issuer = given.OIDC_ISSUER;
  if (issuer !== undefined && !issuer.startsWith('https://')) {
    problems.push(
      "OIDC_ISSUER is not https, as the sandbox's is; production takes tokens only from an issuer reached over https.",
    );
  }
  for (const name of ['PUBLIC_URL', 'RENEWAL_URL'] as const) {
    if (given[name] !== undefined && !given[name].startsWith('https://'))
      problems.push(`${name} is not https; people and other agencies are led there, so set it to an https address.`);
  }
  for (const name of OUTSIDE) {
    if (given[name] !== undefined && !given[name].startsWith('https://') && given.OUTSIDE_ALLOW_HTTP !== 'true')
      problems.push(
        `${name} is not https: personal data and its API key would travel readable; set it to an https address, or OUTSIDE_ALLOW_HTTP=true where the network is your own.`,
      );
  }
  const madeUp = storedSecrets(dataDir);
  for (const name of SECRET_NAMES) {
    if (given[name] === undefined)
      problems.push(`${name} is not set: production has no default secrets; set it, or ${name}_FILE.`);
    else if (listed(given[name]).some((secret) => secret === madeUp?.[name] || isSandboxSecret(secret)))
      problems.push(`${name} is one for development, which others know; set one of its own.`);
  }
  const keys = ['MASTER_KEY', 'LOOKUP_KEY', 'SIGNING_KEY'] as const;
  for (const [n, name] of keys.entries()) {
    const same = keys.slice(0, n).find((other) => given[other] !== undefined && given[other] === given[name]);
    if (same) problems.push(`${name} is the same as ${same}; each needs a key of its own.`);
  }
  return problems;
}

/** Only variables count, not Temporal's file in the home directory, unless a variable names a file or a profile. */
function temporalSettings(given: Record<string, string>, problems: string[]): ClientConnectConfig['connectionOptions'] {
  try {
    const disableFile = given.TEMPORAL_CONFIG_FILE === undefined && given.TEMPORAL_PROFILE === undefined;
    const { connectionOptions } = loadClientConnectConfig({ overrideEnvVars: given, disableFile });
    return connectionOptions;
  } catch (error) {
    problems.push(
      `Temporal's own settings (TEMPORAL_TLS..., TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE) can not be used: ${(error as Error).message}; correct them.`,
    );
    return {};
  }
}

/**
 * Reads the configuration from the environment. Development's missing secrets are made up once and kept under DATA_DIR.
 * @throws ConfigError with every problem, one sentence each.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const given = resolveEnvironment(env, problems);
  const parsed = Variables.safeParse(given);
  problems.push(...(parsed.error?.issues.map((issue) => issue.message) ?? []));
  if ((given.OIDC_ISSUER === undefined) !== (given.OIDC_AUDIENCE === undefined) && given.NODE_ENV !== 'production') {
    problems.push(
      'Only one of OIDC_ISSUER and OIDC_AUDIENCE is set; set both, or neither for the identity provider of the sandbox.',
    );
  }
  const { address, ...connection } = temporalSettings(given, problems);
  if (given.NODE_ENV === 'production') {
    const known = address === undefined ? given : { ...given, TEMPORAL_ADDRESS: address };
    problems.push(...productionProblems(known, resolve(given.DATA_DIR ?? '.tajdid')));
  }
  if (parsed.data === undefined || problems.length > 0) throw new ConfigError(problems);

  const variables = parsed.data;
  const production = variables.NODE_ENV === 'production';
  const dataDir = resolve(variables.DATA_DIR);
  const complete = SECRET_NAMES.every((name) => variables[name] !== undefined);
  const all = complete ? variables : Variables.parse({ ...developmentSecrets(dataDir), ...given });
  const secret = <Name extends SecretName>(name: Name): NonNullable<Variables[Name]> => {
    const value = all[name];
    if (value === undefined) throw new ConfigError([`${name} is not set; set it, or ${name}_FILE.`]);
    return value;
  };
  return {
    production,
    host: variables.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: variables.PORT,
    sandboxPort: variables.SANDBOX_PORT,
    portalPort: variables.PORTAL_PORT,
    workerPort: variables.WORKER_PORT,
    logLevel: variables.LOG_LEVEL,
    publicUrl: variables.PUBLIC_URL,
    renewalUrl: variables.RENEWAL_URL,
    dataDir,
    documentsDir: resolve(variables.DOCUMENTS_DIR ?? `${dataDir}/documents`),
    databaseUrl: variables.DATABASE_URL,
    temporal: { address: address ?? undefined, namespace: variables.TEMPORAL_NAMESPACE, connection },
    workerBuildId: variables.WORKER_BUILD_ID,
    workerDeployment: variables.WORKER_DEPLOYMENT,
    taskQueue: variables.TAJDID_TASK_QUEUE,
    oidc:
      variables.OIDC_ISSUER === undefined || variables.OIDC_AUDIENCE === undefined
        ? undefined
        : { issuer: variables.OIDC_ISSUER, audience: variables.OIDC_AUDIENCE },
    masterKey: secret('MASTER_KEY'),
    formerMasterKeys: variables.MASTER_KEYS_FORMER,
    lookupKey: secret('LOOKUP_KEY'),
    signingKey: secret('SIGNING_KEY'),
    formerSigningKeys: variables.SIGNING_KEYS_FORMER,
    borderNumbers: variables.BORDER_NUMBER_PATTERN,
    trustedProxies: variables.TRUSTED_PROXIES,
    requestsPerMinute: variables.REQUESTS_PER_MINUTE,
    webhookSecrets: {
      payments: secret('WEBHOOK_SECRET_PAYMENTS'),
      cardBureau: secret('WEBHOOK_SECRET_CARD_BUREAU'),
      courier: secret('WEBHOOK_SECRET_COURIER'),
    },
    webhooksAllowPrivate: variables.WEBHOOKS_ALLOW_PRIVATE,
    outside: {
      payments: { url: variables.PAYMENTS_URL, apiKey: secret('PAYMENTS_API_KEY') },
      cardBureau: { url: variables.CARD_BUREAU_URL, apiKey: secret('CARD_BUREAU_API_KEY') },
      courier: { url: variables.COURIER_URL, apiKey: secret('COURIER_API_KEY') },
      messages: { url: variables.MESSAGES_URL, apiKey: secret('MESSAGES_API_KEY') },
      notices: { url: variables.NOTICES_URL, apiKey: secret('NOTICES_API_KEY') },
    },
  };
}

type Addresses = Pick<Config, 'publicUrl' | 'renewalUrl' | 'host' | 'port'>;

/** What others are told about where the API is: as configured, else its own address. */
export const publicUrlOf = ({ publicUrl, host, port }: Addresses): string => publicUrl ?? `http://${host}:${port}`;
export const renewalUrlOf = (config: Addresses): string => config.renewalUrl ?? `${publicUrlOf(config)}/renew`;

/**
 * DATABASE_URL alone (or DATABASE_URL_FILE), for a program that needs nothing else, such as the migration.
 * @throws ConfigError when it is missing or wrong.
 */
export function readDatabaseUrl(env: NodeJS.ProcessEnv): string {
  const problems: string[] = [];
  const given = resolveEnvironment(
    { DATABASE_URL: env.DATABASE_URL, DATABASE_URL_FILE: env.DATABASE_URL_FILE },
    problems,
  );
  const parsed = Variables.pick({ DATABASE_URL: true }).safeParse(given);
  problems.push(...(parsed.error?.issues.map((issue) => issue.message) ?? []));
  if (problems.length === 0 && parsed.data?.DATABASE_URL === undefined) {
    problems.push('DATABASE_URL is not set; set it, or DATABASE_URL_FILE, to the url of the PostgreSQL server.');
  }
  if (parsed.data?.DATABASE_URL === undefined || problems.length > 0) throw new ConfigError(problems);
  return parsed.data.DATABASE_URL;
}
