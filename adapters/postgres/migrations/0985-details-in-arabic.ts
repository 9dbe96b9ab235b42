/** What became of a case in a retry, and what the watch has found, is said in both languages; what was kept before is in English only. */
export const detailsInArabic = `
ALTER TABLE operation_items ADD COLUMN detail_ar text;
ALTER TABLE stalls ADD COLUMN detail_ar text;
`;
