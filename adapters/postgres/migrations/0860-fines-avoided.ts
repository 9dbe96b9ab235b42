/**
 * A renewal after a reminder counts once its card is handed over, on the day of it: only then is a fine avoided. What is refused,
 * cancelled or never paid for was not renewed, however early it was filed.
 *
 * What the functions of migration 320 count is counted again from the cases and their events.
 */
export const finesAvoided = `
CREATE OR REPLACE FUNCTION filing_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
  -- What one case starts by itself, such as a first card, is no transaction of its own.
  IF c.parent IS NOT NULL AND c.type = 'id-renewal' THEN
    RETURN;
  END IF;
  measure := 'transactions';
  office := c.office;
  day := riyadh_day(c.filed_at);
  ms := 0;
  key := ARRAY[
    CASE WHEN c.type = 'family-registration' AND c.file ->> 'event' = 'member-identification' THEN 'family-identification' ELSE c.type END,
    c.channel, c.beneficiary];
  RETURN NEXT;
END $$;

-- By its card, if it was handed over for the first time after this version.
CREATE FUNCTION handed_over_tallies(c cases, p_after int) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_version int;
  v_at      timestamptz;
BEGIN
  IF c.type <> 'id-renewal' OR ((c.file #>> '{facts,oldExpiresOn}')::date >= riyadh_day(c.filed_at)) IS NOT TRUE THEN
    RETURN;
  END IF;
  SELECT e.version, e.at INTO v_version, v_at FROM case_events e
    WHERE e.case_id = c.case_id AND e.version > p_after AND e.version <= c.version AND e.type = 'CardHandedOver' ORDER BY e.version LIMIT 1;
  IF v_version IS NULL
    OR EXISTS (SELECT FROM case_events e WHERE e.case_id = c.case_id AND e.version <= p_after AND e.type = 'CardHandedOver')
    OR NOT EXISTS (SELECT FROM reminders r WHERE r.serial = c.file #>> '{facts,oldSerial}' AND r.at < c.filed_at AND r.outcome = 'sent')
  THEN
    RETURN;
  END IF;
  measure := 'reminded';
  office := c.office;
  day := riyadh_day(v_at);
  ms := 0;
  key := ARRAY[c.policy_version, c.file #>> '{facts,documentType}'];
  RETURN NEXT;
END $$;

CREATE OR REPLACE FUNCTION all_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY SELECT * FROM filing_tallies(c) UNION ALL SELECT * FROM standing_tallies(c)
    UNION ALL SELECT * FROM ended_tallies(c) UNION ALL SELECT * FROM handed_over_tallies(c, 0) UNION ALL SELECT * FROM wait_tallies(c, 0);
END $$;

CREATE OR REPLACE FUNCTION tally_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_deltas SELECT measure, day, office, key, 1, ms FROM all_tallies(NEW);
  ELSIF NEW.office <> OLD.office THEN
    INSERT INTO tally_deltas SELECT measure, day, office, key, 1, ms FROM all_tallies(NEW);
    INSERT INTO tally_deltas SELECT measure, day, office, key, -1, -ms FROM all_tallies(OLD);
  ELSE
    -- Only what can have changed.
    IF (NEW.status, NEW.waiting_what, NEW.waiting_who, NEW.overdue, NEW.closed_at) IS DISTINCT FROM
       (OLD.status, OLD.waiting_what, OLD.waiting_who, OLD.overdue, OLD.closed_at) THEN
      INSERT INTO tally_deltas SELECT measure, day, office, key, 1, ms FROM standing_tallies(NEW);
      INSERT INTO tally_deltas SELECT measure, day, office, key, -1, -ms FROM standing_tallies(OLD);
    END IF;
    IF NEW.file -> 'facts' IS DISTINCT FROM OLD.file -> 'facts' OR NEW.policy_version <> OLD.policy_version THEN
      INSERT INTO tally_deltas SELECT measure, day, office, key, 1, ms FROM filing_tallies(NEW);
      INSERT INTO tally_deltas SELECT measure, day, office, key, -1, -ms FROM filing_tallies(OLD);
      INSERT INTO tally_deltas SELECT measure, day, office, key, 1, ms FROM handed_over_tallies(NEW, 0);
      INSERT INTO tally_deltas SELECT measure, day, office, key, -1, -ms FROM handed_over_tallies(OLD, 0);
    ELSE
      INSERT INTO tally_deltas SELECT measure, day, office, key, 1, ms FROM handed_over_tallies(NEW, OLD.version);
    END IF;
    IF NEW.closed_at IS NOT NULL OR OLD.closed_at IS NOT NULL THEN
      INSERT INTO tally_deltas SELECT measure, day, office, key, 1, ms FROM ended_tallies(NEW);
      INSERT INTO tally_deltas SELECT measure, day, office, key, -1, -ms FROM ended_tallies(OLD);
    END IF;
    INSERT INTO tally_deltas SELECT measure, day, office, key, 1, ms FROM wait_tallies(NEW, OLD.version);
  END IF;
  -- About every sixty-fourth change.
  IF hashtextextended(NEW.case_id, NEW.version) & 63 = 0 THEN
    PERFORM fold_tallies();
  END IF;
  RETURN NULL;
END $$;

SELECT rebuild_tallies();
`;
