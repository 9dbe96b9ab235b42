import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { createStaff } from '../../adapters/staff/postgres';
import type { Role } from '../../domain/case/model';
import {
  caseworker,
  caseworker2,
  familiesIn,
  member,
  portal,
  supervisor,
  supervisor2,
  until,
  type Families,
  type Somebody,
} from '../support/families';
import { daysAgo, reportBirth, type BirthWanted } from '../support/reported-births';
import { startWorld, type World } from '../support/world';

let world: World;
let families: Families;
beforeAll(async () => {
  world = await startWorld();
  families = familiesIn(world);
});
afterAll(() => world?.stop());

const file = (caseId: string): Promise<FamilyFile> => families.fileOf<FamilyFile>(caseId);
const stage = async (caseId: string): Promise<string> => (await file(caseId)).stage;
const man = (wanted = {}) => families.somebody({ birthDate: '1985-05-05', ...wanted });
const woman = (wanted = {}) => families.somebody({ sex: 'F', birthDate: '1988-08-08', ...wanted });

const birth = (on: string, given: BirthWanted = {}) => reportBirth(families, on, given);

describe('who may not decide', () => {
  test("a caseworker who is the applicant's cousin, by whatever way the case comes to them", async () => {
    const [grandfather, father, uncle, cousin] = [
      await man({ birthDate: '1930-01-01' }),
      await man(),
      await man(),
      await man(),
    ];
    await families.ties(
      families.parentOf(grandfather, father, 'father'),
      families.parentOf(grandfather, uncle, 'father'),
      families.parentOf(uncle, cousin, 'father'),
    );
    await families.staff('staff-cousin', cousin.person);
    const mother = await woman();
    await families.ties(families.married(father, mother, '2010-01-01'));
    const { caseId } = await birth(daysAgo(3), { father, mother });
    const kin = { id: 'staff-cousin', role: 'caseworker', office: 'riyadh-1' } as const;
    const kinAbove = { id: 'staff-cousin', role: 'supervisor', office: 'riyadh-1' } as const;
    expect(await families.refusal(caseId, kin, 'claim')).toBe('related-official');
    expect(await families.refusal(caseId, supervisor, 'reassign', { to: 'staff-cousin' })).toBe('related-official');
    expect(await families.refusal(caseId, kinAbove, 'reassign', { to: caseworker.id })).toBe('related-official');
    expect(await families.refusal(caseId, supervisor, 'reassign', { to: 'staff-nobody' })).toBe('official-unknown');
    expect((await file(caseId)).review.claim).toBeUndefined();
    await families.approve(caseId);
    expect(await families.outcome(caseId)).toBe('COMPLETED');
  });

  test('a colleague who is a stranger, and is no caseworker or supervisor of this office', async () => {
    const { caseId } = await birth(daysAgo(3));
    const directory = createStaff(world.database);
    const given = (role: Role, office: string | null): Promise<string | undefined> =>
      directory
        .remember({ id: caseworker2.id, name: { ar: 'زميل', en: 'A colleague' }, roles: [role], office })
        .then(() => families.refusal(caseId, supervisor, 'reassign', { to: caseworker2.id }));
    expect(await families.refusal(caseId, supervisor, 'reassign', { to: member(3).id })).toBe('no-such-colleague');
    expect(await given('operator', 'riyadh-1')).toBe('no-such-colleague');
    expect(await given('caseworker', 'jeddah-1')).toBe('colleague-of-another-office');
    expect((await file(caseId)).review.claim).toBeUndefined();
    expect(await given('caseworker', 'riyadh-1')).toBeUndefined();
    expect((await file(caseId)).review.claim?.by).toBe(caseworker2.id);
  });

  test('kin by blood to the fourth degree, ascendants, spouses and their nearest; not the fifth degree, and nobody whose kin are not known', async () => {
    const { caseId, father, mother } = await birth(daysAgo(3));
    const [grandfather, uncle, cousin, cousinsSon, wifesBrother, wifesFather, brothersWife, brother] = [
      await man({ birthDate: '1930-01-01' }),
      await man(),
      await man(),
      await man({ birthDate: '2000-01-01' }),
      await man(),
      await man({ birthDate: '1950-01-01' }),
      await woman(),
      await man(),
    ];
    const fathersFather = await man({ birthDate: '1955-01-01' });
    await families.ties(
      families.parentOf(grandfather, fathersFather, 'father'),
      families.parentOf(grandfather, uncle, 'father'),
      families.parentOf(fathersFather, father, 'father'),
      families.parentOf(fathersFather, brother, 'father'),
      families.parentOf(uncle, cousin, 'father'),
      families.parentOf(cousin, cousinsSon, 'father'),
      families.parentOf(wifesFather, mother, 'father'),
      families.parentOf(wifesFather, wifesBrother, 'father'),
      families.married(brother, brothersWife),
    );
    const claimBy = async ({ person }: Somebody): Promise<string | undefined> => {
      await families.staff('staff-relative', person);
      return families.refusal(caseId, { id: 'staff-relative', role: 'caseworker' }, 'claim');
    };
    for (const kin of [mother, grandfather, cousin, wifesBrother, wifesFather, brothersWife])
      expect(await claimBy(kin)).toBe('related-official');
    expect(await families.refusal(caseId, { id: 'staff-nobody', role: 'caseworker' }, 'claim')).toBe(
      'official-unknown',
    );
    expect(await claimBy(cousinsSon)).toBeUndefined();
  });

  test('a spouse of the day of the event, and a witness', async () => {
    const [husband, wife, witness] = [await man(), await woman(), await man()];
    await families.ties(families.married(husband, wife));
    const notice = await families.notice({ kind: 'divorce', on: daysAgo(3), people: [husband, wife] });
    const application = { on: daysAgo(3), husband: husband.number, wife: wife.number };
    const divorce = await families.report(husband, { event: 'divorce', ...application, notice });
    await families.staff('staff-wife', wife.person);
    expect(await families.refusal(divorce, { id: 'staff-wife', role: 'caseworker' }, 'claim')).toBe('related-official');
    await families.approve(divorce);
    expect(await families.outcome(divorce)).toBe('COMPLETED');

    const contract = await families.notice({ kind: 'marriage', on: daysAgo(1), people: [husband, wife] });
    const marriage = await families.report(husband, {
      event: 'marriage',
      ...application,
      on: daysAgo(1),
      witnesses: [witness.number],
      notice: contract,
    });
    await families.act(marriage, portal, 'consent', { person: wife.person });
    await families.staff('staff-witness', witness.person);
    expect(await families.refusal(marriage, { id: 'staff-witness', role: 'caseworker' }, 'claim')).toBe(
      'related-official',
    );
    await families.approve(marriage);
    expect(await families.outcome(marriage)).toBe('COMPLETED');
  });

  test('a committee member who had the case in hand when the consent was withdrawn', async () => {
    const { caseId, mother } = await birth(daysAgo(2), { married: false });
    await families.act(caseId, portal, 'consent', { person: mother.person });
    await families.act(caseId, caseworker, 'claim');
    await families.act(caseId, portal, 'withdraw-consent', { person: mother.person });
    expect(await stage(caseId)).toBe('COMMITTEE');
    const sitting = { id: caseworker.id, role: 'committee' } as const;
    expect(await families.refusal(caseId, sitting, 'vote', { vote: 'approve' })).toBe('four-eyes');
  });

  test('a committee decides by majority; nobody twice, no caseworker of the case, no kin', async () => {
    const { caseId, mother } = await birth(daysAgo(500));
    await until(async () => (await stage(caseId)) === 'COMMITTEE');
    expect((await file(caseId)).quote?.total.halalas).toBe(10_000);
    const sister = await woman();
    const grandmother = await woman({ birthDate: '1950-01-01' });
    await families.ties(
      families.parentOf(grandmother, mother, 'mother'),
      families.parentOf(grandmother, sister, 'mother'),
    );
    await families.staff('staff-committee-9', sister.person);
    expect(await families.refusal(caseId, member(9), 'vote', { vote: 'approve' })).toBe('related-official');
    await families.act(caseId, member(1), 'vote', { vote: 'approve' });
    expect(await families.refusal(caseId, member(1), 'vote', { vote: 'reject', rule: 'event-not-proved' })).toBe(
      'voted-already',
    );
    await families.act(caseId, member(2), 'vote', { vote: 'reject', rule: 'event-not-proved' });
    expect(await stage(caseId)).toBe('COMMITTEE');
    await families.act(caseId, member(3), 'vote', { vote: 'approve' });
    expect(await families.outcome(caseId)).toBe('COMPLETED');

    const disputed = await birth(daysAgo(3));
    const both = { id: 'staff-both', role: 'caseworker', office: 'riyadh-1' } as const;
    await families.staff('staff-both', (await man()).person);
    await families.act(disputed.caseId, both, 'claim');
    await families.act(disputed.caseId, both, 'refer-to-committee');
    expect(
      await families.refusal(disputed.caseId, { id: 'staff-both', role: 'committee' }, 'vote', { vote: 'approve' }),
    ).toBe('four-eyes');
    await families.act(disputed.caseId, member(1), 'vote', { vote: 'reject', rule: 'event-not-proved' });
    await families.act(disputed.caseId, member(2), 'vote', { vote: 'reject', rule: 'event-not-proved' });
    expect(await families.outcome(disputed.caseId)).toBe('REJECTED');
  });

  test('rejecting takes two people', async () => {
    const { caseId } = await birth(daysAgo(3));
    await families.act(caseId, caseworker, 'claim');
    await families.act(caseId, caseworker, 'recommend-rejection', { rule: 'event-not-proved' });
    expect(await families.refusal(caseId, { id: caseworker.id, role: 'supervisor' }, 'claim')).toBeUndefined();
    expect(
      await families.refusal(caseId, { id: caseworker.id, role: 'supervisor' }, 'reject', { rule: 'event-not-proved' }),
    ).toBe('four-eyes');
    await families.act(caseId, { id: caseworker.id, role: 'supervisor' }, 'release');
    await families.act(caseId, supervisor2, 'claim');
    await families.act(caseId, supervisor2, 'reject', { rule: 'event-not-proved' });
    expect(await families.outcome(caseId)).toBe('REJECTED');
  });
});
