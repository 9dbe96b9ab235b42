/**
 * When something last happened in a case stands with the case, so that waits that the outside has left unanswered are found by
 * how long they have been silent, and not by a walk through every open case.
 */
export const silentCases = `
ALTER TABLE cases ADD COLUMN last_event_at timestamptz;

ALTER TABLE cases DISABLE TRIGGER USER;
UPDATE cases c SET last_event_at = e.at FROM case_events e
  WHERE c.closed_at IS NULL AND e.case_id = c.case_id AND e.version = c.version;
ALTER TABLE cases ENABLE TRIGGER USER;

CREATE FUNCTION case_last_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.last_event_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER cases_last_event_first BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION case_last_event();
CREATE TRIGGER cases_last_event BEFORE UPDATE ON cases FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION case_last_event();

CREATE INDEX cases_silent ON cases (waiting_what, last_event_at, case_id) WHERE closed_at IS NULL AND NOT has_incident;
`;
