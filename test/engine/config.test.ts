import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig, readDatabaseUrl } from '../../engine/config';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';

const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64');

describe('configuration', () => {
  let dir: string;
  let production: NodeJS.ProcessEnv;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'tajdid-config-'));
    production = {
      NODE_ENV: 'production',
      DATA_DIR: dir,
      PUBLIC_URL: 'https://api.example.org',
      RENEWAL_URL: 'https://portal.example.org/renew',
      DATABASE_URL: 'postgres://tajdid:secret@db/tajdid',
      TEMPORAL_ADDRESS: 'temporal:7233',
      OIDC_ISSUER: 'https://login.example.org',
      OIDC_AUDIENCE: 'tajdid',
      MASTER_KEY: base64(1),
      LOOKUP_KEY: Buffer.alloc(32, 2).toString('hex'),
      SIGNING_KEY: base64(6),
      WEBHOOK_SECRET_PAYMENTS: `whsec_${base64(3)}`,
      WEBHOOK_SECRET_CARD_BUREAU: `whsec_${base64(4)}`,
      WEBHOOK_SECRET_COURIER: base64(5),
      PAYMENTS_URL: 'https://pay.example.org',
      CARD_BUREAU_URL: 'https://cards.example.org',
      COURIER_URL: 'https://courier.example.org',
      MESSAGES_URL: 'https://messages.example.org',
      NOTICES_URL: 'https://notices.example.org',
      PAYMENTS_API_KEY: 'a-key-of-the-gateway',
      CARD_BUREAU_API_KEY: 'a-key-of-the-bureau',
      COURIER_API_KEY: 'a-key-of-the-courier',
      MESSAGES_API_KEY: 'a-key-of-the-messages',
      NOTICES_API_KEY: 'a-key-of-the-notices',
      DOCUMENTS_DIR: '/var/lib/tajdid/documents',
    };
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const problemsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
    try {
      readConfig(env);
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  };

  test('an empty environment means development: everything embedded, secrets made up once and kept', () => {
    const config = readConfig({ DATA_DIR: dir });
    expect(config).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 8080,
      databaseUrl: undefined,
      temporal: { address: undefined, namespace: 'default' },
      oidc: undefined,
      documentsDir: join(dir, 'documents'),
    });
    expect(config.masterKey).toHaveLength(32);
    expect(config.masterKey.equals(config.lookupKey)).toBe(false);
    expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readConfig({ DATA_DIR: dir })).toEqual(config);
  });

  test('production takes everything from outside', () => {
    expect(readConfig(production)).toMatchObject({
      production: true,
      host: '0.0.0.0',
      databaseUrl: 'postgres://tajdid:secret@db/tajdid',
      temporal: { address: 'temporal:7233', namespace: 'default' },
      oidc: { issuer: 'https://login.example.org', audience: 'tajdid' },
      masterKey: Buffer.alloc(32, 1),
      lookupKey: Buffer.alloc(32, 2),
      outside: { payments: { url: 'https://pay.example.org', apiKey: 'a-key-of-the-gateway' } },
    });
  });

  test('production refuses embedded engines, the sandbox and default secrets, each by name', () => {
    const problems = problemsOf({ NODE_ENV: 'production', DATA_DIR: dir });
    const required = Object.keys(production).filter((name) => name !== 'NODE_ENV' && name !== 'DATA_DIR');
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(required.sort());
    expect(problems.every((problem) => problem.includes('is not set: '))).toBe(true);
  });

  test.each([
    'PUBLIC_URL',
    'RENEWAL_URL',
    'DATABASE_URL',
    'TEMPORAL_ADDRESS',
    'OIDC_ISSUER',
    'OIDC_AUDIENCE',
    'MASTER_KEY',
    'PAYMENTS_URL',
    'COURIER_API_KEY',
  ])('production without %s names it and nothing else', (name) => {
    const problems = problemsOf({ ...production, [name]: '' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} is not set: .+`));
  });

  test('production refuses a secret that development made up, and an issuer without https', () => {
    readConfig({ DATA_DIR: dir });
    const madeUp = JSON.parse(readFileSync(join(dir, 'secrets.json'), 'utf8')) as Record<string, string>;
    const issuer = 'http://127.0.0.1:9000';
    expect(problemsOf({ ...production, PUBLIC_URL: 'http://10.0.0.1:8080' })).toEqual([
      'PUBLIC_URL is not https; people and other agencies are led there, so set it to an https address.',
    ]);
    expect(problemsOf({ ...production, MASTER_KEY: madeUp.MASTER_KEY, OIDC_ISSUER: issuer })).toEqual([
      "OIDC_ISSUER is not https, as the sandbox's is; production takes tokens only from an issuer reached over https.",
      'MASTER_KEY is one for development, which others know; set one of its own.',
    ]);
  });

  test('production reaches the parties outside over https, unless it is told that the network is its own', () => {
    const plain = Object.fromEntries(
      ['PAYMENTS', 'CARD_BUREAU', 'COURIER', 'MESSAGES', 'NOTICES'].map((name) => [`${name}_URL`, 'http://10.0.0.7']),
    );
    expect(problemsOf({ ...production, ...plain }).map((problem) => problem.split(' is not https: ')[0])).toEqual(
      Object.keys(plain),
    );
    expect(readConfig({ ...production, ...plain, OUTSIDE_ALLOW_HTTP: 'true' }).outside.courier.url).toBe(
      'http://10.0.0.7',
    );
    expect(problemsOf({ ...production, OUTSIDE_ALLOW_HTTP: 'yes' })).toEqual([
      'OUTSIDE_ALLOW_HTTP is not true or false; correct or unset it.',
    ]);
  });

  test('production refuses the secrets that stand in the source of the sandbox, and one key for two ends', () => {
    const { apiKeys, webhookSecrets } = DEVELOPMENT_SECRETS;
    const known = {
      PAYMENTS_API_KEY: apiKeys.payments,
      CARD_BUREAU_API_KEY: apiKeys['card-bureau'],
      COURIER_API_KEY: apiKeys.courier,
      MESSAGES_API_KEY: apiKeys.messages,
      NOTICES_API_KEY: apiKeys.notices,
      WEBHOOK_SECRET_PAYMENTS: webhookSecrets.payments,
      WEBHOOK_SECRET_CARD_BUREAU: webhookSecrets['card-bureau'],
      WEBHOOK_SECRET_COURIER: webhookSecrets.courier,
    };
    expect([...problemsOf({ ...production, ...known })].sort()).toEqual(
      Object.keys(known)
        .map((name) => `${name} is one for development, which others know; set one of its own.`)
        .sort(),
    );
    expect(problemsOf({ ...production, LOOKUP_KEY: production.MASTER_KEY })).toEqual([
      'LOOKUP_KEY is the same as MASTER_KEY; each needs a key of its own.',
    ]);
  });

  test.each([
    ['PORT', 'eighty', 'PORT is not a port number from 0 to 65535; correct or unset it.'],
    ['PORT', '70000', 'PORT is not a port number from 0 to 65535; correct or unset it.'],
    ['SANDBOX_PORT', '-1', 'SANDBOX_PORT is not a port number from 0 to 65535; correct or unset it.'],
    ['NODE_ENV', 'prod', 'NODE_ENV is not production, development or test; correct or unset it.'],
    [
      'PUBLIC_URL',
      'https://api.example.org/v1',
      'PUBLIC_URL is not an address without a path (https://api.example.org); correct it.',
    ],
    ['DATABASE_URL', 'mysql://db', 'DATABASE_URL is not a postgres:// or postgresql:// URL; correct it.'],
    [
      'TEMPORAL_ADDRESS',
      'http://temporal',
      'TEMPORAL_ADDRESS is not host:port; correct it, or unset it for the embedded server.',
    ],
    ['PAYMENTS_URL', 'pay.example.org', 'PAYMENTS_URL is not a http:// or https:// URL; correct it.'],
    [
      'MASTER_KEY',
      'c2hvcnQ=',
      'MASTER_KEY is not a key of 32 bytes in base64 or hex; make one with `openssl rand -base64 32`.',
    ],
    [
      'COURIER_API_KEY',
      'short',
      'COURIER_API_KEY is shorter than 16 characters; ask the other side for its real API key.',
    ],
    [
      'OIDC_ISSUER',
      'https://login.example.org',
      'Only one of OIDC_ISSUER and OIDC_AUDIENCE is set; set both, or neither for the identity provider of the sandbox.',
    ],
    ...['true', '0', '17', 'proxy.example.org', '10.0.0.0/0', '10.0.0.0/33', '::1/129', '10.0.0.1, *'].map((value) => [
      'TRUSTED_PROXIES',
      value,
      'TRUSTED_PROXIES is not how many proxies there are (1 to 16), nor a list of their addresses (10.0.0.0/8, loopback); correct or unset it.',
    ]),
    ...['0', '1.5', 'many', '10000000'].map((value) => [
      'REQUESTS_PER_MINUTE',
      value,
      'REQUESTS_PER_MINUTE is not a whole number from 1 to 9999999; correct or unset it.',
    ]),
    [
      'WEBHOOK_SECRET_COURIER',
      'whsec_!!',
      'WEBHOOK_SECRET_COURIER is not a Standard Webhooks secret (whsec_ and at least 24 bytes in base64), nor several with commas between them; ask the sender for it.',
    ],
  ])('%s=%s is refused in one sentence', (name, value, sentence) => {
    expect(problemsOf({ DATA_DIR: dir, [name]: value })).toEqual([sentence]);
  });

  test.each([
    [undefined, undefined],
    ['2', 2],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, 2001:db8::/32 192.0.2.7', ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7']],
  ])('TRUSTED_PROXIES=%s', (value, proxies) => {
    expect(readConfig({ DATA_DIR: dir, TRUSTED_PROXIES: value }).trustedProxies).toEqual(proxies);
  });

  test('while keys and secrets are changed, those of before hold too', () => {
    const { formerMasterKeys, webhookSecrets } = readConfig({
      ...production,
      MASTER_KEYS_FORMER: `${base64(7)}, ${Buffer.alloc(32, 8).toString('hex')}`,
      WEBHOOK_SECRET_PAYMENTS: `whsec_${base64(3)},whsec_${base64(9)}`,
    });
    expect(formerMasterKeys).toEqual([Buffer.alloc(32, 7), Buffer.alloc(32, 8)]);
    expect(webhookSecrets.payments).toEqual([`whsec_${base64(3)}`, `whsec_${base64(9)}`]);
    expect(readConfig(production).formerMasterKeys).toEqual([]);
    expect(problemsOf({ ...production, MASTER_KEYS_FORMER: `${base64(7)},c2hvcnQ=` })).toEqual([
      'MASTER_KEYS_FORMER is not a list of keys of 32 bytes in base64 or hex; correct or unset it.',
    ]);
    expect(problemsOf({ ...production, WEBHOOK_SECRET_COURIER: `${base64(5)},short` })).toHaveLength(1);
    const known = `${base64(5)},${DEVELOPMENT_SECRETS.webhookSecrets.courier}`;
    expect(problemsOf({ ...production, WEBHOOK_SECRET_COURIER: known })).toEqual([
      'WEBHOOK_SECRET_COURIER is one for development, which others know; set one of its own.',
    ]);
  });

  test('a value is never repeated in a message', () => {
    const problems = problemsOf({
      ...production,
      MASTER_KEY: 'sensitive-value',
      DATABASE_URL: 'sensitive-value',
      PORT: 'sensitive-value',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).not.toContain('sensitive-value');
  });

  test('a secret comes from a file, without its line end', () => {
    writeFileSync(join(dir, 'key'), `${base64(7)}\n`);
    writeFileSync(join(dir, 'empty'), '\n');
    const byFile = { ...production, MASTER_KEY: undefined };
    expect(readConfig({ ...byFile, MASTER_KEY_FILE: join(dir, 'key') }).masterKey).toEqual(Buffer.alloc(32, 7));
    expect(problemsOf({ DATA_DIR: dir, MASTER_KEY_FILE: join(dir, 'empty') })).toEqual([
      'MASTER_KEY_FILE names an empty file; put the value into it.',
    ]);
    expect(problemsOf({ DATA_DIR: dir, MASTER_KEY_FILE: join(dir, 'none') })).toEqual([
      'MASTER_KEY_FILE names a file that can not be read (ENOENT); correct the path or its permissions.',
    ]);
    expect(problemsOf({ ...production, MASTER_KEY_FILE: join(dir, 'key') })).toEqual([
      'MASTER_KEY and MASTER_KEY_FILE are both set; unset one of them.',
    ]);
  });

  test("Temporal's own variables reach the connection", () => {
    writeFileSync(join(dir, 'ca.pem'), 'certificate');
    const { temporal } = readConfig({
      ...production,
      TEMPORAL_NAMESPACE: 'registry',
      TEMPORAL_API_KEY: 'the-key-of-the-cloud',
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(dir, 'ca.pem'),
    });
    expect(temporal).toMatchObject({
      namespace: 'registry',
      connection: { apiKey: 'the-key-of-the-cloud', tls: { serverRootCACertificate: Buffer.from('certificate') } },
    });
    expect(problemsOf({ ...production, TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(dir, 'none.pem') })[0]).toMatch(
      /^Temporal's own settings .* can not be used: /,
    );
  });

  test('the migration reads its one variable alone', () => {
    expect(readDatabaseUrl({ NODE_ENV: 'production', DATABASE_URL: 'postgres://db/tajdid' })).toBe(
      'postgres://db/tajdid',
    );
    expect(() => readDatabaseUrl({})).toThrow(
      'DATABASE_URL is not set; set it, or DATABASE_URL_FILE, to the url of the PostgreSQL server.',
    );
  });
});
