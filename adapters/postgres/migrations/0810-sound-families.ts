/**
 * One father and one mother at a time. A couple may part and marry again on the day on which they married first: the entry
 * tells the two ties apart.
 */
export const soundFamilies = `
ALTER TABLE family_links DROP CONSTRAINT family_links_pkey, ADD PRIMARY KEY (person, relative, kind, valid_from, entry);
CREATE UNIQUE INDEX family_links_one_parent ON family_links (person, kind) WHERE kind IN ('father', 'mother') AND valid_to IS NULL;
`;
