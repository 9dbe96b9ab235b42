import type { Database } from '../adapters/postgres/database';
import { createAuditLog } from '../adapters/case-log/audit';
import { auditAll } from '../ops/audit';
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

export type Ledger = (party: 'payments' | 'card-bureau') => Promise<readonly Line[]>;

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
  /** Cases whose chain has a gap or a break. */
  readonly logGaps: number;
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
}

const LOG = `SELECT c.case_id AS "caseId", c.status, c.closed_at IS NOT NULL AS closed,
    coalesce(sum((e.event #>> '{amount,halalas}')::bigint) FILTER (WHERE e.type = 'PaymentCaptured'), 0)::bigint AS captured,
    coalesce(sum((e.event #>> '{amount,halalas}')::bigint) FILTER (WHERE e.type = 'RefundMade'), 0)::bigint AS refunded
  FROM cases c JOIN case_events e USING (case_id) GROUP BY 1, 2, 3`;

const INCIDENTS = `SELECT (SELECT count(*) FROM case_events WHERE type = 'IncidentRaised') AS raised,
    (SELECT count(*) FROM operation_items WHERE state = 'moved') AS cleared, (SELECT count(*) FROM cases WHERE has_incident) AS open`;

const ENTRIES = `SELECT case_id AS "caseId", count(*) AS n FROM register_entries WHERE kind = 'family-event' AND case_id IS NOT NULL GROUP BY 1`;

const STARTED: Way = { name: 'first card of a member', ends: 'COMPLETED', photo: 'good', script: {} };

class Books {
  private readonly captures = new Map<string, Map<string, number>>();
  private readonly refunds = new Map<string, number>();
  private readonly cards = new Map<string, Set<string>>();

  constructor(payments: readonly Line[], bureau: readonly Line[]) {
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
      const printed = this.cards.get(entry.caseId) ?? new Set();
      if (entry.type === 'printed') printed.add(entry.orderId ?? '');
      if (entry.type === 'destroyed') printed.delete(entry.orderId ?? '');
      this.cards.set(entry.caseId, printed);
    }
  }

  private capturesOf(caseId: string): Map<string, number> {
    const found = this.captures.get(caseId) ?? new Map<string, number>();
    this.captures.set(caseId, found);
    return found;
  }

  /** Captures of which something is left after the refunds. */
  charges = (caseId: string): number => [...this.capturesOf(caseId).values()].filter((left) => left > 0).length;
  cardsOut = (caseId: string): number => this.cards.get(caseId)?.size ?? 0;
  refunded = (caseId: string): number => this.refunds.get(caseId) ?? 0;
  captured = (caseId: string): number =>
    [...this.capturesOf(caseId).values()].reduce((sum, left) => sum + left, 0) + this.refunded(caseId);
}

export async function tally(database: Database, ledger: Ledger, filed: readonly Filed[]): Promise<Tally> {
  const db = database.from('case-log');
  const [payments, bureau, rows, [incidents], audit, entries] = await Promise.all([
    ledger('payments'),
    ledger('card-bureau'),
    db.query<LogRow>({ text: LOG }),
    db.query<{ raised: number; cleared: number; open: number }>({ text: INCIDENTS }),
    auditAll(createAuditLog(database), () => undefined),
    database.from('register').query<{ caseId: string; n: number }>({ text: ENTRIES }),
  ]);
  const log = new Map(rows.map((row) => [row.caseId, row]));
  const books = new Books(payments, bureau);
  const trouble: string[] = audit.broken.map(
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
  }
  return {
    filed: filed.length,
    started: started.length,
    ...counts,
    logGaps: audit.broken.length,
    incidentsRaised: incidents?.raised ?? 0,
    clearedByRetry: incidents?.cleared ?? 0,
    openIncidents: incidents?.open ?? 0,
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
  logGaps,
  openIncidents,
}: Tally): boolean =>
  asTheModelSays === filed + started &&
  lost + chargedTwice + cardedTwice + enteredWrongly + ledgerDifference + logGaps + openIncidents === 0;
