import { createHash, createPublicKey, verify } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import type { Stalls } from '../adapters/operations/stalls-port';
import type { Vitals } from '../adapters/operations/vitals-port';
import { migrations } from '../adapters/postgres/migrations';
import { createSigner } from '../adapters/signing/ed25519';
import type { Vault } from '../adapters/vault/port';
import { EngineSilent } from '../client/cases';
import type { Deployment } from '../client/deployments';
import type { EngineOperations } from '../client/operations';
import { alive } from '../client/workers';
import { OutsideFailure } from '../domain/failures';
import { holidaysKnownUntil } from '../domain/policies/holidays';
import type { Bilingual } from '../domain/refusal';
import { addDays, instant, millis, MINUTE, riyadhDate, SECOND, type LocalDate } from '../domain/time';
import { isTemporalTooOld, OLDEST_POSTGRES, oldestTemporal } from '../engine/oldest';
import { failureInWords } from './failure-words';
import { ANSWERED_OUTSIDE, gapTexts } from './stalls';

export interface Finding {
  readonly check: string;
  /** What was looked at, in words. */
  readonly title: Bilingual;
  readonly state: 'well' | 'warning' | 'wrong';
  readonly says: Bilingual;
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
    readonly webhookSecrets: Readonly<Record<string, readonly string[]>>;
  };
  /** Absent where nothing is kept on a disk of this program's. */
  readonly dataDir?: string;
  readonly production: boolean;
  readonly now: () => number;
  /** Milliseconds that one check may take. */
  readonly patience?: number;
}

type Verdict = Pick<Finding, 'state' | 'says'>;
const verdict =
  (state: Finding['state']) =>
  (en: string, ar: string): Verdict => ({ state, says: { ar, en } });
const [well, warning, wrong] = [verdict('well'), verdict('warning'), verdict('wrong')];
const notFromHere = (): Verdict => well('not looked at from here', 'لا يُفحص من هنا');

const CHECKED_WITHIN = 20 * SECOND;
const CLOCK_MAY_DIFFER = 2 * SECOND;
const SCAN_MAY_BE = 15 * MINUTE;
/** Standard Webhooks wants 24 bytes at least. */
const SHORTEST_SECRET = 24;
const DISK_LEFT = 0.1;
const CANARY = 'doctor/canary';

/** Number and noun agree. */
function minutesAr(count: number): string {
  if (count === 0) return 'أقل من دقيقة';
  if (count <= 2) return count === 1 ? 'دقيقة' : 'دقيقتين';
  return `${count} ${count % 100 >= 3 && count % 100 <= 10 ? 'دقائق' : 'دقيقة'}`;
}

async function database({ vitals }: Patient): Promise<Verdict> {
  const { version, number } = await vitals.server();
  return number < OLDEST_POSTGRES * 10_000
    ? wrong(
        `PostgreSQL ${version}: ${OLDEST_POSTGRES} or newer is needed`,
        `PostgreSQL ${version}: يلزم الإصدار ${OLDEST_POSTGRES} أو أحدث`,
      )
    : well(`PostgreSQL ${version}`, `PostgreSQL ${version}`);
}

async function schema({ vitals }: Patient): Promise<Verdict> {
  const rows = await vitals.migrations();
  const present = new Map(rows.map(({ id, checksum }) => [id, checksum]));
  const missing = migrations.filter(({ id }) => !present.has(id)).map(({ name }) => name);
  const differing = migrations
    .filter(({ id, sql }) => present.has(id) && present.get(id) !== createHash('sha256').update(sql).digest('hex'))
    .map(({ name }) => name);
  const newer = rows.filter(({ id }) => !migrations.some((migration) => migration.id === id)).length;
  const named = differing.join(', ') || missing.join(', ');
  if (differing.length > 0) return wrong(`differs from this code's: ${named}`, `تختلف عما في هذه الشيفرة: ${named}`);
  if (missing.length > 0)
    return wrong(`not applied: ${named}; run the migrations`, `لم تُطبَّق: ${named}. شغّل ترحيلات قاعدة البيانات`);
  return newer > 0
    ? warning(`${newer} migrations are newer than this code`, `ترحيلات أحدث من هذه الشيفرة، وعددها ${newer}`)
    : well(
        `${rows.length} migrations, as this code knows them`,
        `كما تعرفها هذه الشيفرة، وعدد الترحيلات ${rows.length}`,
      );
}

