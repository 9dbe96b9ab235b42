import { createHash } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import type { Stalls } from '../adapters/operations/stalls-port';
import type { Database } from '../adapters/postgres/database';
import { migrations } from '../adapters/postgres/migrations';
import type { Vault } from '../adapters/vault/port';
import type { EngineOperations } from '../client/operations';
import { alive } from '../client/workers';
import { holidaysKnownUntil } from '../domain/policies/holidays';
import { addDays, instant, millis, MINUTE, riyadhDate, SECOND, type Instant, type LocalDate } from '../domain/time';
import { gapsInWords } from './stalls';

export interface Finding {
  readonly check: string;
  readonly state: 'well' | 'warning' | 'wrong';
  readonly says: string;
}

export interface Patient {
  readonly database: Database;
  readonly engine: () => Promise<EngineOperations>;
  readonly vault: Pick<Vault, 'put' | 'get'>;
  readonly stalls: Pick<Stalls, 'lastScan' | 'list'>;
  /** Whether the identity provider answers; undefined where there is none. */
  readonly signIn: (() => Promise<string>) | undefined;
  readonly dataDir: string;
  readonly production: boolean;
  readonly now: () => number;
}

type Verdict = Omit<Finding, 'check'>;
const well = (says: string): Verdict => ({ state: 'well', says });
const warning = (says: string): Verdict => ({ state: 'warning', says });
const wrong = (says: string): Verdict => ({ state: 'wrong', says });

const CLOCK_MAY_DIFFER = 2 * SECOND;
const SCAN_MAY_BE = 15 * MINUTE;
const DISK_LEFT = 0.1;
const CANARY = 'doctor/canary';

async function schema({ database }: Patient): Promise<Verdict> {
  const rows = await database
    .from('case')
    .query<{ id: number; checksum: string }>({ text: 'SELECT id, checksum FROM schema_migrations' });
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

async function clocks({ database, now }: Patient): Promise<Verdict> {
  const before = now();
  const [row] = await database.from('case').query<{ at: Instant }>({ text: 'SELECT clock_timestamp() AS at' });
  const drift = Math.abs(millis(row?.at ?? '') - (before + now()) / 2);
  return drift > CLOCK_MAY_DIFFER
    ? wrong(`the database's clock is ${Math.round(drift)} ms off this one: set both by NTP`)
    : well(`the database's clock is ${Math.round(drift)} ms off this one`);
}

async function keys({ vault }: Patient): Promise<Verdict> {
  const value = 'sings';
  const put = await vault.put({ ref: CANARY, person: CANARY, kind: 'canary', value });
  if (put === 'conflict') return wrong('LOOKUP_KEY is not the one that this database was written with');
  return (await vault.get<string>(CANARY)) === value
    ? well('the vault opens what it has sealed')
    : wrong('MASTER_KEY is not the one that this database was written with');
}

async function webhooks({ database, now }: Patient): Promise<Verdict> {
  const [row] = await database.from('case').query<{ last: Instant | null; waiting: number }>({
    text: `SELECT (SELECT max(received_at) FROM webhook_inbox) AS last,
      (SELECT count(*) FROM cases WHERE closed_at IS NULL AND waiting_who IN ('card-bureau', 'courier', 'applicant')) AS waiting`,
  });
  if (!row?.last)
    return row && row.waiting > 0
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

async function trouble({ database, stalls }: Patient): Promise<Verdict> {
  const [row] = await database
    .from('case')
    .query<{ n: number }>({ text: 'SELECT count(*) AS n FROM cases WHERE has_incident' });
  const open = await stalls.list({ open: true, limit: 1_000 });
  const says = `${row?.n ?? 0} incidents, ${open.length} stalls`;
  return (row?.n ?? 0) + open.length > 0
    ? warning(`${says}: see \`tajdid incidents list\` and \`tajdid stall list\``)
    : well(says);
}

async function disk({ dataDir, production }: Patient): Promise<Verdict> {
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
  [
    'database',
    async ({ database }) =>
      well(
        await database
          .from('case')
          .query<{ v: string }>({ text: 'SHOW server_version' })
          .then(([row]) => `PostgreSQL ${Object.values(row ?? {})[0]}`),
      ),
  ],
  ['schema', schema],
  ['engine', async ({ engine }) => well(`Temporal ${(await (await engine()).health()).serverVersion}`)],
  ['workers', workers],
  ['clocks', clocks],
  ['keys', keys],
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
