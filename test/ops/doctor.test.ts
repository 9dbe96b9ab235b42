import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import type { EngineHealth, EngineOperations } from '../../client/operations';
import { OutsideFailure } from '../../domain/failures';
import { instant, MINUTE } from '../../domain/time';
import { examine, type Patient } from '../../ops/doctor';

const NOW = Date.parse('2026-11-23T02:00:00.000Z');
type Secrets = NonNullable<Patient['secrets']>;
const secret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const health: EngineHealth = {
  serverVersion: '1.32.0',
  workers: [{ identity: 'worker', lastSeen: instant(NOW - 20_000) }],
  gaps: [],
};
const looks = (seen: Partial<EngineHealth>): (() => Promise<EngineOperations>) => {
  const engine = {
    health: () => Promise.resolve({ ...health, ...seen }),
    stallScanScheduled: () => Promise.resolve(true),
  };
  return () => Promise.resolve(engine as unknown as EngineOperations);
};
const kept = new Map<string, unknown>();
const patient: Patient = {
  vitals: {
    server: () => Promise.resolve({ version: '15.4', number: 150_004 }),
    migrations: () => Promise.resolve([]),
    clock: () => Promise.resolve(instant(NOW)),
    webhooks: () => Promise.resolve({ last: instant(NOW), waiting: 3 }),
    incidents: () => Promise.resolve(0),
    staffOfSeveralNumbers: () => Promise.resolve([]),
  },
  engine: looks({}),
  vault: {
    put: ({ ref, value }) => Promise.resolve(kept.set(ref, value) && ('kept' as const)),
    get: <T>(ref: string) => Promise.resolve((kept.get(ref) as T) ?? null),
  },
  stalls: { lastScan: () => Promise.resolve(instant(NOW - MINUTE)), list: () => Promise.resolve([]) },
  signIn: () => Promise.resolve('the provider'),
  deployed: () => Promise.resolve(null),
  secrets: {
    signingKey: randomBytes(32),
    formerSigningKeys: [],
    webhookSecrets: { payments: [secret(), secret()], cardBureau: [secret()], courier: [secret()] },
  },
  dataDir: tmpdir(),
  production: false,
  now: () => NOW,
};
const finding = async (check: string, change: Partial<Patient> = {}) =>
  (await examine({ ...patient, ...change })).find((each) => each.check === check);

test.each(['database', 'engine', 'workers', 'versions', 'clocks', 'keys', 'secrets', 'webhooks', 'stall watch'])(
  '%s: well is called well',
  async (check) => expect(await finding(check)).toMatchObject({ state: 'well' }),
);

test.each<[string, string, 'wrong' | 'warning', Partial<Patient>]>([
  [
    'PostgreSQL 14',
    'database',
    'wrong',
    { vitals: { ...patient.vitals, server: () => Promise.resolve({ version: '14.9', number: 140_009 }) } },
  ],
  ['Temporal 1.31', 'engine', 'wrong', { engine: looks({ serverVersion: '1.31.4' }) }],
  ['no worker', 'workers', 'wrong', { engine: looks({ gaps: [{ why: 'none', buildId: null }] }) }],
  [
    'an engine that is a minute ahead',
    'clocks',
    'wrong',
    { engine: looks({ workers: [{ identity: 'worker', lastSeen: instant(NOW + MINUTE) }] }) },
  ],
  [
    'a database that is a minute behind',
    'clocks',
    'wrong',
    { vitals: { ...patient.vitals, clock: () => Promise.resolve(instant(NOW - MINUTE)) } },
  ],
  [
    'a deployment without a current version',
    'versions',
    'wrong',
    { deployed: () => Promise.resolve({ name: 'tajdid', current: null, ramping: null, versions: [] }) },
  ],
  [
    'a ramp that nobody has ended',
    'versions',
    'warning',
    {
      deployed: () =>
        Promise.resolve({ name: 'tajdid', current: 'one', ramping: { buildId: 'two', percent: 5 }, versions: [] }),
    },
  ],
  [
    'two parties with one secret',
    'secrets',
    'warning',
    {
      secrets: {
        ...(patient.secrets as Secrets),
        webhookSecrets: { payments: ['whsec_'.padEnd(50, 'a')], courier: ['whsec_'.padEnd(50, 'a')] },
      },
    },
  ],
  [
    'a secret that can be guessed',
    'secrets',
    'wrong',
    { secrets: { ...(patient.secrets as Secrets), webhookSecrets: { payments: ['whsec_c2hvcnQ='] } } },
  ],
])('%s is a finding', async (_what, check, state, change) => {
  expect(await finding(check, change)).toMatchObject({ check, state });
});

test('a database that is gone is told in Arabic too', async () => {
  const gone = () =>
    Promise.reject(
      new OutsideFailure('unavailable', 'case', 'postgres-econnrefused', 'the database could not be reached'),
    );
  expect(await finding('database', { vitals: { ...patient.vitals, server: gone } })).toMatchObject({
    state: 'wrong',
    says: { en: 'The database could not be reached.', ar: 'PostgreSQL لا يجيب (postgres-econnrefused).' },
  });
});
