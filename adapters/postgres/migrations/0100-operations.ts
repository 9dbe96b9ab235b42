/**
 * What operators do to many cases at once, item by item, and what the stall watch has found. The case log says what
 * happened to each case; this says who wanted it, and how far it has come.
 */
export const operations = `
CREATE TABLE operations (
  id         text        PRIMARY KEY,
  kind       text        NOT NULL,
  actor      jsonb       NOT NULL,
  reason_ref text,
  scope      jsonb       NOT NULL,
  per_second real        NOT NULL CHECK (per_second > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  ended_at   timestamptz
);
CREATE INDEX operations_created ON operations (created_at DESC, id);

CREATE TABLE operation_items (
  operation text        NOT NULL REFERENCES operations,
  case_id   text        NOT NULL,
  place     int         NOT NULL,
  version   int         NOT NULL,
  step      text        NOT NULL,
  source    text        NOT NULL,
  code      text        NOT NULL,
  state     text        NOT NULL DEFAULT 'waiting',
  detail    text,
  asked_at  timestamptz,
  ended_at  timestamptz,
  PRIMARY KEY (operation, case_id)
);
CREATE INDEX operation_items_state ON operation_items (operation, state, place);

CREATE TABLE operation_acts (
  operation text        NOT NULL REFERENCES operations,
  seq       int         GENERATED ALWAYS AS IDENTITY,
  what      text        NOT NULL,
  actor     jsonb       NOT NULL,
  at        timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (operation, seq)
);

CREATE TABLE stalls (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id    text        NOT NULL,
  what       text        NOT NULL,
  detail     text        NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen  timestamptz NOT NULL,
  times      int         NOT NULL DEFAULT 1,
  remedied   text,
  cleared_at timestamptz
);
CREATE UNIQUE INDEX stalls_open ON stalls (case_id, what) WHERE cleared_at IS NULL;
CREATE INDEX stalls_seen ON stalls (last_seen DESC, id);

CREATE TABLE stall_scans (
  only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
  place    text        NOT NULL DEFAULT '',
  ended_at timestamptz
);
INSERT INTO stall_scans DEFAULT VALUES;
`;