async function clocks({ vitals, engine, now }: Patient): Promise<Verdict> {
  const before = now();
  const drift = Math.abs(millis(await vitals.clock()) - (before + now()) / 2);
  const en = `the database's clock is ${Math.round(drift)} ms off this one`;
  const ar = `تختلف ساعة قاعدة البيانات عن هذه بمقدار ${Math.round(drift)} ملّي ثانية`;
  if (drift > CLOCK_MAY_DIFFER) return wrong(`${en}: set both by NTP`, `${ar}: اضبطهما عبر NTP`);
  // The engine tells no time but that of workers' last requests for work, which are made every minute at least.
  const { workers: seen } = await (await engine()).health();
  if (seen.length === 0)
    return well(`${en}; without workers the engine's is not known`, `${ar}، ولا تُعرف ساعة المحرك دون عاملين`);
  const age = now() - Math.max(...seen.map(({ lastSeen }) => millis(lastSeen)));
  if (age < -CLOCK_MAY_DIFFER)
    return wrong(
      `the engine's clock is ${-age} ms ahead of this one: set both by NTP`,
      `تتقدم ساعة المحرك على هذه بمقدار ${-age} ملّي ثانية: اضبطهما عبر NTP`,
    );
  return well(`${en}, the engine's is not ahead of it`, `${ar}، ولا تتقدم عليها ساعة المحرك`);
}

async function engineVersion({ engine }: Patient): Promise<Verdict> {
  const { serverVersion } = await (await engine()).health();
  return isTemporalTooOld(serverVersion)
    ? wrong(
        `Temporal ${serverVersion}: ${oldestTemporal} or newer is needed`,
        `Temporal ${serverVersion}: يلزم الإصدار ${oldestTemporal} أو أحدث`,
      )
    : well(`Temporal ${serverVersion}`, `Temporal ${serverVersion}`);
}

async function versions({ deployed }: Patient): Promise<Verdict> {
  const found = await deployed();
  if (!found) return well('workers have no versions', 'العاملون دون إصدار');
  const { current, ramping } = found;
  if (current === null)
    return wrong(
      'no version is current: cases wait for workers without a version',
      'لا إصدار حاليًا: تنتظر الحالات عاملين دون إصدار',
    );
  return ramping
    ? warning(
        `${current} is current; ${ramping.percent} % begin on ${ramping.buildId}: promote it or take it back`,
        `الإصدار الحالي ${current}، وتبدأ نسبة ${ramping.percent}٪ على ${ramping.buildId}: اعتمده أو تراجع عنه`,
      )
    : well(`${current} is current`, `الإصدار الحالي ${current}`);
}

/** A signature that the published key of the same name verifies; two parties with one secret could speak for each other. */
async function secrets({ secrets: given }: Patient): Promise<Verdict> {
  if (!given) return notFromHere();
  const { signingKey, formerSigningKeys, webhookSecrets } = given;
  const { keys: published, sign: signed } = createSigner(signingKey, formerSigningKeys);
  const [text = '', payload = '', signature = ''] = signed('doctor', { at: 0 }).split('.');
  const [own] = published;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: own?.x ?? '' }, format: 'jwk' });
  if (!verify(null, Buffer.from(`${text}.${payload}`), key, Buffer.from(signature, 'base64url')))
    return wrong(
      'SIGNING_KEY signs what its public half does not verify',
      'ما يوقّعه SIGNING_KEY لا يثبته مفتاحه العام',
    );
  const each = Object.entries(webhookSecrets).flatMap(([party, own]) => own.map((secret) => ({ party, secret })));
  for (const { party, secret } of each)
    if (Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length < SHORTEST_SECRET)
      return wrong(
        `the webhook secret of ${party} is shorter than ${SHORTEST_SECRET} bytes`,
        `سر إشعارات ${party} أقصر من ${SHORTEST_SECRET} بايتًا`,
      );
  if (new Set(each.map(({ secret }) => secret)).size < each.length)
    return warning(
      'two parties share one webhook secret: each could speak for the other',
      'جهتان لهما سر إشعارات واحد، فتستطيع كل منهما التحدث باسم الأخرى',
    );
  const kid = own?.kid.slice(0, 12) ?? '';
  return well(
    `signs as ${kid}, ${published.length - 1} former keys; each party has its own webhook secret`,
    `التوقيع بالمفتاح ${kid}، وعدد المفاتيح السابقة ${published.length - 1}، ولكل جهة سر إشعارات خاص بها`,
  );
}

