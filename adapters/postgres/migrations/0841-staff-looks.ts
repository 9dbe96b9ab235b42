/** What the staff saw of a person, by person and case: each look asks whether the hour has one already. */
export const staffLooks = `
CREATE INDEX service_log_staff ON service_log (person, ref, at) WHERE service = 'case-handling';
`;
