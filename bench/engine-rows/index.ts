import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { findGo } from '../../engine/temporal/build';
import { moduleDir } from '../../engine/temporal/executable';
import { LongProgress } from '../progress';

/** Beside the sources: the compiled code is one folder deeper, and the Go file is not in it. */
const SOURCE = join(__dirname, '../../../bench/engine-rows/main.go');

/** Builds the program beside the data that it fills, with the modules of the engine itself; undefined where there is no Go. */
export async function buildEngineRows(dataDir: string): Promise<string | undefined> {
  const go = findGo(process.env);
  if (go === undefined) return undefined;
  const dir = join(dataDir, 'engine-rows');
  await mkdir(dir, { recursive: true });
  await copyFile(SOURCE, join(dir, 'main.go'));
  for (const name of ['go.mod', 'go.sum']) await copyFile(join(moduleDir(), name), join(dir, name));
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  await promisify(execFile)(go, ['build', '-mod=readonly', '-o', 'engine-rows', '.'], { cwd: dir, env });
  return join(dir, 'engine-rows');
}

/** The name of the n-th case that is made; as the program gives it. */
export const madeName = (like: string, n: number): string => {
  const [prefix, tail] = like.split('_') as [string, string];
  return `${prefix}_${String(n).padStart(tail.length, '0')}`;
};

/** Open cases like a real one, the `first` and so many more, in the file of an engine that is stopped. */
export async function makeOpenCases(
  program: string,
  { file, like, first, count }: { file: string; like: string; first: number; count: number },
): Promise<void> {
  const child = spawn(program, [file, like, String(first), String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const progress = new LongProgress('open cases made in the engine', count);
  createInterface({ input: child.stdout }).on('line', (made) => progress.step(Number(made)));
  const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
  progress.end();
  if (code !== 0) throw new Error(`the open cases could not be made: exit code ${code}`);
}
