import type { Database } from '../postgres/database';
import type { StaffEnrolments } from './enrolments-port';

const KNOWN = 'SELECT FROM persons WHERE person = $1';
const STANDING = 'SELECT person FROM staff_persons WHERE staff = $1';
const OTHERS = 'SELECT staff FROM staff_persons WHERE person = $1 AND staff <> $2';
const FREE = 'DELETE FROM staff_persons WHERE person = $1 AND staff <> $2';
/** One enrolment at a time, for two numbers may be meant for one person. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtext('staff-enrolment'))`;
const ENROL = `INSERT INTO staff_persons (staff, person) VALUES ($1, $2) ON CONFLICT (staff) DO UPDATE SET person = $2`;
const NOTE = 'INSERT INTO staff_enrolments (staff, person, by, reason_ref) VALUES ($1, $2, $3, $4)';
const UNKNOWN = `SELECT s.id AS staff, s.roles FROM staff s
  WHERE s.roles && $1::text[] AND NOT EXISTS (SELECT FROM staff_persons p WHERE p.staff = s.id) ORDER BY s.id`;

export function createStaffEnrolments(database: Database): StaffEnrolments {
  const db = database.from('register');
  return {
    enrol: ({ staff, person, by, reasonRef, replace, move }) =>
      db.transaction(async (session) => {
        await session.query({ text: LOCK });
        if ((await session.query({ text: KNOWN, values: [person] })).length === 0) return 'person-unknown';
        const [standing] = await session.query<{ person: string }>({ text: STANDING, values: [staff] });
        const others = await session.query({ text: OTHERS, values: [person, staff] });
        const same = standing?.person === person;
        if (same && others.length === 0) return 'as-before';
        if (standing && !same && !replace) return 'another-person';
        if (others.length > 0 && !move) return 'another-number';
        await session.query({ text: FREE, values: [person, staff] });
        await session.query({ text: ENROL, values: [staff, person] });
        await session.query({ text: NOTE, values: [staff, person, by, reasonRef] });
        return 'enrolled';
      }),
    unknown: (roles) => db.query({ text: UNKNOWN, values: [roles] }),
  };
}
