/**
 * A new decision goes by an appeal that people allowed, so people had a hand in it, also where nobody touches the new case.
 * This function takes the place of that of migration 990, and what it counts is counted again.
 */
export const decidedByAppeal = `
CREATE OR REPLACE FUNCTION ended_tallies(c cases) RETURNS TABLE (measure text, day date, office text, key text[], ms bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF c.closed_at IS NULL OR c.stage <> 'COMPLETED' THEN
    RETURN;
  END IF;
  office := c.office;
  measure := 'completed';
  day := riyadh_day(c.closed_at);
  ms := 0;
  key := ARRAY[CASE WHEN c.parent IS NOT NULL AND c.file ? 'appeal' OR EXISTS (SELECT FROM case_events e WHERE e.case_id = c.case_id
    AND e.version <= (SELECT min(l.version) FROM case_events l WHERE l.case_id = c.case_id AND l.version <= c.version AND l.type = 'CaseClosed')
    AND e.actor ->> 'role' IN ('caseworker', 'supervisor', 'committee', 'operator')) THEN 'by-human' ELSE 'without-human' END];
  RETURN NEXT;
END $$;

SELECT rebuild_tallies();
`;
