import { eventDigest } from '../../domain/case/hash';
import type { Actor, AnyEvent, Recorded } from '../../domain/case/model';
import { OutsideFailure } from '../../domain/failures';
import type { Instant } from '../../domain/time';
import type { Database } from '../postgres/database';
import { UNRECORDABLE, type CaseLog, type CaseRow } from './port';
import { sha256 } from './sha256';

interface EventRow {
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly cause: string;
  readonly event: AnyEvent;
}

const APPEND =
  'SELECT version, at, actor, cause, event FROM append_case_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)';

const closed = (caseId: string): string =>
  `EXISTS (SELECT FROM cases c WHERE c.case_id = ${caseId} AND c.closed_at IS NOT NULL)`;

/** A step that was given up on may still take a place once its case has closed: that holds nobody up. */
const TAKE_PLACE = `INSERT INTO case_places (place, case_id) SELECT $1::text, $2::text WHERE NOT ${closed('$2::text')}
  ON CONFLICT (place) DO UPDATE
    SET case_id = CASE WHEN ${closed('case_places.case_id')} THEN excluded.case_id ELSE case_places.case_id END
  RETURNING case_id AS "heldBy"`;

export function createCaseLog(database: Database): CaseLog {
  const db = database.from('case-log');
  const recorded = (caseId: string, rows: readonly EventRow[]): Recorded[] => rows.map((row) => ({ caseId, ...row }));
  return {
    async append(events, row) {
      const { caseId, version } = firstOf(events);
      const values = [caseId, version, eventsJson(events), digests(events), ...rowValues(row)];
      const rows = await db
        .query<EventRow>({ name: 'append-case-events', text: APPEND, values })
        .catch((error: unknown) => {
          throw isDataError(error) ? unrecordable() : error;
        });
      return rows.length === 0 ? { appended: true } : { logged: recorded(caseId, rows) };
    },
    async eventsAfter(caseId, version) {
      const rows = await db.query<EventRow>({
        name: 'case-events-after',
        text: 'SELECT version, at, actor, cause, event FROM case_events WHERE case_id = $1 AND version > $2 ORDER BY version',
        values: [caseId, version],
      });
      return recorded(caseId, rows);
    },
    async takePlace(place, caseId) {
      const [holder] = await db.query<{ heldBy: string }>({
        name: 'take-place',
        text: TAKE_PLACE,
        values: [place, caseId],
      });
      if (!holder) throw new OutsideFailure('defect', 'case-log', 'case-closed', 'a closed case takes no place');
      return holder;
    },
  };
}

/** SQLSTATE class 22: a NUL, half of a surrogate pair, a number out of range. */
const isDataError = (error: unknown): boolean =>
  error instanceof OutsideFailure && error.code.startsWith('postgres-22');
const unrecordable = (): OutsideFailure =>
  new OutsideFailure('refused', 'case-log', UNRECORDABLE, 'the log cannot hold what was to be appended');

/** Events of one case without a gap; anything else is our own mistake and is not sent. */
function firstOf(events: readonly Recorded[]): Recorded {
  const [first] = events;
  if (!first) throw new OutsideFailure('defect', 'case-log', 'nothing-to-append', 'an append holds at least one event');
  const whole = events.every((event, i) => event.caseId === first.caseId && event.version === first.version + i);
  if (!whole)
    throw new OutsideFailure(
      'defect',
      'case-log',
      'version-gap',
      'the events of one append follow each other, in one case',
    );
  return first;
}

const eventsJson = (events: readonly Recorded[]): string =>
  JSON.stringify(events.map(({ at, actor, cause, event }) => ({ at, actor, cause, event })));

const digests = (events: readonly Recorded[]): Buffer =>
  Buffer.concat(events.map((event) => eventDigest(event, sha256)));

const rowValues = (row: CaseRow): unknown[] => [
  JSON.stringify(row.file),
  row.status,
  row.waitingWhat,
  row.waitingWho,
  row.waitingUntil,
  row.claimedBy,
  row.overdue,
  row.people,
];
