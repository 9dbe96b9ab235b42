/**
 * That a caseworker passed a review up is said by the review itself (`escalatedBy`), and no longer guessed from its level: of a review
 * that began at the supervisor's level nobody did, of whatever case type it is. Those that were passed up before have it from their events.
 */
export const escalatedBy = `
ALTER TABLE cases DISABLE TRIGGER USER;
UPDATE cases c SET file = jsonb_set(file, '{review,escalatedBy}', (SELECT e.actor -> 'id' FROM case_events e
    WHERE e.case_id = c.case_id AND e.type = 'CaseEscalated' AND e.event ->> 'why' = 'by-caseworker' ORDER BY e.version DESC LIMIT 1))
  WHERE escalated = 'by-caseworker'
    AND EXISTS (SELECT FROM case_events e WHERE e.case_id = c.case_id AND e.type = 'CaseEscalated' AND e.event ->> 'why' = 'by-caseworker');
ALTER TABLE cases ENABLE TRIGGER USER;

ALTER TABLE cases DROP COLUMN escalated;
ALTER TABLE cases ADD COLUMN escalated text GENERATED ALWAYS AS (CASE
  WHEN file #>> '{review,clock,escalatedAt}' IS NOT NULL THEN 'out-of-time'
  WHEN file #>> '{notice,escalatedAt}' IS NOT NULL AND file #> '{notice,found}' IS NULL THEN 'out-of-time'
  WHEN file #>> '{review,escalatedBy}' IS NOT NULL AND file #> '{review,recommendation}' IS NULL THEN 'by-caseworker' END) STORED;
`;
