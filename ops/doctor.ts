import { createHash, createPublicKey, verify } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import type { Stalls } from '../adapters/operations/stalls-port';
import type { Vitals } from '../adapters/operations/vitals';
import { migrations } from '../adapters/postgres/migrations';
import { createSigner } from '../adapters/signing/ed25519';
import type { Vault } from '../adapters/vault/port';
import type { Deployment } from '../client/deployments';
import type { EngineOperations } from '../client/operations';
import { alive } from '../client/workers';
import { holidaysKnownUntil } from '../domain/policies/holidays';
import { addDays, instant, millis, MINUTE, riyadhDate, SECOND, type LocalDate } from '../domain/time';
import { isTemporalTooOld, OLDEST_POSTGRES, oldestTemporal } from '../engine/oldest';
import { gapsInWords } from './stalls';

export interface Finding {
  readonly check: string;
  readonly state: 'well' | 'warning' | 'wrong';
  readonly says: string;
}

export interface Patient {
  readonly vitals: Vitals;
  readonly engine: () => Promise<EngineOperations>;
  readonly vault: Pick<Vault, 'put' | 'get'>;
  readonly stalls: Pick<Stalls, 'lastScan' | 'list'>;
  /** Whether the identity provider answers; undefined where there is none. */
  readonly signIn: (() => Promise<string>) | undefined;
  /** The deployment of the workers; null where they have no versions. */
  readonly deployed: () => Promise<Deployment | null>;
  /** Absent in a program that does not have them all. */
  readonly secrets?: {
    readonly signingKey: Buffer;
    readonly formerSigningKeys: readonly Buffer[];
    readonly webhookSecrets: Readonly<Record<string, string>>;
  };
  /** Absent where nothing is kept on a disk of this program's. */
  readonly dataDir?: string;
  readonly production: boolean;
  readonly now: () => number;
}

type Verdict = Omit<Finding, 'check'>;
const well = (says: string): Verdict => ({ state: 'well', says });
const warning = (says: string): Verdict => ({ state: 'warning', says });
const wrong = (says: string): Verdict => ({ state: 'wrong', says });

const CLOCK_MAY_DIFFER = 2 * SECOND;
const SCAN_MAY_BE = 15 * MINUTE;
/** Standard Webhooks wants 24 bytes at least. */
const SHORTEST_SECRET = 24;
const DISK_LEFT = 0.1;
const CANARY = 'doctor/canary';

async function database({ vitals }: Patient): Promise<Verdict> {
  const { version, number } = await vitals.server();
  return number < OLDEST_POSTGRES * 10_000
    ? wrong(`PostgreSQL ${version}: ${OLDEST_POSTGRES} or newer is needed`)
    : well(`PostgreSQL ${version}`);
}

async function schema({ vitals }: Patient): Promise<Verdict> {
  const rows = await vitals.migrations();
  const present = new Map(rows.map(({ id, checksum }) => [id, checksum]));
  const missing = migrations.filter(({ id }) => !present.has(id)).map(({ name }) => name);
  const differing = migrations
    .filter(({ id, sql }) => present.has(id) && present.get(id) !== createHash('sha256').update(sql).digest('hex'))
    .map(({ name }) => name);
  const newer = rows.filter(({ id }) => !migrations.some((migration) => migration.id === id)).length;
  if (differing.length > 0) return wrong(`differs from this code's: ${differing.join(', ')}`);
  if (missing.length > 0) return wrong(`not applied: ${missing.join(', ')}; run the migrations`);
  return newer > 0
    ? warning(`${newer} migrations are newer than this code`)
    : well(`${rows.length} migrations, as this code knows them`);
}

async function clocks({ vitals, engine, now }: Patient): Promise<Verdict> {
  const before = now();
  const drift = Math.abs(millis(await vitals.clock()) - (before + now()) / 2);
  if (drift > CLOCK_MAY_DIFFER)
    return wrong(`the database's clock is ${Math.round(drift)} ms off this one: set both by NTP`);
  const says = `the database's clock is ${Math.round(drift)} ms off this one`;
  // The engine tells no time but that of workers' last requests for work, which are made every minute at least.
  const { workers: seen } = await (await engine()).health();
  if (seen.length === 0) return well(`${says}; without workers the engine's is not known`);
  const age = now() - Math.max(...seen.map(({ lastSeen }) => millis(lastSeen)));
  if (age < -CLOCK_MAY_DIFFER) return wrong(`the engine's clock is ${-age} ms ahead of this one: set both by NTP`);
  return well(`${says}, the engine's is not ahead of it`);
}

async function engineVersion({ engine }: Patient): Promise<Verdict> {
  const { serverVersion } = await (await engine()).health();
  return isTemporalTooOld(serverVersion)
    ? wrong(`Temporal ${serverVersion}: ${oldestTemporal} or newer is needed`)
    : well(`Temporal ${serverVersion}`);
}

async function versions({ deployed }: Patient): Promise<Verdict> {
  const found = await deployed();
  if (!found) return well('workers have no versions');
  const { current, ramping } = found;
  if (current === null) return wrong('no version is current: cases wait for workers without a version');
  return ramping
    ? warning(`${current} is current; ${ramping.percent} % begin on ${ramping.buildId}: promote it or take it back`)
    : well(`${current} is current`);
}

