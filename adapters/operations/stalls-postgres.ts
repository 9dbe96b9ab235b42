import type { Database } from '../postgres/database';
import { EVERYTHING, type KeptStall, type OpenCase, type StallGroup, type Stalls } from './stalls-port';
import type { Instant } from '../../domain/time';

const CASE = `SELECT c.case_id AS "caseId", c.type, c.version, c.file, e.at AS "lastEventAt"
  FROM cases c JOIN case_events e ON e.case_id = c.case_id AND e.version = c.version`;
const OPEN = `${CASE} WHERE c.closed_at IS NULL`;
/** A closed case with an incident owes something still; there are few, and each way has an index of its own. */
const CLOSED_WITH_INCIDENT = `${CASE} WHERE c.closed_at IS NOT NULL AND c.has_incident`;

const STALL = `case_id AS "caseId", what, json_build_object('en', detail, 'ar', coalesce(detail_ar, detail)) AS detail, first_seen AS "firstSeen", last_seen AS "lastSeen", times, remedied, cleared_at AS "clearedAt"`;

export function createStalls(database: Database): Stalls {
  const db = database.from('case');
  return {
    overdue: (before, limit) =>
      db.query<OpenCase>({
        text: `(${OPEN} AND c.waiting_until < $1 ORDER BY c.waiting_until LIMIT $2)
          UNION ALL (${CLOSED_WITH_INCIDENT} AND c.waiting_until < $1 ORDER BY c.waiting_until LIMIT $2)`,
        values: [before, limit],
      }),
    async silent(waits, since, limit) {
      // One look into the index for each wait: together they would be sorted as a whole.
      const each = await Promise.all(
        waits.map((what) =>
          db.query<OpenCase>({
            text: `${OPEN} AND NOT c.has_incident AND c.waiting_what = $1 AND c.last_event_at < $2 ORDER BY c.last_event_at, c.case_id LIMIT $3`,
            values: [what, since, limit],
          }),
        ),
      );
      // By turns: a wait that is long by its nature, such as that for money, holds up none of the others.
      return each
        .flatMap((cases) => cases.map((found, place) => ({ found, place })))
        .sort((a, b) => a.place - b.place)
        .map(({ found }) => found);
    },
    nextOpen: (after, limit) =>
      db.query<OpenCase>({
        text: `SELECT * FROM ((${OPEN} AND c.case_id > $1 ORDER BY c.case_id LIMIT $2)
          UNION ALL (${CLOSED_WITH_INCIDENT} AND c.case_id > $1 ORDER BY c.case_id LIMIT $2)) AS watched ORDER BY "caseId" LIMIT $2`,
        values: [after, limit],
      }),
    async found(limit) {
      const rows = await db.query<{ caseId: string }>({
        text: `SELECT case_id AS "caseId" FROM stalls WHERE cleared_at IS NULL AND case_id <> $1 GROUP BY 1 ORDER BY min(last_seen), 1 LIMIT $2`,
        values: [EVERYTHING, limit],
      });
      return rows.map(({ caseId }) => caseId);
    },
    openCases: (caseIds) =>
      db.query<OpenCase>({
        text: `${CASE} WHERE c.case_id = ANY ($1) AND (c.closed_at IS NULL OR c.has_incident)`,
        values: [[...caseIds]],
      }),
    async head(caseId) {
      const text = 'SELECT version, closed_at IS NULL OR has_incident AS open FROM cases WHERE case_id = $1';
      return (await db.query<{ version: number; open: boolean }>({ text, values: [caseId] }))[0] ?? null;
    },
    async unknown(caseIds) {
      const rows = await db.query<{ id: string }>({
        text: 'SELECT id FROM unnest($1::text[]) AS open (id) WHERE NOT EXISTS (SELECT FROM cases WHERE case_id = id)',
        values: [[...caseIds]],
      });
      return rows.map(({ id }) => id);
    },
    async place() {
      const [row] = await db.query<{ place: string }>({ text: 'SELECT place FROM stall_scans' });
      return row?.place ?? '';
    },
    async keepPlace(place) {
      await db.query({ text: 'UPDATE stall_scans SET place = $1', values: [place] });
    },
    async end(at) {
      await db.query({ text: 'UPDATE stall_scans SET ended_at = $1', values: [at] });
    },
    async lastScan() {
      const [row] = await db.query<{ at: Instant | null }>({ text: 'SELECT ended_at AS at FROM stall_scans' });
      return row?.at ?? null;
    },
    async see({ caseId, what, detail, remedied }, at) {
      await db.query({
        text: `INSERT INTO stalls (case_id, what, detail, detail_ar, first_seen, last_seen, remedied) VALUES ($1, $2, $3, $4, $5, $5, $6)
          ON CONFLICT (case_id, what) WHERE cleared_at IS NULL
          DO UPDATE SET detail = excluded.detail, detail_ar = excluded.detail_ar, last_seen = excluded.last_seen, times = stalls.times + 1, remedied = excluded.remedied`,
        values: [caseId, what, detail.en, detail.ar, at, remedied],
      });
    },
    async clear(caseId, except, at) {
      const text =
        'UPDATE stalls SET cleared_at = $3 WHERE case_id = $1 AND cleared_at IS NULL AND NOT what = ANY ($2) RETURNING 1';
      return (await db.query({ text, values: [caseId, [...except], at] })).length;
    },
    groups: () =>
      db.query<StallGroup>({
        text: `SELECT what, count(*) AS cases, min(first_seen) AS since, max(last_seen) AS last, min(case_id) AS example
          FROM stalls WHERE cleared_at IS NULL GROUP BY 1 ORDER BY cases DESC, what`,
      }),
    ofCase: (caseId) =>
      db.query<KeptStall>({
        text: `SELECT ${STALL} FROM stalls WHERE case_id = $1 AND cleared_at IS NULL ORDER BY first_seen, what`,
        values: [caseId],
      }),
    list: ({ open, limit }) =>
      db.query<KeptStall>({
        text: `SELECT ${STALL} FROM stalls ${open ? 'WHERE cleared_at IS NULL' : ''} ORDER BY last_seen DESC, id LIMIT $1`,
        values: [limit],
      }),
  };
}
