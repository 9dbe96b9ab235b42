import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, accessSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { isTemporalTooOld } from '../oldest';

/** What the build pins: `go.temporal.io/server` in go.mod. */
export const SERVER_VERSION = '1.32.0';

/** The released command line that is downloaded where the internet can be reached. */
export const RELEASE = '1.9.1';

/** go.mod and go.sum stand beside the sources, and beside the compiled code one level deeper. */
export function moduleDir(): string {
  const compiled = `${sep}dist${sep}engine${sep}temporal`;
  return __dirname.endsWith(compiled) ? join(__dirname.slice(0, -compiled.length), 'engine', 'temporal') : __dirname;
}

/** Where engines are kept between runs: TAJDID_CACHE, else the user's cache directory. */
export function cacheDir(env: NodeJS.ProcessEnv): string {
  if (env.TAJDID_CACHE) return env.TAJDID_CACHE;
  const base = env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(base, 'tajdid');
}

/** Where a build from source is kept. Another go.mod or go.sum is another build. */
export function builtExecutable(env: NodeJS.ProcessEnv): string {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum']) hash.update(readFileSync(join(moduleDir(), name)));
  return join(cacheDir(env), `temporal-${SERVER_VERSION}-${hash.digest('hex').slice(0, 12)}`, 'temporal');
}

/** Where the downloaded release is kept. */
export function downloadedExecutable(env: NodeJS.ProcessEnv): string {
  return join(cacheDir(env), `temporal-cli-${RELEASE}`, 'temporal');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The first executable file of that name on PATH. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((dir) => dir !== '')
    .map((dir) => join(dir, name))
    .find(isExecutable);
}

/** What `temporal --version` says of the server in it: usable, or why not. */
export type Inspection =
  { readonly usable: true; readonly version: string } | { readonly usable: false; readonly why: string };

export function inspectExecutable(path: string): Promise<Inspection> {
  if (!isExecutable(path)) return Promise.resolve({ usable: false, why: 'there is no executable file' });
  return new Promise((resolve) => {
    execFile(path, ['--version'], { timeout: 20_000 }, (error, stdout) => {
      const found = /Server \d+\.\d+\.\d+/.exec(stdout);
      if (found === null) {
        resolve({ usable: false, why: error === null ? 'it does not tell its server version' : 'it does not run' });
        return;
      }
      const version = found[0].slice('Server '.length);
      resolve(
        isTemporalTooOld(version) ? { usable: false, why: `its server is ${version}` } : { usable: true, version },
      );
    });
  });
}
