import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStalls } from '../../adapters/operations/stalls-postgres';
import { run } from '../../cli/program';
import { instant } from '../../domain/time';
import { stallTexts } from '../../ops/stalls';
import { fileRenewals, statuses, until } from '../ops/cases';
import { testTemporal } from '../support/engine';
import { startWorld, type World } from '../support/world';

let world: World;
let dir: string;
let env: NodeJS.ProcessEnv;
let done: string;

async function ar(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const output = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), live: false };
  const code = await run(['--lang', 'ar', '--as', 'staff-401', ...argv], output, env);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

beforeAll(async () => {
  world = await startWorld();
  dir = await mkdtemp(join(tmpdir(), 'tajdid-arabic-'));
  env = {
    DATABASE_URL: world.databaseUrl,
    TEMPORAL_ADDRESS: await testTemporal(),
    TAJDID_TASK_QUEUE: world.taskQueue,
    DATA_DIR: dir,
    MASTER_KEY: randomBytes(32).toString('base64'),
    LOOKUP_KEY: randomBytes(32).toString('base64'),
    OIDC_ISSUER: `${world.sandboxUrl}/idp`,
    OIDC_AUDIENCE: 'tajdid',
    XDG_CONFIG_HOME: dir,
  };
  const ids = await fileRenewals(world, 1);
  await until(
    () => statuses(world, ids),
    (seen) => seen['COMPLETED'] === 1,
  );
  [done = ''] = ids;
}, 240_000);
afterAll(async () => {
  await world?.stop();
  await rm(dir, { recursive: true });
});

test('with --lang ar what is said is Arabic: heads, results, previews, refusals and remedies', async () => {
  await createStalls(world.database).see(
    { caseId: done, what: 'no-run', detail: 'x', remedied: stallTexts['no-run'].remedy.en },
    instant(Date.now()),
  );
  const Arabic = /[\u0600-\u06ff]/;
  const asked = [
    ['incidents', 'operations'],
    ['incidents', 'repairs'],
    ['incidents', 'repair', done],
    ['incidents', 'retry', '--all', '--reason', 'x', '--preview'],
    ['case', 'reset', done],
    ['case', 'events', done],
    ['case', 'list'],
    ['case', 'ledgers', done],
    ['audit', 'verify', '--case', done],
    ['deploy', 'versions'],
    ['stall', 'list'],
    ['acts'],
    ['doctor'],
  ];
  for (const argv of asked) {
    const [head = ''] = (await ar(...argv)).out.split('\n');
    expect([argv, head]).toEqual([argv, expect.stringMatching(Arabic)]);
  }
  const { out } = await ar('stall', 'list');
  expect(out).toContain(stallTexts['no-run'].remedy.ar);
  expect(out).not.toContain(stallTexts['no-run'].remedy.en);
  expect((await ar('incidents', 'repair', done, '--field', 'photo', '--value', 'x', '--reason', 'y')).err).toMatch(
    /^رُفض \(case-closed\): الحالة مغلقة/,
  );
  expect((await ar('case', 'why', `${done}x`)).err).toBe(`لا حالة بالرقم ${done}x. هل قصدت ${done}؟`);
  expect((await ar('deploy', 'list')).err).toMatch(Arabic);
  expect((await ar('case', 'restart', done, '--reason', 'x')).err).toMatch(Arabic);
}, 60_000);
