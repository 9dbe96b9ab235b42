/**
 * What a month is published with stays: a case is completed by its stage, which no incident covers, and whether a person had a hand
 * in it is told by what happened until it was closed. Money may still come to it afterwards, and an operator may retry its refund.
 *
 * A new decision after an appeal is no transaction of its own, whatever its type: the application was one, and the appeal is another.
 * Its card took from the application on, and a reminder led to it if it led to that.
 *
 * A reminder spares the fine of a card that runs out. What is lost or damaged is replaced without one, whatever reason is given for it:
 * a loss that was reported before the application stands.
 *
 * These functions take the place of those of migrations 860 and 920, and what they count is counted again.
 */
export const publishedMonths = `
-- When the application was filed that a case goes by. The file of a case without a parent need not be read for it.
CREATE FUNCTION applied_at(c cases) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN c.parent IS NULL THEN c.filed_at ELSE coalesce((c.file #>> '{appeal,filedAt}')::timestamptz, c.filed_at) END $$;

-- By what it was filed with.
CREATE OR REPLACE FUNCTION filing_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
  -- What one case starts by itself, such as a first card or a new decision, is no transaction of its own.
  IF c.parent IS NOT NULL AND (c.type = 'id-renewal' OR c.file ? 'appeal') THEN
    RETURN;
  END IF;
  measure := 'transactions';
  office := c.office;
  day := riyadh_day(c.filed_at);
  ms := 0;
  key := ARRAY[
    CASE WHEN c.type = 'family-registration' AND c.file ->> 'event' = 'member-identification' THEN 'family-identification' ELSE c.type END,
    c.channel, c.beneficiary];
  RETURN NEXT;
END $$;

-- By how it ended.
CREATE OR REPLACE FUNCTION ended_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF c.closed_at IS NULL OR c.stage <> 'COMPLETED' THEN
    RETURN;
  END IF;
  office := c.office;
  measure := 'completed';
  day := riyadh_day(c.closed_at);
  ms := 0;
  key := ARRAY[CASE WHEN EXISTS (SELECT FROM case_events e WHERE e.case_id = c.case_id
    AND e.version <= (SELECT min(l.version) FROM case_events l WHERE l.case_id = c.case_id AND l.version <= c.version AND l.type = 'CaseClosed')
    AND e.actor ->> 'role' IN ('caseworker', 'supervisor', 'committee', 'operator')) THEN 'by-human' ELSE 'without-human' END];
  RETURN NEXT;
END $$;

-- By its card, if it was handed over for the first time after this version.
CREATE OR REPLACE FUNCTION handed_over_tallies(c cases, p_after int) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_version int;
  v_at      timestamptz;
  v_applied timestamptz;
BEGIN
  SELECT e.version, e.at INTO v_version, v_at FROM case_events e
    WHERE e.case_id = c.case_id AND e.version <= c.version AND e.type = 'CardHandedOver' ORDER BY e.version LIMIT 1;
  IF v_version IS NULL OR v_version <= p_after THEN
    RETURN;
  END IF;
  v_applied := applied_at(c);
  office := c.office;
  day := riyadh_day(v_at);
  measure := 'taken';
  ms := elapsed_ms(v_applied, v_at);
  key := ARRAY[duration_bin(ms)::text];
  RETURN NEXT;
  -- Only then is a fine avoided: what is refused, cancelled or never paid for was not renewed, however early it was filed.
  IF c.file ->> 'reason' = 'expiring' AND (c.file #>> '{facts,oldExpiresOn}')::date >= riyadh_day(v_applied)
    AND EXISTS (SELECT FROM reminders r WHERE r.serial = c.file #>> '{facts,oldSerial}' AND r.at < v_applied AND r.outcome = 'sent')
    AND NOT EXISTS (SELECT FROM register_entries l WHERE l.key = 'lost:' || (c.file #>> '{facts,oldSerial}') AND l.recorded_at < v_applied)
  THEN
    measure := 'reminded';
    ms := 0;
    key := ARRAY[c.policy_version, c.file #>> '{facts,documentType}'];
    RETURN NEXT;
  END IF;
END $$;

SELECT rebuild_tallies();
`;
