import type { Database } from '../adapters/postgres/database';
import { createAuditLog } from '../adapters/case-log/audit';
import { auditAll, type BrokenCase } from '../ops/audit';
import type { Filed, Way } from './cases';

interface Line {
  readonly entry: {
    readonly type: string;
    readonly caseId: string;
    readonly captureId?: string;
    readonly orderId?: string;
    readonly amount?: { readonly halalas: number };
  };
}

export type Ledger = (party: 'payments' | 'card-bureau' | 'courier') => Promise<readonly Line[]>;

export interface Tally {
  readonly filed: number;
  /** Cases that those which were filed have started, or should have. */
  readonly started: number;
  readonly asTheModelSays: number;
  /** Filed, but not ended, or not known at all. */
  readonly lost: number;
  readonly chargedTwice: number;
  readonly cardedTwice: number;
  /** Family cases whose event does not stand in the register exactly once. */
  readonly enteredWrongly: number;
  /** Halalas by which gateway and case log differ, summed over cases and directions. */
  readonly ledgerDifference: number;
  /** Cards and parcels by which bureau and courier differ from the case log. */
  readonly outsideDifference: number;
  /** Cases whose chain has a gap or a break. */
  readonly logGaps: number;
  /** One that a retry brought back is the same one. */
  readonly incidentsRaised: number;
  readonly clearedByRetry: number;
  readonly openIncidents: number;
  /** What is wrong, case by case. */
  readonly trouble: readonly string[];
}

interface LogRow {
  readonly caseId: string;
  readonly status: string;
  readonly closed: boolean;
  readonly captured: number;
  readonly refunded: number;
  readonly printed: number;
  readonly dispatched: number;
}

/** What both sides say after the storm. */
export interface Accounts {
  readonly payments: readonly Line[];
  readonly bureau: readonly Line[];
  readonly courier: readonly Line[];
  readonly log: readonly LogRow[];
  readonly broken: readonly BrokenCase[];
  readonly entries: readonly { readonly caseId: string; readonly n: number }[];
  readonly incidents: { readonly raised: number; readonly cleared: number; readonly open: number };
}

const LOG = `SELECT c.case_id AS "caseId", c.status, c.closed_at IS NOT NULL AS closed,
    coalesce(sum((e.event #>> '{amount,halalas}')::bigint) FILTER (WHERE e.type = 'PaymentCaptured'), 0)::bigint AS captured,
    coalesce(sum((e.event #>> '{amount,halalas}')::bigint) FILTER (WHERE e.type = 'RefundMade'), 0)::bigint AS refunded,
    count(DISTINCT e.event ->> 'orderId') FILTER (WHERE e.type = 'CardPrinted') AS printed,
    count(DISTINCT e.event ->> 'parcelId') FILTER (WHERE e.type = 'CardDispatched') AS dispatched
  FROM cases c JOIN case_events e USING (case_id) GROUP BY 1, 2, 3`;

const INCIDENTS = `SELECT (SELECT count(*) FROM (
      SELECT type, lag(type) OVER (PARTITION BY case_id ORDER BY version) AS before FROM case_events
      WHERE type IN ('IncidentRaised', 'IncidentCleared', 'ResetOrdered')) AS turns
    WHERE type = 'IncidentRaised' AND before IS DISTINCT FROM 'IncidentRaised') AS raised,
    (SELECT count(*) FROM operation_items WHERE state = 'moved') AS cleared, (SELECT count(*) FROM cases WHERE has_incident) AS open`;

const ENTRIES = `SELECT case_id AS "caseId", count(*) AS n FROM register_entries WHERE kind = 'family-event' AND case_id IS NOT NULL GROUP BY 1`;

const STARTED: Way = { name: 'first card of a member', ends: 'COMPLETED', photo: 'good', script: {} };

class Books {
  private readonly captures = new Map<string, Map<string, number>>();
  private readonly refunds = new Map<string, number>();
  /** Prints of each order: one order may have been printed twice. */
  private readonly cards = new Map<string, Map<string, number>>();
  private readonly destroyed = new Map<string, true>();
  private readonly parcels = new Map<string, number>();

  constructor({ payments, bureau, courier }: Accounts) {
    for (const { entry } of payments) {
      const amount = entry.amount?.halalas ?? 0;
      if (entry.type === 'captured') this.capturesOf(entry.caseId).set(entry.captureId ?? '', amount);
      if (entry.type === 'refunded') {
        this.refunds.set(entry.caseId, (this.refunds.get(entry.caseId) ?? 0) + amount);
        this.capturesOf(entry.caseId).set(
          entry.captureId ?? '',
          (this.capturesOf(entry.caseId).get(entry.captureId ?? '') ?? 0) - amount,
        );
      }
    }
    for (const { entry } of bureau) {
      const orders = this.cards.get(entry.caseId) ?? new Map<string, number>();
      const order = entry.orderId ?? '';
      if (entry.type === 'printed') orders.set(order, (orders.get(order) ?? 0) + 1);
      if (entry.type === 'destroyed') this.destroyed.set(order, true);
      this.cards.set(entry.caseId, orders);
    }
    for (const { entry } of courier)
      if (entry.type === 'booked') this.parcels.set(entry.caseId, (this.parcels.get(entry.caseId) ?? 0) + 1);
  }

  private capturesOf(caseId: string): Map<string, number> {
    const found = this.captures.get(caseId) ?? new Map<string, number>();
    this.captures.set(caseId, found);
    return found;
  }

