import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../adapters/postgres/database';
import { booksOf } from '../demo/books';
import { createAuditLog } from '../adapters/case-log/audit';
import { instant, riyadhDate, type Instant } from '../domain/time';
import { auditAll } from '../ops/audit';
import type { System } from '../system/start';
import { casesOf, type Mix } from './month-mix';
import { lineName } from './month-wishes';
import { LongProgress } from './progress';
import { callerWith, say, type BenchSystem } from './system';

interface Counted {
  readonly count: number;
}
interface StatementRead {
  readonly byService: readonly (Counted & { readonly service: string })[];
  readonly byChannel: readonly (Counted & { readonly channel: string })[];
  readonly byBeneficiary: readonly (Counted & { readonly beneficiary: string })[];
  readonly lines: readonly (Counted & {
    readonly service: string;
    readonly channel: string;
    readonly beneficiary: string;
  })[];
  readonly straightThrough: { readonly completed: number; readonly withoutHuman: number };
}

export interface Check {
  readonly what: string;
  readonly holds: boolean;
  readonly seen: string;
}

export const check = (what: string, holds: boolean, seen: string): Check => ({ what, holds, seen });
const pairs = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean => pairs(a) === pairs(b);

/** Cases by type and status that a month comes to. */
function endingsOf(mix: Mix): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>();
  const add = (name: string, count: number): void =>
    void (count > 0 && wanted.set(name, (wanted.get(name) ?? 0) + count));
  for (const { ends, count } of mix.ways) add(`id-renewal ${ends}`, count);
  const identified = mix.counts.get('family-identification') ?? 0;
  add('family-registration COMPLETED', identified);
  add('id-renewal COMPLETED', identified);
  return wanted;
}

/** @param wanted cases by type and status, as `id-renewal COMPLETED` */
export async function checkEndings(database: Database, wanted: ReadonlyMap<string, number>): Promise<Check[]> {
  const rows = await database.from('case').query<{ name: string; cases: number }>({
    text: `SELECT type || ' ' || status AS name, count(*) AS cases FROM cases GROUP BY 1`,
  });
  const seen = new Map(rows.map(({ name, cases }) => [name, cases]));
  const [{ stuck } = { stuck: -1 }] = await database
    .from('case')
    .query<{ stuck: number }>({ text: 'SELECT count(*) AS stuck FROM cases WHERE closed_at IS NULL OR has_incident' });
  return [
    check('every case ended as the model says', same(seen, wanted), pairs(seen)),
    check('no case is open or has an incident', stuck === 0, String(stuck)),
  ];
}

const LOGGED = `SELECT count(*) FILTER (WHERE type = 'CardDispatched') AS dispatched, count(*) FILTER (WHERE type = 'ParcelCancelled') AS cancelled,
    count(*) FILTER (WHERE type = 'CardHandedOver') AS "handedOver", count(*) FILTER (WHERE type = 'ApplicantNotified') AS notified,
    (SELECT count(*) FROM service_log WHERE service = 'my-data-enhanced' AND what IN ('shared', 'fetched') AND outcome = 'served') AS shares
  FROM case_events`;
const MESSAGES_WITHIN = 120_000;

/** Each party's ledger against what Tajdid has on record: the gateway, the bureau, the courier, the message centre. */
export async function checkLedgers({ system }: BenchSystem, database: Database): Promise<Check[]> {
  const { gateway, log, printed, destroyed, swapped } = await booksOf(system, database);
  const money = ({ captured, refunded }: typeof gateway): string =>
    `${captured / 100} SAR taken, ${refunded / 100} given back`;
  const [logged] = await database
    .from('case-log')
    .query<Record<'dispatched' | 'cancelled' | 'handedOver' | 'notified' | 'shares', number>>({ text: LOGGED });
  const { dispatched = -1, cancelled = -1, handedOver = -1, notified = -1, shares = -1 } = logged ?? {};
  const courier = await totalsOf(system, 'courier');
  const [booked, cancelledThere] = [courier.booked ?? 0, courier.cancelled ?? 0];
  const given = (courier.delivered ?? 0) + (courier.collected ?? 0);
  // Of a share and of each fetch the person is told by a workflow of its own, a moment later.
  const until = performance.now() + MESSAGES_WITHIN;
  let sent = (await totalsOf(system, 'messages')).sent ?? 0;
  while (sent < notified + shares && performance.now() < until) {
    await pause(500);
    sent = (await totalsOf(system, 'messages')).sent ?? 0;
  }
  return [
    check(
      "the gateway's ledger is equal to the case log",
      gateway.captured === log.captured && gateway.refunded === log.refunded,
      `${money(gateway)}; log: ${money(log)}`,
    ),
    check(
      "the bureau's ledger is equal to the register's swaps",
      printed - destroyed === swapped,
      `${printed} printed, ${destroyed} destroyed, ${swapped} swapped`,
    ),
    check(
      "the courier's ledger is equal to the case log",
      booked === dispatched && cancelledThere === cancelled && given === handedOver,
      `${booked} booked, ${cancelledThere} cancelled, ${given} handed over; log: ${dispatched}, ${cancelled}, ${handedOver}`,
    ),
    check(
      'each message that is on record was sent once, and no other',
      sent === notified + shares,
      `${sent} sent; log: ${notified} of cases, ${shares} of shares`,
    ),
  ];
}

