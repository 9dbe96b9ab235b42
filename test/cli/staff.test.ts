import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStaff } from '../../adapters/staff/postgres';
import { identityNumberFrom, type IdentityNumber } from '../../domain/identity-number';
import { aPerson } from '../support/people';
import type { World } from '../support/world';
import { startCliWorld, type CliWorld, type Said } from './cli-world';

let cli: CliWorld;
let world: World;
let dir: string;

beforeAll(async () => {
  cli = await startCliWorld();
  ({ world, dir } = cli);
});
afterAll(() => cli?.stop());

const tajdid = (...argv: string[]): Promise<Said> => cli.tajdid(argv);

let number: IdentityNumber;
const file = (): string => join(dir, 'number');
const enrol = (...more: string[]) =>
  tajdid('--as', 'staff-401', 'staff', 'enrol', 'staff-201', '--file', file(), '--reason', 'new here', ...more);
const enrolled = () =>
  world.database.from('register').query<{ staff: string; person: string }>({
    text: 'SELECT staff, person FROM staff_persons ORDER BY staff',
  });
const somebody = (nineDigits: string) =>
  cli.enrol(aPerson(nineDigits, { nameEn: 'Noura', nameAr: 'نورة', sex: 'F', address: null, card: null }));

test('are tied to a person of the register by a number that no command line holds, once and on record', async () => {
  const noura = await somebody('176000001');
  number = noura.number;
  await writeFile(file(), `${number}\n`);
  const first = await enrol();
  expect([first.code, first.out]).toEqual([0, 'staff-201 enrolled']);
  expect((await enrol()).out).toBe('staff-201 stands already');
  expect(await enrolled()).toEqual([{ staff: 'staff-201', person: noura.person }]);
  const notes = await world.database.from('register').query<{ by: string; reasonRef: string }>({
    text: 'SELECT by, reason_ref AS "reasonRef" FROM staff_enrolments',
  });
  expect(notes).toEqual([{ by: 'staff-401', reasonRef: expect.stringMatching(/^reason\/act_/) as string }]);
  const acts = await tajdid('--as', 'staff-401', 'acts');
  expect(acts.out).toMatch(new RegExp(`staff-enrol +staff staff-201, person ${noura.person} +staff-401 +new here`));
  expect(acts.out).not.toContain(number);
});

test('are somebody else only when that is said; a stranger, a wrong number and a caseworker who asks are refused', async () => {
  const other = await somebody('176000002');
  await writeFile(file(), other.number);
  expect((await enrol()).code).toBe(1);
  const replaced = await enrol('--replace');
  expect([replaced.code, replaced.out]).toEqual([0, 'staff-201 enrolled']);
  await writeFile(file(), `staff-202, ${number}\n\nstaff-203,${identityNumberFrom('176000009')}\n`);
  const many = await tajdid('--as', 'staff-401', 'staff', 'import', '--file', file(), '--reason', 'first list');
  expect([many.code, many.out.split('\n')]).toEqual([
    1,
    ['staff-202 enrolled', 'staff-203 has a number that the register does not know'],
  ]);
  await writeFile(file(), '1234567890');
  const wrong = await enrol();
  expect(wrong.code).toBe(2);
  expect(wrong.err).not.toContain('1234567890');
  await writeFile(file(), number);
  const byCaseworker = ['--as', 'staff-101', 'staff', 'enrol', 'staff-101', '--file', file(), '--reason', 'myself'];
  expect((await tajdid(...byCaseworker)).code).not.toBe(0);
  expect((await enrolled()).map(({ staff }) => staff)).toEqual(['staff-201', 'staff-202']);
});

test('are one number each: with two, one person would be two pairs of eyes', async () => {
  const huda = await somebody('176000003');
  await writeFile(file(), `staff-204,${huda.number}\nstaff-205,${huda.number}\n`);
  const list = ['--as', 'staff-401', 'staff', 'import', '--file', file(), '--reason', 'second list'];
  const twice = await tajdid(...list);
  expect(twice.code).toBe(1);
  expect(twice.out).toMatch(/^staff-204 enrolled\nstaff-205 is for a person who stands under another number/);
  expect((await tajdid(...list, '--move')).out).toBe('staff-204 stands already\nstaff-205 enrolled');
  expect(await enrolled()).toContainEqual({ staff: 'staff-205', person: huda.person });
  expect((await enrolled()).map(({ staff }) => staff)).not.toContain('staff-204');
});

test('who have signed in to decide, and are not enrolled, are listed', async () => {
  const role = { name: { ar: 'ريم', en: 'Reem' }, office: 'jeddah-1' };
  await createStaff(world.database).remember({ id: 'staff-103', roles: ['caseworker'], ...role });
  await createStaff(world.database).remember({ id: 'staff-401', roles: ['operator'], ...role });
  const unknown = await tajdid('--json', 'staff', 'unknown');
  expect(unknown.code).toBe(1);
  expect(JSON.parse(unknown.out)).toEqual([{ staff: 'staff-103', roles: ['caseworker'] }]);
});
