/**
 * A visitor's document stands beside cards: the visa that they came in with. And a card that was reported lost: from that day on it is
 * no longer valid, for good, and the loss counts towards the fine of a later one.
 *
 * The entry's key is the card's serial, so that a card is lost once, whoever reports it and however often.
 */
export const visitorsAndLosses = `
ALTER TABLE cards DROP CONSTRAINT cards_type_check, ADD CONSTRAINT cards_type_check CHECK (type IN ('national-id', 'resident-id', 'visit-visa'));

CREATE FUNCTION register_report_lost(p_person text, p_serial text, p_lost_on date, p_case text)
RETURNS TABLE (type text, "lostOn" date, "reportedOn" date, before int, fresh boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_key   text := 'lost:' || p_serial;
  v_card  cards%ROWTYPE;
  v_fresh boolean;
  v_entry bigint;
BEGIN
  PERFORM register_lock_person(p_person);
  SELECT * INTO v_card FROM cards c WHERE c.serial = p_serial AND c.person = p_person AND c.issued_on IS NOT NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'card-unknown';
  END IF;
  v_fresh := register_entry_made(v_key, p_person, 'card-lost') IS NULL;
  IF v_fresh THEN
    IF v_card.status <> 'valid' THEN
      RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'card-not-in-force';
    END IF;
    IF p_lost_on < v_card.issued_on OR p_lost_on > riyadh_today() THEN
      RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'loss-date';
    END IF;
    INSERT INTO register_entries (key, person, kind, case_id, effective_on, facts)
      VALUES (v_key, p_person, 'card-lost', p_case, riyadh_today(), jsonb_build_object('serial', p_serial, 'lostOn', p_lost_on))
      RETURNING id INTO v_entry;
    UPDATE cards SET status = 'lost', valid_to = riyadh_today(), entry = v_entry WHERE serial = p_serial;
    UPDATE persons SET losses = losses + 1 WHERE person = p_person;
  END IF;
  RETURN QUERY SELECT v_card.type, (e.facts ->> 'lostOn')::date, e.effective_on, p.losses - (
      SELECT count(*)::int FROM register_entries l WHERE l.person = p_person AND l.kind = 'card-lost' AND l.id >= e.id), v_fresh
    FROM register_entries e JOIN persons p ON p.person = e.person WHERE e.key = v_key;
END $$;
`;
