import { randomBytes } from 'node:crypto';
import { addDays, DAY, riyadhDate } from '../../domain/time';
import { foldRecord } from '../../domain/family/record';
import type { Actor } from '../../domain/case/model';
import type { AmendmentFile } from '../../workflows/case-types/record-amendment/file';
import type { AppealFile } from '../../workflows/case-types/appeal/file';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import {
  caseworker,
  familiesIn,
  goodPhoto,
  portal,
  supervisor,
  supervisor2,
  until,
  type Families,
  type Somebody,
} from '../support/families';
import { fastForward } from '../support/time-skipping';
import { startWorld, type World } from '../support/world';

let world: World;
let families: Families;
beforeAll(async () => {
  world = await startWorld();
  families = familiesIn(world);
}, 240_000);
afterAll(() => world?.stop());

const today = riyadhDate(new Date().toISOString());
const daysAgo = (days: number): string => addDays(today, -days);
const id = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`;
const child = {
  nameAr: 'سعود بن خالد الحربي',
  nameEn: 'Saud Khalid Alharbi',
  sex: 'M',
  birthPlaceAr: 'الرياض',
  birthPlaceEn: 'Riyadh',
};

async function birth(on = daysAgo(5)): Promise<{ caseId: string; father: Somebody; mother: Somebody }> {
  const father = await families.somebody({ birthDate: '1985-05-05' });
  const mother = await families.somebody({ sex: 'F', birthDate: '1988-08-08' });
  await families.ties(families.married(father, mother));
  const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
  const caseId = await families.report(father, {
    event: 'birth',
    on,
    father: father.number,
    mother: mother.number,
    child,
    notice,
  });
  return { caseId, father, mother };
}

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

async function amendmentOf(
  amends: string,
  subject: Somebody,
  facts: Record<string, unknown>,
  by: Actor = supervisor,
): Promise<string> {
  const caseId = id('amd');
  await world.cases.start({
    caseId,
    type: 'record-amendment',
    channel: 'civil-affairs',
    clientId: by.id,
    filedBy: 'supervisor',
    filedAt: new Date().toISOString(),
    subject: subject.person,
    office: 'riyadh-1',
    facts: { amends, ...facts },
    parent: amends,
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
      waived: ['event-not-proved'],
    });
    await families.approve(newCase);
    expect(await families.outcome(newCase)).toBe('COMPLETED');
    expect((await families.fileOf<FamilyFile>(newCase)).registration?.child).toBeDefined();
    expect(await families.events(caseId)).toEqual(before);
    const again = await appealOf(caseId, father);
    expect((await families.fileOf<AppealFile>(again)).refusedBy).toEqual(['appealed-once']);
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
      .query({ text: `UPDATE cards SET expires_on = '2030-01-01' WHERE person = $1`, values: [person.person] });
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

describe('an amendment', () => {
  test('corrects a birth by two people: a reversing entry and another, the certificate marked, another issued, the holders told', async () => {
    const { caseId, father, mother } = await birth(daysAgo(6));
    await families.approve(caseId);
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const { registration, certificate = '' } = await families.fileOf<FamilyFile>(caseId);
    const born = registration?.child ?? '';

    const amendment = await amendmentOf(caseId, mother, { what: 'correction', on: daysAgo(7) });
    expect(await families.refusal(amendment, supervisor, 'confirm')).toBe('four-eyes');
    await families.act(amendment, supervisor2, 'confirm');
    expect(await families.outcome(amendment)).toBe('COMPLETED');
    const { documents, certificate: corrected = '' } = await families.fileOf<AmendmentFile>(amendment);
    expect(documents).toMatchObject([{ kind: 'certificate', serial: certificate }]);
    expect((await world.family.certificate(certificate))?.marks).toEqual(['corrected']);
    expect(await world.family.certificate(corrected)).toMatchObject({ event: { on: daysAgo(7) }, marks: [] });
    expect((await world.family.certificateStanding(certificate))?.replacedBy).toBe(corrected);
    const told = (await families.events(amendment)).map(({ event }) => event.type);
    expect(told.indexOf('CertificateIssued')).toBeLessThan(told.indexOf('ApplicantNotified'));
    expect(await world.control.ledger('messages', amendment)).toHaveLength(3);

    const entries = await world.family.entriesOf(born);
    expect(entries.map(({ entry }) => entry.kind)).toEqual(['birth', 'reversal', 'birth']);
    expect(foldRecord(entries).people[born]?.bornOn).toBe(daysAgo(7));
    expect((await world.family.people([born]))[0]?.birthDate).toBe(daysAgo(7));
    const links = await world.family.graph([born]);
    const parents = new Map(
      links.filter(({ person }) => person === born).map(({ relative, from }) => [relative, from]),
    );
    expect(parents).toEqual(
      new Map([
        [father.person, daysAgo(7)],
        [mother.person, daysAgo(7)],
      ]),
    );

    const revocation = await amendmentOf(amendment, mother, { what: 'revocation' });
    await families.act(revocation, supervisor2, 'confirm');
    expect(await families.outcome(revocation)).toBe('COMPLETED');
    expect((await families.fileOf<AmendmentFile>(revocation)).certificate).toBeUndefined();
    expect(await world.family.certificateStanding(corrected)).toMatchObject({
      marks: [{ why: 'revoked' }],
      replacedBy: null,
    });
    expect((await world.family.people([born]))[0]?.blocked).toBe(true);
    expect((await world.family.graph([born])).filter(({ person }) => person === born)).toEqual([]);
  });

  test('revokes an identification, and marks the card that rested on it', async () => {
    const father = await families.somebody();
    const son = await families.somebody({ birthDate: '2012-02-02', card: false });
    await families.ties(families.parentOf(father, son, 'father'));
    const photo = await world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);
    const caseId = await families.report(father, { event: 'member-identification', member: son.number, photo });
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const { idCase = '' } = await families.fileOf<FamilyFile>(caseId);
    expect(await families.outcome(idCase)).toBe('COMPLETED');
    const amendment = await amendmentOf(caseId, son, { what: 'revocation' });
    await families.act(amendment, supervisor2, 'confirm');
    expect(await families.outcome(amendment)).toBe('COMPLETED');
    expect((await families.fileOf<AmendmentFile>(amendment)).documents.map(({ kind }) => kind)).toEqual([
      'card',
      'certificate',
    ]);
    expect((await world.family.people([son.person]))[0]?.identified).toBe(false);
    // The tie that was there before stays.
    expect(await world.family.graph([son.person])).toHaveLength(1);
  });

  test('is refused under later entries, expires unconfirmed, and of a death brings the person back with their documents', async () => {
    const husband = await families.somebody();
    const wife = await families.somebody({ sex: 'F' });
    const notice = await families.notice({ kind: 'marriage', on: daysAgo(50), people: [husband, wife] });
    const marriage = await families.report(husband, {
      event: 'marriage',
      on: daysAgo(50),
      husband: husband.number,
      wife: wife.number,
      notice,
    });
    await families.act(marriage, portal, 'consent', { person: wife.person });
    await families.approve(marriage);
    expect(await families.outcome(marriage)).toBe('COMPLETED');
    const dead = await families.notice({ kind: 'death', on: daysAgo(2), people: [husband] });
    const death = await families.report(wife, {
      event: 'death',
      on: daysAgo(2),
      deceased: husband.number,
      notice: dead,
    });
    await families.approve(death);
    expect(await families.outcome(death)).toBe('COMPLETED');

    const under = await amendmentOf(marriage, husband, { what: 'revocation' });
    await families.act(under, supervisor2, 'confirm');
    expect(await families.outcome(under)).toBe('REJECTED');
    expect((await families.fileOf<AmendmentFile>(under)).refusedBy).toEqual(['later-entries-rest-on-it']);

    const forgotten = await amendmentOf(death, husband, { what: 'revocation' });
    await fastForward(world.client, forgotten, 20 * DAY);
    expect(await families.outcome(forgotten)).toBe('EXPIRED');

    const revived = await amendmentOf(death, husband, { what: 'revocation' });
    await families.act(revived, supervisor2, 'confirm');
    expect(await families.outcome(revived)).toBe('COMPLETED');
    expect(await world.register.facts(husband.person)).toMatchObject({ diedOn: null, card: { status: 'valid' } });
    expect(await world.family.graph([husband.person])).toEqual([
      { person: husband.person, relative: wife.person, kind: 'spouse', from: daysAgo(50) },
    ]);
  });
});
