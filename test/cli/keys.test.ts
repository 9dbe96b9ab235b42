import { randomBytes } from 'node:crypto';
import { openDatabase } from '../../adapters/postgres/database';
import { createPersonKeys } from '../../adapters/vault/person-keys';
import { createVault } from '../../adapters/vault/postgres';
import { createSecrets } from '../../adapters/vault/secrets';
import { readConfig } from '../../engine/config';
import type { World } from '../support/world';
import { startCliWorld, type CliWorld, type Said } from './cli-world';

let cli: CliWorld;
let world: World;
const [before, now] = [1, 2].map(() => randomBytes(32).toString('base64'));

beforeAll(async () => {
  cli = await startCliWorld();
  ({ world } = cli);
});
afterAll(() => cli?.stop());

type Keys = NodeJS.ProcessEnv;

const tajdid = (keys: Keys, ...argv: string[]): Promise<Said> => cli.tajdid(['--as', 'staff-401', ...argv], keys);

/** As a program that starts with these keys has it. */
async function withVault<T>(keys: Keys, work: (vault: ReturnType<typeof createVault>) => Promise<T>): Promise<T> {
  const secrets = createSecrets(readConfig({ ...cli.env, ...keys }));
  const database = openDatabase({ url: world.databaseUrl, max: 1 });
  try {
    return await work(createVault(database, secrets, createPersonKeys(database, secrets)));
  } finally {
    await database.close();
  }
}

test('the master key is changed while all goes on, and the former one is needed no more after the rewrap', async () => {
  const people = ['p_a', 'p_b', 'p_c'];
  await withVault({ MASTER_KEY: before }, async (vault) => {
    for (const person of people)
      await vault.put({ ref: `kept/${person}`, person, kind: 'application', value: { person } });
  });
  const read = (keys: Keys) =>
    withVault(keys, (vault) => Promise.all(people.map((person) => vault.get(`kept/${person}`))));
  const all = people.map((person) => ({ person }));
  const changed = { MASTER_KEY: now, MASTER_KEYS_FORMER: before };
  await expect(read(changed)).resolves.toEqual(all);
  await expect(read({ MASTER_KEY: now })).rejects.toMatchObject({ code: 'master-key-missing' });

  const rewrap = ['keys', 'rewrap', '--reason', 'the yearly change'];
  expect(await tajdid(changed, ...rewrap)).toMatchObject({
    code: 2,
    err: expect.stringContaining('The keys of 3 people are under former master keys') as string,
  });
  expect((await tajdid({ MASTER_KEY: now }, ...rewrap)).err).toContain('of 3 under keys that are not configured');
  const done = await tajdid(changed, ...rewrap, '--yes');
  expect([done.code, done.out]).toEqual([0, 'The keys of 3 people were wrapped anew by staff-401; 0 are left.']);
  await expect(read({ MASTER_KEY: now })).resolves.toEqual(all);
  const again = await tajdid(changed, ...rewrap, '--yes');
  expect(again.out).toMatch(/^The keys of 0 people/);
  const acts = await tajdid({ MASTER_KEY: now }, 'acts');
  expect(acts.out).toMatch(/keys-rewrap +people 3 +staff-401 +the yearly change/);
});
