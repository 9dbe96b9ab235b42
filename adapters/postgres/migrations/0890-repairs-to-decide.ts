/** A repair waits for its second person on a closed case too, as long as the incident that keeps it at work is open. */
export const repairsToDecide = `
CREATE INDEX cases_repair_to_decide ON cases (case_id) WHERE file ? 'repair' AND (closed_at IS NULL OR has_incident);
DROP INDEX cases_proposed_repair;
`;
