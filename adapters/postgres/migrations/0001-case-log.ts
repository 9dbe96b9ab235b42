/**
 * The log of case events, the row of each case that lists read, and the places that one open case may have.
 *
 * `append_case_events` is the only way in: one call, one transaction. The caller sends the digest of each event's canonical
 * text; the chain is closed here, because only here the hash before is known without another round trip.
 */
export const caseLog = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'TJ001', MESSAGE = 'append-only';
END $$;

CREATE TABLE case_events (
  case_id   text        NOT NULL,
  version   int         NOT NULL CHECK (version > 0),
  at        timestamptz NOT NULL,
  actor     jsonb       NOT NULL,
  cause     text        NOT NULL,
  type      text        NOT NULL,
  event     jsonb       NOT NULL,
  hash      bytea       NOT NULL CHECK (length(hash) = 32),
  prev_hash bytea       NOT NULL CHECK (length(prev_hash) = 32),
  seq       bigint      GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (case_id, version)
);
CREATE INDEX case_events_seq ON case_events USING brin (seq) WITH (pages_per_range = 16);
CREATE INDEX case_events_at ON case_events USING brin (at) WITH (pages_per_range = 16);
CREATE TRIGGER case_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE cases (
  case_id         text        PRIMARY KEY,
  type            text        NOT NULL,
  status          text        NOT NULL,
  stage           text        NOT NULL,
  version         int         NOT NULL,
  channel         text        NOT NULL,
  client_id       text        NOT NULL,
  subject         text        NOT NULL,
  office          text        NOT NULL,
  parent          text,
  policy_version  text        NOT NULL,
  filed_at        timestamptz NOT NULL,
  closed_at       timestamptz,
  waiting_what    text,
  waiting_who     text,
  waiting_until   timestamptz,
  claimed_by      text,
  overdue         boolean     NOT NULL,
  has_incident    boolean     NOT NULL,
  incident_code   text,
  incident_source text,
  file            jsonb       NOT NULL,
  head_hash       bytea       NOT NULL
) WITH (fillfactor = 85);

CREATE TABLE case_places (
  place   text PRIMARY KEY,
  case_id text NOT NULL
);
CREATE INDEX case_places_case ON case_places (case_id);

CREATE FUNCTION append_case_events(
  p_case text, p_first int, p_events jsonb, p_digests bytea, p_file jsonb,
  p_status text, p_waiting_what text, p_waiting_who text, p_waiting_until timestamptz, p_claimed_by text, p_overdue boolean
) RETURNS TABLE (version int, at timestamptz, actor jsonb, cause text, event jsonb) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_count    int   := jsonb_array_length(p_events);
  v_head     int   := 0;
  v_hash     bytea := decode(repeat('00', 32), 'hex');
  v_hashes   bytea[];
  v_incident jsonb := CASE WHEN jsonb_typeof(p_file -> 'incident') = 'object' THEN p_file -> 'incident' END;
  v_closed   timestamptz := p_file ->> 'closedAt';
BEGIN
  IF p_first > 1 THEN
    SELECT c.version, c.head_hash INTO v_head, v_hash FROM cases c WHERE c.case_id = p_case FOR NO KEY UPDATE;
    IF NOT FOUND OR v_head < p_first - 1 THEN
      RAISE EXCEPTION USING ERRCODE = 'TJ001', MESSAGE = 'version-gap';
    END IF;
    IF v_head >= p_first THEN
      RETURN QUERY SELECT e.version, e.at, e.actor, e.cause, e.event FROM case_events e
        WHERE e.case_id = p_case AND e.version >= p_first ORDER BY e.version;
      RETURN;
    END IF;
  END IF;

  v_hashes := ARRAY[v_hash];
  FOR i IN 1 .. v_count LOOP
    v_hash := sha256(v_hash || substring(p_digests FROM (i - 1) * 32 + 1 FOR 32));
    v_hashes := v_hashes || v_hash;
  END LOOP;

  IF p_first = 1 THEN
    INSERT INTO cases VALUES (
      p_case, p_file ->> 'type', p_status, p_file ->> 'stage', v_count, p_file ->> 'channel', p_file ->> 'clientId', p_file ->> 'subject',
      p_file ->> 'office', p_file ->> 'parent', p_file ->> 'policyVersion', (p_file ->> 'filedAt')::timestamptz, v_closed,
      p_waiting_what, p_waiting_who, p_waiting_until, p_claimed_by, p_overdue,
      v_incident IS NOT NULL, v_incident ->> 'code', v_incident ->> 'source', p_file, v_hash
    ) ON CONFLICT (case_id) DO NOTHING;
    IF NOT FOUND THEN
      RETURN QUERY SELECT e.version, e.at, e.actor, e.cause, e.event FROM case_events e WHERE e.case_id = p_case ORDER BY e.version;
      RETURN;
    END IF;
  ELSE
    UPDATE cases c SET
      status = p_status, stage = p_file ->> 'stage', version = v_head + v_count, office = p_file ->> 'office',
      policy_version = p_file ->> 'policyVersion', closed_at = v_closed,
      waiting_what = p_waiting_what, waiting_who = p_waiting_who, waiting_until = p_waiting_until, claimed_by = p_claimed_by, overdue = p_overdue,
      has_incident = v_incident IS NOT NULL, incident_code = v_incident ->> 'code', incident_source = v_incident ->> 'source',
      file = p_file, head_hash = v_hash
    WHERE c.case_id = p_case;
  END IF;

  INSERT INTO case_events (case_id, version, at, actor, cause, type, event, hash, prev_hash)
    SELECT p_case, p_first + i::int - 1, (e ->> 'at')::timestamptz, e -> 'actor', e ->> 'cause', e #>> '{event,type}', e -> 'event', v_hashes[i + 1], v_hashes[i]
    FROM jsonb_array_elements(p_events) WITH ORDINALITY AS t (e, i);

  IF v_closed IS NOT NULL THEN
    DELETE FROM case_places p WHERE p.case_id = p_case;
  END IF;
  PERFORM pg_notify('case_events', json_build_object(
    'caseId', p_case, 'version', p_first + v_count - 1, 'office', p_file ->> 'office', 'status', p_status)::text);
END $$;
`;
