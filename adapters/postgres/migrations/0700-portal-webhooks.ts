/**
 * What portals are told: their endpoints, how far the case log has been read, and a message for each event that an endpoint asked for.
 *
 * The log itself is the outbox, so that a case pays nothing for it. A sequence number is given before its transaction commits, so
 * numbers become visible out of order: the log is read only up to a fence, a number below which every transaction has ended.
 */
export const portalWebhooks = `
ALTER INDEX case_events_seq SET (autosummarize = on);

CREATE TABLE webhook_endpoints (
  id              text        PRIMARY KEY,
  client          text        NOT NULL,
  url             text        NOT NULL,
  types           text[]      NOT NULL,
  state           text        NOT NULL CHECK (state IN ('enabled', 'disabled')),
  problem         text,
  created_at      timestamptz NOT NULL,
  after_seq       bigint      NOT NULL,
  secret_ref      text        NOT NULL,
  old_secret_ref  text,
  old_until       timestamptz,
  failing_since   timestamptz,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  last_failure    text
);
CREATE INDEX webhook_endpoints_client ON webhook_endpoints (client, created_at);

CREATE TABLE webhook_cursor (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  seq        bigint  NOT NULL,
  fence      bigint,
  fence_xmax xid8
);
INSERT INTO webhook_cursor (seq) VALUES (0);

CREATE TABLE webhook_messages (
  endpoint         text        NOT NULL,
  seq              bigint      NOT NULL,
  case_id          text        NOT NULL,
  case_type        text        NOT NULL,
  version          int         NOT NULL,
  event_type       text        NOT NULL,
  at               timestamptz NOT NULL,
  status           text        NOT NULL,
  status_version   int         NOT NULL,
  state            text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
  attempts         int         NOT NULL DEFAULT 0,
  first_attempt_at timestamptz,
  last_attempt_at  timestamptz,
  next_at          timestamptz,
  outcome          text,
  PRIMARY KEY (endpoint, seq)
) WITH (fillfactor = 80);
CREATE INDEX webhook_messages_fresh ON webhook_messages (endpoint, seq) WHERE state = 'pending' AND attempts = 0;
CREATE INDEX webhook_messages_tried ON webhook_messages (endpoint, case_id) WHERE state = 'pending' AND attempts > 0;

/* How far the log has been written; a function, so that it is read before the snapshot is taken and not with it. */
CREATE FUNCTION case_log_end() RETURNS bigint LANGUAGE sql VOLATILE AS $$ SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM case_events_seq_seq $$;

CREATE FUNCTION fan_out_webhooks(p_most int) RETURNS TABLE (made int, more boolean) LANGUAGE plpgsql AS $$
DECLARE
  v_first bigint;
  v_at    webhook_cursor%ROWTYPE;
  v_to    bigint;
BEGIN
  made := 0;
  more := false;
  SELECT min(w.after_seq) INTO v_first FROM webhook_endpoints w WHERE w.state = 'enabled';
  IF v_first IS NULL THEN
    RETURN NEXT;
    RETURN;
  END IF;
  SELECT * INTO v_at FROM webhook_cursor FOR UPDATE;
  IF v_at.seq < v_first THEN
    v_at.seq := v_first;
  END IF;
  IF v_at.fence > v_at.seq THEN
    IF pg_snapshot_xmin(pg_current_snapshot()) < v_at.fence_xmax THEN
      RETURN NEXT;
      RETURN;
    END IF;
    v_to := least(v_at.fence, v_at.seq + p_most);
    INSERT INTO webhook_messages (endpoint, seq, case_id, case_type, version, event_type, at, status, status_version)
      SELECT w.id, e.seq, e.case_id, k.type, e.version, e.type, e.at, k.status, k.version
      FROM case_events e JOIN cases k ON k.case_id = e.case_id
        JOIN webhook_endpoints w ON w.client = k.client_id AND w.state = 'enabled' AND w.after_seq < e.seq AND ('*' = ANY (w.types) OR e.type = ANY (w.types))
      WHERE e.seq > v_at.seq AND e.seq <= v_to AND e.type <> 'NoteAdded'
      ON CONFLICT (endpoint, seq) DO NOTHING;
    GET DIAGNOSTICS made = ROW_COUNT;
    v_at.seq := v_to;
    more := v_to < v_at.fence;
  END IF;
  IF v_at.fence IS NULL OR v_at.fence <= v_at.seq THEN
    v_at.fence := case_log_end();
    v_at.fence_xmax := pg_snapshot_xmax(pg_current_snapshot());
  END IF;
  UPDATE webhook_cursor SET seq = v_at.seq, fence = v_at.fence, fence_xmax = v_at.fence_xmax;
  RETURN NEXT;
END $$;
`;
