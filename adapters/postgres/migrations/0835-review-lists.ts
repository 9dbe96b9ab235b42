/**
 * What lists say of a review, taken from the case's file by the database itself, so that it can never differ from it: why it came to
 * review, whether a colleague recommends rejection (then it needs a second pair of eyes), and whether it was escalated, and how.
 * A review that began at the supervisor's level, such as a late report, is not escalated.
 *
 * Case numbers are looked up by how they begin, as they are shown; the counts of the work queue may be of one case type.
 */
export const reviewLists = `
ALTER TABLE cases
  ADD COLUMN review_why jsonb GENERATED ALWAYS AS (file #> '{review,why}') STORED,
  ADD COLUMN handled_by jsonb GENERATED ALWAYS AS (file #> '{review,handledBy}') STORED,
  ADD COLUMN recommended boolean GENERATED ALWAYS AS (file #> '{review,recommendation}' IS NOT NULL) STORED,
  ADD COLUMN escalated text GENERATED ALWAYS AS (CASE
    WHEN file #>> '{review,clock,escalatedAt}' IS NOT NULL THEN 'out-of-time'
    WHEN file #>> '{notice,escalatedAt}' IS NOT NULL AND file #> '{notice,found}' IS NULL THEN 'out-of-time'
    WHEN file #>> '{review,level}' = 'supervisor' AND file ->> 'type' <> 'appeal' AND file #> '{review,recommendation}' IS NULL
      AND NOT coalesce(file #> '{review,why}' ? 'late', false) THEN 'by-caseworker' END) STORED;

CREATE INDEX cases_number ON cases ((upper(substr(case_id, strpos(case_id, '_') + 1))) COLLATE "C");

CREATE INDEX cases_work_of ON cases (office, waiting_who, waiting_until, case_id) INCLUDE (claimed_by, overdue, type)
  WHERE closed_at IS NULL AND waiting_until IS NOT NULL;
DROP INDEX cases_work;
`;
