import type { PersonNumber } from '../../domain/identity-number';

/**
 * Where personal data rests: AES-256-GCM under a key per person, each wrapped by the master key. Destroying a person's
 * key erases the person, and breaks no replay, for nothing outside the vault holds more than references.
 */
export interface Vault {
  /** The opaque reference of the person with this number, the same for ever; a keyed HMAC, so that it cannot be turned back. */
  personRef(number: PersonNumber): string;
  /** Keeps a JSON value about a person under `ref`. The same ref with the same value again has no effect; with another value it answers `conflict`. */
  put(entry: {
    ref: string;
    person: string;
    kind: string;
    value: unknown;
  }): Promise<'kept' | 'already-kept' | 'conflict'>;
  /** null when it does not exist or was erased. */
  get<T>(ref: string): Promise<T | null>;
  erasePerson(person: string): Promise<void>;
}

/**
 * Where the application of a case rests: under the client's key without the case type, so that a key stands for one application,
 * whatever its type.
 */
export const applicationRef = (caseId: string): string => `application/${caseId.slice(caseId.indexOf('_') + 1)}`;

/** The application of a case; null when it was erased. Those from before the type was left out rest under the whole id. */
export const applicationOf = async <T>(vault: Pick<Vault, 'get'>, caseId: string): Promise<T | null> =>
  (await vault.get<T>(applicationRef(caseId))) ?? vault.get<T>(`application/${caseId}`);
