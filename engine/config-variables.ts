import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { SECRET_NAMES } from './development-secrets';

/** Thrown once at the start, with every problem found. Values never stand in the message: they may be secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** These may also be given as a file's path, in a variable of the same name with `_FILE` at its end. */
export const BY_FILE: readonly string[] = [...SECRET_NAMES, 'MASTER_KEYS_FORMER', 'DATABASE_URL', 'TEMPORAL_API_KEY'];

/** The parts of a list, with commas or spaces between them. */
export const listed = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '');

function fromBase64OrHex(text: string): Buffer {
  return /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
}

function url(name: string, schemes: readonly string[]) {
  return z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    error: `${name} is not a ${schemes.map((scheme) => `${scheme}//`).join(' or ')} URL; correct it.`,
  });
}

function key(name: string) {
  return z
    .string()
    .transform(fromBase64OrHex)
    .refine((bytes) => bytes.length === 32, {
      error: `${name} is not a key of 32 bytes in base64 or hex; make one with \`openssl rand -base64 32\`.`,
    });
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

const NAMED_RANGES: readonly string[] = ['loopback', 'linklocal', 'uniquelocal'];

function isAddressRange(text: string): boolean {
  if (NAMED_RANGES.includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const version = address.includes('%') ? 0 : isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** As Express takes it for `trust proxy`, without its `true`: whoever trusts everybody can be told any address. */
export type TrustedProxies = number | readonly string[];

const hopsOrRanges = (text: string): TrustedProxies => (/^\d+$/.test(text.trim()) ? Number(text) : listed(text));

const isWebhookSecret = (text: string): boolean => {
  const encoded = text.replace(/^whsec_/, '');
  return /^[A-Za-z0-9+/]+=*$/.test(encoded) && Buffer.from(encoded, 'base64').length >= 24;
};

/** Two while the sender changes from one to the other. */
function webhookSecrets(name: string) {
  return z
    .string()
    .transform(listed)
    .refine((secrets) => secrets.length > 0 && secrets.every(isWebhookSecret), {
      error: `${name} is not a Standard Webhooks secret (whsec_ and at least 24 bytes in base64), nor several with commas between them; ask the sender for it.`,
    });
}

function apiKey(name: string) {
  return z
    .string()
    .min(16, { error: `${name} is shorter than 16 characters; ask the other side for its real API key.` });
}

function port(name: string) {
  const error = `${name} is not a port number from 0 to 65535; correct or unset it.`;
  return z
    .string()
    .regex(/^\d{1,5}$/, { error })
    .transform(Number)
    .refine((number) => number <= 65_535, { error });
}

const http = ['http:', 'https:'] as const;

/** Scheme, host and port alone: what is signed names its issuer by it, and paths are put behind it. */
function origin(name: string) {
  return url(name, http)
    .refine((text) => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, ''), {
      error: `${name} is not an address without a path (https://api.example.org); correct it.`,
    })
    .transform((text) => new URL(text).origin);
}

/** Every variable that is read, checked one by one; what depends on several is checked in `config.ts`. */
export const Variables = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], {
      error: 'NODE_ENV is not production, development or test; correct or unset it.',
    })
    .default('development'),
  HOST: z.string().optional(),
  PORT: port('PORT').default(8080),
  SANDBOX_PORT: port('SANDBOX_PORT').default(8090),
  PORTAL_PORT: port('PORTAL_PORT').optional(),
  WORKER_PORT: port('WORKER_PORT').optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'LOG_LEVEL is not fatal, error, warn, info, debug, trace or silent; correct or unset it.',
    })
    .default('info'),
  DATA_DIR: z.string().default('.tajdid'),
  DOCUMENTS_DIR: z.string().optional(),
  PUBLIC_URL: origin('PUBLIC_URL').optional(),
  RENEWAL_URL: url('RENEWAL_URL', http).optional(),
  DATABASE_URL: url('DATABASE_URL', ['postgres:', 'postgresql:']).optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/:]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, {
      error: 'TEMPORAL_ADDRESS is not host:port; correct it, or unset it for the embedded server.',
    })
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  WORKER_DEPLOYMENT: z.string().optional(),
  TAJDID_TASK_QUEUE: z.string().min(1).optional(),
  WORKER_BUILD_ID: z
    .string()
    .regex(/^[\w.-]{1,64}$/, {
      error: 'WORKER_BUILD_ID is not letters, digits, dots, _ and -, at most 64; correct or unset it.',
    })
    .optional(),
  OIDC_ISSUER: url('OIDC_ISSUER', http).optional(),
  OIDC_AUDIENCE: z.string().optional(),
  MASTER_KEY: key('MASTER_KEY').optional(),
  MASTER_KEYS_FORMER: z
    .string()
    .default('')
    .transform((text) => listed(text).map(fromBase64OrHex))
    .refine((keys) => keys.every((bytes) => bytes.length === 32), {
      error: 'MASTER_KEYS_FORMER is not a list of keys of 32 bytes in base64 or hex; correct or unset it.',
    }),
  LOOKUP_KEY: key('LOOKUP_KEY').optional(),
  SIGNING_KEY: key('SIGNING_KEY').optional(),
  SIGNING_KEYS_FORMER: z
    .string()
    .default('')
    .transform(listed)
    .refine((keys) => keys.every((text) => /^[\w-]{43}$/.test(text)), {
      error:
        'SIGNING_KEYS_FORMER is not a list of public keys as /.well-known/jwks.json gives them (`x`, 43 characters each); correct or unset it.',
    })
    .transform((keys) => keys.map((text) => Buffer.from(text, 'base64url'))),
  BORDER_NUMBER_PATTERN: z
    .string()
    .refine(isPattern, { error: 'BORDER_NUMBER_PATTERN is not a regular expression; correct or unset it.' })
    .transform((text) => new RegExp(`^(?:${text})$`))
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform(hopsOrRanges)
    .refine((given) => (typeof given === 'number' ? given >= 1 && given <= 16 : given.every(isAddressRange)), {
      error:
        'TRUSTED_PROXIES is not how many proxies there are (1 to 16), nor a list of their addresses (10.0.0.0/8, loopback); correct or unset it.',
    })
    .optional(),
  REQUESTS_PER_MINUTE: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, {
      error: 'REQUESTS_PER_MINUTE is not a whole number from 1 to 9999999; correct or unset it.',
    })
    .transform(Number)
    .optional(),
  WEBHOOK_SECRET_PAYMENTS: webhookSecrets('WEBHOOK_SECRET_PAYMENTS').optional(),
  WEBHOOK_SECRET_CARD_BUREAU: webhookSecrets('WEBHOOK_SECRET_CARD_BUREAU').optional(),
  WEBHOOK_SECRET_COURIER: webhookSecrets('WEBHOOK_SECRET_COURIER').optional(),
  WEBHOOKS_ALLOW_PRIVATE: z
    .enum(['true', 'false'], { error: 'WEBHOOKS_ALLOW_PRIVATE is not true or false; correct or unset it.' })
    .default('false')
    .transform((text) => text === 'true'),
  OUTSIDE_ALLOW_HTTP: z
    .enum(['true', 'false'], { error: 'OUTSIDE_ALLOW_HTTP is not true or false; correct or unset it.' })
    .optional(),
  PAYMENTS_URL: url('PAYMENTS_URL', http).optional(),
  CARD_BUREAU_URL: url('CARD_BUREAU_URL', http).optional(),
  COURIER_URL: url('COURIER_URL', http).optional(),
  MESSAGES_URL: url('MESSAGES_URL', http).optional(),
  NOTICES_URL: url('NOTICES_URL', http).optional(),
  PAYMENTS_API_KEY: apiKey('PAYMENTS_API_KEY').optional(),
  CARD_BUREAU_API_KEY: apiKey('CARD_BUREAU_API_KEY').optional(),
  COURIER_API_KEY: apiKey('COURIER_API_KEY').optional(),
  MESSAGES_API_KEY: apiKey('MESSAGES_API_KEY').optional(),
  NOTICES_API_KEY: apiKey('NOTICES_API_KEY').optional(),
});
export type Variables = z.infer<typeof Variables>;

/** The environment with empty variables left out and files read. Adds to `problems` what can not be read. */
export function resolveEnvironment(env: NodeJS.ProcessEnv, problems: string[]): Record<string, string> {
  const resolved: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && value !== '') resolved[name] = value;
  for (const name of BY_FILE) {
    const path = resolved[`${name}_FILE`];
    if (path === undefined) continue;
    if (resolved[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set; unset one of them.`);
      continue;
    }
    try {
      const value = readFileSync(path, 'utf8').replace(/[\r\n]+$/, '');
      if (value === '') problems.push(`${name}_FILE names an empty file; put the value into it.`);
      else resolved[name] = value;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
      problems.push(`${name}_FILE names a file that can not be read (${code}); correct the path or its permissions.`);
    }
  }
  return resolved;
}
