/**
 * Times to a card are of cards, and the waits of every case type count.
 *
 * A card counts once it is handed over for the first time, on that day and with the time from the filing to it, as the monthly
 * statement has it; a case that makes no card has no such time.
 *
 * What a case waits for follows from its events: each wait begins with an event and is over with another, and a hold or an
 * incident stands over it, as a wait of its own, until it goes on. So a wait counts once, without what it was stopped for.
 *
 * These functions take the place of those of migrations 320 and 860, and what they count is counted again.
 */
export const cardsAndWaits = `
-- By how it ended.
CREATE OR REPLACE FUNCTION ended_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
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
END $$;

-- By its card, if it was handed over for the first time after this version.
CREATE OR REPLACE FUNCTION handed_over_tallies(c cases, p_after int) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_version int;
  v_at      timestamptz;
BEGIN
  SELECT e.version, e.at INTO v_version, v_at FROM case_events e
    WHERE e.case_id = c.case_id AND e.version <= c.version AND e.type = 'CardHandedOver' ORDER BY e.version LIMIT 1;
  IF v_version IS NULL OR v_version <= p_after THEN
    RETURN;
  END IF;
  office := c.office;
  day := riyadh_day(v_at);
  measure := 'taken';
  ms := elapsed_ms(c.filed_at, v_at);
  key := ARRAY[duration_bin(ms)::text];
  RETURN NEXT;
  -- Only then is a fine avoided: what is refused, cancelled or never paid for was not renewed, however early it was filed.
  IF (c.file #>> '{facts,oldExpiresOn}')::date >= riyadh_day(c.filed_at)
    AND EXISTS (SELECT FROM reminders r WHERE r.serial = c.file #>> '{facts,oldSerial}' AND r.at < c.filed_at AND r.outcome = 'sent')
  THEN
    measure := 'reminded';
    ms := 0;
    key := ARRAY[c.policy_version, c.file #>> '{facts,documentType}'];
    RETURN NEXT;
  END IF;
END $$;

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
  v_held    boolean := false;
  v_failed  boolean := false;
  v_level   text := 'caseworker';
  v_printed boolean := false;
  v_to      text := '';      -- Where a reset takes the case.
BEGIN
  measure := 'waited';
  office := c.office;
  FOR e IN
    SELECT l.version, l.at, l.type, l.event FROM case_events l WHERE l.case_id = c.case_id AND l.version <= c.version ORDER BY l.version
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

    IF v_stop = '' THEN
      v_spent := v_spent + coalesce(elapsed_ms(v_since, e.at), 0);
    END IF;
    v_since := e.at;
    day := riyadh_day(e.at);
    v_stops := CASE WHEN v_held THEN 'hold' WHEN v_failed THEN 'incident' ELSE '' END;
    IF v_stops <> v_stop THEN
      IF v_stop <> '' AND e.version > p_after THEN
        ms := elapsed_ms(v_stopped, e.at);
        key := ARRAY[v_stop, duration_bin(ms)::text];
        RETURN NEXT;
      END IF;
      v_stop := v_stops;
      v_stopped := e.at;
    END IF;
    IF v_then <> v_wait THEN
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
DROP FUNCTION wait_begun_by(text);

SELECT rebuild_tallies();
`;
