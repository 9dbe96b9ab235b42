import { randomBytes } from 'node:crypto';
import { OutsideFailure, type Outside } from '../../domain/failures';
import type { Database } from '../postgres/database';
import { recent, type Recent } from './recent';
import { seal, unseal } from './seal';
import type { MasterKey, Secrets } from './secrets';

/** A person's key as `vault_keys` has it; `wrapped` is null once it was destroyed. */
export interface WrappedKey {
  readonly keyId: string;
  readonly wrapped: Buffer | null;
}

/**
 * The key of each person. Whoever reads a sealed value reads the wrapped key in the same statement, and writes are guarded by
 * the same row: so an erasure by one program counts at once in all, whatever they remember.
 */
export interface PersonKeys {
  /** A key that no row has yet, with what to store. */
  fresh(person: string): { key: Buffer; keyId: string; wrapped: Buffer };
  /** null when the key was destroyed. */
  unwrap(person: string, stored: WrappedKey, source: Outside): Buffer | null;
  /** Remembered from an earlier unwrap; only good for writes whose statement checks that the key still stands. */
  remembered(person: string): Buffer | undefined;
  remember(person: string, key: Buffer): void;
  forget(person: string): void;
  /** The person's key as its row has it now, made when there is none. Refused as `person-erased` for somebody who was erased, whoever did it. */
  obtain(person: string, source: Outside): Promise<Buffer>;
}

const OBTAIN = `WITH added AS (
    INSERT INTO vault_keys (person, key_id, wrapped) VALUES ($1, $2, $3) ON CONFLICT (person) DO NOTHING RETURNING key_id, wrapped)
  SELECT key_id AS "keyId", wrapped FROM added UNION ALL SELECT key_id, wrapped FROM vault_keys WHERE person = $1`;

const MOST_REMEMBERED = 10_000;

export function createPersonKeys(database: Database, secrets: Secrets, most = MOST_REMEMBERED): PersonKeys {
  const masters = new Map<string, MasterKey>(
    [secrets.master, ...secrets.formerMasters].map((master) => [master.id, master]),
  );
  const remembered: Recent<Buffer> = recent(most);

  const unwrap = (person: string, { keyId, wrapped }: WrappedKey, source: Outside): Buffer | null => {
    if (wrapped === null) {
      remembered.delete(person);
      return null;
    }
    const known = remembered.get(person);
    if (known) return known;
    const master = masters.get(keyId);
    if (!master)
      throw new OutsideFailure('defect', source, 'master-key-missing', `no master key ${keyId} is configured`);
    const key = unseal(master.key, person, wrapped, source);
    remembered.set(person, key);
    return key;
  };

  const fresh = (person: string) => {
    const key = randomBytes(32);
    return { key, keyId: secrets.master.id, wrapped: seal(secrets.master.key, person, key) };
  };

  return {
    fresh,
    unwrap,
    remembered: (person) => remembered.get(person),
    remember: (person, key) => remembered.set(person, key),
    forget: (person) => remembered.delete(person),
    async obtain(person, source) {
      const { keyId, wrapped } = fresh(person);
      const values = [person, keyId, wrapped];
      let stored: WrappedKey | undefined;
      // A row that somebody else adds at this very moment is in neither half of the first answer, but in the second's.
      for (let i = 0; i < 2 && !stored; i++) {
        [stored] = await database.from(source).query<WrappedKey>({ name: 'obtain-person-key', text: OBTAIN, values });
      }
      const key = stored ? unwrap(person, stored, source) : null;
      if (!key) throw personErased(source);
      return key;
    },
  };
}

export const personErased = (source: Outside): OutsideFailure =>
  new OutsideFailure('refused', source, 'person-erased', 'the key of this person was destroyed');

/** How many people's keys are still under former master keys, and how many under keys that are not configured at all. */
export async function keysToRewrap(database: Database, secrets: Secrets): Promise<{ former: number; lost: number }> {
  const formers = new Set(secrets.formerMasters.map(({ id }) => id));
  const counts = await database.from('vault').query<{ keyId: string; keys: number }>({
    text: 'SELECT key_id AS "keyId", count(*) AS keys FROM vault_keys WHERE wrapped IS NOT NULL AND key_id <> $1 GROUP BY 1',
    values: [secrets.master.id],
  });
  const sum = (known: boolean): number =>
    counts.reduce((all, { keyId, keys }) => (formers.has(keyId) === known ? all + keys : all), 0);
  return { former: sum(true), lost: sum(false) };
}

/**
 * Wraps keys that are still under a former master key by the present one, up to `limit` of them; to be called until it answers 0.
 * Safe to stop at any time and to run twice at once.
 */
export async function rewrapKeys(database: Database, secrets: Secrets, limit = 1_000): Promise<number> {
  const formers = new Map(secrets.formerMasters.map((master) => [master.id, master]));
  return database.from('vault').transaction(async (session) => {
    const rows = await session.query<{ person: string; keyId: string; wrapped: Buffer }>({
      text: `SELECT person, key_id AS "keyId", wrapped FROM vault_keys
        WHERE key_id = ANY ($1) AND wrapped IS NOT NULL LIMIT $2 FOR UPDATE SKIP LOCKED`,
      values: [[...formers.keys()], limit],
    });
    const wrapped = rows.map((row) => {
      const former = formers.get(row.keyId);
      if (!former)
        throw new OutsideFailure('defect', 'vault', 'master-key-missing', `no master key ${row.keyId} is configured`);
      return seal(secrets.master.key, row.person, unseal(former.key, row.person, row.wrapped, 'vault'));
    });
    await session.query({
      text: `UPDATE vault_keys k SET wrapped = n.wrapped, key_id = $1
        FROM unnest($2::text[], $3::bytea[]) AS n (person, wrapped) WHERE k.person = n.person`,
      values: [secrets.master.id, rows.map(({ person }) => person), wrapped],
    });
    return rows.length;
  });
}
