import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { lockOwner, takeLock } from '../data-lock';
import { endWithUs } from '../end-with-us';
import { EngineUnavailable, type Log } from '../engine-unavailable';
import { builtExecutable, inspectExecutable, moduleDir, onPath } from './executable';

const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const PROGRESS_MS = 10_000;

/** The `go` command, also where Go's own installer puts it without changing PATH. */
export function findGo(env: NodeJS.ProcessEnv): string | undefined {
  return onPath('go', env) ?? onPath('go', { PATH: '/usr/local/go/bin:/opt/homebrew/bin' });
}

interface Progress {
  downloaded: number;
  compiled: number;
  last: string;
}

function describe(progress: Progress, startedMs: number): string {
  const seconds = Math.round((Date.now() - startedMs) / 1000);
  const doing =
    progress.compiled > 0
      ? `compiled ${progress.compiled} packages, now ${progress.last}`
      : progress.downloaded > 0
        ? `downloaded ${progress.downloaded} modules`
        : 'reading modules and earlier results';
  return `Building Temporal, ${seconds} s: ${doing}`;
}

/** Runs `go build` in `dir` and answers with undefined, or with the end of what it complained about. */
function goBuild(go: string, dir: string, env: NodeJS.ProcessEnv, log: Log): Promise<string | undefined> {
  const started = Date.now();
  const progress: Progress = { downloaded: 0, compiled: 0, last: '' };
  const complaints: string[] = [];
  const child = spawn(go, ['build', '-v', '-mod=readonly', '-ldflags', '-s -w', '-o', join(dir, 'temporal'), PACKAGE], {
    cwd: dir,
    env: { ...env, CGO_ENABLED: '0', GOWORK: 'off' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.startsWith('go: downloading ')) progress.downloaded += 1;
    else if (/^[\w.\-/]+$/.test(line)) {
      progress.compiled += 1;
      progress.last = line;
    } else complaints.push(line);
  });
  const ticker = setInterval(() => log(describe(progress, started)), PROGRESS_MS);
  const apart = endWithUs(() => void child.kill('SIGTERM'));
  return new Promise((resolve) => {
    const finish = (answer: string | undefined) => {
      clearInterval(ticker);
      apart();
      resolve(answer);
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', (code) => {
      finish(code === 0 ? undefined : complaints.slice(-5).join('\n') || `go build ended with exit code ${code}`);
    });
  });
}

/** Waits for another program that builds the same thing. */
async function waitForOther(lockPath: string, log: Log): Promise<void> {
  const started = Date.now();
  let told = -Infinity;
  for (let other = lockOwner(lockPath); other !== undefined; other = lockOwner(lockPath)) {
    if (Date.now() - told > PROGRESS_MS) {
      told = Date.now();
      log(`Program ${other.pid} is building Temporal; waiting for it, ${Math.round((told - started) / 1000)} s`);
    }
    await pause(200);
  }
}

/**
 * Builds the pinned Temporal from source into the cache; go.sum checks every module. Takes one to three minutes
 * the first time. Two programs that want it at the same time build it once.
 */
export async function buildTemporal(
  go: string,
  env: NodeJS.ProcessEnv,
  log: Log,
): Promise<{ readonly path: string } | { readonly why: string }> {
  const target = builtExecutable(env);
  const lockPath = join(dirname(target), 'build-lock.json');
  mkdirSync(dirname(target), { recursive: true });
  for (;;) {
    await waitForOther(lockPath, log);
    if ((await inspectExecutable(target)).usable) return { path: target };
    try {
      const lock = await takeLock(lockPath, 'The build of Temporal', log);
      const dir = mkdtempSync(join(dirname(target), 'build-'));
      try {
        log('Building Temporal from source; this takes one to three minutes and happens once.');
        for (const name of ['go.mod', 'go.sum']) copyFileSync(join(moduleDir(), name), join(dir, name));
        const complaint = await goBuild(go, dir, env, log);
        if (complaint !== undefined) return { why: `go build failed: ${complaint}` };
        const built = await inspectExecutable(join(dir, 'temporal'));
        if (!built.usable) return { why: `the build can not be used: ${built.why}` };
        renameSync(join(dir, 'temporal'), target);
        log(`Built Temporal (server ${built.version}).`);
        return { path: target };
      } finally {
        rmSync(dir, { recursive: true, force: true });
        lock.release();
      }
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
    }
  }
}
