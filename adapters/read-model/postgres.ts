import type { Actor, AnyEvent, CaseFile } from '../../domain/case/model';
import type { Instant } from '../../domain/time';
import type { Database, Source } from '../postgres/database';
import { addFilters, addWork, conditions, TEAM } from './conditions';
import { COLUMNS, readPage, summaryOf, type SummaryRow } from './pages';
import type { ReadModel, TeamCounts, WorkCounts, WorkScope } from './port';

const CASE = `SELECT ${COLUMNS}, file FROM cases WHERE case_id = $1`;
const EVENTS = `SELECT version, at, actor, cause, event FROM case_events WHERE case_id = $1 AND version > $2 ORDER BY version LIMIT $3`;

interface EventRow {
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly cause: string;
  readonly event: AnyEvent;
}

/** Some five milliseconds of looking. */
const MOST_SCANNED = 2_000;

export function createReadModel(database: Database, { mostScanned = MOST_SCANNED } = {}): ReadModel {
  const db = database.from('case');
  return {
    async caseById(id) {
      const [row] = await db.query<SummaryRow & { file: CaseFile }>({ name: 'case-by-id', text: CASE, values: [id] });
      if (!row) return null;
      const { file, ...summary } = row;
      return { summary: summaryOf(summary), file };
    },
    async caseEvents(id, afterVersion, limit) {
      const rows = await db.query<EventRow>({ name: 'case-events', text: EVENTS, values: [id, afterVersion, limit] });
      return rows.map((row) => ({ caseId: id, ...row }));
    },
    async caseList({ filters, ...query }) {
      const filter = conditions();
      addFilters(filter, filters);
      if (query.sort === 'waitingUntil') {
        filter.add('waiting', 'waiting_until IS NOT NULL');
        filter.add('open', 'closed_at IS NULL');
      }
      return readPage(db, filter, { ...query, mostScanned });
    },
    async workQueue(query) {
      const filter = conditions();
      addWork(filter, query);
      return readPage(db, filter, { ...query, sort: query.sort ?? 'waitingUntil', mostScanned });
    },
    workCounts: (query) => counts(db, query),
    teamCounts: (query) => teamCounts(db, query),
  };
}

async function counts(db: Source, query: WorkScope): Promise<WorkCounts> {
  const filter = conditions();
  addWork(filter, { ...query, view: 'office' });
  filter.values.push(query.me);
  const text = `SELECT count(*) AS office, count(*) FILTER (WHERE claimed_by = $${filter.values.length}) AS mine,
    count(*) FILTER (WHERE claimed_by IS NULL) AS unclaimed, count(*) FILTER (WHERE overdue) AS overdue FROM cases ${filter.where()}`;
  const [row] = await db.query<WorkCounts>({ text, values: filter.values });
  return row ?? { mine: 0, office: 0, unclaimed: 0, overdue: 0 };
}

async function teamCounts(db: Source, query: WorkScope): Promise<TeamCounts> {
  const filter = conditions();
  addWork(filter, { ...query, who: query.who.filter((each) => each === 'supervisor'), view: 'office' });
  const each = Object.entries(TEAM).map(([view, condition]) => `count(*) FILTER (WHERE ${condition}) AS "${view}"`);
  const text = `SELECT ${each.join(', ')} FROM cases ${filter.where()}`;
  const [row] = await db.query<TeamCounts>({ text, values: filter.values });
  return row ?? { awaiting: 0, 'four-eyes': 0, escalated: 0, held: 0 };
}
