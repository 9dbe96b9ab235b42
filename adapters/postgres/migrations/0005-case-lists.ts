/**
 * The ways into the lists of cases. Every list ends in (its order, case_id), so a page is read from where the one before ended
 * and costs the same at any depth. Open work is a small part of all cases, so its indexes hold open cases only.
 */
export const caseLists = `
CREATE INDEX cases_filed ON cases (filed_at, case_id);
CREATE INDEX cases_status ON cases (status, filed_at, case_id);
CREATE INDEX cases_office ON cases (office, status, filed_at, case_id);
CREATE INDEX cases_office_filed ON cases (office, filed_at, case_id);
CREATE INDEX cases_type ON cases (type, status, filed_at, case_id);
CREATE INDEX cases_type_filed ON cases (type, filed_at, case_id);
CREATE INDEX cases_channel ON cases (channel, filed_at, case_id);
CREATE INDEX cases_client_status ON cases (client_id, status, filed_at, case_id);
CREATE INDEX cases_client ON cases (client_id, filed_at, case_id);
CREATE INDEX cases_subject ON cases (subject, filed_at, case_id);
CREATE INDEX cases_parent ON cases (parent) WHERE parent IS NOT NULL;

CREATE INDEX cases_waiting ON cases (waiting_until, case_id) WHERE closed_at IS NULL AND waiting_until IS NOT NULL;
CREATE INDEX cases_waiting_for ON cases (waiting_who, waiting_until, case_id) WHERE closed_at IS NULL;
CREATE INDEX cases_work ON cases (office, waiting_who, waiting_until, case_id) INCLUDE (claimed_by, overdue)
  WHERE closed_at IS NULL AND waiting_until IS NOT NULL;
CREATE INDEX cases_claimed ON cases (claimed_by, waiting_until, case_id) WHERE closed_at IS NULL AND claimed_by IS NOT NULL;
CREATE INDEX cases_overdue ON cases (office, waiting_until, case_id) WHERE closed_at IS NULL AND overdue;
CREATE INDEX cases_incident ON cases (incident_code, filed_at, case_id) WHERE has_incident;

CREATE INDEX cases_open_filed ON cases (filed_at, case_id) WHERE closed_at IS NULL;
CREATE INDEX cases_open_office_filed ON cases (office, filed_at, case_id) WHERE closed_at IS NULL;
CREATE INDEX cases_waiting_for_filed ON cases (waiting_who, filed_at, case_id) WHERE closed_at IS NULL;
CREATE INDEX cases_overdue_filed ON cases (filed_at, case_id) WHERE closed_at IS NULL AND overdue;
CREATE INDEX cases_incident_filed ON cases (filed_at, case_id) WHERE has_incident;
CREATE STATISTICS cases_kinds (dependencies, mcv) ON type, status, office, channel FROM cases;
`;
