import { execFile } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

const run = (program: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'dist', program, 'main.js'), ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

test.each([
  ['bench', 'renewl', 'There is no "renewl". Was "renewal" meant?'],
  ['chaos', 'upgrad', 'There is no "upgrad". Was "upgrade" meant?'],
])('%s answers %s with what was meant', async (program, word, said) => {
  expect(await run(program, word)).toEqual({ code: 2, out: '', err: `${said}\n` });
});

test.each(['bench', 'chaos'])('%s says what it takes, and takes no other numbers', async (program) => {
  expect(await run(program, '--help')).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('Usage: npm run'),
  });
  const { code, err } = await run(program, '--cases', 'many');
  expect([code, err]).toEqual([1, expect.stringContaining('It is a whole number from 1 on.')]);
  expect(err).not.toMatch(/^\s+at /m);
});
