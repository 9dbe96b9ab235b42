import type { FamilyRegister } from '../../../adapters/register/family-port';
import type { Register } from '../../../adapters/register/port';
import { createVerifications } from '../../../adapters/verifications/postgres';
import { familyWorld, married, refusalOf, type FamilyWorld } from './family-world';

let world: FamilyWorld;
let enter: FamilyWorld['enter'];
let amend: FamilyWorld['amend'];
let someone: FamilyWorld['someone'];
let family: FamilyRegister;
let register: Register;
let made = 0;

beforeAll(async () => {
  world = await familyWorld();
  ({ enter, amend, someone, family, register } = world);
});
afterAll(() => world.drop());

test('an entry that was reversed is certified no more, and what was certified before is answered again', async () => {
  const [husband, wife] = [await someone('M'), await someone('F')];
  const marriage = await enter(married(husband, wife, '2010-01-01'));
  const order = { key: `${++made}-before`, caseId: 'm', registration: marriage.key };
  const before = await family.certify(order);
  await amend(marriage.key);
  expect(await family.certify(order)).toEqual(before);
  expect(await refusalOf(family.certify({ ...order, key: `${++made}-after` }))).toBe('entry-reversed');
  expect(await refusalOf(family.certify({ ...order, key: `${++made}-none`, registration: 'none' }))).toBe(
    'registration-unknown',
  );
});

describe('a card that is still being made', () => {
  const identified = async () => {
    const [father, mother] = [await someone('M'), await someone('F')];
    const { key, child } = await enter({ kind: 'birth', on: '2012-01-01', father, mother, sex: 'M' });
    const { key: identification } = await enter({
      kind: 'member-identification',
      on: '2020-01-01',
      guardian: father,
      member: child,
      relation: 'father',
    });
    const order = { person: child, caseId: `rnw_${++made}`, type: 'national-id' } as const;
    const { serial } = await register.reserveCard({ key: `${order.caseId}-r`, ...order });
    const swap = { ...order, serial, key: `${order.caseId}-s`, issuedOn: '2020-02-02', expiresOn: '2099-01-01' };
    const handOver = () => register.swapCards(swap);
    const birth = { kind: 'birth', on: '2012-01-01', father, mother, child, sex: 'M' } as const;
    return { key, identification, birth, child, serial, handOver };
  };
  const verified = async (who: string, serial: string): Promise<string | undefined> => {
    const question = { person: who, serial, birthDate: null, beneficiary: 'citizen' } as const;
    const checked = await createVerifications(world.database).check(
      { ...question, client: 'bank', channel: 'business' },
      '2026-01-01T09:00:00.000Z',
    );
    return 'verdict' in checked ? checked.verdict : checked.refusal;
  };

  test('when the birth is corrected is marked: handed over, it is not what anybody may rely on', async () => {
    const { key, birth, child, serial, handOver } = await identified();
    const { dependents } = await amend(key, { ...birth, on: '2012-01-02' });
    expect(dependents).toMatchObject([{ kind: 'card', serial, holder: child }]);
    await handOver();
    expect(await verified(child, serial)).toBe('amended');
  });

  test('when the identification is revoked is marked too', async () => {
    const { identification, child, serial, handOver } = await identified();
    await amend(identification);
    await handOver();
    expect(await verified(child, serial)).toBe('amended');
  });

  test('when the birth is revoked never becomes valid, and none is begun', async () => {
    const { key, identification, child, handOver } = await identified();
    await amend(identification);
    await amend(key);
    expect(await refusalOf(handOver())).toBe('identity-revoked');
    const another = { key: `${++made}-r`, person: child, caseId: 'rnw_x', type: 'national-id' } as const;
    expect(await refusalOf(register.reserveCard(another))).toBe('identity-revoked');
  });
});
