import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** A master key with the name that rows wrapped by it carry. The name is taken from the key, so it need not be configured. */
export interface MasterKey {
  readonly id: string;
  readonly key: Buffer;
}

export interface Secrets {
  readonly master: MasterKey;
  /** Keys that rows may still be wrapped by, until `rewrapKeys` has been over them. */
  readonly formerMasters: readonly MasterKey[];
  /** A keyed hash for one purpose: hashes for different purposes cannot be compared. */
  keyed(purpose: Purpose, ...parts: readonly (string | Uint8Array)[]): Buffer;
}

export type Purpose = 'person' | 'value' | 'document';

const masterKey = (key: Buffer): MasterKey => {
  if (key.length !== 32) throw new RangeError('a master key is 32 bytes');
  return { id: createHash('sha256').update('tajdid master key').update(key).digest('hex').slice(0, 16), key };
};

/** The lookup key can never change: references to persons and documents follow from it. */
export function createSecrets(given: {
  masterKey: Buffer;
  lookupKey: Buffer;
  formerMasterKeys?: readonly Buffer[];
}): Secrets {
  if (given.lookupKey.length !== 32) throw new RangeError('the lookup key is 32 bytes');
  const derive = (purpose: Purpose) => Buffer.from(hkdfSync('sha256', given.lookupKey, '', `tajdid/${purpose}`, 32));
  const keys: Record<Purpose, Buffer> = {
    person: derive('person'),
    value: derive('value'),
    document: derive('document'),
  };
  return {
    master: masterKey(given.masterKey),
    formerMasters: (given.formerMasterKeys ?? []).map(masterKey),
    keyed(purpose, ...parts) {
      const hmac = createHmac('sha256', keys[purpose]);
      for (const part of parts) {
        const bytes = typeof part === 'string' ? Buffer.from(part) : part;
        const length = Buffer.alloc(4);
        length.writeUInt32BE(bytes.length);
        hmac.update(length).update(bytes);
      }
      return hmac.digest();
    },
  };
}
