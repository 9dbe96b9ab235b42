import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The secrets that development makes up for itself, by the names of their variables. */
export const SECRET_NAMES = [
  'MASTER_KEY',
  'LOOKUP_KEY',
  'SIGNING_KEY',
  'WEBHOOK_SECRET_PAYMENTS',
  'WEBHOOK_SECRET_CARD_BUREAU',
  'WEBHOOK_SECRET_COURIER',
  'PAYMENTS_API_KEY',
  'CARD_BUREAU_API_KEY',
  'COURIER_API_KEY',
  'MESSAGES_API_KEY',
  'NOTICES_API_KEY',
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

const Secrets = z.partialRecord(z.enum(SECRET_NAMES), z.string());
export type DevelopmentSecrets = Readonly<Record<SecretName, string>>;

function makeUp(name: SecretName): string {
  const random = randomBytes(32).toString('base64');
  return name.startsWith('WEBHOOK_') ? `whsec_${random}` : random;
}

/** What an earlier run made up, as far as it goes; undefined when there is none. */
export function storedSecrets(dataDir: string): Partial<DevelopmentSecrets> | undefined {
  try {
    return Secrets.parse(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(
      `${join(dataDir, 'secrets.json')} can not be read: restore it, or remove it together with the data it protects.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Secrets for development, made up once and kept beside the data they protect (mode 0600). When two programs
 * start at the same time, both get those of the first.
 */
export function developmentSecrets(dataDir: string): DevelopmentSecrets {
  const stored = storedSecrets(dataDir);
  const whole = Object.fromEntries(
    SECRET_NAMES.map((name) => [name, stored?.[name] ?? makeUp(name)]),
  ) as DevelopmentSecrets;
  if (stored !== undefined && SECRET_NAMES.every((name) => stored[name] !== undefined)) return whole;
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'secrets.json');
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600 });
  if (stored !== undefined) rmSync(path);
  try {
    linkSync(draft, path);
    return whole;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return developmentSecrets(dataDir);
  } finally {
    rmSync(draft, { force: true });
  }
}