/** A signature that the published key of the same name verifies; two parties with one secret could speak for each other. */
async function secrets({ secrets: given }: Patient): Promise<Verdict> {
  if (!given) return well('not looked at from here');
  const { signingKey, formerSigningKeys, webhookSecrets } = given;
  const { keys: published, sign: signed } = createSigner(signingKey, formerSigningKeys);
  const [text = '', payload = '', signature = ''] = signed('doctor', { at: 0 }).split('.');
  const [own] = published;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: own?.x ?? '' }, format: 'jwk' });
  if (!verify(null, Buffer.from(`${text}.${payload}`), key, Buffer.from(signature, 'base64url')))
    return wrong('SIGNING_KEY signs what its public half does not verify');
  for (const [party, secret] of Object.entries(webhookSecrets))
    if (Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length < SHORTEST_SECRET)
      return wrong(`the webhook secret of ${party} is shorter than ${SHORTEST_SECRET} bytes`);
  if (new Set(Object.values(webhookSecrets)).size < Object.keys(webhookSecrets).length)
    return warning('two parties share one webhook secret: each could speak for the other');
  return well(
    `signs as ${own?.kid.slice(0, 12) ?? ''}, ${published.length - 1} former keys; each party has its own webhook secret`,
  );
}

async function keys({ vault }: Patient): Promise<Verdict> {
  const value = 'sings';
  const put = await vault.put({ ref: CANARY, person: CANARY, kind: 'canary', value });
  if (put === 'conflict') return wrong('LOOKUP_KEY is not the one that this database was written with');
  return (await vault.get<string>(CANARY)) === value
    ? well('the vault opens what it has sealed')
    : wrong('MASTER_KEY is not the one that this database was written with');
}

async function webhooks({ vitals, now }: Patient): Promise<Verdict> {
  const row = await vitals.webhooks();
  if (!row.last)
    return row.waiting > 0
      ? warning(`none has ever arrived, and ${row.waiting} cases wait for the outside`)
      : well('none has arrived yet, and nobody waits for one');
  const age = Math.round((now() - millis(row.last)) / MINUTE);
  return age > 60 && row.waiting > 0
    ? warning(`the last one came ${age} minutes ago, and ${row.waiting} cases wait for the outside`)
    : well(`the last one came ${age} minutes ago`);
}

async function workers({ engine, now }: Patient): Promise<Verdict> {
  const { workers: seen, gaps } = await (await engine()).health();
  if (gaps.length > 0) return wrong(`${gapsInWords(gaps)}: start workers, nothing is lost meanwhile`);
  const at = alive(seen, now());
  const versions = [...new Set(at.map(({ buildId }) => buildId ?? 'unversioned'))];
  return well(`${at.length} ask for work (${versions.join(', ')})`);
}

async function watch({ engine, stalls, now }: Patient): Promise<Verdict> {
  if (!(await (await engine()).stallScanScheduled()))
    return wrong('the stall watch is not scheduled: a worker schedules it when it starts');
  const last = await stalls.lastScan();
  if (last === null) return warning('the stall watch has not looked yet');
  const age = Math.round((now() - millis(last)) / MINUTE);
  return now() - millis(last) > SCAN_MAY_BE
    ? wrong(`the stall watch looked ${age} minutes ago for the last time`)
    : well(`the stall watch looked ${age} minutes ago`);
}

async function trouble({ vitals, stalls }: Patient): Promise<Verdict> {
  const [incidents, open] = await Promise.all([vitals.incidents(), stalls.list({ open: true, limit: 1_000 })]);
  const says = `${incidents} incidents, ${open.length} stalls`;
  return incidents + open.length > 0
    ? warning(`${says}: see \`tajdid incidents list\` and \`tajdid stall list\``)
    : well(says);
}

async function disk({ dataDir, production }: Patient): Promise<Verdict> {
  if (dataDir === undefined) return well('not looked at from here');
  const { bavail, blocks, bsize } = await statfs(dataDir);
  const says = `${Math.round((bavail * bsize) / 2 ** 30)} GiB free`;
  if (bavail / blocks < DISK_LEFT) return production ? wrong(says) : warning(says);
  return well(says);
}

/** A review of two working days and a card due in fourteen look this far ahead at most, and an announcement takes its time. */
const HOLIDAYS_AHEAD_DAYS = 90;

export function holidayList(today: LocalDate, until: LocalDate = holidaysKnownUntil): Verdict {
  const says = `holidays are known until ${until}`;
  return addDays(today, HOLIDAYS_AHEAD_DAYS) > until
    ? warning(`${says}: add those after it to the list, else deadlines come too early`)
    : well(says);
}

const checks: readonly (readonly [string, (patient: Patient) => Promise<Verdict>])[] = [
  ['database', database],
  ['schema', schema],
  ['engine', engineVersion],
  ['workers', workers],
  ['versions', versions],
  ['clocks', clocks],
  ['keys', keys],
  ['secrets', secrets],
  [
    'sign-in',
    async ({ signIn }) => (signIn ? well(`${await signIn()} answers`) : warning('no identity provider is known here')),
  ],
  ['webhooks', webhooks],
  ['stall watch', watch],
  ['trouble', trouble],
  ['disk', disk],
  ['holidays', ({ now }) => Promise.resolve(holidayList(riyadhDate(instant(now()))))],
];

/** Everything at once; what cannot be looked at is wrong, with what stood in the way. */
export function examine(patient: Patient): Promise<readonly Finding[]> {
  return Promise.all(
    checks.map(async ([check, look]): Promise<Finding> => {
      try {
        return { check, ...(await look(patient)) };
      } catch (error) {
        return { check, ...wrong(error instanceof Error ? error.message : 'cannot be looked at') };
      }
    }),
  );
}
