import type { Refusal } from '../../domain/refusal';
import type { Instant } from '../../domain/time';
import type { Source } from '../postgres/database';
import { indexed, type Conditions } from './conditions';
import { cursorAt, placeOf } from './cursor';
import type { CaseSort, CaseSummary, Page } from './port';

export type SummaryRow = Omit<CaseSummary, 'incident'> & {
  readonly incidentCode: string | null;
  readonly incidentSource: string | null;
};

export const COLUMNS = `case_id AS id, type, status, stage, version, channel, client_id AS "clientId", subject, office, parent,
  policy_version AS "policyVersion", filed_at AS "filedAt", closed_at AS "closedAt", waiting_what AS "waitingWhat", waiting_who AS "waitingWho",
  waiting_until AS "waitingUntil", claimed_by AS "claimedBy", overdue, incident_code AS "incidentCode", incident_source AS "incidentSource",
  review_why AS "reviewWhy", recommended, escalated`;

/** All but the file, which is large. */
const RAW = `case_id, type, status, stage, version, channel, client_id, subject, office, parent, policy_version, filed_at, closed_at,
  waiting_what, waiting_who, waiting_until, claimed_by, overdue, has_incident, incident_code, incident_source, review_why, handled_by, recommended, escalated`;

interface Order {
  readonly column: 'filed_at' | 'waiting_until';
  readonly direction: 'ASC' | 'DESC';
  readonly of: (summary: SummaryRow) => Instant | null;
}

const ORDERS: Readonly<Record<CaseSort, Order>> = {
  newest: { column: 'filed_at', direction: 'DESC', of: ({ filedAt }) => filedAt },
  oldest: { column: 'filed_at', direction: 'ASC', of: ({ filedAt }) => filedAt },
  waitingUntil: { column: 'waiting_until', direction: 'ASC', of: ({ waitingUntil }) => waitingUntil },
};

const MOST_A_PAGE = 200;

export interface PageQuery {
  readonly sort: CaseSort;
  readonly cursor?: string;
  readonly limit: number;
  /** Cases looked at for one page, where the filters are not all in one index. */
  readonly mostScanned: number;
}

/**
 * One page in one statement, from where the one before ended. Where one index answers all conditions it is walked for exactly
 * the page; otherwise the best one is walked for at most `mostScanned` cases, and the page may come out short, with a `next`.
 */
export async function readPage(
  db: Source,
  filter: Conditions,
  query: PageQuery,
): Promise<Page<CaseSummary> | { refusal: Refusal }> {
  const { column, direction, of } = ORDERS[query.sort];
  if (query.cursor !== undefined) {
    const place = placeOf(query.cursor, query.sort);
    if ('refusal' in place) return place;
    filter.values.push(place.at, place.caseId);
    const after = `($${filter.values.length - 1}::timestamptz, $${filter.values.length})`;
    filter.add('place', `(${column}, case_id) ${direction === 'ASC' ? '>' : '<'} ${after}`);
  }
  const size = Math.min(Math.max(1, Math.trunc(query.limit)), MOST_A_PAGE);
  const order = `ORDER BY ${column} ${direction}, case_id ${direction}`;
  const { by, whole } = indexed(filter.names(), column);
  const text = whole
    ? `SELECT ${COLUMNS}, false AS "walkedTo" FROM cases ${filter.where()} ${order} LIMIT ${size + 1}`
    : `WITH walked AS MATERIALIZED (SELECT ${RAW} FROM cases ${filter.where(by)} ${order} LIMIT ${query.mostScanned})
      (SELECT ${COLUMNS}, false AS "walkedTo" FROM walked ${filter.where(filter.names().filter((name) => !by.includes(name)))} ${order} LIMIT ${size + 1})
      UNION ALL (SELECT ${COLUMNS}, true FROM walked ${order} OFFSET ${query.mostScanned - 1} LIMIT 1)`;
  const rows = await db.query<SummaryRow & { walkedTo: boolean }>({ text, values: filter.values });
  const found = rows.filter(({ walkedTo }) => !walkedTo);
  const last = found.length > size ? found[size - 1] : rows.find(({ walkedTo }) => walkedTo);
  const at = last && of(last);
  return {
    items: found.slice(0, size).map((row) => summaryOf(unmarked(row))),
    next: last && at ? cursorAt(query.sort, { at, caseId: last.id }) : null,
  };
}

function unmarked(row: SummaryRow & { readonly walkedTo: boolean }): SummaryRow {
  const copy: SummaryRow & { walkedTo?: boolean } = { ...row };
  delete copy.walkedTo;
  return copy;
}

export function summaryOf({ incidentCode, incidentSource, ...summary }: SummaryRow): CaseSummary {
  return { ...summary, incident: incidentCode === null ? null : { code: incidentCode, source: incidentSource ?? '' } };
}
