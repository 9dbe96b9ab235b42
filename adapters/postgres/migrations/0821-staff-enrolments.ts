/**
 * Which person of the register a member of staff is was entered by whom, and why: who could tell that anew could decide about their own kin.
 * Rows are only ever added; `staff_persons` has what holds now.
 */
export const staffEnrolments = `
CREATE TABLE staff_enrolments (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  staff      text        NOT NULL,
  person     text        NOT NULL,
  by         text        NOT NULL,
  reason_ref text        NOT NULL,
  at         timestamptz NOT NULL DEFAULT now()
);
`;
