/**
 * Why somebody stopped, resumed or cancelled an operation, and each such act once, however often it is told; and what
 * operators do to the system as a whole, each with who and why.
 */
export const operatorActs = `
ALTER TABLE operation_acts ADD COLUMN reason_ref text, ADD COLUMN key text;
UPDATE operation_acts a SET key = what WHERE what IN ('started', 'ended')
  AND NOT EXISTS (SELECT FROM operation_acts b WHERE b.operation = a.operation AND b.what = a.what AND b.seq < a.seq);
CREATE UNIQUE INDEX operation_acts_once ON operation_acts (operation, key) WHERE key IS NOT NULL;

CREATE TABLE operator_acts (
  seq        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  what       text        NOT NULL,
  about      jsonb       NOT NULL,
  actor      jsonb       NOT NULL,
  reason_ref text        NOT NULL,
  at         timestamptz NOT NULL DEFAULT now()
);
`;
