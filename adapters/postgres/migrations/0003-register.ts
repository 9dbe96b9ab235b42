/**
 * The civil register. `register_entries` is the register: append-only, each entry once by its key. `persons`, `cards` and
 * `family_links` are what the entries come to, written with them and to be had again from them (see `adapters/register/drift.ts`).
 *
 * Refusals are raised as TJ002, broken rules of our own as TJ001, with a fixed word as the message.
 */
export const register = `
CREATE TABLE register_entries (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key          text        NOT NULL UNIQUE,
  person       text        NOT NULL,
  kind         text        NOT NULL,
  case_id      text,
  effective_on date        NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT now(),
  facts        jsonb       NOT NULL,
  sealed       bytea
);
CREATE INDEX register_entries_person ON register_entries (person, id);
CREATE TRIGGER register_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON register_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE persons (
  person      text    PRIMARY KEY,
  beneficiary text    NOT NULL CHECK (beneficiary IN ('citizen', 'resident', 'visitor')),
  sex         text    NOT NULL CHECK (sex IN ('M', 'F')),
  birth_date  date    NOT NULL,
  died_on     date,
  blocked     boolean NOT NULL,
  has_address boolean NOT NULL,
  losses      int     NOT NULL,
  nationality text    NOT NULL,
  sealed      bytea   NOT NULL,
  name_index  text[]  NOT NULL,
  entry       bigint  NOT NULL
);
CREATE INDEX persons_name_index ON persons USING gin (name_index);
CREATE INDEX persons_birth_date ON persons (birth_date);

CREATE TABLE cards (
  serial     text   PRIMARY KEY,
  person     text   NOT NULL,
  type       text   NOT NULL CHECK (type IN ('national-id', 'resident-id')),
  status     text   NOT NULL CHECK (status IN ('reserved', 'valid', 'lost', 'superseded', 'voided')),
  case_id    text,
  issued_on  date,
  expires_on date,
  valid_from date,
  valid_to   date,
  replaced_by text,
  entry      bigint NOT NULL,
  CHECK (status = 'reserved' OR status = 'voided' OR (issued_on IS NOT NULL AND expires_on IS NOT NULL))
);
CREATE INDEX cards_person ON cards (person);
CREATE UNIQUE INDEX cards_one_valid ON cards (person) WHERE status = 'valid';
CREATE INDEX cards_expiring ON cards (expires_on, serial) WHERE status = 'valid';

CREATE TABLE family_links (
  person     text   NOT NULL,
  relative   text   NOT NULL,
  kind       text   NOT NULL CHECK (kind IN ('father', 'mother', 'spouse', 'guardian')),
  valid_from date   NOT NULL,
  valid_to   date,
  entry      bigint NOT NULL,
  PRIMARY KEY (person, relative, kind, valid_from),
  CHECK (person <> relative)
);
CREATE INDEX family_links_relative ON family_links (relative, kind);

CREATE SEQUENCE card_serials;

CREATE FUNCTION next_card_serial() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  n     bigint := nextval('card_serials');
  body  text   := chr(65 + (n / 10000000)::int) || lpad((n % 10000000)::text, 7, '0');
  total int    := 0;
  digit int;
BEGIN
  FOR i IN 1 .. 8 LOOP
    digit := CASE WHEN i = 1 THEN ascii(body) - 55 ELSE substr(body, i, 1)::int END;
    total := total + digit * (ARRAY[7, 3, 1])[(i - 1) % 3 + 1];
  END LOOP;
  RETURN body || total % 10;
END $$;

CREATE FUNCTION riyadh_today() RETURNS date LANGUAGE sql STABLE AS $$ SELECT (now() AT TIME ZONE 'Asia/Riyadh')::date $$;

-- The facts of the entry with this key, or null; a key that was used for something else is our own mistake.
CREATE FUNCTION register_entry_made(p_key text, p_person text, p_kind text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  made register_entries%ROWTYPE;
BEGIN
  SELECT * INTO made FROM register_entries e WHERE e.key = p_key;
  IF FOUND AND (made.person <> p_person OR made.kind <> p_kind) THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ001', MESSAGE = 'key-used-for-another-entry';
  END IF;
  RETURN made.facts;
END $$;

CREATE FUNCTION register_lock_person(p_person text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM persons p WHERE p.person = p_person FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'person-unknown';
  END IF;
END $$;

CREATE FUNCTION register_reserve_card(p_key text, p_person text, p_type text, p_case text) RETURNS text LANGUAGE plpgsql AS $$
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
  v_serial := next_card_serial();
  INSERT INTO register_entries (key, person, kind, case_id, effective_on, facts)
    VALUES (p_key, p_person, 'card-reserved', p_case, riyadh_today(), jsonb_build_object('serial', v_serial, 'type', p_type))
    RETURNING id INTO v_entry;
  INSERT INTO cards (serial, person, type, status, case_id, entry) VALUES (v_serial, p_person, p_type, 'reserved', p_case, v_entry);
  UPDATE cards SET replaced_by = v_serial WHERE person = p_person AND status = 'valid';
  RETURN v_serial;
END $$;

CREATE FUNCTION register_release_card(p_key text, p_serial text, p_case text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_card  cards%ROWTYPE;
  v_entry bigint;
BEGIN
  SELECT * INTO v_card FROM cards WHERE serial = p_serial;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'card-unknown';
  END IF;
  PERFORM register_lock_person(v_card.person);
  IF register_entry_made(p_key, v_card.person, 'card-released') IS NOT NULL THEN
    RETURN;
  END IF;
  SELECT * INTO v_card FROM cards WHERE serial = p_serial;
  IF v_card.status = 'voided' THEN
    RETURN;
  END IF;
  IF v_card.status <> 'reserved' OR v_card.case_id IS DISTINCT FROM p_case THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = 'card-not-reserved';
  END IF;
  INSERT INTO register_entries (key, person, kind, case_id, effective_on, facts)
    VALUES (p_key, v_card.person, 'card-released', p_case, riyadh_today(), jsonb_build_object('serial', p_serial))
    RETURNING id INTO v_entry;
  UPDATE cards SET status = 'voided', entry = v_entry WHERE serial = p_serial;
  UPDATE cards SET replaced_by = NULL WHERE person = v_card.person AND replaced_by = p_serial;
END $$;

CREATE FUNCTION register_swap_cards(
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

-- People for the first time, as a JSON array. Somebody who is there already stays as they are. A person is sealed under the key
-- that comes with them, or, where none comes, under the one that they have; somebody who got another key meanwhile is left out.
CREATE FUNCTION register_enrol(p_people jsonb) RETURNS void LANGUAGE sql AS $$
  WITH given AS (
    SELECT * FROM jsonb_to_recordset(p_people) AS g (
      person text, "keyId" text, wrapped text, facts jsonb, sealed text, "nameIndex" text[])
  ), keyed AS (
    INSERT INTO vault_keys (person, key_id, wrapped)
    SELECT g.person, g."keyId", decode(g.wrapped, 'base64') FROM given g WHERE g.wrapped IS NOT NULL
    ON CONFLICT (person) DO NOTHING RETURNING person
  ), entries AS (
    INSERT INTO register_entries (key, person, kind, effective_on, facts, sealed)
    SELECT 'enrol:' || g.person, g.person, 'person-enrolled', riyadh_today(),
      CASE WHEN jsonb_typeof(g.facts -> 'card') = 'object' THEN jsonb_set(g.facts, '{card,serial}', to_jsonb(next_card_serial())) ELSE g.facts END,
      decode(g.sealed, 'base64')
    FROM given g WHERE g.wrapped IS NULL OR g.person IN (SELECT person FROM keyed)
    ON CONFLICT (key) DO NOTHING RETURNING id, person, facts, sealed
  ), enrolled AS (
    INSERT INTO persons (person, beneficiary, sex, birth_date, died_on, blocked, has_address, losses, nationality, sealed, name_index, entry)
    SELECT e.person, e.facts ->> 'beneficiary', e.facts ->> 'sex', (e.facts ->> 'birthDate')::date, (e.facts ->> 'diedOn')::date,
      (e.facts ->> 'blocked')::boolean, (e.facts ->> 'hasAddress')::boolean, (e.facts ->> 'losses')::int, e.facts ->> 'nationality',
      e.sealed, g."nameIndex", e.id
    FROM entries e JOIN given g USING (person) RETURNING person
  )
  INSERT INTO cards (serial, person, type, status, issued_on, expires_on, valid_from, entry)
  SELECT c ->> 'serial', e.person, c ->> 'type', 'valid', (c ->> 'issuedOn')::date, (c ->> 'expiresOn')::date, (c ->> 'issuedOn')::date, e.id
  FROM entries e, LATERAL (SELECT e.facts -> 'card') AS f (c) WHERE jsonb_typeof(c) = 'object';
$$;
`;
