/**
 * What a case waits for is said by its case type alone. It stands in the case's row after each append, and here it is kept with the
 * version that it changed with: the waits that have ended are summed from that, and no event is known by its name.
 *
 * A wait belongs to a stage. A hold or an incident stands over it, as a wait of its own, until it goes on; a step that the case takes
 * beside it ends nothing. So a wait counts once, without what it was stopped for.
 *
 * The log's chain is about the events and nothing else. What is kept here is only ever added to, and follows from the events as the row does.
 * What cases from before have waited for is told by their events, as it was counted until now: the counts stay what they were.
 */
export const waitsOfCases = `
CREATE TABLE case_waits (
  case_id text    NOT NULL,
  version int     NOT NULL,
  -- 'hold' and 'incident' stand over what it waits for; '' where it waits for nothing.
  waiting text    NOT NULL,
  -- With this version the case came into the stage that it is in.
  entered boolean NOT NULL,
  PRIMARY KEY (case_id, version)
);

CREATE FUNCTION waits_by_events(c cases) RETURNS TABLE (version int, waiting text, entered boolean) LANGUAGE plpgsql STABLE AS $$
DECLARE
  e         record;
  v_wait    text := '';
  v_then    text;
  v_stop    text := '';
  v_stops   text;
  v_held    boolean := false;
  v_failed  boolean := false;
  v_level   text := 'caseworker';
  v_printed boolean := false;
  v_to      text := '';
BEGIN
  FOR e IN
    SELECT l.version, l.type, l.event FROM case_events l WHERE l.case_id = c.case_id AND l.version <= c.version ORDER BY l.version
  LOOP
    v_then := v_wait;
    CASE e.type
      WHEN 'CaseHeld' THEN v_held := true;
      WHEN 'CaseResumed' THEN v_held := false;
      WHEN 'IncidentRaised' THEN v_failed := true;
      WHEN 'IncidentCleared' THEN v_failed := false;
      WHEN 'ResetOrdered' THEN v_failed := false; v_to := e.event ->> 'to';
      -- The other steps that a case is taken back to say of themselves what comes next.
      WHEN 'CaseReset' THEN v_level := 'caseworker'; v_then := CASE v_to WHEN 'decision' THEN 'appeal-decision' ELSE '' END;
      WHEN 'FactRepaired' THEN
        IF e.event ? 'anew' THEN v_level := 'caseworker'; END IF;

      WHEN 'PaymentRequested' THEN v_then := 'payment';
      WHEN 'PaymentCaptured' THEN
        IF (e.event ->> 'settles') IS DISTINCT FROM 'false' THEN v_then := ''; END IF;
      WHEN 'PaymentKept' THEN v_then := '';

      WHEN 'ReviewOpened' THEN v_level := coalesce(e.event ->> 'level', v_level); v_then := v_level || '-decision';
      WHEN 'RejectionRecommended', 'CaseEscalated' THEN v_level := 'supervisor'; v_then := 'supervisor-decision';
      WHEN 'CaseApproved', 'CaseRejected' THEN v_then := '';
      WHEN 'CaseReturned' THEN v_then := 'resubmission';
      WHEN 'ApplicationResubmitted' THEN v_then := '';

      WHEN 'CardOrdered' THEN v_printed := false; v_then := 'card-printed';
      WHEN 'CardPrinted' THEN v_printed := true; v_then := '';
      WHEN 'CardPrintFailed' THEN v_then := '';
      WHEN 'CardKept', 'CardRecallTooLate' THEN v_then := CASE WHEN v_printed THEN '' ELSE 'card-printed' END;
      WHEN 'CardDispatched', 'ParcelKept' THEN v_then := 'card-delivered';
      WHEN 'ReadyForPickup' THEN v_then := 'pickup';
      WHEN 'CardHandedOver', 'CardReturnedToIssuer' THEN v_then := '';

      -- It is asked for again each day, even while somebody looks for it.
      WHEN 'NoticeMissing' THEN v_then := CASE v_wait WHEN 'notice-decision' THEN v_wait ELSE 'notice' END;
      WHEN 'NoticeOverdue' THEN v_then := 'notice-decision';
      WHEN 'NoticeFound', 'NoticeAccepted' THEN v_then := '';
      WHEN 'DuplicatesChecked' THEN v_then := CASE WHEN (e.event -> 'hit')::boolean THEN 'duplicate-decision' ELSE '' END;
      WHEN 'EventFoundDistinct', 'EventFoundSame' THEN v_then := '';
      WHEN 'ConsentAsked' THEN v_then := 'consent';
      WHEN 'CommitteeConvened' THEN v_then := 'committee-votes';

      WHEN 'AppealAdmitted' THEN v_then := 'appeal-decision';
      WHEN 'AppealUpheld', 'AppealAllowed' THEN v_then := '';
      WHEN 'AmendmentPrepared' THEN v_then := 'amendment-confirmation';
      WHEN 'AmendmentRefused', 'AmendmentConfirmed', 'AmendmentDeclined', 'ConfirmationExpired' THEN v_then := '';

      -- Whatever failed is not wanted any more.
      WHEN 'CancellationRequested' THEN v_failed := false; v_then := '';
      WHEN 'EndingStarted', 'CaseClosed' THEN v_then := '';
      ELSE CONTINUE;
    END CASE;
    v_stops := CASE WHEN v_held THEN 'hold' WHEN v_failed THEN 'incident' ELSE '' END;
    IF v_then <> v_wait OR v_stops <> v_stop THEN
      version := e.version;
      waiting := CASE v_stops WHEN '' THEN v_then ELSE v_stops END;
      entered := v_then <> v_wait;
      RETURN NEXT;
    END IF;
    v_wait := v_then;
    v_stop := v_stops;
  END LOOP;
END $$;
INSERT INTO case_waits SELECT c.case_id, w.version, w.waiting, w.entered FROM cases c, LATERAL waits_by_events(c) w;
DROP FUNCTION waits_by_events(cases);

CREATE TRIGGER case_waits_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_waits
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION waiting_for(c cases) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE
    WHEN c.status = 'ON_HOLD' THEN 'hold'
    WHEN c.has_incident THEN 'incident'
    WHEN c.waiting_who IS NOT NULL THEN c.waiting_what
    ELSE '' END;
END $$;

CREATE FUNCTION keep_wait() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_waiting text := waiting_for(NEW);
  v_entered boolean := true;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    v_entered := NEW.file ->> 'stageSince' <> OLD.file ->> 'stageSince';
    IF NOT v_entered AND v_waiting = waiting_for(OLD) THEN
      RETURN NULL;
    END IF;
  END IF;
  -- A row that was lost and put back was kept when it was first there.
  INSERT INTO case_waits VALUES (NEW.case_id, NEW.version, v_waiting, v_entered) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_wait_first AFTER INSERT ON cases FOR EACH ROW EXECUTE FUNCTION keep_wait();
CREATE TRIGGER cases_wait AFTER UPDATE ON cases FOR EACH ROW WHEN (OLD.version < NEW.version) EXECUTE FUNCTION keep_wait();

-- By its waits that events after this version have ended.
CREATE OR REPLACE FUNCTION wait_tallies(c cases, p_after int) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
  e         record;
  v_wait    text := '';      -- What the case would wait for if nothing stopped it; '' where it goes on by itself.
  v_then    text;            -- The same after the event.
  v_spent   bigint := 0;     -- Milliseconds of that wait so far, without those for which it was stopped.
  v_since   timestamptz;     -- Until when that is.
  v_stop    text := '';      -- What stops it: 'hold', which covers an incident, 'incident', or ''.
  v_stops   text;            -- The same after the event.
  v_stopped timestamptz;
BEGIN
  measure := 'waited';
  office := c.office;
  FOR e IN
    SELECT w.version, l.at, w.waiting, w.entered FROM case_waits w JOIN case_events l ON l.case_id = w.case_id AND l.version = w.version
    WHERE w.case_id = c.case_id AND w.version <= c.version ORDER BY w.version
  LOOP
    v_stops := CASE WHEN e.waiting IN ('hold', 'incident') THEN e.waiting ELSE '' END;
    v_then := CASE
      WHEN v_stops = '' AND (e.entered OR e.waiting <> '') THEN e.waiting
      WHEN e.entered THEN ''
      ELSE v_wait END;
    IF v_stop = '' THEN
      v_spent := v_spent + coalesce(elapsed_ms(v_since, e.at), 0);
    END IF;
    v_since := e.at;
    day := riyadh_day(e.at);
    IF v_stops <> v_stop THEN
      IF v_stop <> '' AND e.version > p_after THEN
        ms := elapsed_ms(v_stopped, e.at);
        key := ARRAY[v_stop, duration_bin(ms)::text];
        RETURN NEXT;
      END IF;
      v_stop := v_stops;
      v_stopped := e.at;
    END IF;
    IF e.entered OR v_then <> v_wait THEN
      IF v_wait <> '' AND e.version > p_after THEN
        ms := v_spent;
        key := ARRAY[v_wait, duration_bin(ms)::text];
        RETURN NEXT;
      END IF;
      v_wait := v_then;
      v_spent := 0;
    END IF;
  END LOOP;
END $$;
`;
