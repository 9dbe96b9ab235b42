import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import { run } from '../../cli/program';

const dir = mkdtempSync(join(tmpdir(), 'tajdid-wrong-'));
afterAll(() => rm(dir, { recursive: true }));

/** Nothing answers there. */
const env = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  TEMPORAL_ADDRESS: '127.0.0.1:1',
  OIDC_ISSUER: 'http://127.0.0.1:1/idp',
  OIDC_AUDIENCE: 'tajdid',
  DATA_DIR: dir,
  XDG_CONFIG_HOME: dir,
};

const tajdid = async (...argv: string[]): Promise<{ code: number; out: string; err: string }> => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(argv, { out: (line) => out.push(line), err: (line) => err.push(line), live: false }, env);
  return { code, out: out.join('\n'), err: err.join('\n') };
};

/** What is wrong with a command line, and what of it is named in every language. */
const wrong: readonly (readonly [readonly string[], string])[] = [
  [['case', 'show'], 'id'],
  [['case', 'show', 'rnw_1', 'rnw_2'], 'show'],
  [['case'], 'case'],
  [['doctor', '--bogus'], '--bogus'],
  [['doctor', '--jsn'], '--json'],
  [['doctr'], 'doctor'],
  [['stall', 'scan'], '--reason'],
  [['stall', 'scan', '--reason'], '--reason'],
  [['stall', 'scan', '--reason', 'x'], '3'],
  [['incidents', 'retry', '--all', '--reason', 'as a test', '--rate', '0'], '--rate'],
  [['deploy', 'ramp', 'v2', '101', '--reason', 'as a test'], '100'],
  [['erasure', 'confirm', 'one', '--reason', 'as a test'], 'id'],
  [['completion', 'perl'], 'fish'],
  [['replay', '--dir', '/nowhere'], '/nowhere'],
];

test.each(wrong)('%j is asked wrongly, and is told so in either language and as JSON', async (argv, named) => {
  const [en, ar, json] = [
    await tajdid(...argv),
    await tajdid('--lang', 'ar', ...argv),
    await tajdid('--json', ...argv),
  ];
  expect([en.code, ar.code, json.code]).toEqual([2, 2, 2]);
  expect(en.err).toContain(named);
  const [first = '', ...usage] = ar.err.split('\n');
  expect(first).toMatch(/[\u0600-\u06ff]/);
  expect(first).toContain(named);
  for (const line of usage) expect(line).toMatch(/^الاستعمال: tajdid /);
  const { error, exitCode, ...more } = JSON.parse(json.err) as { error: string; exitCode: number };
  expect([exitCode, more]).toEqual([2, {}]);
  expect(error).toContain(named);
  expect(error).not.toContain('\n');
  const arabic = JSON.parse((await tajdid('--json', '--lang', 'ar', ...argv)).err) as { error: string };
  expect(arabic.error).toBe(first);
});

test('in English the usage follows, and a wrong word is answered with the one that was meant', async () => {
  expect((await tajdid('case', 'show')).err).toMatch(/Usage: tajdid case show \[options\] <id>/);
  expect((await tajdid('--lang', 'ar', 'doctr')).err).toContain('هل قصدت doctor؟');
  expect(await tajdid('--lang', 'fr', 'doctor')).toMatchObject({ code: 2, err: expect.stringContaining('en, ar') });
});

test('help has Arabic headings under --lang ar', async () => {
  for (const argv of [
    ['--lang', 'ar', '--help'],
    ['--lang', 'ar', 'incidents', 'retry', '--help'],
    ['--lang', 'ar', 'help', 'case'],
  ]) {
    const { code, out } = await tajdid(...argv);
    expect([argv, code, out]).toEqual([argv, 0, expect.stringMatching(/^الاستعمال: tajdid .*\n[^]*^الخيارات:$/m)]);
    expect(out).not.toMatch(/^(Usage|Options|Commands|Arguments|Exit codes)/m);
  }
});

test('a setting that is wrong is named in either language', async () => {
  const said = async (lang: string): Promise<string> => {
    let err = '';
    const output = { out: () => undefined, err: (line: string) => void (err += line), live: false };
    expect(await run(['--lang', lang, 'doctor'], output, { ...env, PORT: 'abc', SANDBOX_PORT: 'abc' })).toBe(2);
    return err;
  };
  expect(await said('en')).toMatch(/^PORT is not a port number/);
  expect(await said('ar')).toMatch(/^راجع هذه الإعدادات: PORT، SANDBOX_PORT\.\nPORT is not a port number/);
});

test('help and version are no mistake', async () => {
  expect(await tajdid('--version')).toEqual({ code: 0, out: version, err: '' });
  expect(await tajdid('case', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage:'), err: '' });
});

test('a database that is gone is told in either language', async () => {
  expect(await tajdid('incidents', 'list')).toMatchObject({
    code: 3,
    err: 'The database could not be reached. Try `tajdid doctor`.',
  });
  expect(await tajdid('--lang', 'ar', 'incidents', 'list')).toMatchObject({
    code: 3,
    err: 'PostgreSQL لا يجيب (postgres-econnrefused). جرّب `tajdid doctor`.',
  });
});

test('a file that cannot be read or written is told before anything is done for it', async () => {
  await tajdid('audit', 'keys', '--out', join(dir, 'head'));
  const why = ['--reason', 'as a test'];
  for (const argv of [
    ['audit', 'head', '--key', join(dir, 'head.key'), '--out', '/nowhere/head.json'],
    ['audit', 'keys', '--out', '/nowhere/head'],
    ['staff', 'import', '--file', '/nowhere/staff.csv', ...why],
    ['erasure', 'ask', '--file', '/nowhere/number', ...why],
  ])
    expect([argv, await tajdid(...argv)]).toEqual([
      argv,
      { code: 2, out: '', err: expect.stringMatching(/ \/nowhere\S+ cannot be (read|written): ENOENT\.$/) },
    ]);
});

test('a session that was half written is nobody', async () => {
  await mkdir(join(dir, 'tajdid'));
  await writeFile(join(dir, 'tajdid', 'session.json'), '{"issuer":"http');
  expect(await tajdid('whoami')).toMatchObject({ code: 1, err: 'Nobody is signed in: tajdid login.' });
});