async function keys({ vault }: Patient): Promise<Verdict> {
  const value = 'sings';
  const put = await vault.put({ ref: CANARY, person: CANARY, kind: 'canary', value });
  const other = (key: string): Verdict =>
    wrong(
      `${key} is not the one that this database was written with`,
      `${key} ليس المفتاح الذي كُتبت به قاعدة البيانات`,
    );
  if (put === 'conflict') return other('LOOKUP_KEY');
  return (await vault.get<string>(CANARY)) === value
    ? well('the vault opens what it has sealed', 'تفتح الخزنة ما ختمته')
    : other('MASTER_KEY');
}

async function webhooks({ vitals, now }: Patient): Promise<Verdict> {
  const row = await vitals.webhooks(ANSWERED_OUTSIDE);
  if (!row.last)
    return row.waiting > 0
      ? warning(
          `none has ever arrived, and ${row.waiting} cases wait for the outside`,
          `لم يصل أي إشعار قط، وعدد الحالات التي تنتظر الأطراف الخارجية ${row.waiting}`,
        )
      : well('none has arrived yet, and nobody waits for one', 'لم يصل أي إشعار بعد، ولا حالة تنتظره');
  const age = Math.round((now() - millis(row.last)) / MINUTE);
  const [en, ar] = [`the last one came ${age} minutes ago`, `وصل آخر إشعار قبل ${minutesAr(age)}`];
  return age > 60 && row.waiting > 0
    ? warning(
        `${en}, and ${row.waiting} cases wait for the outside`,
        `${ar}، وعدد الحالات التي تنتظر الأطراف الخارجية ${row.waiting}`,
      )
    : well(en, ar);
}

async function workers({ engine, now }: Patient): Promise<Verdict> {
  const { workers: seen, gaps } = await (await engine()).health();
  if (gaps.length > 0) {
    const { en, ar } = gapTexts(gaps);
    return wrong(`${en}: start workers, nothing is lost meanwhile`, `${ar}: شغّل عاملين، ولا يضيع شيء حتى ذلك`);
  }
  const at = alive(seen, now());
  const builds = [...new Set(at.map(({ buildId }) => buildId))];
  return well(
    `${at.length} ask for work (${builds.map((build) => build ?? 'unversioned').join(', ')})`,
    `عدد من يطلبون عملًا ${at.length} (${builds.map((build) => build ?? 'دون إصدار').join('، ')})`,
  );
}

async function watch({ engine, stalls, now }: Patient): Promise<Verdict> {
  if (!(await (await engine()).stallScanScheduled()))
    return wrong(
      'the stall watch is not scheduled: a worker schedules it when it starts',
      'المراقبة غير مجدولة: يجدولها العامل عند تشغيله',
    );
  const last = await stalls.lastScan();
  if (last === null) return warning('the stall watch has not looked yet', 'لم تنظر المراقبة بعد');
  const age = Math.round((now() - millis(last)) / MINUTE);
  return now() - millis(last) > SCAN_MAY_BE
    ? wrong(`the stall watch looked ${age} minutes ago for the last time`, `آخر نظر للمراقبة كان قبل ${minutesAr(age)}`)
    : well(`the stall watch looked ${age} minutes ago`, `نظرت المراقبة قبل ${minutesAr(age)}`);
}

async function trouble({ vitals, stalls }: Patient): Promise<Verdict> {
  const [incidents, open] = await Promise.all([vitals.incidents(), stalls.list({ open: true, limit: 1_000 })]);
  const en = `${incidents} incidents, ${open.length} stalls`;
  const ar = `الأعطال: ${incidents}، الحالات الصامتة: ${open.length}`;
  return incidents + open.length > 0
    ? warning(
        `${en}: see \`tajdid incidents list\` and \`tajdid stall list\``,
        `${ar}. راجع \`tajdid incidents list\` و\`tajdid stall list\``,
      )
    : well(en, ar);
}

