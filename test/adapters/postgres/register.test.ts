import { registerDrift } from '../../../adapters/register/drift';
import { createFamilyEnrol } from '../../../adapters/register/family-enrol';
import { createEnrol, type Enrol, type Enrolment } from '../../../adapters/register/enrol';
import type { Register } from '../../../adapters/register/port';
import { createRegister } from '../../../adapters/register/postgres';
import { createPersonKeys } from '../../../adapters/vault/person-keys';
import type { Vault } from '../../../adapters/vault/port';
import { createVault } from '../../../adapters/vault/postgres';
import { createSecrets } from '../../../adapters/vault/secrets';
import { isCardSerial } from '../../../domain/card-serial';
import { migratedDatabase, type MigratedDatabase } from './cases';
import { person } from './people';

let db: MigratedDatabase;
let vault: Vault;
let register: Register;
let enrol: Enrol;
let running = 0;

beforeAll(async () => {
  db = await migratedDatabase();
  const secrets = createSecrets({ masterKey: Buffer.alloc(32, 1), lookupKey: Buffer.alloc(32, 2) });
  const keys = createPersonKeys(db.database, secrets);
  vault = createVault(db.database, secrets, keys);
  register = createRegister(db.database, keys);
  enrol = createEnrol(db.database, keys, vault.personRef);
});
afterAll(async () => {
  await expect(registerDrift(db.database)).resolves.toEqual([]);
  await db.drop();
});

async function somebody(more: Parameters<typeof person>[1] = {}): Promise<Enrolment & { serial: string }> {
  const [enrolment] = await enrol([person(++running, more)]);
  return enrolment as Enrolment & { serial: string };
}

const reserve = (who: string, caseId: string, key = `${caseId}/reserve`) =>
  register.reserveCard({ key, person: who, type: 'national-id', caseId });

const swap = (who: string, caseId: string, serial: string, key = `${caseId}/swap`) =>
  register.swapCards({
    key,
    person: who,
    caseId,
    serial,
    type: 'national-id',
    issuedOn: '2026-11-20',
    expiresOn: '2036-11-20',
  });

const cardsOf = (who: string) =>
  db.database.from('register').query<{ serial: string; status: string; replacedBy: string | null }>({
    text: 'SELECT serial, status, replaced_by AS "replacedBy" FROM cards WHERE person = $1 ORDER BY serial',
    values: [who],
  });

describe('enrolment', () => {
  test('gives facts without a name, and identity and contact from under the seal', async () => {
    const { person: who, serial } = await somebody();
    expect(isCardSerial(serial)).toBe(true);
    await expect(register.facts(who)).resolves.toEqual({
      beneficiary: 'citizen',
      birthDate: '1991-04-12',
      sex: 'F',
      diedOn: null,
      blocked: false,
      hasAddress: true,
      losses: 0,
      card: { serial, type: 'national-id', issuedOn: '2017-01-01', expiresOn: '2027-01-01', status: 'valid' },
    });
    await expect(register.identity(who)).resolves.toMatchObject({
      nameEn: 'Noura Abdullah Alqahtani',
      birthPlaceAr: 'أبها',
    });
    await expect(register.contact(who)).resolves.toMatchObject({ phone: '+966500000001', language: 'ar' });
  });

  test('made again changes nothing', async () => {
    const people = [
      person(++running),
      person(++running, { card: null, address: null, losses: 2, blocked: true, diedOn: '2026-01-02' }),
    ];
    const first = await enrol(people);
    await expect(enrol(people)).resolves.toEqual(first);
    const [, second] = first;
    expect(second?.serial).toBeNull();
    await expect(register.facts(second?.person ?? '')).resolves.toMatchObject({
      diedOn: '2026-01-02',
      blocked: true,
      hasAddress: false,
      losses: 2,
      card: null,
    });
  });

  test('of somebody whom the vault knows already is under their own key', async () => {
    const known = person(++running);
    const ref = vault.personRef(known.number);
    await vault.put({ ref: 'known/application', person: ref, kind: 'application', value: { a: 1 } });
    await enrol([known]);
    await expect(register.identity(ref)).resolves.toMatchObject({ identityNumber: known.number });
    await expect(vault.get('known/application')).resolves.toEqual({ a: 1 });
  });

  test('leaves nothing readable in the database, and an erased person is gone', async () => {
    const { person: who } = await somebody();
    const rows = await db.database.from('register').query<{ all: string }>({
      text: `SELECT (SELECT json_agg(p)::text FROM persons p) || (SELECT json_agg(e)::text FROM register_entries e) AS all`,
    });
    expect(rows[0]?.all).not.toMatch(/Noura|نورة|966500000001|1000000\d{3}/);
    await vault.erasePerson(who);
    await expect(register.identity(who)).rejects.toMatchObject({
      kind: 'refused',
      source: 'register',
      code: 'person-erased',
    });
  });

  test('somebody unknown has no facts and no identity', async () => {
    await expect(register.facts('p_nobody')).resolves.toBeNull();
    await expect(register.identity('p_nobody')).rejects.toMatchObject({ kind: 'refused', code: 'person-unknown' });
    await expect(reserve('p_nobody', 'c-0')).rejects.toMatchObject({ kind: 'refused', code: 'person-unknown' });
  });
});

