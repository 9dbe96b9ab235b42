import { randomBytes } from 'node:crypto';
import type { Actor } from '../../domain/case/model';
import { DAY } from '../../domain/time';
import { sar } from '../../domain/money';
import { limitsOf, personalStatus } from '../../domain/policies/personal-status';
import type { AppealFile } from '../../workflows/case-types/appeal/file';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import {
  inDays,
  caseworker,
  caseworker2,
  familiesIn,
  goodPhoto,
  member,
  portal,
  supervisor,
  supervisor2,
  until,
  type Families,
  type Somebody,
} from '../support/families';
import { child, daysAgo, reportBirth, today } from '../support/reported-births';
import { fastForward } from '../support/time-skipping';
import { startWorld, type World } from '../support/world';

let world: World;
let families: Families;
beforeAll(async () => {
  world = await startWorld();
  families = familiesIn(world);
});
afterAll(() => world?.stop());

const id = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`;
const birth = (on = daysAgo(5)) => reportBirth(families, on);

async function rejectedBirth() {
  const reported = await birth();
  await families.act(reported.caseId, caseworker, 'claim');
  await families.act(reported.caseId, caseworker, 'recommend-rejection', { rule: 'event-not-proved' });
  await families.act(reported.caseId, supervisor, 'claim');
  await families.act(reported.caseId, supervisor, 'reject', { rule: 'event-not-proved' });
  expect(await families.outcome(reported.caseId)).toBe('REJECTED');
  return reported;
}

async function appealOf(appealed: string, appellant: Somebody, clientId: string = portal.id): Promise<string> {
  const caseId = id('apl');
  await world.cases.start({
    caseId,
    type: 'appeal',
    channel: clientId,
    clientId,
    filedAt: new Date().toISOString(),
    subject: appellant.person,
    office: 'riyadh-1',
    facts: { appealed },
    parent: appealed,
  });
  return caseId;
}

describe('an appeal', () => {
  test('is allowed by somebody who took no part, and a new decision is made on the facts of the original, whose log stays as it was', async () => {
    const { caseId, father } = await rejectedBirth();
    const before = await families.events(caseId);
    const appeal = await appealOf(caseId, father);
    expect((await families.fileOf<AppealFile>(appeal)).admitted).toMatchObject({
      rejectedFor: ['event-not-proved'],
      tookPart: [caseworker.id, supervisor.id],
    });
    expect(await families.refusal(appeal, supervisor, 'claim')).toBe('took-part');
    expect(await families.refusal(appeal, { id: caseworker.id, role: 'supervisor' }, 'claim')).toBe('took-part');
    await families.act(appeal, supervisor2, 'claim');
    expect(await families.refusal(appeal, supervisor2, 'allow', { waives: ['alive'] })).toBe('rule-not-contested');
    await families.act(appeal, supervisor2, 'allow', { waives: ['event-not-proved'] });
    expect(await families.outcome(appeal)).toBe('ALLOWED');

    const { newCase = '' } = await families.fileOf<AppealFile>(appeal);
    await until(async () => (await families.fileOf(newCase)).stage === 'IN_REVIEW');
    expect((await families.fileOf(newCase)).appeal).toEqual({
      caseId: appeal,
      original: caseId,
      appellant: father.person,
      waived: ['event-not-proved'],
      filedAt: (await families.fileOf(caseId)).filedAt,
      tookPart: [caseworker.id, supervisor.id, supervisor2.id],
    });
    expect(await families.refusal(newCase, supervisor2, 'claim')).toBe('took-part');
    const another = { id: 'staff-201', role: 'supervisor', office: 'riyadh-1' } as const;
    expect(await families.refusal(newCase, caseworker, 'claim')).toBe('took-part');
    expect(await families.refusal(newCase, supervisor, 'claim')).toBe('took-part');
    expect(await families.refusal(newCase, another, 'reassign', { to: caseworker.id })).toBe('took-part');
    await families.act(newCase, caseworker2, 'claim');
    const again = (rule: string) => families.refusal(newCase, caseworker2, 'recommend-rejection', { rule });
    expect(await again('event-not-proved')).toBe('rule-waived');
    await families.act(newCase, caseworker2, 'approve');
    expect(await families.outcome(newCase)).toBe('COMPLETED');
    expect((await families.fileOf<FamilyFile>(newCase)).registration?.child).toBeDefined();
    expect(await families.events(caseId)).toEqual(before);
    const second = await appealOf(caseId, father);
    expect((await families.fileOf<AppealFile>(second)).refusedBy).toEqual(['appealed-once']);
  });

  test('of a birth leaves the parents free to report another one, however it stands with the new decision', async () => {
    const { caseId, father, mother } = await rejectedBirth();
    const appeal = await appealOf(caseId, mother);
    await families.act(appeal, supervisor2, 'claim');
    await families.act(appeal, supervisor2, 'allow', { waives: ['event-not-proved'] });
    expect(await families.outcome(appeal)).toBe('ALLOWED');
    const { newCase = '' } = await families.fileOf<AppealFile>(appeal);
    await until(async () => (await families.fileOf(newCase)).stage === 'IN_REVIEW');

    const elder = await reportBirth(families, daysAgo(400), { father, mother, name: 'تركي بن خالد الحربي' });
    expect((await families.fileOf<FamilyFile>(elder.caseId)).duplicates?.candidates).toEqual([]);
    const same = await reportBirth(families, daysAgo(5), { father, mother });
    expect((await families.fileOf<FamilyFile>(same.caseId)).duplicates?.candidates.map(({ ref }) => ref)).toEqual([
      newCase,
    ]);
  });

  test('of a late birth: the fine that was paid is not asked for again, and the committee may not vote by the waived rule', async () => {
    const { caseId, father } = await birth(daysAgo(500));
    await until(async () => (await families.fileOf(caseId)).stage === 'COMMITTEE');
    for (const n of [1, 2]) await families.act(caseId, member(n), 'vote', { vote: 'reject', rule: 'event-not-proved' });
    expect(await families.outcome(caseId)).toBe('REJECTED');
    expect((await families.fileOf<FamilyFile>(caseId)).payment).toMatchObject({ captures: [{}], refunds: [] });
    const appeal = await appealOf(caseId, father);
    expect((await families.fileOf<AppealFile>(appeal)).admitted?.paid).toEqual(sar(100));
    await families.act(appeal, supervisor2, 'claim');
    await families.act(appeal, supervisor2, 'allow', { waives: ['event-not-proved'] });
    expect(await families.outcome(appeal)).toBe('ALLOWED');
    const { newCase = '' } = await families.fileOf<AppealFile>(appeal);
    await until(async () => (await families.fileOf(newCase)).stage === 'COMMITTEE');
    const { quote, payment } = await families.fileOf<FamilyFile>(newCase);
    expect(quote?.lines.map(({ code, amount }) => [code, amount.halalas])).toEqual([
      ['late-fine', 10_000],
      ['paid-before', -10_000],
    ]);
    expect(payment.captures).toEqual([]);
    const vote = (n: number, given: Record<string, unknown>) => families.refusal(newCase, member(n), 'vote', given);
    expect(await vote(1, { vote: 'approve' })).toBe('took-part');
    expect(await vote(3, { vote: 'reject', rule: 'event-not-proved' })).toBe('rule-waived');
    expect(await vote(3, { vote: 'approve' })).toBeUndefined();
    expect(await vote(9, { vote: 'approve' })).toBeUndefined();
    expect(await families.outcome(newCase)).toBe('COMPLETED');
  });

  test('does not make a report late that was made in time', async () => {
    const father = await families.somebody();
    const mother = await families.somebody({ sex: 'F' });
    await families.ties(families.married(father, mother));
    const on = daysAgo(70);
    const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
    const filing = await families.prepared(father, {
      event: 'birth',
      on,
      father: father.number,
      mother: mother.number,
      child,
      notice,
    });
    const filedAt = new Date(Date.now() - 60 * DAY).toISOString();
    const basis = { caseId: 'apl_allowed', original: filing.caseId, waived: ['event-not-proved'] };
    await world.cases.start({ ...filing, appeal: { ...basis, filedAt, tookPart: [] } });
    const made = await families.fileOf<FamilyFile>(filing.caseId);
    expect(made).toMatchObject({
      stage: 'IN_REVIEW',
      accepted: { lateness: 'in-time' },
      review: { level: 'caseworker' },
    });
    expect(made.quote?.total).toEqual(sar(0));
    expect(made.filedAt > filedAt).toBe(true);
  });

  test('cannot do without the consent of a bride', async () => {
    const [husband, wife] = [await families.somebody(), await families.somebody({ sex: 'F' })];
    const notice = await families.notice({ kind: 'marriage', on: today, people: [husband, wife] });
    const marriage = await families.report(husband, {
      event: 'marriage',
      on: today,
      husband: husband.number,
      wife: wife.number,
      notice,
    });
    await families.act(marriage, portal, 'refuse-consent', { person: wife.person });
    expect(await families.outcome(marriage)).toBe('REJECTED');
    const appeal = await appealOf(marriage, husband);
    await families.act(appeal, supervisor2, 'claim');
    expect(await families.refusal(appeal, supervisor2, 'allow', { waives: ['consent'] })).toBe('rule-cannot-be-waived');
    expect(await families.refusal(appeal, supervisor2, 'uphold')).toBeUndefined();
    expect(await families.outcome(appeal)).toBe('UPHELD');
  });

  test('against what the register wrongly held is decided anew on the register as it is: refused again, and not once that was corrected', async () => {
    const [husband, wife, other] = [
      await families.somebody(),
      await families.somebody({ sex: 'F' }),
      await families.somebody(),
    ];
    const wrong = { key: `wrong-${wife.person}`, caseId: 'fam_wrong', limits: limitsOf(personalStatus) };
    await world.family.register({ ...wrong, event: families.married(other, wife) });
    const notice = await families.notice({ kind: 'marriage', on: today, people: [husband, wife] });
    const couple = { husband: husband.number, wife: wife.number };
    const marriage = await families.report(husband, { event: 'marriage', on: today, ...couple, notice });
    expect(await families.outcome(marriage)).toBe('REJECTED');
    const { person: appellant } = wife;
    const decidedAnew = async (rejected: string, by: Actor): Promise<string> => {
      const appeal = await appealOf(rejected, wife);
      await families.act(appeal, by, 'claim');
      expect(await families.refusal(appeal, by, 'allow', { waives: ['spouse-limit'] })).toBe('rule-cannot-be-waived');
      await families.act(appeal, by, 'allow');
      expect(await families.outcome(appeal)).toBe('ALLOWED');
      return (await families.fileOf<AppealFile>(appeal)).newCase ?? '';
    };

    const again = await decidedAnew(marriage, supervisor2);
    expect(await families.outcome(again)).toBe('REJECTED');
    expect(await families.fileOf(again)).toMatchObject({
      refusedBy: ['spouse-limit'],
      notified: ['ended-appellant', 'ended'],
      appeal: { appellant },
    });
    await world.family.amend({ ...wrong, key: `${wrong.key}/amend`, registration: wrong.key, why: 'revoked' });
    const anew = await decidedAnew(again, supervisor);
    await until(async () => (await families.fileOf(anew)).stage === 'AWAITING_CONSENT');
    await families.act(anew, portal, 'consent', { person: wife.person });
    await families.approve(anew, caseworker2);
    expect(await families.outcome(anew)).toBe('COMPLETED');
  });

  test('is upheld: the outcome of the original stands', async () => {
    const { caseId, father } = await rejectedBirth();
    const appeal = await appealOf(caseId, father);
    await families.act(appeal, { id: 'staff-committee-1', role: 'committee' }, 'claim');
    await families.act(appeal, { id: 'staff-committee-1', role: 'committee' }, 'uphold');
    expect(await families.outcome(appeal)).toBe('UPHELD');
    expect((await families.fileOf<AppealFile>(appeal)).newCase).toBeUndefined();
  });

  test('against a renewal that a rule refused starts that renewal anew, without the rule', async () => {
    const person = await families.somebody();
    const photoRef = await world.keepPhoto(person.person, Buffer.from('photo'), goodPhoto);
    const renewal = id('rnw');
    await world.database
      .from('register')
      .query({ text: `UPDATE cards SET expires_on = $2 WHERE person = $1`, values: [person.person, inDays(1_500)] });
    await world.cases.start({
      caseId: renewal,
      type: 'id-renewal',
      channel: portal.id,
      clientId: portal.id,
      filedAt: new Date().toISOString(),
      subject: person.person,
      office: 'riyadh-1',
      facts: { photoRef, delivery: { method: 'courier' }, reason: 'expiring' },
    });
    expect(await families.outcome(renewal)).toBe('REJECTED');
    const appeal = await appealOf(renewal, person);
    await families.act(appeal, supervisor2, 'claim');
    await families.act(appeal, supervisor2, 'allow', { waives: ['renewal-window'] });
    expect(await families.outcome(appeal)).toBe('ALLOWED');
    const { newCase = '' } = await families.fileOf<AppealFile>(appeal);
    expect(await families.outcome(newCase)).toBe('COMPLETED');
  });

  test('is not admitted from a stranger, nor against what was not rejected; kin do not decide it; its own deadline makes it overdue', async () => {
    const { caseId, father } = await rejectedBirth();
    expect((await families.fileOf<AppealFile>(await appealOf(caseId, await families.somebody()))).refusedBy).toEqual([
      'appealed-by-the-party',
    ]);
    const open = await birth();
    expect((await families.fileOf<AppealFile>(await appealOf(open.caseId, open.father))).refusedBy).toEqual([
      'appealed-case-rejected',
    ]);
    expect((await families.fileOf<AppealFile>(await appealOf('fam_nowhere', father))).refusedBy).toEqual([
      'appealed-case-known',
    ]);

    const appeal = await appealOf(caseId, father);
    const brother = await families.somebody();
    const grandfather = await families.somebody({ birthDate: '1950-01-01' });
    await families.ties(
      families.parentOf(grandfather, father, 'father'),
      families.parentOf(grandfather, brother, 'father'),
    );
    await families.staff('staff-brother', brother.person);
    expect(await families.refusal(appeal, { id: 'staff-brother', role: 'supervisor' }, 'claim')).toBe(
      'related-official',
    );
    expect(await families.refusal(appeal, { id: 'staff-nobody', role: 'supervisor' }, 'claim')).toBe(
      'official-unknown',
    );
    const overdue = async (): Promise<boolean | undefined> => {
      const text = 'SELECT overdue FROM cases WHERE case_id = $1';
      return (await world.database.from('case').query<{ overdue: boolean }>({ text, values: [appeal] }))[0]?.overdue;
    };
    expect(await overdue()).toBe(false);
    await fastForward(world.client, appeal, 30 * DAY);
    await until(async () => (await families.fileOf<AppealFile>(appeal)).remindedAt);
    expect(await overdue()).toBe(true);
  });
});
