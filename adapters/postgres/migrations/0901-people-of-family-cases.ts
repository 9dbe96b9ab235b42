/** Whom a family registration concerned once it is closed, too: a person's own record has it. Open ones are found by the same index. */
export const peopleOfFamilyCases = `
CREATE INDEX cases_family_concerned ON cases USING gin (family_case_people(file)) WHERE type = 'family-registration';
DROP INDEX cases_family_people;
`;
