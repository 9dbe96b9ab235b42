import { randomBytes } from 'node:crypto';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { applicationRef } from '../../adapters/vault/port';
import { DAY } from '../../domain/time';
import { foldRecord } from '../../domain/family/record';
import type { Actor } from '../../domain/case/model';
import type { AmendmentFile } from '../../workflows/case-types/record-amendment/file';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { standsIn } from '../support/personal-data';
import {
  aged,
  familiesIn,
  goodPhoto,
  portal,
  supervisor,
  supervisor2,
  until,
  type Families,
  type Somebody,
} from '../support/families';
import { child, daysAgo, reportBirth } from '../support/reported-births';
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

async function amendmentOf(
  amends: string,
  subject: Somebody,
  facts: Record<string, unknown>,
  by: Actor = supervisor,
  child?: { readonly nameAr: string; readonly nameEn: string },
): Promise<string> {
  const caseId = id('amd');
  if (child)
    await world.vault.put({
      ref: applicationRef(caseId),
      person: subject.person,
      kind: 'application',
      value: { application: { child } },
    });
  await world.cases.start({
    caseId,
    type: 'record-amendment',
    channel: 'civil-affairs',
    clientId: by.id,
    filedBy: 'supervisor',
    filedAt: new Date().toISOString(),
    subject: subject.person,
    office: 'riyadh-1',
    facts: { amends, ...facts, ...(child ? { childName: true } : {}) },
    parent: amends,
  });
  return caseId;
}

