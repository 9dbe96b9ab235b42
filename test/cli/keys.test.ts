import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../adapters/postgres/database';
import { createPersonKeys } from '../../adapters/vault/person-keys';
import { createVault } from '../../adapters/vault/postgres';
import { createSecrets } from '../../adapters/vault/secrets';
import { run } from '../../cli/program';
import { readConfig } from '../../engine/config';
import { testTemporal } from '../support/engine';
import { startWorld, type World } from '../support/world';

let world: World;
let dir: string;
let env: NodeJS.ProcessEnv;
const [before, now, lookup] = [1, 2, 3].map(() => randomBytes(32).toString('base64'));

beforeAll(async () => {
  world = await startWorld();
  dir = await mkdtemp(join(tmpdir(), 'tajdid-cli-keys-'));
  env = {
    DATABASE_URL: world.databaseUrl,
    TEMPORAL_ADDRESS: await testTemporal(),
    TAJDID_TASK_QUEUE: world.taskQueue,
    DATA_DIR: dir,
    LOOKUP_KEY: lookup,
    OIDC_ISSUER: `${world.sandboxUrl}/idp`,
    OIDC_AUDIENCE: 'tajdid',
    XDG_CONFIG_HOME: dir,
  };
}, 240_000);
afterAll(async () => {
  await world?.stop();
  await rm(dir, { recursive: true });
});

type Keys = NodeJS.ProcessEnv;

async function tajdid(keys: Keys, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const output = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), live: false };
  const code = await run(['--as', 'staff-401', ...argv], output, { ...env, ...keys });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** As a program that starts with these keys has it. */
async function withVault<T>(keys: Keys, work: (vault: ReturnType<typeof createVault>) => Promise<T>): Promise<T> {
  const secrets = createSecrets(readConfig({ ...env, ...keys }));
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
