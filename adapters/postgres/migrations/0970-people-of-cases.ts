/**
 * Whom a case concerns stands in its row, as its case type says it: the database knows of no type that it is told of by name. Null
 * where it concerns nobody but its subject, so that the index holds only the others.
 *
 * Programs from before may be at work while this is rolled out: what they append without people leaves those that a case has, a new one
 * has those that they would have found, and they still ask `family_case_people`.
 */
export const peopleOfCases = `
ALTER TABLE cases ADD COLUMN people text[];

ALTER TABLE cases DISABLE TRIGGER USER;
UPDATE cases SET people = nullif(array_remove(CASE type
  WHEN 'family-registration' THEN ARRAY (SELECT DISTINCT unnest(family_case_people(file)))
  WHEN 'appeal' THEN ARRAY (SELECT subject UNION SELECT file #>> '{admitted,original,facts,reporter}'
    UNION SELECT value FROM jsonb_each_text(coalesce(file #> '{admitted,original,facts,parties}', '{}')))
  ELSE CASE
    WHEN file #> '{prepared,concerned}' IS NOT NULL THEN ARRAY (SELECT jsonb_array_elements_text(file #> '{prepared,concerned}'))
    WHEN file -> 'prepared' IS NOT NULL THEN ARRAY (SELECT DISTINCT value
      FROM (VALUES (file #> '{prepared,event}'), (file #> '{prepared,replacement}')) AS entry (facts), jsonb_each_text(facts)
      WHERE key IN ('child', 'father', 'mother', 'husband', 'wife', 'person', 'member', 'guardian', 'parent'))
    ELSE ARRAY[subject] END
  END, NULL), '{}')
  WHERE type IN ('family-registration', 'appeal', 'record-amendment');
ALTER TABLE cases ENABLE TRIGGER USER;

CREATE INDEX cases_people ON cases USING gin (people) WHERE people IS NOT NULL;
DROP INDEX cases_family_concerned;

DROP FUNCTION append_case_events(text, int, jsonb, bytea, jsonb, text, text, text, timestamptz, text, boolean);
CREATE FUNCTION append_case_events(
  p_case text, p_first int, p_events jsonb, p_digests bytea, p_file jsonb,
  p_status text, p_waiting_what text, p_waiting_who text, p_waiting_until timestamptz, p_claimed_by text, p_overdue boolean,
  p_people text[] DEFAULT NULL
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
    INSERT INTO cases (
      case_id, type, status, stage, version, channel, client_id, subject,
      office, parent, policy_version, filed_at, closed_at,
      waiting_what, waiting_who, waiting_until, claimed_by, overdue,
      has_incident, incident_code, incident_source, file, head_hash, people
    ) VALUES (
      p_case, p_file ->> 'type', p_status, p_file ->> 'stage', v_count, p_file ->> 'channel', p_file ->> 'clientId', p_file ->> 'subject',
      p_file ->> 'office', p_file ->> 'parent', p_file ->> 'policyVersion', (p_file ->> 'filedAt')::timestamptz, v_closed,
      p_waiting_what, p_waiting_who, p_waiting_until, p_claimed_by, p_overdue,
      v_incident IS NOT NULL, v_incident ->> 'code', v_incident ->> 'source', p_file, v_hash, nullif(coalesce(p_people, family_case_people(p_file)), '{}')
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
      file = p_file, head_hash = v_hash, people = CASE WHEN p_people IS NULL THEN c.people ELSE nullif(p_people, '{}') END
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

CREATE OR REPLACE FUNCTION refuse_erasure(p_person text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_why text;
BEGIN
  PERFORM register_lock_person(p_person);
  v_why := CASE
    WHEN EXISTS (SELECT FROM vault_keys WHERE person = p_person AND wrapped IS NULL) THEN 'person-erased'
    WHEN EXISTS (SELECT FROM cases WHERE subject = p_person AND (closed_at IS NULL OR has_incident)) THEN 'open-case'
    WHEN EXISTS (SELECT FROM cases WHERE people @> ARRAY[p_person] AND closed_at IS NULL) THEN 'open-case'
    WHEN EXISTS (SELECT FROM cards WHERE person = p_person AND status IN ('reserved', 'valid')) THEN 'card-in-force'
    WHEN EXISTS (SELECT FROM family_links WHERE p_person IN (person, relative)) THEN 'in-family-records'
  END;
  IF v_why IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'TJ002', MESSAGE = v_why;
  END IF;
END $$;
`;
