import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { run } from '../../cli/program';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tajdid-completion-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function tajdid(...argv: string[]): Promise<{ code: number; out: string }> {
  const out: string[] = [];
  const code = await run(argv, { out: (line) => out.push(line), err: () => undefined, live: false }, {});
  return { code, out: out.join('\n') };
}

test('there is completion for the shells, and bash completes with it', async () => {
  const script = join(dir, 'completion.bash');
  await writeFile(script, (await tajdid('completion', 'bash')).out);
  const completed = async (...words: string[]): Promise<string[]> => {
    const line = words.map((word) => `'${word}'`).join(' ');
    const command = `source ${script}; COMP_WORDS=(tajdid ${line}); COMP_CWORD=${words.length}; _tajdid; echo "\${COMPREPLY[*]}"`;
    return (await promisify(execFile)('bash', ['-c', command])).stdout.trim().split(' ');
  };
  expect(await completed('inc')).toEqual(['incidents']);
  expect(await completed('incidents', 're')).toEqual(['retry', 'resume', 'repair', 'repairs']);
  expect(await completed('--as', 'staff-401', 'case', 'reset', 'rnw_1', '--p')).toEqual(['--pin']);
  expect(await completed('stall', 'list', '--al')).toEqual(['--all']);
  expect(await completed('doctor', '--js')).toEqual(['--json']);
  expect((await tajdid('completion', 'zsh')).out).toContain('bashcompinit');
  expect((await tajdid('completion', 'fish')).out).toContain(
    'complete -c tajdid -f -n "__fish_seen_subcommand_from stall; and __fish_seen_subcommand_from list" -a "--all --json --lang --as --version --help"',
  );
  expect((await tajdid('completion', 'bash')).out).toContain('complete -F _tajdid tajdid');
  expect((await tajdid('completion', 'fish')).out).toContain('incidents');
  expect((await tajdid('completion', 'perl')).code).toBe(2);
  expect((await tajdid('nonsense')).code).toBe(2);
});
