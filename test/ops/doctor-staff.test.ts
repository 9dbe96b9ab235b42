import { createVitals } from '../../adapters/operations/vitals';
import { createStaffEnrolments } from '../../adapters/staff/enrolments-postgres';
import { examine, type Finding, type Patient } from '../../ops/doctor';
import { migratedDatabase, type MigratedDatabase } from '../adapters/postgres/cases';

let db: MigratedDatabase;
beforeAll(async () => (db = await migratedDatabase()));
afterAll(() => db?.drop());

const staff = async (): Promise<Finding | undefined> =>
  (await examine({ vitals: createVitals(db.database), now: () => Date.now() } as Patient)).find(
    ({ check }) => check === 'staff',
  );

test('one person under two staff numbers, from before that was refused, is a finding that a move settles', async () => {
  const register = db.database.from('register');
  await register.query({
    text: `INSERT INTO persons (person, beneficiary, sex, birth_date, blocked, has_address, losses, nationality, sealed, name_index, entry)
      SELECT p, 'citizen', 'F', '1990-01-01', false, false, 0, 'SAU', '', '{}', 0 FROM unnest('{huda,noura}'::text[]) p`,
  });
  await register.query({
    text: `INSERT INTO staff_persons (staff, person) VALUES ('staff-204', 'huda'), ('staff-206', 'noura')`,
  });
  expect(await staff()).toMatchObject({ state: 'well' });
  await register.query({ text: `INSERT INTO staff_persons (staff, person) VALUES ('staff-205', 'huda')` });
  expect(await staff()).toMatchObject({
    state: 'wrong',
    says: { en: expect.stringContaining('staff-204 = staff-205') as string },
  });
  const again = { staff: 'staff-205', person: 'huda', by: 'staff-401', reasonRef: 'reason/act_1', replace: false };
  const { enrol } = createStaffEnrolments(db.database);
  expect(await enrol({ ...again, move: false })).toBe('another-number');
  expect(await enrol({ ...again, move: true })).toBe('enrolled');
  expect(await enrol({ ...again, move: true })).toBe('as-before');
  expect(await staff()).toMatchObject({ state: 'well' });
});