async function totalsOf({ sandboxUrl, sandboxSecrets }: System, party: string): Promise<Record<string, number>> {
  const response = await fetch(`${sandboxUrl}/control/totals`, {
    headers: { authorization: `Bearer ${sandboxSecrets.control}` },
  });
  return ((await response.json()) as Record<string, Record<string, number>>)[party] ?? {};
}

export async function checkChain(database: Database, cases: number): Promise<Check> {
  const progress = new LongProgress('cases of the log audited', cases);
  let told = 0;
  const all = await auditAll(createAuditLog(database), ({ cases: done }) => {
    progress.step(done - told);
    told = done;
  }).finally(() => progress.end());
  return check(
    'the chain of the case log is whole',
    all.broken.length === 0 && all.cases === cases,
    `${all.cases} cases, ${all.events} events, ${all.broken.length} broken`,
  );
}

const summed = <T extends Counted>(counts: readonly T[], nameOf: (count: T) => string): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const each of counts) if (each.count > 0) sums.set(nameOf(each), (sums.get(nameOf(each)) ?? 0) + each.count);
  return sums;
};

/** What of the lines that were sent stands at this place of their names: 0 the service, 1 the channel, 2 the beneficiary. */
const sentBy = (sent: ReadonlyMap<string, number>, place: 0 | 1 | 2): Map<string, number> =>
  summed(
    [...sent].map(([name, count]) => ({ name, count })),
    ({ name }) => name.split(' ')[place] ?? '',
  );

/** The statement over HTTP, of the month or, where the bench ran over its end, of both. */
async function statement({ system }: BenchSystem, { sent, from }: Month): Promise<Check[]> {
  const analyst = await callerWith(system, { sub: 'bench-analyst', roles: ['analyst'] });
  const months = [...new Set([from, instant(Date.now())].map((at) => riyadhDate(at).slice(0, 7)))];
  const read: StatementRead[] = [];
  for (const month of months)
    read.push(await analyst.expect<StatementRead>(200, 'GET', `/v1/statistics/statement?month=${month}`));
  analyst.close();
  const all = <T>(pick: (statement: StatementRead) => readonly T[]): T[] => read.flatMap(pick);
  const [services, channels, beneficiaries, lines] = [
    summed(
      all(({ byService }) => byService),
      ({ service }) => service,
    ),
    summed(
      all(({ byChannel }) => byChannel),
      ({ channel }) => channel,
    ),
    summed(
      all(({ byBeneficiary }) => byBeneficiary),
      ({ beneficiary }) => beneficiary,
    ),
    summed(
      all((each) => each.lines),
      ({ service, channel, beneficiary }) => lineName(service, channel, beneficiary),
    ),
  ];
  say(`The statement of ${months.join(' and ')}`);
  for (const counts of [services, channels, beneficiaries])
    for (const [name, count] of counts) say(`  ${name.padEnd(24)} ${String(count).padStart(7)}`);
  for (const { straightThrough } of read)
    say(`  ${straightThrough.withoutHuman} of ${straightThrough.completed} completed cases without a person's hand\n`);
  return [
    check('the statement is equal to what was sent, by service', same(services, sentBy(sent, 0)), pairs(services)),
    check('by channel', same(channels, sentBy(sent, 1)), pairs(channels)),
    check('by beneficiary', same(beneficiaries, sentBy(sent, 2)), pairs(beneficiaries)),
    check('and in each of its lines', same(lines, sent), `${lines.size} lines`),
  ];
}

/** What was to be sent, and what the bench itself counted. */
export interface Month {
  readonly mix: Mix;
  /** By service, channel and beneficiary, as `lineName` writes them. */
  readonly sent: ReadonlyMap<string, number>;
  readonly from: Instant;
}

/** Everything that has to hold after a month. */
export async function checkMonth(bench: BenchSystem, database: Database, month: Month): Promise<Check[]> {
  const { mix, sent } = month;
  const asked = sentBy(sent, 0);
  return [
    check('all of the month was asked for', same(asked, mix.counts), pairs(asked)),
    ...(await checkEndings(database, endingsOf(mix))),
    ...(await checkLedgers(bench, database)),
    await checkChain(database, casesOf(mix)),
    ...(await statement(bench, month)),
  ];
}
