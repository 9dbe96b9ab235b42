import type { Database } from '../adapters/postgres/database';
import { booksOf } from '../demo/books';
import { instant, riyadhDate } from '../domain/time';
import { auditAll } from '../ops/audit';
import { visitorsIn, type Mix, type ServiceId } from './month-mix';
import { callerWith, say, type BenchSystem } from './system';

interface StatementRead {
  readonly byService: readonly { readonly service: string; readonly count: number }[];
  readonly byBeneficiary: readonly { readonly beneficiary: string; readonly count: number }[];
  readonly total: { readonly count: number };
  readonly straightThrough: { readonly completed: number; readonly withoutHuman: number };
}

export interface Check {
  readonly what: string;
  readonly holds: boolean;
  readonly seen: string;
}

const check = (what: string, holds: boolean, seen: string): Check => ({ what, holds, seen });
const pairs = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean => pairs(a) === pairs(b);

async function endings(database: Database, mix: Mix): Promise<Check[]> {
  const rows = await database.from('case').query<{ name: string; cases: number }>({
    text: `SELECT type || ' ' || status AS name, count(*) AS cases FROM cases GROUP BY 1`,
  });
  const seen = new Map(rows.map(({ name, cases }) => [name, cases]));
  const wanted = new Map<string, number>();
  const add = (name: string, count: number): void =>
    void (count > 0 && wanted.set(name, (wanted.get(name) ?? 0) + count));
  for (const { ends, count } of mix.ways) add(`id-renewal ${ends}`, count);
  const identified = mix.counts.get('family-identification') ?? 0;
  add('family-registration COMPLETED', identified);
  add('id-renewal COMPLETED', identified);
  const [{ stuck } = { stuck: -1 }] = await database
    .from('case')
    .query<{ stuck: number }>({ text: 'SELECT count(*) AS stuck FROM cases WHERE closed_at IS NULL OR has_incident' });
  return [
    check('every case ended as the model says', same(seen, wanted), pairs(seen)),
    check('no case is open or has an incident', stuck === 0, String(stuck)),
  ];
}

async function ledgers({ system }: BenchSystem, database: Database): Promise<Check[]> {
  const { gateway, log, printed, destroyed, swapped } = await booksOf(system, database);
  const money = ({ captured, refunded }: typeof gateway): string =>
    `${captured / 100} SAR taken, ${refunded / 100} given back`;
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
  ];
}

async function chain(database: Database): Promise<Check> {
  const { cases, events, broken } = await auditAll(database, () => undefined);
  return check(
    'the chain of the case log is whole',
    broken.length === 0,
    `${cases} cases, ${events} events, ${broken.length} broken`,
  );
}

/** What the statement counts for each service, over HTTP; where the API has no statement, there is nothing to check. */
async function statement({ system }: BenchSystem, mix: Mix, sent: ReadonlyMap<ServiceId, number>): Promise<Check[]> {
  const analyst = await callerWith(system, { sub: 'bench-analyst', roles: ['analyst'] });
  const { paths } = await analyst.expect<{ paths: Record<string, unknown> }>(200, 'GET', '/openapi.json');
  const path = '/v1/statistics/statement';
  if (!(path in paths)) {
    analyst.close();
    return [];
  }
  const month = riyadhDate(instant(Date.now())).slice(0, 7);
  const { byService, byBeneficiary, total, straightThrough } = await analyst.expect<StatementRead>(
    200,
    'GET',
    `${path}?month=${month}`,
  );
  analyst.close();
  say(`The statement of ${month}: ${total.count} transactions`);
  for (const { service, count } of byService) say(`  ${service.padEnd(24)} ${String(count).padStart(7)}`);
  say(`  ${byBeneficiary.map(({ beneficiary, count }) => `${beneficiary} ${count}`).join(', ')}`);
  say(`  ${straightThrough.withoutHuman} of ${straightThrough.completed} completed cases without a person's hand\n`);
  const counted = new Map(byService.filter(({ count }) => count > 0).map(({ service, count }) => [service, count]));
  const visitors = byBeneficiary.find(({ beneficiary }) => beneficiary === 'visitor')?.count ?? 0;
  return [
    check('the statement is equal to what was sent', same(counted, sent), pairs(counted)),
    check("and so is its visitors' column", visitors === visitorsIn(mix), String(visitors)),
  ];
}

/** Everything that has to hold after a month. `sent` is what the bench itself counted. */
export async function checkMonth(
  bench: BenchSystem,
  database: Database,
  mix: Mix,
  sent: ReadonlyMap<ServiceId, number>,
): Promise<Check[]> {
  return [
    check('all of the month was asked for', same(sent, mix.counts), pairs(sent)),
    ...(await endings(database, mix)),
    ...(await ledgers(bench, database)),
    await chain(database),
    ...(await statement(bench, mix, sent)),
  ];
}