  /** Captures of which something is left after the refunds. */
  charges = (caseId: string): number => [...this.capturesOf(caseId).values()].filter((left) => left > 0).length;
  cardsOut = (caseId: string): number =>
    [...(this.cards.get(caseId) ?? [])].reduce(
      (sum, [order, prints]) => sum + prints - (this.destroyed.has(order) ? 1 : 0),
      0,
    );
  printed = (caseId: string): number => [...(this.cards.get(caseId)?.values() ?? [])].reduce((sum, n) => sum + n, 0);
  booked = (caseId: string): number => this.parcels.get(caseId) ?? 0;
  refunded = (caseId: string): number => this.refunds.get(caseId) ?? 0;
  captured = (caseId: string): number =>
    [...this.capturesOf(caseId).values()].reduce((sum, left) => sum + left, 0) + this.refunded(caseId);
}

export async function tally(database: Database, ledger: Ledger, filed: readonly Filed[]): Promise<Tally> {
  const db = database.from('case-log');
  const [payments, bureau, courier, log, [incidents], { broken }, entries] = await Promise.all([
    ledger('payments'),
    ledger('card-bureau'),
    ledger('courier'),
    db.query<LogRow>({ text: LOG }),
    db.query<Accounts['incidents']>({ text: INCIDENTS }),
    auditAll(createAuditLog(database), () => undefined),
    database.from('register').query<{ caseId: string; n: number }>({ text: ENTRIES }),
  ]);
  const none = { raised: 0, cleared: 0, open: 0 };
  return judge({ payments, bureau, courier, log, broken, entries, incidents: incidents ?? none }, filed);
}

/** Holds what was filed, and what both sides say of it, against what the model says. */
export function judge(accounts: Accounts, filed: readonly Filed[]): Tally {
  const { broken, entries, incidents } = accounts;
  const log = new Map(accounts.log.map((row) => [row.caseId, row]));
  const books = new Books(accounts);
  const trouble: string[] = broken.map(
    ({ caseId, version, what }) => `${caseId}: the log is broken at version ${version} (${what})`,
  );
  const entered = new Map(entries.map(({ caseId, n }) => [caseId, n]));
  const counts = {
    asTheModelSays: 0,
    lost: 0,
    chargedTwice: 0,
    cardedTwice: 0,
    enteredWrongly: 0,
    ledgerDifference: 0,
    outsideDifference: 0,
  };
  const started = filed.flatMap(({ starts }) => (starts === undefined ? [] : [{ caseId: starts, way: STARTED }]));
  for (const { caseId, way } of [...filed, ...started]) {
    const row = log.get(caseId);
    const note = (what: string): void => void trouble.push(`${caseId} (${way.name}): ${what}`);
    if (!row?.closed) {
      counts.lost += 1;
      note(row ? `still ${row.status}` : 'is in no log');
    } else if (row.status === way.ends) counts.asTheModelSays += 1;
    else note(`ended ${row.status} and not ${way.ends}`);
    if (books.charges(caseId) > 1) {
      counts.chargedTwice += 1;
      note(`${books.charges(caseId)} charges stand`);
    }
    if (books.cardsOut(caseId) > 1) {
      counts.cardedTwice += 1;
      note(`${books.cardsOut(caseId)} cards are out`);
    }
    if (way.member && entered.get(caseId) !== 1) {
      counts.enteredWrongly += 1;
      note(`${entered.get(caseId) ?? 0} entries stand in the register`);
    }
    const difference =
      Math.abs(books.captured(caseId) - (row?.captured ?? 0)) + Math.abs(books.refunded(caseId) - (row?.refunded ?? 0));
    if (difference > 0) note(`gateway and log differ by ${difference} halalas`);
    counts.ledgerDifference += difference;
    const made = [
      ['cards', books.printed(caseId), row?.printed ?? 0],
      ['parcels', books.booked(caseId), row?.dispatched ?? 0],
    ] as const;
    for (const [what, outside, mine] of made) {
      if (outside !== mine) note(`${outside} ${what} outside, ${mine} in the log`);
      counts.outsideDifference += Math.abs(outside - mine);
    }
  }
  return {
    filed: filed.length,
    started: started.length,
    ...counts,
    logGaps: broken.length,
    incidentsRaised: incidents.raised,
    clearedByRetry: incidents.cleared,
    openIncidents: incidents.open,
    trouble,
  };
}

/** One line for each number, and then what is wrong. */
export function printTally(result: Tally, say: (line: string) => void, more: readonly [string, string][] = []): void {
  const rows: [string, string][] = [
    ['cases filed', String(result.filed)],
    ['cases that they started', String(result.started)],
    ['ended as the model says', String(result.asTheModelSays)],
    ['lost', String(result.lost)],
    ['charged twice', String(result.chargedTwice)],
    ['carded twice', String(result.cardedTwice)],
    ['entered wrongly', String(result.enteredWrongly)],
    ['ledger difference (halalas)', String(result.ledgerDifference)],
    ['bureau, courier and log differ by', String(result.outsideDifference)],
    ['log gaps', String(result.logGaps)],
    ['incidents raised', String(result.incidentsRaised)],
    ['cleared by verified retry', String(result.clearedByRetry)],
    ['incidents left open', String(result.openIncidents)],
    ...more,
  ];
  for (const [name, value] of rows) say(`  ${name.padEnd(34)}${value.padStart(8)}`);
  if (result.trouble.length > 0) say(`\n${result.trouble.slice(0, 40).join('\n')}`);
}

export const isWhole = ({
  filed,
  started,
  asTheModelSays,
  lost,
  chargedTwice,
  cardedTwice,
  enteredWrongly,
  ledgerDifference,
  outsideDifference,
  logGaps,
  openIncidents,
}: Tally): boolean =>
  asTheModelSays === filed + started &&
  lost +
    chargedTwice +
    cardedTwice +
    enteredWrongly +
    ledgerDifference +
    outsideDifference +
    logGaps +
    openIncidents ===
    0;
