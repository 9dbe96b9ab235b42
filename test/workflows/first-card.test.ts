import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { RenewalApplication, renewalFiling } from '../../workflows/case-types/id-renewal/application';
import type { RenewalFile } from '../../workflows/case-types/id-renewal/file';
import { aged, familiesIn, goodPhoto, portal, type Families } from '../support/families';
import { startWorld, type World } from '../support/world';

let world: World;
let families: Families;
beforeAll(async () => {
  world = await startWorld();
  families = familiesIn(world);
});
afterAll(() => world?.stop());

describe('the first card of a member', () => {
  const identified = async (wanted: { address?: boolean }, measurement = goodPhoto) => {
    const father = await families.somebody();
    const son = await families.somebody({ birthDate: aged(12), card: false, ...wanted });
    await families.ties(families.parentOf(father, son, 'father'));
    const photo = await world.keepPhoto(son.person, Buffer.from('photo'), measurement);
    const caseId = await families.report(father, { event: 'member-identification', member: son.number, photo });
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    return { father, son, idCase: (await families.fileOf<FamilyFile>(caseId)).idCase ?? '' };
  };

  test('who has no address is collected from the office', async () => {
    const { son, idCase } = await identified({ address: false });
    expect(await families.outcome(idCase)).toBe('COMPLETED');
    expect((await families.events(idCase)).map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'CardDispatched', to: 'office' }),
    );
    expect((await world.register.facts(son.person))?.card?.status).toBe('valid');
  });

  test('whose ID case ended without one is applied for by a portal, once', async () => {
    const { father, son, idCase } = await identified({}, { ...goodPhoto, backgroundWhiteness: 0.6 });
    const photo = await world.keepPhoto(son.person, Buffer.from('another photo'), goodPhoto);
    let filed = 0;
    const applied = async (who = son): Promise<string> => {
      const application = RenewalApplication.parse({
        photo,
        delivery: { method: 'courier' },
        reason: 'first-issue',
        guardian: father.number,
      });
      const caseId = `rnw_${idCase.slice(4)}-${++filed}`;
      await world.cases.start({
        caseId,
        type: 'id-renewal',
        channel: portal.id,
        clientId: portal.id,
        filedAt: new Date().toISOString(),
        subject: who.person,
        ...renewalFiling(application, { personRef: (number) => world.vault.personRef(number) }),
      });
      return caseId;
    };
    const refusedBy = async (caseId: string) => {
      expect(await families.outcome(caseId)).toBe('REJECTED');
      return (await families.fileOf<RenewalFile>(caseId)).refusedBy;
    };
    expect(await refusedBy(await applied())).toEqual(['no-other-open-renewal']);
    await families.act(idCase, portal, 'cancel');
    expect(await families.outcome(idCase)).toBe('CANCELLED');
    expect(await refusedBy(await applied(await families.somebody({ card: false })))).toContain('member-identified');
    expect(await families.outcome(await applied())).toBe('COMPLETED');
    expect((await world.register.facts(son.person))?.card?.status).toBe('valid');
    expect(await refusedBy(await applied())).toEqual(['no-card-yet']);
  });
});
