import { createHash, randomBytes } from 'node:crypto';
import type { Signer } from './port';

/** One claim as it is disclosed: base64url of `[salt, name, value]` (RFC 9901, section 4.2.1). */
export const disclosureOf = (salt: string, name: string, value: unknown): string =>
  Buffer.from(JSON.stringify([salt, name, value])).toString('base64url');

/** What stands in the signed part for a disclosure. */
export const digestOf = (disclosure: string): string => createHash('sha256').update(disclosure).digest('base64url');

export interface Credential {
  /** The kind of credential, a URL. */
  readonly vct: string;
  /** Always seen. */
  readonly open: Readonly<Record<string, unknown>>;
  /** Each shown or kept back by whoever holds the credential. */
  readonly disclosable: Readonly<Record<string, unknown>>;
}

/**
 * An SD-JWT VC: signed once, shown in parts. The holder leaves out the disclosures that somebody need not see; digests in the order
 * of their text say nothing about which they were.
 */
export function issueSdJwt(signer: Signer, { vct, open, disclosable }: Credential): string {
  const disclosures = Object.entries(disclosable).map(([name, value]) =>
    disclosureOf(randomBytes(16).toString('base64url'), name, value),
  );
  const jwt = signer.sign('dc+sd-jwt', { ...open, vct, _sd_alg: 'sha-256', _sd: disclosures.map(digestOf).sort() });
  return `${[jwt, ...disclosures].join('~')}~`;
}
