import { EDGES } from '../../statistics/durations';

/**
 * Counts of cases, kept with the cases: what statistics read, however many cases there are. `filing_tallies`, `standing_tallies`,
 * `ended_tallies` and `wait_tallies` say what one case counts for, and are the only place that does: each change of a case adds
 * what it counts for now and takes away what it counted for before, in the transaction of the change, and `rebuild_tallies` adds
 * up the same over all cases.
 *
 * A change is a new row in `tally_deltas`, so that no two cases ever wait for each other's counter. Now and then a change brings
 * what has come together into `tallies`; a count is the sum of both. Days are days in Riyadh; `open` is about no day.
 *
 * Times come in many bins for each day, so `tallies` has them for all offices together besides (`taken:all`, `waited:all`): a
 * report of everything reads no more rows where there are more offices.
 *
 * The triggers are deferred: a case's row is written before its events, and the last events count too.
 */
export const tallies = `
ALTER TABLE cases ADD COLUMN beneficiary text NOT NULL DEFAULT 'unknown';
UPDATE cases c SET beneficiary = p.beneficiary FROM persons p WHERE p.person = c.subject;

-- Whom a case is for is looked up once: it stays what it was on the day of the filing.
CREATE FUNCTION case_beneficiary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT p.beneficiary INTO NEW.beneficiary FROM persons p WHERE p.person = NEW.subject;
  NEW.beneficiary := coalesce(NEW.beneficiary, 'unknown');
  RETURN NEW;
END $$;
CREATE TRIGGER cases_beneficiary BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION case_beneficiary();

CREATE TABLE tallies (
  measure text   NOT NULL,
  day     date   NOT NULL,
  office  text   NOT NULL,
  key     text[] NOT NULL,
  n       bigint NOT NULL,
  ms      bigint NOT NULL,
  PRIMARY KEY (measure, day, office, key)
) WITH (fillfactor = 70);

CREATE TABLE tally_deltas (
  measure text   NOT NULL,
  day     date   NOT NULL,
  office  text   NOT NULL,
  key     text[] NOT NULL,
  n       bigint NOT NULL,
  ms      bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

CREATE VIEW counted AS
  SELECT measure, day, office, key, n, ms FROM tallies WHERE measure <> 'taken:all' AND measure <> 'waited:all'
  UNION ALL SELECT measure, day, office, key, n, ms FROM tally_deltas;

CREATE FUNCTION riyadh_day(p_at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$ SELECT (p_at AT TIME ZONE 'Asia/Riyadh')::date $$;

CREATE FUNCTION elapsed_ms(p_from timestamptz, p_to timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT round(extract(epoch FROM p_to - p_from) * 1000)::bigint $$;

CREATE FUNCTION duration_bin(p_ms bigint) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT width_bucket(p_ms, '{${EDGES.join(',')}}'::bigint[]) $$;

-- The wait that begins with an event of this type; '' where one only ends, null where it is no mark.
CREATE FUNCTION wait_begun_by(p_type text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_type
    WHEN 'PaymentRequested' THEN 'payment'
    WHEN 'ReviewOpened' THEN 'caseworker-decision'
    WHEN 'CaseEscalated' THEN 'supervisor-decision'
    WHEN 'RejectionRecommended' THEN 'supervisor-decision'
    WHEN 'CaseReturned' THEN 'resubmission'
    WHEN 'CardOrdered' THEN 'card-printed'
    WHEN 'CardDispatched' THEN 'card-delivered'
    WHEN 'ReadyForPickup' THEN 'pickup'
    WHEN 'IncidentRaised' THEN 'incident'
    WHEN 'CaseHeld' THEN 'hold'
    WHEN 'PaymentCaptured' THEN ''
    WHEN 'CaseApproved' THEN ''
    WHEN 'CaseRejected' THEN ''
    WHEN 'ApplicationResubmitted' THEN ''
    WHEN 'EndingStarted' THEN ''
    WHEN 'CardPrinted' THEN ''
    WHEN 'CardHandedOver' THEN ''
    WHEN 'IncidentCleared' THEN ''
    WHEN 'CaseResumed' THEN ''
    WHEN 'CaseClosed' THEN ''
  END $$;

-- What a case counts for. None of it in SQL, for it runs with each change of a case: what is planned once is not planned again.

-- By what it was filed with.
CREATE FUNCTION filing_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
  office := c.office;
  day := riyadh_day(c.filed_at);
  ms := 0;
  -- What one case starts by itself, such as a first card, is no transaction of its own.
  IF c.parent IS NULL OR c.type <> 'id-renewal' THEN
    measure := 'transactions';
    key := ARRAY[
      CASE WHEN c.type = 'family-registration' AND c.file ->> 'event' = 'member-identification' THEN 'family-identification' ELSE c.type END,
      c.channel, c.beneficiary];
    RETURN NEXT;
  END IF;
  IF c.type = 'id-renewal' AND (c.file #>> '{facts,oldExpiresOn}')::date >= day THEN
    IF EXISTS (SELECT FROM reminders r WHERE r.serial = c.file #>> '{facts,oldSerial}' AND r.at < c.filed_at AND r.outcome = 'sent') THEN
      measure := 'reminded';
      key := ARRAY[c.policy_version, c.file #>> '{facts,documentType}'];
      RETURN NEXT;
    END IF;
  END IF;
END $$;

-- By where it stands now.
CREATE FUNCTION standing_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
  office := c.office;
  ms := 0;
  measure := 'filed';
  day := riyadh_day(c.filed_at);
  key := ARRAY[c.type, c.channel, c.status, c.beneficiary];
  RETURN NEXT;
  IF c.closed_at IS NULL AND c.waiting_what IS NOT NULL THEN
    measure := 'open';
    day := '-infinity';
    key := ARRAY[c.waiting_what, coalesce(c.waiting_who, ''), CASE WHEN c.overdue THEN 'overdue' ELSE '' END];
    RETURN NEXT;
  END IF;
END $$;

-- By how it ended.
CREATE FUNCTION ended_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF c.closed_at IS NULL OR c.status <> 'COMPLETED' THEN
    RETURN;
  END IF;
  office := c.office;
  measure := 'completed';
  day := riyadh_day(c.closed_at);
  ms := 0;
  key := ARRAY[CASE WHEN EXISTS (SELECT FROM case_events e WHERE e.case_id = c.case_id AND e.version <= c.version
    AND e.actor ->> 'role' IN ('caseworker', 'supervisor', 'committee', 'operator')) THEN 'by-human' ELSE 'without-human' END];
  RETURN NEXT;
  measure := 'taken';
  day := riyadh_day(c.filed_at);
  ms := elapsed_ms(c.filed_at, c.closed_at);
  key := ARRAY[duration_bin(ms)::text];
  RETURN NEXT;
END $$;

-- By its waits that events after this version have ended.
CREATE FUNCTION wait_tallies(c cases, p_after int) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
  mark    record;
  v_what  text;
  v_since timestamptz;
BEGIN
  measure := 'waited';
  office := c.office;
  -- From the last mark before on: that is where the first wait began.
  FOR mark IN
    SELECT e.version, e.at, wait_begun_by(e.type) AS begins FROM case_events e
    WHERE e.case_id = c.case_id AND e.version <= c.version AND wait_begun_by(e.type) IS NOT NULL AND e.version >= coalesce((
      SELECT b.version FROM case_events b WHERE b.case_id = c.case_id AND b.version <= p_after AND wait_begun_by(b.type) IS NOT NULL
      ORDER BY b.version DESC LIMIT 1), 1)
    ORDER BY e.version
  LOOP
    IF v_what <> '' AND mark.version > p_after THEN
      day := riyadh_day(mark.at);
      ms := elapsed_ms(v_since, mark.at);
      key := ARRAY[v_what, duration_bin(ms)::text];
      RETURN NEXT;
    END IF;
    v_what := mark.begins;
    v_since := mark.at;
  END LOOP;
END $$;

CREATE FUNCTION all_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY SELECT * FROM filing_tallies(c) UNION ALL SELECT * FROM standing_tallies(c)
    UNION ALL SELECT * FROM ended_tallies(c) UNION ALL SELECT * FROM wait_tallies(c, 0);
END $$;

-- One at a time; whoever finds another at it leaves it to that one.
CREATE FUNCTION fold_tallies() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(7120260320) THEN
    RETURN;
  END IF;
  WITH gone AS (DELETE FROM tally_deltas RETURNING measure, day, office, key, n, ms),
    counts AS (SELECT * FROM gone UNION ALL SELECT measure || ':all', day, '*', key, n, ms FROM gone WHERE measure IN ('taken', 'waited'))
  INSERT INTO tallies AS t (measure, day, office, key, n, ms)
    SELECT measure, day, office, key, sum(n), sum(ms) FROM counts GROUP BY measure, day, office, key HAVING sum(n) <> 0 OR sum(ms) <> 0
    ON CONFLICT (measure, day, office, key) DO UPDATE SET n = t.n + excluded.n, ms = t.ms + excluded.ms;
END $$;

-- Waits for the changes that are under way, and holds up later ones until it is done.
CREATE FUNCTION rebuild_tallies() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE tally_deltas IN SHARE ROW EXCLUSIVE MODE;
  PERFORM pg_advisory_xact_lock(7120260320);
  DELETE FROM tally_deltas;
  DELETE FROM tallies;
  INSERT INTO tally_deltas (measure, day, office, key, n, ms)
    SELECT measure, day, office, key, count(*), sum(ms) FROM (
      SELECT t.* FROM cases c, LATERAL all_tallies(c) t) AS every
    GROUP BY measure, day, office, key;
  PERFORM fold_tallies();
END $$;

CREATE FUNCTION tally_case() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER cases_tallied_when_filed AFTER INSERT ON cases DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tally_case();
CREATE CONSTRAINT TRIGGER cases_tallied AFTER UPDATE ON cases DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tally_case();

SELECT rebuild_tallies();
`;
