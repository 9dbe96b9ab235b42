import type { Vault } from '../adapters/vault/port';

/** Reasons of operators are about the system; what they wrote may still name somebody, so it goes where names go. */
const OPERATIONS = 'tajdid/operations';

/** Keeps a reason in words in the vault, under a reference that follows from what it is the reason of. */
export async function keepReason(vault: Pick<Vault, 'put'>, about: string, text: string, by: string): Promise<string> {
  const ref = `reason/${about}`;
  await vault.put({ ref, person: OPERATIONS, kind: 'reason', value: { text, by } });
  return ref;
}
