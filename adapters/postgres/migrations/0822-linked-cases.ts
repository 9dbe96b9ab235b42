/** The reports that were closed because another one of the same event is open: once that one ends, their reporters are told. */
export const linkedCases = `
CREATE INDEX cases_linked_to ON cases ((file ->> 'linkedTo')) WHERE file ->> 'linkedTo' IS NOT NULL;
`;
