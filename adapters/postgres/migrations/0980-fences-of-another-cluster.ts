/**
 * A log that was restored into another cluster brings a fence that counts the transactions of the one before. Nothing that wrote there
 * is still under way, and this cluster may take years to count as far: the fence is set anew.
 */
export const fencesOfAnotherCluster = `
CREATE OR REPLACE FUNCTION fan_out_webhooks(p_most int) RETURNS TABLE (made int, more boolean) LANGUAGE plpgsql AS $$
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
  IF v_at.fence_xmax > pg_snapshot_xmax(pg_current_snapshot()) THEN
    v_at.fence := NULL;
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
