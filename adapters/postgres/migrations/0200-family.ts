/**
 * Families in the register. An event of civil status is one entry, and its reversal another: `register_concerns` says whom an
 * entry is about, `register_reversals` which entries stand no more. `family_links` and `persons` are what the standing entries
 * come to. A document that depended on a reversed entry is marked; it is not taken back by itself.
 */
export const family = `
ALTER TABLE persons ADD COLUMN unpaid_fines boolean NOT NULL DEFAULT false;
ALTER TABLE family_links ADD COLUMN closed_by bigint;
CREATE INDEX family_links_entry ON family_links (entry);

CREATE TABLE register_concerns (
  person text   NOT NULL,
  entry  bigint NOT NULL REFERENCES register_entries (id),
  PRIMARY KEY (person, entry)
);
CREATE TABLE register_reversals (
  entry bigint PRIMARY KEY REFERENCES register_entries (id),
  by    bigint NOT NULL REFERENCES register_entries (id)
);
CREATE TRIGGER register_reversals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON register_reversals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE INDEX register_entries_notice ON register_entries ((facts ->> 'notice')) WHERE facts ? 'notice';

CREATE TABLE certificates (
  serial    text   PRIMARY KEY,
  key       text   NOT NULL UNIQUE,
  case_id   text   NOT NULL,
  entry     bigint NOT NULL REFERENCES register_entries (id),
  issued_on date   NOT NULL DEFAULT riyadh_today()
);
CREATE INDEX certificates_entry ON certificates (entry);

CREATE TABLE document_marks (
  kind   text   NOT NULL CHECK (kind IN ('certificate', 'card')),
  serial text   NOT NULL,
  entry  bigint NOT NULL REFERENCES register_entries (id),
  why    text   NOT NULL CHECK (why IN ('corrected', 'revoked')),
  PRIMARY KEY (kind, serial, entry)
);

CREATE TABLE staff_persons (
  staff  text PRIMARY KEY,
  person text NOT NULL
);

CREATE SEQUENCE identity_numbers;
CREATE SEQUENCE certificate_serials;
`;
