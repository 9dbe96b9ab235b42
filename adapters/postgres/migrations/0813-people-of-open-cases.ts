/** Whom an open family registration concerns: a death ends more cases than those that are about the deceased. */
export const peopleOfOpenCases = `
CREATE FUNCTION family_case_people(p_file jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(
    ARRAY[p_file ->> 'reporter']
      || ARRAY (SELECT value FROM jsonb_each_text(coalesce(p_file -> 'parties', '{}')))
      || ARRAY (SELECT asked ->> 'person' FROM jsonb_array_elements(coalesce(p_file #> '{consent,people}', '[]')) AS asked), NULL)
$$;
CREATE INDEX cases_family_people ON cases USING gin (family_case_people(file)) WHERE type = 'family-registration' AND closed_at IS NULL;
`;
