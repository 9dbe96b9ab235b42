import { base32 } from '../../domain/base32';
import { canonicalJson } from '../../domain/canonical-json';
import { OutsideFailure } from '../../domain/failures';
import type { Database } from '../postgres/database';
import { personErased, type PersonKeys, type WrappedKey } from './person-keys';
import type { Vault } from './port';
import { seal, unseal } from './seal';
import type { Secrets } from './secrets';

/** 160 bits: enough that no two people ever meet, short enough for a workflow id. */
const PERSON_REF_BYTES = 20;

/** For a person whose key we hold. The entry is written only while that key stands; `kept` is null when it does not. */
const PUT = `WITH
  kept AS (
    INSERT INTO vault_entries (ref, person, kind, sealed, mark)
    SELECT $1, $2, $3, $4, $5 FROM vault_keys WHERE person = $2 AND wrapped IS NOT NULL
    ON CONFLICT (ref) DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT FROM kept) AS kept,
    (SELECT wrapped IS NULL FROM vault_keys WHERE person = $2) AS erased,
    (SELECT mark FROM vault_entries WHERE ref = $1) AS mark`;

/** For a person not met before: the key and the entry at once. When somebody has a key already, it comes back and nothing is written. */
const PUT_FIRST = `WITH
  added AS (INSERT INTO vault_keys (person, key_id, wrapped) VALUES ($2, $6, $7) ON CONFLICT (person) DO NOTHING RETURNING 1),
  kept AS (
    INSERT INTO vault_entries (ref, person, kind, sealed, mark) SELECT $1, $2, $3, $4, $5 FROM added
    ON CONFLICT (ref) DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT FROM kept) AS kept,
    (SELECT mark FROM vault_entries WHERE ref = $1) AS mark`;

const GET = `SELECT e.person, e.kind, e.sealed, k.key_id AS "keyId", k.wrapped
  FROM vault_entries e JOIN vault_keys k USING (person) WHERE e.ref = $1`;

interface PutRow {
  readonly kept: boolean;
  /** null: no key yet. */
  readonly erased?: boolean | null;
  readonly mark: Buffer | null;
}

export function createVault(database: Database, secrets: Secrets, keys: PersonKeys): Vault {
  const db = database.from('vault');

  const put: Vault['put'] = async (entry) => {
    const text = canonicalJson(entry.value);
    const mark = secrets.keyed('value', entry.ref, entry.person, entry.kind, text);
    const values = (key: Buffer) => [
      entry.ref,
      entry.person,
      entry.kind,
      seal(key, aboutOf(entry), Buffer.from(text)),
      mark,
    ];

    const known = keys.remembered(entry.person);
    if (!known) {
      const { key, keyId, wrapped } = keys.fresh(entry.person);
      const [row] = await db.query<PutRow>({
        name: 'vault-put-first',
        text: PUT_FIRST,
        values: [...values(key), keyId, wrapped],
      });
      if (row?.kept) {
        keys.remember(entry.person, key);
        return 'kept';
      }
      if (row?.mark) return row.mark.equals(mark) ? 'already-kept' : 'conflict';
    }
    const key = known ?? (await keys.obtain(entry.person, 'vault'));
    const [row] = await db.query<PutRow>({ name: 'vault-put', text: PUT, values: values(key) });
    if (row?.kept) return 'kept';
    if (row?.erased !== false) {
      keys.forget(entry.person);
      throw personErased('vault');
    }
    const standing = row.mark ?? (await markOf(entry.ref));
    return standing.equals(mark) ? 'already-kept' : 'conflict';
  };

  /** For the one that lost a race: the winner's entry was not there yet for its own statement. */
  const markOf = async (ref: string): Promise<Buffer> => {
    const [row] = await db.query<{ mark: Buffer }>({
      text: 'SELECT mark FROM vault_entries WHERE ref = $1',
      values: [ref],
    });
    if (!row)
      throw new OutsideFailure('unavailable', 'vault', 'lost-race', 'an entry was being written at the same time');
    return row.mark;
  };

  return {
    personRef: (number) => `p_${base32(secrets.keyed('person', number).subarray(0, PERSON_REF_BYTES))}`,
    put,
    async get<T>(ref: string): Promise<T | null> {
      const [row] = await db.query<{ person: string; kind: string; sealed: Buffer } & WrappedKey>({
        name: 'vault-get',
        text: GET,
        values: [ref],
      });
      const key = row ? keys.unwrap(row.person, row, 'vault') : null;
      if (!row || !key) return null;
      return JSON.parse(unseal(key, aboutOf({ ref, ...row }), row.sealed, 'vault').toString()) as T;
    },
    async erasePerson(person) {
      await db.query({ text: 'SELECT erase_person($1, $2)', values: [person, secrets.master.id] });
      keys.forget(person);
    },
  };
}

const aboutOf = ({ ref, person, kind }: { ref: string; person: string; kind: string }): string =>
  `${ref}\n${person}\n${kind}`;
