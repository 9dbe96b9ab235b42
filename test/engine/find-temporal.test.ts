import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { downloadTemporal } from '../../engine/temporal/download';
import { builtExecutable, downloadedExecutable } from '../../engine/temporal/executable';
import { findTemporal } from '../../engine/temporal/find';

/** A program that answers `--version` as Temporal's command line does. */
function putTemporal(path: string, server: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "temporal version 1.9.1 (Server ${server}, UI 2.50.1)"\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('the order in which Temporal is found', () => {
  let dir: string;
  let env: NodeJS.ProcessEnv;
  const log = () => undefined;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'tajdid-find-'));
    env = { PATH: join(dir, 'bin'), TAJDID_CACHE: join(dir, 'cache') };
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('one on PATH comes first, if it is recent enough', async () => {
    const onPath = putTemporal(join(dir, 'bin', 'temporal'), '1.32.0');
    putTemporal(builtExecutable(env), '1.32.0');
    expect(await findTemporal({ log, env })).toEqual({ path: onPath, from: 'PATH' });
  });

  test('an old or silent one on PATH is passed over for the cache', async () => {
    const built = putTemporal(builtExecutable(env), '1.32.0');
    putTemporal(join(dir, 'bin', 'temporal'), '1.31.9');
    expect(await findTemporal({ log, env })).toEqual({ path: built, from: 'cache' });
    writeFileSync(join(dir, 'bin', 'temporal'), '#!/bin/sh\nexit 3\n');
    expect(await findTemporal({ log, env })).toEqual({ path: built, from: 'cache' });
  });

  test('an earlier download counts as cached, and a build of this go.mod comes before it', async () => {
    const downloaded = putTemporal(downloadedExecutable(env), '1.33.1');
    expect(await findTemporal({ log, env })).toEqual({ path: downloaded, from: 'cache' });
    const built = putTemporal(builtExecutable(env), '2.0.0');
    expect(await findTemporal({ log, env })).toEqual({ path: built, from: 'cache' });
  });

  test('the cache is where TAJDID_CACHE says, else in the cache directory of the user', () => {
    expect(builtExecutable({ TAJDID_CACHE: '/a' })).toMatch(/^\/a\/temporal-1\.32\.0-[0-9a-f]{12}\/temporal$/);
    expect(downloadedExecutable({ XDG_CACHE_HOME: '/b' })).toBe('/b/tajdid/temporal-cli-1.9.1/temporal');
    expect(downloadedExecutable({})).toMatch(/\/\.cache\/tajdid\//);
  });

  describe('without a connection to temporal.download', () => {
    const connected = globalThis.fetch;
    beforeEach(() => {
      globalThis.fetch = () =>
        Promise.reject(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') }));
    });
    afterEach(() => {
      globalThis.fetch = connected;
    });

    test('it is built with Go, once for two who want it at the same time', async () => {
      const go = join(dir, 'bin', 'go');
      mkdirSync(dirname(go), { recursive: true });
      // Stands in for the compiler: checks how it is called, and writes what a build would.
      writeFileSync(
        go,
        `#!/bin/sh
[ "$CGO_ENABLED" = 0 ] && [ -f go.mod ] && [ -f go.sum ] || { echo "called wrongly" >&2; exit 1; }
echo built >> "${join(dir, 'builds')}"
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho "temporal version 0 (Server 1.32.0, UI 2)"\\n' > "$2"
/bin/chmod 755 "$2"
`,
      );
      chmodSync(go, 0o755);
      const found = await Promise.all([findTemporal({ log, env }), findTemporal({ log, env })]);
      expect(found.map(({ path }) => path)).toEqual([builtExecutable(env), builtExecutable(env)]);
      expect(found[0]?.from).toBe('build');
      expect(await findTemporal({ log, env })).toEqual({ path: builtExecutable(env), from: 'cache' });
      expect(readFileSync(join(dir, 'builds'), 'utf8')).toBe('built\n');
    });

    test('when nothing works, one message lists the choices and what was tried', async () => {
      const go = join(dir, 'bin', 'go');
      mkdirSync(dirname(go), { recursive: true });
      writeFileSync(go, '#!/bin/sh\necho "go: go.mod requires go >= 1.26.8 (running go 1.22.1)" >&2\nexit 1\n');
      chmodSync(go, 0o755);
      putTemporal(join(dir, 'bin', 'temporal'), '1.30.0');
      const failure = await findTemporal({ log, env }).catch((error: unknown) => error as Error);
      expect(failure).toMatchObject({ name: 'EngineUnavailable' });
      const { message } = failure as Error;
      for (const choice of ['TEMPORAL_ADDRESS', 'PATH', 'https://temporal.download', 'Go 1.26.8'])
        expect(message).toContain(choice);
      expect(message).toContain('its server is 1.30.0');
      expect(message).toContain('getaddrinfo ENOTFOUND');
      expect(message).toContain('go.mod requires go >= 1.26.8');
    });

    test('a download that never answers is given up within seconds', async () => {
      globalThis.fetch = (_url, init) =>
        new Promise((_resolve, reject) =>
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)),
        );
      const started = Date.now();
      expect(await downloadTemporal(env, log)).toEqual({ why: 'temporal.download did not answer in time' });
      expect(Date.now() - started).toBeLessThan(15_000);
    });
  });
});
