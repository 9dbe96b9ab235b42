import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConfig, readDatabaseUrl } from '../../engine/config';
import { BY_FILE, Variables } from '../../engine/config-variables';

const ROOT = join(__dirname, '../..');
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Service {
  readonly command?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const compose = parse(text('docker-compose.yml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const programs = services.filter(([, { command }]) => Array.isArray(command) && command[0] === 'node');

/** What whoever runs it may say: `${NAME:-otherwise}`. */
const MAY_SAY = /^\$\{(\w+):-([^}]*)\}$/;
/** What whoever runs it has to say himself: `${NAME:?why}`. */
const SAID = /^\$\{(\w+):\?[^}]+\}$/;

describe('docker-compose.yml', () => {
  test('runs PostgreSQL, Temporal with its schema and page, the migration, the API and a worker', () => {
    expect(compose.services).toMatchObject({
      postgres: {},
      'temporal-schema': {},
      temporal: {},
      'temporal-ui': {},
      migrate: {},
      api: {},
      worker: {},
    });
    for (const [, { depends_on = {} }] of services)
      for (const other of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(other);
  });

  test('every script, mounted file and secret that it names is there', () => {
    for (const [, { command }] of programs) {
      const [, script = ''] = command ?? [];
      expect(existsSync(join(ROOT, script.replace(/^dist/, '').replace(/js$/, 'ts')))).toBe(true);
    }
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes).filter((volume) => volume.startsWith('./'));
    expect(mounted.length).toBeGreaterThan(3);
    for (const volume of mounted) expect(existsSync(join(ROOT, volume.split(':')[0] as string))).toBe(true);
    for (const [, { secrets = [] }] of services)
      for (const secret of secrets) expect(compose.secrets[secret]?.file).toBe(`./secrets/${secret}`);
  });

  test('each script of the shell is sound', () => {
    for (const name of ['create-databases', 'make-secrets', 'temporal-namespace', 'temporal-schema', 'temporal-server'])
      execFileSync('sh', ['-n', join(ROOT, `engine/production/${name}.sh`)]);
  });

  test('with the secrets that make-secrets.sh makes, and those of others, the configuration of API and worker is accepted', () => {
    const dir = mkdtempSync(join(tmpdir(), 'tajdid-secrets-'));
    const make = (): string => {
      try {
        return execFileSync('sh', [join(ROOT, 'engine/production/make-secrets.sh'), dir], {
          encoding: 'utf8',
          stdio: 'pipe',
        });
      } catch (error) {
        return (error as { stderr: string }).stderr;
      }
    };
    try {
      const asked = /: (.*)\n$/.exec(make())?.[1]?.split(' ') ?? [];
      expect(asked).toHaveLength(8);
      for (const name of asked)
        writeFileSync(
          join(dir, name),
          name.startsWith('webhook') ? `whsec_${Buffer.alloc(24, name).toString('base64')}` : `the-real-${name}`,
        );
      expect(make()).toMatch(/^All secrets are in /);
      const given = (
        environment: Readonly<Record<string, string>>,
        said: Readonly<Record<string, string>> = {},
      ): NodeJS.ProcessEnv =>
        Object.fromEntries(
          Object.entries(environment).map(([name, value]) => {
            const [, may, otherwise] = MAY_SAY.exec(value) ?? [];
            if (may !== undefined) return [name, said[may] ?? otherwise];
            if (SAID.test(value)) return [name, name.endsWith('_AUDIENCE') ? 'tajdid' : 'https://other.example.org'];
            return [name, value.replace('/run/secrets', dir)];
          }),
        );
      const versions = { WORKER_DEPLOYMENT: 'civil', WORKER_BUILD_ID: 'v1', NEXT_WORKER_BUILD_ID: 'v2' };
      const builds: Readonly<Record<string, string | undefined>> = { worker: 'v1', 'worker-next': 'v2' };
      for (const name of ['api', 'worker', 'worker-next']) {
        const environment = compose.services[name]?.environment ?? {};
        // A roll-out goes by versions; who gives none gets workers without.
        expect(readConfig(given(environment, versions))).toMatchObject({
          workerDeployment: 'civil',
          workerBuildId: builds[name],
        });
        const config = readConfig(given(environment));
        expect([config.workerDeployment, config.workerBuildId]).toEqual([undefined, undefined]);
        expect(config).toMatchObject({
          production: true,
          port: 8080,
          temporal: { address: 'temporal:7233', namespace: 'tajdid' },
        });
      }
      expect(readDatabaseUrl(given(compose.services.migrate?.environment ?? {}))).toMatch(
        /^postgres:\/\/tajdid:\w+@postgres:5432\/tajdid$/,
      );
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  test('lets whoever runs it say every variable that production has a use for', () => {
    const containers = ['HOST', 'DATA_DIR', 'SANDBOX_PORT', 'PORTAL_PORT'];
    const ofWorkers = ['WORKER_PORT', 'WORKER_BUILD_ID'];
    for (const name of ['api', 'worker', 'worker-next']) {
      const { environment = {} } = compose.services[name] ?? {};
      const without = [...containers, ...(name === 'api' ? ofWorkers : [])];
      const missing = Object.keys(Variables.shape).filter(
        (each) => !(each in environment) && !(`${each}_FILE` in environment) && !without.includes(each),
      );
      expect([name, missing]).toEqual([name, []]);
    }
  });

  test('what it lets them say is what the programs are told', () => {
    for (const [, { environment = {} }] of programs)
      for (const [name, value] of Object.entries(environment))
        if (MAY_SAY.test(value) && name !== 'WORKER_BUILD_ID') expect(value).toBe(`\${${name}:-}`);
  });

  test('sets no variable that the programs do not read', () => {
    const known = new Set([...Object.keys(Variables.shape), ...BY_FILE.map((name) => `${name}_FILE`)]);
    for (const [, { environment = {} }] of programs)
      expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('README.md', () => {
  test('names every variable that is read', () => {
    const readme = text('README.md');
    expect(
      Object.keys(Variables.shape).filter((name) => !readme.includes(`\`${name}\``) && !coveredBy(readme, name)),
    ).toEqual([]);
  });

  /** One row speaks for all keys of the parties outside. */
  const coveredBy = (readme: string, name: string): boolean =>
    name.endsWith('_API_KEY') &&
    readme.includes('`_API_KEY`') &&
    readme.includes(`\`${name.replace('_API_KEY', '_URL')}\``);
});
