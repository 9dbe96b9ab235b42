import type { Vault } from '../adapters/vault/port';

/** Reasons that are about the system; what was written may still name somebody, so it goes where names go. */
const OPERATIONS = 'tajdid/operations';

/** What a reason looks like where it is kept. */
export interface KeptReason {
  readonly text: string;
  readonly by: string;
}

/**
 * Keeps a reason in words in the vault, under a reference that follows from what it is the reason of. One that is about a case is
 * kept with the personal data of that case's subject.
 */
export async function keepReason(
  vault: Pick<Vault, 'put'>,
  about: string,
  text: string,
  by: string,
  person = OPERATIONS,
): Promise<string> {
  const ref = `reason/${about}`;
  await vault.put({ ref, person, kind: 'reason', value: { text, by } satisfies KeptReason });
  return ref;
}

/** The words of a reason; null when they were erased, or none was given. */
export const reasonIn = async (vault: Pick<Vault, 'get'>, ref: string | null | undefined): Promise<string | null> =>
  typeof ref === 'string' ? ((await vault.get<KeptReason>(ref))?.text ?? null) : null;
