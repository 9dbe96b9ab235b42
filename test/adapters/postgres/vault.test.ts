import type { Vault } from '../../../adapters/vault/port';
import { createPersonKeys, rewrapKeys } from '../../../adapters/vault/person-keys';
import { createVault } from '../../../adapters/vault/postgres';
import { recent } from '../../../adapters/vault/recent';
import { seal, unseal } from '../../../adapters/vault/seal';
import { createSecrets, type Secrets } from '../../../adapters/vault/secrets';
import { base32 } from '../../../domain/base32';
import { identityNumberFrom } from '../../../domain/identity-number';
import { migratedDatabase, type MigratedDatabase } from './cases';

const MASTER = Buffer.alloc(32, 1);
const NEXT_MASTER = Buffer.alloc(32, 2);
const LOOKUP = Buffer.alloc(32, 3);
const secrets = createSecrets({ masterKey: MASTER, lookupKey: LOOKUP });

let db: MigratedDatabase;
let vault: Vault;

beforeAll(async () => {
  db = await migratedDatabase();
  vault = anotherProgram();
});
afterAll(() => db.drop());

/** With a memory of its own, as a second program has. */
const anotherProgram = (using: Secrets = secrets): Vault =>
  createVault(db.database, using, createPersonKeys(db.database, using));

const value = { nameAr: 'نورة بنت عبدالله', list: [1, null, { deep: true }] };

describe('sealing', () => {
  // AES-256-GCM, test case 16 of "The Galois/Counter Mode of Operation" (McGrew and Viega).
  test('is AES-256-GCM as published', () => {
    const key = Buffer.from('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308', 'hex');
    const plain = Buffer.from(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
      'hex',
    );
    const nonce = Buffer.from('cafebabefacedbaddecaf888', 'hex');
    const about = Buffer.from('feedfacedeadbeeffeedfacedeadbeefabaddad2', 'hex').toString('latin1');
    const sealed = seal(key, about, plain, nonce);
    expect(sealed.subarray(29).toString('hex')).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    );
    expect(unseal(key, about, sealed, 'vault').equals(plain)).toBe(true);
  });

  test.each([
    ['format', 0],
    ['nonce', 5],
    ['tag', 20],
    ['body', 30],
  ])('a changed %s is a defect', (_, at) => {
    const sealed = seal(MASTER, 'ref', Buffer.from('something'));
    sealed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
    expect(() => unseal(MASTER, 'ref', sealed, 'vault')).toThrow(
      expect.objectContaining({ kind: 'defect', source: 'vault' }),
    );
  });

  test('a value moved to another place is a defect', () => {
    const sealed = seal(MASTER, 'ref-1', Buffer.from('something'));
    expect(() => unseal(MASTER, 'ref-2', sealed, 'vault')).toThrow(expect.objectContaining({ kind: 'defect' }));
  });
});

describe('references', () => {
  test.each([
    ['', ''],
    ['f', 'my'],
    ['foobar', 'mzxw6ytboi'],
  ])('base32 of %j as in RFC 4648', (text, encoded) => expect(base32(Buffer.from(text))).toBe(encoded));

  test('follow from number and lookup key, whatever the master key', () => {
    const number = identityNumberFrom('100000000');
    expect(vault.personRef(number)).toMatch(/^p_[a-z2-7]{32}$/);
    const sameLookup = createSecrets({ masterKey: NEXT_MASTER, lookupKey: LOOKUP });
    const otherLookup = createSecrets({ masterKey: MASTER, lookupKey: MASTER });
    expect(anotherProgram(sameLookup).personRef(number)).toBe(vault.personRef(number));
    expect(anotherProgram(otherLookup).personRef(number)).not.toBe(vault.personRef(number));
  });
});

describe('entries', () => {
  const entry = (ref: string, person = 'p_a') => ({ ref, person, kind: 'application', value: value as unknown });

  test('are kept once, and told apart from others under the same reference', async () => {
    await expect(vault.put(entry('e-1'))).resolves.toBe('kept');
    await expect(vault.put({ ...entry('e-1'), value: { list: value.list, nameAr: value.nameAr } })).resolves.toBe(
      'already-kept',
    );
    await expect(vault.put({ ...entry('e-1'), value: { ...value, more: 1 } })).resolves.toBe('conflict');
    await expect(vault.put({ ...entry('e-1'), person: 'p_other' })).resolves.toBe('conflict');
    await expect(anotherProgram().put(entry('e-1'))).resolves.toBe('already-kept');
    await expect(vault.get('e-1')).resolves.toEqual(value);
    await expect(vault.get('e-none')).resolves.toBeNull();
  });

  test('of many puts at once from two programs one keeps', async () => {
    const other = anotherProgram();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? vault : other).put(entry('e-2', 'p_new'))),
    );
    expect(answers.filter((answer) => answer === 'kept')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'conflict')).toHaveLength(0);
    await expect(other.get('e-2')).resolves.toEqual(value);
  });

  test('hold nothing readable, and a changed one is a defect', async () => {
    await vault.put(entry('e-3'));
    const raw = db.database.from('vault');
    const [row] = await raw.query<{ sealed: Buffer }>({ text: "SELECT sealed FROM vault_entries WHERE ref = 'e-3'" });
    expect(row?.sealed.includes(Buffer.from('نورة'))).toBe(false);
    await raw.query({
      text: "UPDATE vault_entries SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) WHERE ref = 'e-3'",
    });
    await expect(vault.get('e-3')).rejects.toMatchObject({
      kind: 'defect',
      source: 'vault',
      code: 'sealed-value-unreadable',
    });
  });

  test('are gone in every program the moment their person is erased, and do not come back', async () => {
    const other = anotherProgram();
    await vault.put(entry('e-4', 'p_erased'));
    await expect(other.get('e-4')).resolves.toEqual(value);
    await vault.erasePerson('p_erased');
    await vault.erasePerson('p_erased');
    await expect(vault.get('e-4')).resolves.toBeNull();
    await expect(other.get('e-4')).resolves.toBeNull();
    const refused = { kind: 'refused', source: 'vault', code: 'person-erased' };
    await expect(other.put(entry('e-5', 'p_erased'))).rejects.toMatchObject(refused);
    await expect(anotherProgram().put(entry('e-6', 'p_erased'))).rejects.toMatchObject(refused);
    await expect(vault.put(entry('e-1'))).resolves.toBe('already-kept');
  });

  test('outlive a change of the master key', async () => {
    await vault.put(entry('e-7', 'p_rotated'));
    const both = createSecrets({ masterKey: NEXT_MASTER, lookupKey: LOOKUP, formerMasterKeys: [MASTER] });
    await expect(anotherProgram(both).get('e-7')).resolves.toEqual(value);
    while ((await rewrapKeys(db.database, both, 2)) > 0);
    const only = createSecrets({ masterKey: NEXT_MASTER, lookupKey: LOOKUP });
    await expect(anotherProgram(only).get('e-7')).resolves.toEqual(value);
    await expect(anotherProgram().get('e-7')).rejects.toMatchObject({ kind: 'defect', code: 'master-key-missing' });
  });
});

test('what is remembered stays bounded, and the oldest goes first', () => {
  const values = recent<number>(2);
  values.set('a', 1);
  values.set('b', 2);
  values.get('a');
  values.set('c', 3);
  expect([values.get('a'), values.get('b'), values.get('c')]).toEqual([1, undefined, 3]);
});
