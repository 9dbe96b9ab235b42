import type { Database } from '../postgres/database';
import type { CaseWaits, WaitsOfCase } from './waits-port';

/** One statement sees one moment: the log, and what was kept of it by then. */
const AFTER = `SELECT c.case_id AS "caseId", c.type,
    (SELECT coalesce(json_agg(json_build_object('caseId', e.case_id, 'version', e.version, 'actor', e.actor, 'cause', e.cause, 'event', e.event,
        'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY e.version), '[]')
      FROM case_events e WHERE e.case_id = c.case_id) AS log,
    (SELECT coalesce(json_agg(json_build_object('version', w.version, 'waiting', w.waiting, 'entered', w.entered) ORDER BY w.version), '[]')
      FROM case_waits w WHERE w.case_id = c.case_id) AS kept
  FROM cases c WHERE c.case_id > $1 AND c.filed_at >= (SELECT applied_at FROM schema_migrations WHERE id = 971)
  ORDER BY c.case_id LIMIT $2`;

export function createCaseWaits(database: Database): CaseWaits {
  const db = database.from('case-log');
  return {
    after: (caseId, limit) => db.query<WaitsOfCase>({ text: AFTER, values: [caseId, limit] }),
    put: ({ caseId, log }, waits) =>
      db.transaction(async (session) => {
        // Nothing but this says so, and nothing else may change what is kept.
        await session.query({ text: `SET LOCAL tajdid.waits = 'put-right'` });
        await session.query({
          text: 'DELETE FROM case_waits WHERE case_id = $1 AND version <= $2',
          values: [caseId, log.at(-1)?.version ?? 0],
        });
        await session.query({
          text: `INSERT INTO case_waits (case_id, version, waiting, entered)
            SELECT $1, version, waiting, entered FROM json_to_recordset($2) AS w (version int, waiting text, entered boolean)`,
          values: [caseId, JSON.stringify(waits)],
        });
      }),
  };
}
