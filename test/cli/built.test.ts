import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bin } from '../../package.json';

const built = join(__dirname, '../..', bin.tajdid);

test('what the build leaves can be run by its name, as npx does, from a link of an earlier build too', async () => {
  const { stdout } = await promisify(execFile)(built, ['--help']);
  expect(stdout).toContain('Usage: tajdid');
});

test('a reader that has had enough, such as head, is no error', async () => {
  const child = spawn(built, ['--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (text) => (err += String(text)));
  expect([...((await once(child, 'close')) as [number]), err]).toEqual([0, null, '']);
});