/** Enrolled before one person could be only one number. */
async function staff({ vitals }: Patient): Promise<Verdict> {
  const several = await vitals.staffOfSeveralNumbers();
  if (several.length === 0) return well('each person is one number', 'لكل شخص رقم واحد');
  const named = several.map((numbers) => numbers.join(' = ')).join(', ');
  return wrong(
    `one person counts as two: ${named}; keep one: \`tajdid staff enrol <number> --move --reason "..."\``,
    `شخص واحد يُحسب باثنين: ${named}. أبق رقمًا واحدًا: \`tajdid staff enrol <number> --move --reason "..."\``,
  );
}

async function disk({ dataDir, production }: Patient): Promise<Verdict> {
  if (dataDir === undefined) return notFromHere();
  const { bavail, blocks, bsize } = await statfs(dataDir);
  const gib = Math.round((bavail * bsize) / 2 ** 30);
  const says = [`${gib} GiB free`, `المساحة الخالية ${gib} GiB`] as const;
  if (bavail / blocks < DISK_LEFT) return production ? wrong(...says) : warning(...says);
  return well(...says);
}

/** A review of two working days and a card due in fourteen look this far ahead at most, and an announcement takes its time. */
const HOLIDAYS_AHEAD_DAYS = 90;

export function holidayList(today: LocalDate, until: LocalDate = holidaysKnownUntil): Verdict {
  const [en, ar] = [`holidays are known until ${until}`, `العطل الرسمية معروفة حتى ${until}`];
  return addDays(today, HOLIDAYS_AHEAD_DAYS) > until
    ? warning(
        `${en}: add those after it to the list, else deadlines come too early`,
        `${ar}: أضف ما بعدها إلى القائمة، وإلا حلّت المهل قبل أوانها`,
      )
    : well(en, ar);
}

type Look = (patient: Patient) => Promise<Verdict>;

const signIn: Look = async ({ signIn: provider }) => {
  if (!provider) return warning('no identity provider is known here', 'لا مزوّد هوية معروفًا هنا');
  const issuer = await provider();
  return well(`${issuer} answers`, `${issuer} يجيب`);
};

const checks: readonly (readonly [string, string, Look])[] = [
  ['database', 'قاعدة البيانات', database],
  ['schema', 'بنية قاعدة البيانات', schema],
  ['engine', 'المحرك', engineVersion],
  ['workers', 'العاملون', workers],
  ['versions', 'الإصدارات', versions],
  ['clocks', 'الساعات', clocks],
  ['keys', 'مفاتيح الخزنة', keys],
  ['secrets', 'التوقيع والأسرار', secrets],
  ['sign-in', 'تسجيل الدخول', signIn],
  ['staff', 'الموظفون', staff],
  ['webhooks', 'الإشعارات', webhooks],
  ['stall watch', 'مراقبة الصمت', watch],
  ['trouble', 'ما ينتظر المشغّل', trouble],
  ['disk', 'القرص', disk],
  ['holidays', 'العطل الرسمية', ({ now }) => Promise.resolve(holidayList(riyadhDate(instant(now()))))],
];

/** A check that hangs holds no other one up. */
function inTime(look: Promise<Verdict>, ms: number): Promise<Verdict> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve(wrong('no answer in time', 'لا جواب في الوقت المتاح')), ms);
  });
  return Promise.race([look, late]).finally(() => clearTimeout(timer));
}

/** Everything at once; what cannot be looked at is wrong, with what stood in the way. */
export function examine(patient: Patient): Promise<readonly Finding[]> {
  return Promise.all(
    checks.map(async ([check, ar, look]): Promise<Finding> => {
      const title = { ar, en: check };
      try {
        return { check, title, ...(await inTime(look(patient), patient.patience ?? CHECKED_WITHIN)) };
      } catch (error) {
        const said =
          error instanceof EngineSilent
            ? error.said
            : error instanceof OutsideFailure
              ? failureInWords(error)
              : undefined;
        if (said) return { check, title, ...wrong(said.en, said.ar) };
        const why = error instanceof Error ? error.message : undefined;
        return { check, title, ...wrong(why ?? 'cannot be looked at', why ? `تعذر الفحص: ${why}` : 'تعذر الفحص') };
      }
    }),
  );
}
