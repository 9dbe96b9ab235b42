import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { aged, familiesIn, type Families } from '../support/families';
import { daysAgo, reportBirth, today } from '../support/reported-births';
import { startWorld, type World } from '../support/world';

let world: World;
let families: Families;
beforeAll(async () => {
  world = await startWorld();
  families = familiesIn(world);
});
afterAll(() => world?.stop());

test('of a registration everybody of age who has a part in it is told, and the reporter last', async () => {
  const told = async (caseId: string) => {
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const { notified } = await families.fileOf<FamilyFile>(caseId);
    expect(await world.control.ledger('messages', caseId)).toHaveLength(notified.length);
    return notified;
  };
  const [father, mother] = [await families.somebody(), await families.somebody({ sex: 'F' })];
  await families.ties(families.married(father, mother));
  const [aunt, grandmother] = [
    await families.somebody({ sex: 'F' }),
    await families.somebody({ sex: 'F', birthDate: '1950-01-01' }),
  ];
  await families.ties(families.parentOf(grandmother, mother, 'mother'), families.parentOf(grandmother, aunt, 'mother'));
  const { caseId: birth } = await reportBirth(families, daysAgo(5), { father, mother, reporter: aunt });
  await families.approve(birth);
  expect(await told(birth)).toEqual(['registered-0', 'registered-1', 'registered']);

  const divorce = await families.report(father, {
    event: 'divorce',
    on: today,
    husband: father.number,
    wife: mother.number,
    notice: await families.notice({ kind: 'divorce', on: today, people: [father, mother] }),
  });
  await families.approve(divorce);
  expect(await told(divorce)).toEqual(['registered-0', 'registered']);

  const son = await families.somebody({ birthDate: aged(14), card: false });
  await families.ties(families.parentOf(father, son, 'father'));
  const identified = await families.report(father, { event: 'member-identification', member: son.number });
  expect(await told(identified)).toEqual(['registered']);

  const death = await families.report(aunt, {
    event: 'death',
    on: today,
    deceased: grandmother.number,
    notice: await families.notice({ kind: 'death', on: today, people: [grandmother] }),
  });
  await families.approve(death);
  expect(await told(death)).toEqual(['registered']);
});
