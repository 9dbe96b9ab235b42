/**
 * A key per person, and what is sealed under it. An erased person's row stays, without the key: so a late write cannot bring
 * them back under a new one.
 */
export const vault = `
CREATE TABLE vault_keys (
  person     text        PRIMARY KEY,
  key_id     text        NOT NULL,
  wrapped    bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  erased_at  timestamptz,
  CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL))
);

CREATE TABLE vault_entries (
  ref     text        PRIMARY KEY,
  person  text        NOT NULL,
  kind    text        NOT NULL,
  sealed  bytea       NOT NULL,
  mark    bytea       NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX vault_entries_person ON vault_entries (person);

CREATE FUNCTION erase_person(p_person text, p_key_id text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO vault_keys (person, key_id, wrapped, erased_at) VALUES (p_person, p_key_id, NULL, now())
  ON CONFLICT (person) DO UPDATE SET wrapped = NULL, erased_at = coalesce(vault_keys.erased_at, now());
$$;
`;
