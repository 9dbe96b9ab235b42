import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bin } from '../../package.json';

test('what the build leaves can be run by its name, as npx does, from a link of an earlier build too', async () => {
  const built = join(__dirname, '../..', bin.tajdid);
  const { stdout } = await promisify(execFile)(built, ['--help']);
  expect(stdout).toContain('Usage: tajdid');
});
