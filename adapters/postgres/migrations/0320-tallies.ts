import { EDGES } from '../../statistics/durations';

/**
 * Counts of cases, kept with the cases: what statistics read, however many cases there are. `case_tallies` and `wait_tallies` say
 * what one case counts for, and are the only place that does: each change of a case adds what it counts for now and takes away
 * what it counted for before, in the transaction of the change, and `rebuild_tallies` adds up the same over all cases.
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

-- What a case counts for as it stands, its waits aside.
CREATE FUNCTION case_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE sql STABLE AS $$
  SELECT 'filed', riyadh_day(c.filed_at), c.office, ARRAY[c.type, c.channel, c.status, c.beneficiary], 0::bigint
  UNION ALL
  SELECT 'open', '-infinity'::date, c.office, ARRAY[c.waiting_what, coalesce(c.waiting_who, ''), CASE WHEN c.overdue THEN 'overdue' ELSE '' END], 0
    WHERE c.closed_at IS NULL AND c.waiting_what IS NOT NULL
  UNION ALL
  SELECT 'taken', riyadh_day(c.filed_at), c.office, ARRAY[duration_bin(elapsed_ms(c.filed_at, c.closed_at))::text], elapsed_ms(c.filed_at, c.closed_at)
    WHERE c.status = 'COMPLETED' AND c.closed_at IS NOT NULL
  UNION ALL
  -- What one case starts by itself, such as a first card, is no transaction of its own.
  SELECT 'transactions', riyadh_day(c.filed_at), c.office, ARRAY[
      CASE WHEN c.type <> 'family-registration' THEN c.type WHEN c.file ->> 'event' = 'member-identification' THEN 'family-identification' ELSE c.type END,
      c.channel, c.beneficiary], 0
    WHERE c.parent IS NULL OR c.type <> 'id-renewal'
  UNION ALL
  SELECT 'completed', riyadh_day(c.closed_at), c.office, ARRAY[CASE WHEN EXISTS (SELECT FROM case_events e
      WHERE e.case_id = c.case_id AND e.version <= c.version AND e.actor ->> 'role' IN ('caseworker', 'supervisor', 'committee', 'operator'))
      THEN 'by-human' ELSE 'without-human' END], 0
    WHERE c.status = 'COMPLETED' AND c.closed_at IS NOT NULL
  UNION ALL
  SELECT 'reminded', riyadh_day(c.filed_at), c.office, ARRAY[c.policy_version, c.file #>> '{facts,documentType}'], 0
    WHERE c.type = 'id-renewal' AND (c.file #>> '{facts,oldExpiresOn}')::date >= riyadh_day(c.filed_at)
      AND EXISTS (SELECT FROM reminders r WHERE r.serial = c.file #>> '{facts,oldSerial}' AND r.at < c.filed_at AND r.outcome = 'sent')
$$;

-- The waits of a case that events after this version have ended.
CREATE FUNCTION wait_tallies(c cases, p_after int) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE sql STABLE AS $$
  SELECT 'waited', riyadh_day(ended), c.office, ARRAY[what, duration_bin(ms)::text], ms
  FROM (SELECT e.version, e.at AS ended, lag(wait_begun_by(e.type)) OVER o AS what, elapsed_ms(lag(e.at) OVER o, e.at) AS ms
    FROM case_events e WHERE e.case_id = c.case_id AND e.version <= c.version AND wait_begun_by(e.type) IS NOT NULL
    WINDOW o AS (ORDER BY e.version)) AS marks
  WHERE version > p_after AND what <> ''
$$;

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
      SELECT t.* FROM cases c, LATERAL case_tallies(c) t UNION ALL SELECT w.* FROM cases c, LATERAL wait_tallies(c, 0) w) AS every
    GROUP BY measure, day, office, key;
  PERFORM fold_tallies();
END $$;

CREATE FUNCTION tally_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_deltas (measure, day, office, key, n, ms)
      SELECT measure, day, office, key, count(*), sum(ms) FROM (
        SELECT * FROM case_tallies(NEW) UNION ALL SELECT * FROM wait_tallies(NEW, 0)) AS now GROUP BY measure, day, office, key;
  ELSE
    INSERT INTO tally_deltas (measure, day, office, key, n, ms)
      SELECT measure, day, office, key, sum(sign), sum(sign * ms) FROM (
        SELECT *, 1 AS sign FROM case_tallies(NEW)
        UNION ALL SELECT *, -1 FROM case_tallies(OLD)
        UNION ALL SELECT *, 1 FROM wait_tallies(NEW, CASE WHEN NEW.office = OLD.office THEN OLD.version ELSE 0 END)
        UNION ALL SELECT *, -1 FROM wait_tallies(OLD, CASE WHEN NEW.office = OLD.office THEN OLD.version ELSE 0 END)) AS change
      GROUP BY measure, day, office, key HAVING sum(sign) <> 0 OR sum(sign * ms) <> 0;
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
