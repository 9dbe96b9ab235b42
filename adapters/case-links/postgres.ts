import type { Database } from '../postgres/database';
import type { CaseLinks, LinkedCase } from './port';

const CASES = `SELECT case_id AS "caseId", type, stage, filed_at AS "filedAt", closed_at IS NOT NULL AS closed, file ->> 'event' AS event,
    file ->> 'on' AS "on", file #>> '{appeal,original}' AS original, file -> 'registration' IS NOT NULL AS registered, file #>> '{registration,child}' AS child FROM cases`;

const OPEN = `${CASES} WHERE closed_at IS NULL AND subject = $1
  UNION ${CASES} WHERE closed_at IS NULL AND people @> ARRAY[$1] ORDER BY 4, 1`;

/** UNION leaves out what was seen before, so two cases that name each other end the walk too. */
const SECOND_REPORTS = `WITH RECURSIVE linked (case_id) AS (
    SELECT $1::text UNION SELECT c.case_id FROM linked l JOIN cases c ON c.file ->> 'linkedTo' = l.case_id
  )
  SELECT c.case_id AS "caseId", c.file ->> 'reporter' AS reporter FROM cases c JOIN linked l USING (case_id)
  WHERE c.case_id <> $1 AND c.file ->> 'reporter' IS NOT NULL ORDER BY c.case_id`;

export function createCaseLinks(database: Database): CaseLinks {
  const db = database.from('case-log');
  return {
    async find(caseId) {
      const [found] = await db.query<LinkedCase>({ text: `${CASES} WHERE case_id = $1`, values: [caseId] });
      return found ?? null;
    },
    openConcerning: (person) => db.query<LinkedCase>({ text: OPEN, values: [person] }),
    cameFrom: (caseId) =>
      db.query<LinkedCase>({ text: `${CASES} WHERE parent = $1 ORDER BY filed_at, case_id`, values: [caseId] }),
    secondReportsOf: (caseId) =>
      db.query<{ caseId: string; reporter: string }>({ text: SECOND_REPORTS, values: [caseId] }),
  };
}
