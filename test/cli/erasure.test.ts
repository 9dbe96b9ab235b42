import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnrolledPerson } from '../../adapters/register/enrol';
import { createFamilyEnrol } from '../../adapters/register/family-enrol';
import { identityNumberFrom } from '../../domain/identity-number';
import { inDays } from '../support/families';
import { aPerson } from '../support/people';
import type { World } from '../support/world';
import { startCliWorld, type CliWorld, type Said } from './cli-world';

let cli: CliWorld;
let world: World;
let dir: string;

beforeAll(async () => {
  cli = await startCliWorld();
  ({ world, dir } = cli);
});
afterAll(() => cli?.stop());

const tajdid = (...argv: string[]): Promise<Said> => cli.tajdid(argv);

async function somebody(nineDigits: string, more: Partial<EnrolledPerson> = {}): Promise<string> {
  const { number, person } = await cli.enrol(aPerson(nineDigits, { address: null, card: null, ...more }));
  await writeFile(join(dir, 'number'), `${number}\n`);
  return person;
}
const ask = (as = 'staff-401') =>
  tajdid('--as', as, 'erasure', 'ask', '--file', join(dir, 'number'), '--reason', 'a court order');
const confirm = (id: string, as = 'staff-402') =>
  tajdid('--as', as, 'erasure', 'confirm', id, '--reason', 'looked at the order');
const keyOf = async (person: string) => {
  const text = 'SELECT wrapped IS NULL AS gone FROM vault_keys WHERE person = $1';
  return (await world.database.from('vault').query<{ gone: boolean }>({ text, values: [person] }))[0];
};

test('one operator asks and another confirms; only then is the key gone, and both are on record', async () => {
  const person = await somebody('177000001');
  const asked = await ask();
  const id = /^Asked for as (\d+)\./.exec(asked.out)?.[1] ?? '';
  expect([asked.code, await keyOf(person)]).toEqual([0, { gone: false }]);
  expect(await confirm(id, 'staff-401')).toMatchObject({
    code: 1,
    err: expect.stringContaining('asked-by-the-same') as string,
  });
  expect(await keyOf(person)).toEqual({ gone: false });
  expect((await confirm(id)).out).toBe(`The person of ${id} is erased.`);
  expect(await keyOf(person)).toEqual({ gone: true });
  expect((await confirm(id)).err).toContain('erasure-made');
  expect((await ask()).err).toContain('person-erased');
  const list = await tajdid('--as', 'staff-401', 'erasure', 'list');
  expect(list.out).toMatch(
    new RegExp(`${id} +${person} +\\S+ +staff-401 +a court order +\\S+ +staff-402 +looked at the order`),
  );
  const reasons = await world.database.from('vault').query({
    text: `SELECT e.id FROM erasures e JOIN vault_entries a ON a.ref = e.asked_reason JOIN vault_entries c ON c.ref = e.confirmed_reason`,
  });
  expect(reasons).toEqual([{ id: Number(id) }]);
});

test('nobody is erased who has a card, stands in the records of others, or has a case that is open', async () => {
  const card = { type: 'national-id', issuedOn: '2020-01-01', expiresOn: inDays(300) } as const;
  await somebody('177000002', { card });
  expect((await ask()).err).toContain('card-in-force');

  const husband = await somebody('177000003');
  const wife = await somebody('177000004', { sex: 'F' });
  await createFamilyEnrol(world.database).ties([{ kind: 'marriage', on: '2010-01-01', husband, wife }]);
  expect((await ask()).err).toContain('in-family-records');

  const applicant = await somebody('177000005');
  const asked = await ask();
  await world.database.from('case').query({
    text: `INSERT INTO cases SELECT 'rnw_open', 'id-renewal', 'SUBMITTED', 'SUBMITTED', 1, 'c', 'c', $1, 'riyadh-1', NULL, '2024-1', now(), NULL,
      NULL, NULL, NULL, NULL, false, false, NULL, NULL, '{}', '\\x00'`,
    values: [applicant],
  });
  const id = /^Asked for as (\d+)\./.exec(asked.out)?.[1] ?? '';
  expect((await confirm(id)).err).toContain('open-case');
  expect(await keyOf(applicant)).toEqual({ gone: false });
  expect((await confirm('999')).err).toContain('no-such-erasure');
});

test('a number that nobody has is said to be unknown', async () => {
  await writeFile(join(dir, 'number'), identityNumberFrom('177000099'));
  expect((await ask()).err).toContain('person-unknown');
});
