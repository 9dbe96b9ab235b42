/**
 * What a month is published with stays: a case is completed by its stage, which no incident covers, and whether a person had a hand
 * in it is told by what happened until it was closed. Money may still come to it afterwards, and an operator may retry its refund.
 *
 * These functions take the place of those of migration 920, and what they count is counted again.
 */
export const publishedMonths = `
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

SELECT rebuild_tallies();
`;
