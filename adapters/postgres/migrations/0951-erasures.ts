/**
 * The erasure of a person by two people. The person's row is locked, as it is by whoever begins a card or a family event for them, so
 * that none of it begins while the key is destroyed.
 */
export const erasures = `
CREATE TABLE erasures (
  id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person           text        NOT NULL,
  asked_by         text        NOT NULL,
  asked_reason     text        NOT NULL,
  asked_at         timestamptz NOT NULL DEFAULT now(),
  confirmed_by     text,
  confirmed_reason text,
  confirmed_at     timestamptz,
  CHECK (confirmed_by <> asked_by)
);

CREATE FUNCTION refuse_erasure(p_person text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_why text;
BEGIN
  PERFORM register_lock_person(p_person);
  v_why := CASE
    WHEN EXISTS (SELECT FROM vault_keys WHERE person = p_person AND wrapped IS NULL) THEN 'person-erased'
    WHEN EXISTS (SELECT FROM cases WHERE subject = p_person AND (closed_at IS NULL OR has_incident)) THEN 'open-case'
    WHEN EXISTS (SELECT FROM cases WHERE type = 'family-registration' AND closed_at IS NULL AND family_case_people(file) @> ARRAY[p_person])
      THEN 'open-case'
    WHEN EXISTS (SELECT FROM cards WHERE person = p_person AND status IN ('reserved', 'valid')) THEN 'card-in-force'
    WHEN EXISTS (SELECT FROM family_links WHERE p_person IN (person, relative)) THEN 'in-family-records'
  END;
  IF v_why IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = v_why;
  END IF;
END $$;

CREATE FUNCTION ask_erasure(p_person text, p_by text, p_reason text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM refuse_erasure(p_person);
  INSERT INTO erasures (person, asked_by, asked_reason) VALUES (p_person, p_by, p_reason) RETURNING id INTO v_id;
  RETURN v_id;
END $$;

CREATE FUNCTION confirm_erasure(p_id bigint, p_by text, p_reason text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_asked erasures%ROWTYPE;
  v_why   text;
BEGIN
  SELECT * INTO v_asked FROM erasures WHERE id = p_id FOR UPDATE;
  v_why := CASE
    WHEN v_asked.id IS NULL THEN 'no-such-erasure'
    WHEN v_asked.confirmed_by IS NOT NULL THEN 'erasure-made'
    WHEN v_asked.asked_by = p_by THEN 'asked-by-the-same'
    WHEN v_asked.asked_at < now() - interval '30 days' THEN 'erasure-too-old'
  END;
  IF v_why IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = v_why;
  END IF;
  PERFORM refuse_erasure(v_asked.person);
  PERFORM erase_person(k.person, k.key_id) FROM vault_keys k WHERE k.person = v_asked.person;
  UPDATE erasures SET confirmed_by = p_by, confirmed_reason = p_reason, confirmed_at = now() WHERE id = p_id;
END $$;
`;
