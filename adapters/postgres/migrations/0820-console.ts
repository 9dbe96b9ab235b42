/**
 * Who of the staff has signed in, by the names in their own tokens: what colleagues are called on the pages. Staff only, and nowhere
 * else: events, histories and logs know the staff number alone.
 *
 * Portraits that people came into the register with, so that a new photo has one to stand beside it from the first case on.
 *
 * Rows of before said that every hold, and every appeal and comparison of reports from its first day, was overdue.
 */
export const consoleStaff = `
CREATE TABLE staff (
  id      text        PRIMARY KEY,
  name_ar text        NOT NULL,
  name_en text        NOT NULL,
  roles   text[]      NOT NULL,
  office  text,
  seen_at timestamptz NOT NULL
);

CREATE TABLE enrolled_portraits (
  person       text PRIMARY KEY,
  document_ref text NOT NULL,
  taken_on     date NOT NULL
);

UPDATE cases SET overdue = false WHERE overdue AND (file -> 'hold' IS NOT NULL
  OR waiting_what = 'appeal-decision' AND file -> 'remindedAt' IS NULL
  OR waiting_what = 'duplicate-decision' AND file #> '{duplicates,remindedAt}' IS NULL);
UPDATE cases SET overdue = true WHERE closed_at IS NULL AND waiting_what = 'committee-votes' AND file #> '{committee,remindedAt}' IS NOT NULL;
`;
