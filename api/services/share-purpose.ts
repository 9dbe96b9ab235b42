import { randomBytes } from 'node:crypto';
import { digestOf, disclosureOf } from '../../adapters/signing/sd-jwt';
import type { Vault } from '../../adapters/vault/port';

/** As the vault has it. With the salt nobody guesses the purpose from its digest; those from before have none. */
interface Kept {
  readonly purpose: string;
  readonly salt?: string;
}

export interface SharePurpose {
  readonly purpose: string;
  /** Shows what the receipt's digest is of. */
  readonly purposeDisclosure: string | null;
}

const refOf = (id: string): string => `share/${id}`;
const shown = ({ purpose, salt }: Kept): SharePurpose => ({
  purpose,
  purposeDisclosure: salt === undefined ? null : disclosureOf(salt, 'purpose', purpose),
});

/** Keeps it, once; null where the share is of another purpose, or of another person. */
export async function keepPurpose(
  vault: Pick<Vault, 'get' | 'put'>,
  { id, person, purpose }: { id: string; person: string; purpose: string },
): Promise<SharePurpose | null> {
  const ref = refOf(id);
  const put = async (value: Kept): Promise<SharePurpose | null> =>
    (await vault.put({ ref, person, kind: 'share', value })) === 'conflict' ? null : shown(value);
  const salt = randomBytes(16).toString('base64url');
  // What stands there since an earlier try has a salt of its own.
  return (await put({ purpose, salt })) ?? put({ ...(await vault.get<Kept>(ref)), purpose });
}

/** null when it is kept no more. */
export async function purposeOf(vault: Pick<Vault, 'get'>, id: string): Promise<SharePurpose | null> {
  const kept = await vault.get<Kept>(refOf(id));
  return kept && shown(kept);
}

export const purposeDigestOf = ({ purposeDisclosure }: SharePurpose): string | null =>
  purposeDisclosure && digestOf(purposeDisclosure);
