/** Where a birth was corrected after the child was identified, the parents were parents since the identification; now since the birth. */
export const tiesRestOnBirths = `
UPDATE family_links l SET valid_from = (e.facts ->> 'on')::date, entry = e.id FROM register_entries e
  WHERE e.person = l.person AND e.kind = 'family-event' AND e.facts ->> 'kind' = 'birth' AND e.facts ->> l.kind = l.relative
    AND l.kind IN ('father', 'mother') AND l.entry <> e.id
    AND NOT EXISTS (SELECT FROM register_reversals r WHERE r.entry = e.id);
`;