describe('cards', () => {
  test('the old one stays valid until the swap, and then in one step is not', async () => {
    const { person: who, serial: old } = await somebody();
    const { serial } = await reserve(who, 'c-1');
    expect(isCardSerial(serial)).toBe(true);
    await expect(register.facts(who)).resolves.toMatchObject({ card: { serial: old, status: 'valid' } });
    await swap(who, 'c-1', serial);
    await expect(register.facts(who)).resolves.toMatchObject({
      card: { serial, status: 'valid', issuedOn: '2026-11-20', expiresOn: '2036-11-20' },
    });
    await expect(cardsOf(who)).resolves.toEqual([
      { serial: old, status: 'superseded', replacedBy: serial },
      { serial, status: 'valid', replacedBy: null },
    ]);
  });

  test('each change counts once by its key, also at the same moment', async () => {
    const { person: who } = await somebody();
    const serials = await Promise.all(Array.from({ length: 10 }, () => reserve(who, 'c-2')));
    expect(new Set(serials.map(({ serial }) => serial)).size).toBe(1);
    const serial = serials[0]?.serial ?? '';
    await Promise.all(Array.from({ length: 10 }, () => swap(who, 'c-2', serial)));
    await expect(cardsOf(who)).resolves.toHaveLength(2);
    const entries = await db.database.from('register').query<{ kind: string }>({
      text: 'SELECT kind FROM register_entries WHERE person = $1 ORDER BY id',
      values: [who],
    });
    expect(entries.map(({ kind }) => kind)).toEqual(['person-enrolled', 'card-reserved', 'cards-swapped']);
  });

  test('a release voids the reserved one for ever and leaves the old one as it was', async () => {
    const { person: who, serial: old } = await somebody();
    const { serial } = await reserve(who, 'c-3');
    const release = () => register.releaseCard({ key: 'c-3/release', serial, caseId: 'c-3' });
    await Promise.all([release(), release(), release()]);
    await expect(cardsOf(who)).resolves.toEqual([
      { serial: old, status: 'valid', replacedBy: null },
      { serial, status: 'voided', replacedBy: null },
    ]);
    await expect(swap(who, 'c-3', serial)).rejects.toMatchObject({ kind: 'refused', code: 'card-not-reserved' });
    await expect(register.facts(who)).resolves.toMatchObject({ card: { serial: old, status: 'valid' } });
  });

  test('of two swaps at once, or a swap and a release, one valid card is left', async () => {
    const { person: who } = await somebody();
    const [a, b] = [await reserve(who, 'c-4'), await reserve(who, 'c-5')];
    await Promise.all([swap(who, 'c-4', a.serial), swap(who, 'c-5', b.serial)]);
    const valid = (await cardsOf(who)).filter(({ status }) => status === 'valid');
    expect(valid).toHaveLength(1);

    const { person: other } = await somebody();
    const { serial } = await reserve(other, 'c-6');
    const outcomes = await Promise.allSettled([
      swap(other, 'c-6', serial),
      register.releaseCard({ key: 'c-6/release', serial, caseId: 'c-6' }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await cardsOf(other)).filter(({ status }) => status === 'valid')).toHaveLength(1);
  });

  test("nobody's card is touched by another's case, serial or key", async () => {
    const [one, two] = [await somebody(), await somebody()];
    const { serial } = await reserve(one.person, 'c-7');
    await expect(swap(two.person, 'c-7', serial, 'c-7/x')).rejects.toMatchObject({
      kind: 'refused',
      code: 'card-unknown',
    });
    await expect(swap(one.person, 'c-8', serial)).rejects.toMatchObject({ kind: 'refused', code: 'card-not-reserved' });
    await expect(reserve(two.person, 'c-9', 'c-7/reserve')).rejects.toMatchObject({
      kind: 'defect',
      code: 'key-used-for-another-entry',
    });
    await expect(register.releaseCard({ key: 'k', serial: one.serial, caseId: 'c-7' })).rejects.toMatchObject({
      kind: 'refused',
    });
  });

  test('none is begun or made valid for the dead; what was done before the death is answered as it was', async () => {
    const { person: who } = await somebody();
    const { serial } = await reserve(who, 'c-11');
    await createFamilyEnrol(db.database).ties([{ kind: 'death', on: '2026-11-01', person: who }]);
    const died = { kind: 'refused', code: 'person-died' };
    await expect(reserve(who, 'c-12')).rejects.toMatchObject(died);
    await expect(swap(who, 'c-11', serial)).rejects.toMatchObject(died);
    await expect(reserve(who, 'c-11')).resolves.toMatchObject({ serial });
    await register.releaseCard({ key: 'c-11/release', serial, caseId: 'c-11' });
    expect((await cardsOf(who)).map(({ status }) => status)).toEqual(['voided', 'voided']);
  });

  test('a swap that cannot be finished changes nothing', async () => {
    const { person: who, serial: old } = await somebody();
    const { serial } = await reserve(who, 'c-10');
    const order = {
      key: 'c-10/swap',
      person: who,
      caseId: 'c-10',
      serial,
      type: 'national-id',
      issuedOn: '2026-11-20',
    } as const;
    await expect(register.swapCards({ ...order, expiresOn: '2036-02-31' })).rejects.toMatchObject({ kind: 'defect' });
    await expect(register.facts(who)).resolves.toMatchObject({ card: { serial: old, status: 'valid' } });
    await swap(who, 'c-10', serial);
    await expect(register.facts(who)).resolves.toMatchObject({ card: { serial } });
  });
});

describe('the entries', () => {
  test('are never changed', async () => {
    await somebody();
    const raw = db.database.from('register');
    for (const text of [
      "UPDATE register_entries SET facts = '{}'",
      'DELETE FROM register_entries',
      'TRUNCATE register_entries CASCADE',
    ]) {
      await expect(raw.query({ text })).rejects.toMatchObject({ kind: 'defect', code: 'append-only' });
    }
  });

  test('show a card that was changed beside them', async () => {
    const { person: who } = await somebody();
    const raw = db.database.from('register');
    await raw.query({ text: "UPDATE cards SET expires_on = '2099-01-01' WHERE person = $1", values: [who] });
    await expect(registerDrift(db.database)).resolves.toEqual([who]);
    await raw.query({ text: "UPDATE cards SET expires_on = '2027-01-01' WHERE person = $1", values: [who] });
  });
});
