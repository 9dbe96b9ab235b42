import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where an embedded system that runs now can be reached, for the operators' command line. */
export interface Addresses {
  /** Holds a password. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Where its staff sign in. */
  readonly oidc: { readonly issuer: string; readonly audience: string };
}

const pathIn = (dataDir: string): string => join(dataDir, 'running.json');

/** Readable by its owner only; removed by the answer. */
export function noteAddresses(dataDir: string, { databaseUrl, temporalAddress, oidc }: Addresses): () => void {
  const path = pathIn(dataDir);
  writeFileSync(path, JSON.stringify({ databaseUrl, temporalAddress, oidc }), { mode: 0o600 });
  return () => rmSync(path, { force: true });
}

export function notedAddresses(dataDir: string): Partial<Addresses> {
  try {
    return JSON.parse(readFileSync(pathIn(dataDir), 'utf8')) as Addresses;
  } catch {
    return {};
  }
}
