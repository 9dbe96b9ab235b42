/**
 * What is kept of waits follows from the log, and is still only added to, but for one thing: where it is not what the log folds to, an
 * operator has it put right (`tajdid statistics rebuild`). Only the transaction that does that says so.
 */
export const waitsPutRight = `
DROP TRIGGER case_waits_append_only ON case_waits;
CREATE TRIGGER case_waits_append_only BEFORE UPDATE OR TRUNCATE ON case_waits
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_waits_kept BEFORE DELETE ON case_waits
  FOR EACH STATEMENT WHEN (current_setting('tajdid.waits', true) IS DISTINCT FROM 'put-right') EXECUTE FUNCTION refuse_change();
`;
