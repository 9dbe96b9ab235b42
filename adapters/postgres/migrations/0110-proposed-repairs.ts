/** Repairs that wait for a second person are few among very many cases: who has to agree to them does not look through all. */
export const proposedRepairs = `
CREATE INDEX cases_proposed_repair ON cases (case_id) WHERE closed_at IS NULL AND file ? 'repair';
`;
