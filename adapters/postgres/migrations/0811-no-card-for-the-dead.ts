/**
 * A death may be registered at any moment of another case, and the person is locked in both: from then on no card is begun for them,
 * and one that was begun never becomes valid. What was done before the death, asked again, is answered as it was.
 */
export const noCardForTheDead = `
CREATE OR REPLACE FUNCTION register_reserve_card(p_key text, p_person text, p_type text, p_case text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_made   jsonb;
  v_serial text;
  v_entry  bigint;
BEGIN
  PERFORM register_lock_person(p_person);
  v_made := register_entry_made(p_key, p_person, 'card-reserved');
  IF v_made IS NOT NULL THEN
    RETURN v_made ->> 'serial';
  END IF;
  IF (SELECT p.died_on FROM persons p WHERE p.person = p_person) IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'person-died';
  END IF;
  v_serial := next_card_serial();
  INSERT INTO register_entries (key, person, kind, case_id, effective_on, facts)
    VALUES (p_key, p_person, 'card-reserved', p_case, riyadh_today(), jsonb_build_object('serial', v_serial, 'type', p_type))
    RETURNING id INTO v_entry;
  INSERT INTO cards (serial, person, type, status, case_id, entry) VALUES (v_serial, p_person, p_type, 'reserved', p_case, v_entry);
  UPDATE cards SET replaced_by = v_serial WHERE person = p_person AND status = 'valid';
  RETURN v_serial;
END $$;

CREATE OR REPLACE FUNCTION register_swap_cards(
  p_key text, p_person text, p_case text, p_serial text, p_type text, p_issued date, p_expires date
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_card  cards%ROWTYPE;
  v_entry bigint;
BEGIN
  PERFORM register_lock_person(p_person);
  IF register_entry_made(p_key, p_person, 'cards-swapped') IS NOT NULL THEN
    RETURN;
  END IF;
  IF (SELECT p.died_on FROM persons p WHERE p.person = p_person) IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'person-died';
  END IF;
  SELECT * INTO v_card FROM cards WHERE serial = p_serial AND person = p_person;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'card-unknown';
  END IF;
  IF v_card.status <> 'reserved' OR v_card.case_id IS DISTINCT FROM p_case OR v_card.type <> p_type THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'card-not-reserved';
  END IF;
  INSERT INTO register_entries (key, person, kind, case_id, effective_on, facts)
    VALUES (p_key, p_person, 'cards-swapped', p_case, riyadh_today(),
      jsonb_build_object('serial', p_serial, 'type', p_type, 'issuedOn', p_issued, 'expiresOn', p_expires))
    RETURNING id INTO v_entry;
  UPDATE cards SET status = 'superseded', valid_to = riyadh_today(), replaced_by = p_serial, entry = v_entry
    WHERE person = p_person AND status = 'valid';
  UPDATE cards SET status = 'valid', issued_on = p_issued, expires_on = p_expires, valid_from = riyadh_today(), entry = v_entry
    WHERE serial = p_serial;
END $$;
`;
