import type { CaseFile } from '../../domain/case/model';
import type { Database } from '../postgres/database';
import type { Overview, OverviewCase, PolicyGroup } from './overview-port';

const CASE =
  'case_id AS "caseId", type, status, office, version, policy_version AS "policyVersion", filed_at AS "filedAt"';

/** As LIKE reads it. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

export function createOverview(database: Database): Overview {
  const db = database.from('case');
  return {
    // The index on cases with a proposed repair has this very condition.
    proposedRepairs: ({ after = '', limit }) =>
      db.query<OverviewCase & { file: CaseFile }>({
        text: `SELECT ${CASE}, file FROM cases WHERE file ? 'repair' AND (closed_at IS NULL OR has_incident) AND case_id > $1
          ORDER BY case_id LIMIT $2`,
        values: [after, limit],
      }),
    async idsLike({ start, end }, limit) {
      const rows = await db.query<{ id: string }>({
        text: 'SELECT case_id AS id FROM cases WHERE case_id LIKE $1 OR case_id LIKE $2 LIMIT $3',
        values: [`${literal(start)}%`, `%${literal(end)}`, limit],
      });
      return rows.map(({ id }) => id);
    },
    policyGroups: () =>
      db.query<PolicyGroup>({
        text: `SELECT type, policy_version AS "policyVersion", count(*) AS cases, min(filed_at) AS oldest
          FROM cases WHERE closed_at IS NULL GROUP BY 1, 2 ORDER BY cases DESC, type, policy_version`,
      }),
    openCases: ({ type, policyVersion }, { after = '', limit }) =>
      db.query<OverviewCase>({
        text: `SELECT ${CASE} FROM cases WHERE closed_at IS NULL AND ($1::text IS NULL OR type = $1)
          AND ($2::text IS NULL OR policy_version = $2) AND case_id > $3 ORDER BY case_id LIMIT $4`,
        values: [type ?? null, policyVersion ?? null, after, limit],
      }),
  };
}
