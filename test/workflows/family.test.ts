import { familiesIn, goodPhoto, until, type Families } from '../support/families';
import { startWorld, type World } from '../support/world';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';

let world: World;
let families: Families;
beforeAll(async () => {
  world = await startWorld();
  families = familiesIn(world);
}, 240_000);
afterAll(() => world?.stop());

test('a guardian identifies a family member, who gets an ID card by a case of its own', async () => {
  const father = await families.somebody();
  const son = await families.somebody({ birthDate: '2012-02-02', card: false });
  await families.ties(families.parentOf(father, son, 'father'));
  const photo = await world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);

  const caseId = await families.report(father, { event: 'member-identification', member: son.number, photo });
  expect(await families.outcome(caseId)).toBe('COMPLETED');
  const file = await families.fileOf<FamilyFile>(caseId);
  expect(file.idCase).toBeDefined();
  expect(file.certificate).toMatch(/^FC\d{8}$/);

  expect(await families.outcome(file.idCase ?? '')).toBe('COMPLETED');
  const idFile = await families.fileOf(file.idCase ?? '');
  expect(idFile.parent).toBe(caseId);
  expect((await world.register.facts(son.person))?.card?.status).toBe('valid');
  expect((await world.family.people([son.person]))[0]).toMatchObject({ identified: true, hasCard: true });
  void until;
});
