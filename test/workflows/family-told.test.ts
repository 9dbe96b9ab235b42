import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { familyMessages } from '../../workflows/case-types/family-registration/messages';
import { aged, familiesIn, type Families } from '../support/families';
import { daysAgo, reportBirth, today } from '../support/reported-births';
import { portal } from '../support/renewals';
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

describe('whoever was asked for consent is told that the event was not registered', () => {
  /** A marriage that waits for the consent of a bride who does not report it. */
  async function asked() {
    const [husband, wife] = [await families.somebody(), await families.somebody({ sex: 'F' })];
    const notice = await families.notice({ kind: 'marriage', on: today, people: [husband, wife] });
    const couple = { husband: husband.number, wife: wife.number };
    const caseId = await families.report(husband, { event: 'marriage', on: today, ...couple, notice });
    expect((await families.fileOf<FamilyFile>(caseId)).stage).toBe('AWAITING_CONSENT');
    return { caseId, wife };
  }
  const notified = async (caseId: string) => (await families.fileOf<FamilyFile>(caseId)).notified;
  const told = ['consent-asked-0', 'ended-consent-0', 'ended'];

  test('where she consented and the reporter withdraws it', async () => {
    const { caseId, wife } = await asked();
    await families.act(caseId, portal, 'consent', { person: wife.person });
    await families.act(caseId, portal, 'cancel');
    expect(await families.outcome(caseId)).toBe('CANCELLED');
    expect(await notified(caseId)).toEqual(told);
    const said = (await world.control.ledger('messages', caseId)).at(-2);
    const { phone } = await world.register.contact(wife.person);
    const { ar, en } = familyMessages['ended-consent'];
    expect(said).toMatchObject({ to: phone, textAr: ar, textEn: en });
  });

  test('where she refused', async () => {
    const { caseId, wife } = await asked();
    await families.act(caseId, portal, 'refuse-consent', { person: wife.person });
    expect(await families.outcome(caseId)).toBe('REJECTED');
    expect(await notified(caseId)).toEqual(told);
  });

  test('and not where she has died', async () => {
    const { caseId, wife } = await asked();
    const son = await families.somebody();
    await families.ties(families.parentOf(wife, son, 'mother'));
    const death = await families.report(son, {
      event: 'death',
      on: today,
      deceased: wife.number,
      notice: await families.notice({ kind: 'death', on: today, people: [wife] }),
    });
    await families.approve(death);
    expect(await families.outcome(caseId)).toBe('CANCELLED');
    expect(await notified(caseId)).toEqual(['consent-asked-0', 'ended']);
  });
});