const refusals = async (caseId: string): Promise<readonly string[] | undefined> =>
  (await families.fileOf<AmendmentFile>(caseId)).refusedBy;

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

    // Asked for by the case that registered it, what is amended is what stands by now.
    const again = await amendmentOf(caseId, mother, { what: 'correction', on: daysAgo(8) });
    expect((await families.fileOf<AmendmentFile>(again)).prepared).toMatchObject({
      registration: `${amendment}/amend/instead`,
      event: { on: daysAgo(7) },
    });
    const beside = await amendmentOf(amendment, father, { what: 'revocation' });
    expect(await refusals(beside)).toEqual(['no-other-open-amendment']);
    await families.act(again, supervisor2, 'confirm');
    expect(await families.outcome(again)).toBe('COMPLETED');
    const { certificate: correctedAgain = '' } = await families.fileOf<AmendmentFile>(again);
    expect((await world.family.certificateStanding(corrected))?.replacedBy).toBe(correctedAgain);

    const revocation = await amendmentOf(amendment, mother, { what: 'revocation' });
    await families.act(revocation, supervisor2, 'confirm');
    expect(await families.outcome(revocation)).toBe('COMPLETED');
    expect((await families.fileOf<AmendmentFile>(revocation)).certificate).toBeUndefined();
    expect(await world.family.certificateStanding(correctedAgain)).toMatchObject({
      marks: [{ why: 'revoked' }],
      replacedBy: null,
    });
    expect(await refusals(await amendmentOf(caseId, mother, { what: 'revocation' }))).toEqual(['registration-stands']);
    expect((await world.family.people([born]))[0]?.blocked).toBe(true);
    expect((await world.family.graph([born])).filter(({ person }) => person === born)).toEqual([]);
  });

  test("corrects a child's name: the record, the certificate and the card's owner get the new one, the log and the engine get none", async () => {
    const { caseId, mother } = await birth(daysAgo(6));
    await families.approve(caseId);
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const { registration, certificate = '' } = await families.fileOf<FamilyFile>(caseId);
    const born = registration?.child ?? '';
    const [asItIs, corrected] = [
      { nameAr: child.nameAr, nameEn: child.nameEn },
      { nameAr: 'مشعل بن خالد الحربي', nameEn: 'Mishal Khalid Alharbi' },
    ];
    const asked = (name: typeof asItIs) => amendmentOf(caseId, mother, { what: 'correction' }, supervisor, name);
    expect(await refusals(await asked(asItIs))).toEqual(['something-to-correct']);

    const amendment = await asked(corrected);
    expect(await families.refusal(amendment, supervisor, 'confirm')).toBe('four-eyes');
    expect(await world.family.nameOf(born)).toEqual(asItIs);
    await families.act(amendment, supervisor2, 'confirm');
    expect(await families.outcome(amendment)).toBe('COMPLETED');
    const { certificate: another = '', documents } = await families.fileOf<AmendmentFile>(amendment);
    expect(documents).toMatchObject([{ kind: 'certificate', serial: certificate }]);
    expect(await world.family.nameOf(born)).toEqual(corrected);
    expect((await world.family.certificate(another))?.people[born]).toMatchObject(corrected);
    expect(await world.family.certificate(certificate)).toMatchObject({
      marks: ['corrected'],
      people: { [born]: asItIs },
    });
    expect((await world.family.entriesOf(born)).map(({ entry }) => entry.kind)).toEqual(['birth', 'reversal', 'birth']);
    const engine = historyToJSON(await world.client.workflow.getHandle(amendment).fetchHistory());
    expect(standsIn(engine, 'childName')).toBe(true);
    const log = JSON.stringify(await families.events(amendment));
    for (const name of ['مشعل', 'Mishal']) {
      expect(standsIn(engine, name)).toBe(false);
      expect(log).not.toContain(name);
    }
  });

  test('is neither asked for nor confirmed by kin of whoever would come into the entry, who is told of it', async () => {
    const { caseId, father, mother } = await birth(daysAgo(6));
    await families.approve(caseId);
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const [trueFather, brother, grandfather] = [
      await families.somebody(),
      await families.somebody(),
      await families.somebody({ birthDate: '1950-01-01' }),
    ];
    await families.ties(
      families.parentOf(grandfather, trueFather, 'father'),
      families.parentOf(grandfather, brother, 'father'),
    );
    await families.staff('staff-uncle', brother.person);
    const uncle = { id: 'staff-uncle', role: 'supervisor', office: 'riyadh-1' } as const;
    const instead = { what: 'correction', father: trueFather.person };
    expect(await refusals(await amendmentOf(caseId, mother, instead, uncle))).toEqual(['related-official']);
    const nobody = { id: 'staff-nobody', role: 'supervisor' } as const;
    expect(await refusals(await amendmentOf(caseId, mother, instead, nobody))).toEqual(['official-unknown']);

    const amendment = await amendmentOf(caseId, mother, instead);
    expect(await families.refusal(amendment, uncle, 'confirm')).toBe('related-official');
    expect(await families.refusal(amendment, nobody, 'confirm')).toBe('official-unknown');
    expect(await refusals(await amendmentOf(caseId, mother, instead, supervisor2))).toEqual([
      'no-other-open-amendment',
    ]);
    await families.act(amendment, supervisor2, 'confirm');
    expect(await families.outcome(amendment)).toBe('COMPLETED');
    const { prepared, notified } = await families.fileOf<AmendmentFile>(amendment);
    expect([...(prepared?.concerned ?? [])].sort()).toEqual(
      [prepared?.event.kind === 'birth' ? prepared.event.child : '', father, mother, trueFather]
        .map((somebody) => (typeof somebody === 'string' ? somebody : somebody.person))
        .sort(),
    );
    expect(notified).toHaveLength(4);
  });

  test('is refused by name: of what the entry does not hold, of a part that does not fit, for a stranger, by no supervisor', async () => {
    const { caseId, father, mother } = await birth(daysAgo(6));
    await families.approve(caseId);
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const stranger = await families.somebody();
    const asked = async (facts: Record<string, unknown>, subject = mother) =>
      refusals(await amendmentOf(caseId, subject, { what: 'correction', ...facts }));
    expect(await asked({ husband: stranger.person })).toEqual(['not-in-the-entry']);
    expect(await asked({ sex: 'M' })).toEqual(['something-to-correct']);
    expect(await asked({ mother: stranger.person })).toEqual(['parent-sex']);
    expect(await asked({ on: daysAgo(7) }, stranger)).toEqual(['subject-not-concerned']);
    const byPortal = id('amd');
    await world.cases.start({
      caseId: byPortal,
      type: 'record-amendment',
      channel: portal.id,
      clientId: portal.id,
      filedAt: new Date().toISOString(),
      subject: father.person,
      office: 'riyadh-1',
      facts: { amends: caseId, what: 'revocation' },
      parent: caseId,
    });
    expect(await refusals(byPortal)).toEqual(['requested-by-a-supervisor']);

    const girl = await amendmentOf(caseId, mother, { what: 'correction', sex: 'F' });
    await families.act(girl, supervisor2, 'confirm');
    expect(await families.outcome(girl)).toBe('COMPLETED');
    const { registration } = await families.fileOf<FamilyFile>(caseId);
    expect((await world.family.people([registration?.child ?? '']))[0]?.sex).toBe('F');
  });

  test('revokes an identification, and marks the card that rested on it', async () => {
    const father = await families.somebody();
    const son = await families.somebody({ birthDate: aged(14), card: false });
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

    // Identified once more, the member keeps the card that is out.
    const again = await families.report(father, { event: 'member-identification', member: son.number, photo });
    expect(await families.outcome(again)).toBe('COMPLETED');
    expect((await families.fileOf<FamilyFile>(again)).idCase).toBeUndefined();
    expect((await world.family.people([son.person]))[0]).toMatchObject({ identified: true, hasCard: true });
  });

  test('of an entry whose own case is still open is refused until that case has ended', async () => {
    const sequence = (name: string, to: string) =>
      world.database.from('register').query({ text: `ALTER SEQUENCE ${name} RENAME TO ${to}` });
    await sequence('certificate_serials', 'certificate_serials_away');
    const { caseId, mother } = await birth(daysAgo(6));
    await families.approve(caseId);
    await until(async () => (await families.fileOf(caseId)).incident);
    const asked = () => amendmentOf(caseId, mother, { what: 'revocation' });
    expect(await refusals(await asked())).toEqual(['own-case-open']);

    await sequence('certificate_serials_away', 'certificate_serials');
    await families.act(caseId, { id: 'staff-operator-1', role: 'operator' }, 'retry', { reasonRef: 'reason/test' });
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const amendment = await asked();
    await families.act(amendment, supervisor2, 'confirm');
    expect(await families.outcome(amendment)).toBe('COMPLETED');
    const { certificate = '' } = await families.fileOf<FamilyFile>(caseId);
    expect((await world.family.certificate(certificate))?.marks).toEqual(['revoked']);
  });

  test('that revokes an identification ends the first card that was waiting for a decision', async () => {
    const father = await families.somebody();
    const son = await families.somebody({ birthDate: aged(14), card: false });
    await families.ties(families.parentOf(father, son, 'father'));
    const doubtful = { ...goodPhoto, backgroundWhiteness: 0.6 };
    const photo = await world.keepPhoto(son.person, Buffer.from('photo'), doubtful);
    const caseId = await families.report(father, { event: 'member-identification', member: son.number, photo });
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const { idCase = '' } = await families.fileOf<FamilyFile>(caseId);
    const amendment = await amendmentOf(caseId, son, { what: 'revocation' });
    await families.act(amendment, supervisor2, 'confirm');
    expect(await families.outcome(amendment)).toBe('COMPLETED');
    await families.approve(idCase);
    expect(await families.outcome(idCase)).toBe('CANCELLED');
    expect(await world.register.facts(son.person)).toMatchObject({ card: null });
  });

  test('is refused under later entries, expires unconfirmed, and of a death brings the person back with their documents', async () => {
    const husband = await families.somebody();
    const wife = await families.somebody({ sex: 'F' });
    const witness = await families.somebody();
    const notice = await families.notice({ kind: 'marriage', on: daysAgo(50), people: [husband, wife] });
    const marriage = await families.report(husband, {
      event: 'marriage',
      on: daysAgo(50),
      husband: husband.number,
      wife: wife.number,
      witnesses: [witness.number],
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

    await families.staff('staff-witness', witness.person);
    await families.staff('staff-widow', wife.person);
    const [witnessed, widow] = ['staff-witness', 'staff-widow'].map((official) => ({
      id: official,
      role: 'supervisor' as const,
    })) as [Actor, Actor];
    const under = await amendmentOf(marriage, husband, { what: 'revocation' });
    expect(await families.refusal(under, witnessed, 'confirm')).toBe('related-official');
    await families.act(under, supervisor2, 'confirm');
    expect(await families.outcome(under)).toBe('REJECTED');
    expect((await families.fileOf<AmendmentFile>(under)).refusedBy).toEqual(['later-entries-rest-on-it']);

    const forgotten = await amendmentOf(death, husband, { what: 'revocation' });
    await fastForward(world.client, forgotten, 20 * DAY);
    expect(await families.outcome(forgotten)).toBe('EXPIRED');

    const revived = await amendmentOf(death, husband, { what: 'revocation' });
    expect(await families.refusal(revived, widow, 'confirm')).toBe('related-official');
    await families.act(revived, supervisor2, 'confirm');
    expect(await families.outcome(revived)).toBe('COMPLETED');
    expect((await families.fileOf<AmendmentFile>(revived)).notified).toHaveLength(2);
    expect(await world.register.facts(husband.person)).toMatchObject({ diedOn: null, card: { status: 'valid' } });
    expect(await world.family.graph([husband.person])).toEqual([
      { person: husband.person, relative: wife.person, kind: 'spouse', from: daysAgo(50) },
    ]);
  });
});
