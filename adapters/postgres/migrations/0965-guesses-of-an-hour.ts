/**
 * `spent` tells the client whose wrong guesses of an hour are spent, whomever they were about, from one that guessed too often about
 * this very person. The outcome is the same for both: a version before this one, still at work, knows no other.
 */
export const guessesOfAnHour = `
DROP FUNCTION verify_documents;
CREATE FUNCTION verify_documents(
  p_at timestamptz, p_today date, p_client text[], p_channel text[], p_person text[], p_beneficiary text[], p_birth date[], p_serial text[], p_ref text[],
  p_free int, p_lock_seconds int, p_longest_seconds int, p_budget int
) RETURNS TABLE (place int, outcome text, since date, retry_at timestamptz, spent boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  asked     record;
  held      record;
  v_hour    timestamptz := date_trunc('hour', p_at);
  v_client  text;
  v_spent   int;
  v_failed  jsonb := '{}';
  v_fact    text;
  v_guarded boolean;
  v_locked  timestamptz;
  v_outcome text;
  v_since   date;
  v_retry   timestamptz;
  v_over    boolean;
  v_amended date;
BEGIN
  FOR asked IN
    SELECT * FROM unnest(p_client, p_channel, p_person, p_beneficiary, p_birth, p_serial, p_ref)
      WITH ORDINALITY AS q (client, channel, person, beneficiary, birth, serial, ref, place) ORDER BY client, person, place
  LOOP
    IF v_client IS DISTINCT FROM asked.client THEN
      v_client := asked.client;
      SELECT b.failures INTO v_spent FROM verification_budgets b WHERE b.client = v_client AND b.hour = v_hour;
      v_spent := coalesce(v_spent, 0);
    END IF;
    v_fact := CASE WHEN asked.serial IS NULL THEN 'birth-date' ELSE 'card-serial' END;
    SELECT coalesce(bool_or(g.fact = v_fact), false), max(g.locked_until) INTO v_guarded, v_locked FROM (
      SELECT fact, locked_until FROM verification_guards WHERE client = asked.client AND person = asked.person ORDER BY fact FOR UPDATE) g;

    v_since := NULL;
    v_retry := NULL;
    v_over := false;
    IF v_locked > p_at THEN
      v_outcome := 'too-many-guesses';
      v_retry := v_locked;
    ELSIF v_spent >= p_budget THEN
      v_outcome := 'too-many-guesses';
      v_over := true;
      v_retry := v_hour + interval '1 hour';
    ELSE
      SELECT p.birth_date, p.died_on, c.serial, c.status, c.expires_on, c.valid_to INTO held
        FROM persons p LEFT JOIN LATERAL (
          SELECT * FROM cards k WHERE k.person = p.person AND k.issued_on IS NOT NULL AND (asked.serial IS NULL OR k.serial = asked.serial)
          ORDER BY k.status = 'valid' DESC, k.issued_on DESC, k.serial DESC LIMIT 1) c ON true
        WHERE p.person = asked.person;
      IF held.serial IS NULL OR held.status IN ('reserved', 'voided') OR (asked.birth IS NOT NULL AND asked.birth <> held.birth_date) THEN
        v_outcome := 'unknown';
        INSERT INTO verification_guards AS g (client, person, fact, failures, failed_at, locked_until)
          VALUES (asked.client, asked.person, v_fact, 1, p_at,
            CASE WHEN p_free <= 1 THEN p_at + p_lock_seconds * interval '1 second' ELSE '-infinity'::timestamptz END)
          ON CONFLICT (client, person, fact) DO UPDATE SET
            failures = CASE WHEN g.failed_at < p_at - interval '7 days' THEN 1 ELSE g.failures + 1 END,
            failed_at = p_at,
            locked_until = CASE
              WHEN g.failed_at < p_at - interval '7 days' OR g.failures + 1 < p_free THEN '-infinity'::timestamptz
              ELSE p_at + least(p_longest_seconds, p_lock_seconds * 2 ^ least(g.failures + 1 - p_free, 24)) * interval '1 second' END
            WHERE g.locked_until <= p_at;
        IF FOUND THEN
          v_spent := v_spent + 1;
          v_failed := v_failed || jsonb_build_object(asked.client, coalesce((v_failed ->> asked.client)::int, 0) + 1);
        ELSE
          v_outcome := 'too-many-guesses';
          SELECT g.locked_until INTO v_retry FROM verification_guards g WHERE g.client = asked.client AND g.person = asked.person AND g.fact = v_fact;
        END IF;
      ELSE
        v_amended := NULL;
        IF held.status = 'valid' THEN
          SELECT min((r.recorded_at AT TIME ZONE 'Asia/Riyadh')::date) INTO v_amended
            FROM document_marks m JOIN register_entries r ON r.id = m.entry WHERE m.kind = 'card' AND m.serial = held.serial;
        END IF;
        CASE
          WHEN held.status = 'lost' THEN v_outcome := 'reported-lost'; v_since := least(held.valid_to, held.expires_on + 1);
          WHEN held.status = 'superseded' THEN v_outcome := 'superseded'; v_since := least(held.valid_to, held.expires_on + 1);
          WHEN held.expires_on < p_today THEN v_outcome := 'expired'; v_since := held.expires_on + 1;
          WHEN held.died_on IS NOT NULL THEN v_outcome := 'expired';
          WHEN v_amended IS NOT NULL THEN v_outcome := 'amended'; v_since := v_amended;
          ELSE v_outcome := 'valid';
        END CASE;
        IF v_guarded THEN
          DELETE FROM verification_guards g WHERE g.client = asked.client AND g.person = asked.person AND g.fact = v_fact;
        END IF;
      END IF;
    END IF;

    INSERT INTO service_log (at, service, what, outcome, channel, client, beneficiary, person, ref)
      VALUES (p_at, 'id-verification', CASE WHEN v_outcome = 'too-many-guesses' THEN 'refused' ELSE 'verified' END,
        v_outcome || CASE WHEN v_over THEN '-this-hour' ELSE '' END,
        asked.channel, asked.client, asked.beneficiary, asked.person, asked.ref);
    place := asked.place::int;
    outcome := v_outcome;
    since := v_since;
    retry_at := v_retry;
    spent := v_over;
    RETURN NEXT;
  END LOOP;

  INSERT INTO verification_budgets AS b (client, hour, failures)
    SELECT key, v_hour, value::int FROM jsonb_each_text(v_failed) ORDER BY key
    ON CONFLICT (client, hour) DO UPDATE SET failures = b.failures + excluded.failures;
END $$;
`;
