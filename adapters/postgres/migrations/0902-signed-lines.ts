/**
 * When each line of a file was answered, and a salt of its own: what its signed answer is made from, the same however often it is
 * fetched. Of lines from before, the moment is not known: they stay unsigned.
 */
export const signedLines = `
ALTER TABLE bulk_results ADD COLUMN at timestamptz, ADD COLUMN salt uuid NOT NULL DEFAULT gen_random_uuid();
`;
