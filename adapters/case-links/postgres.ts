import type { Database } from '../postgres/database';
import type { CaseLinks, LinkedCase } from './port';

const CASES = `SELECT case_id AS "caseId", type, stage, closed_at IS NOT NULL AS closed, file ->> 'event' AS event FROM cases`;

export function createCaseLinks(database: Database): CaseLinks {
  const db = database.from('case-log');
  return {
    openAbout: (person) =>
      db.query<LinkedCase>({
        text: `${CASES} WHERE subject = $1 AND closed_at IS NULL ORDER BY filed_at, case_id`,
        values: [person],
      }),
    cameFrom: (caseId) =>
      db.query<LinkedCase>({ text: `${CASES} WHERE parent = $1 ORDER BY filed_at, case_id`, values: [caseId] }),
  };
}
