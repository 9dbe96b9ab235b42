import { randomBytes } from 'node:crypto';
import type { Actor } from '../../domain/case/model';
import { addDays, DAY, riyadhDate } from '../../domain/time';
import type { AmendmentFile } from '../../workflows/case-types/record-amendment/file';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { caseworker, familiesIn, supervisor, supervisor2, until, type Families } from '../support/families';
import { fastForward } from '../support/time-skipping';
import { startWorld, type World } from '../support/world';
import { operator, otherOperator } from './cases';

let world: World;
let families: Families;
beforeAll(async () => {
  world = await startWorld();
  families = familiesIn(world);
});
afterAll(() => world?.stop());

const today = riyadhDate(new Date().toISOString());
const daysAgo = (days: number): string => addDays(today, -days);
const file = (caseId: string): Promise<FamilyFile> => families.fileOf<FamilyFile>(caseId);
const reaches = (caseId: string, stage: string) => until(async () => (await families.fileOf(caseId)).stage === stage);
const money = async (caseId: string): Promise<string[]> =>
  (await world.control.ledger('payments', caseId)).map(({ type }) => String(type));

async function birth(on: string, noticeOn = on) {
  const father = await families.somebody({ birthDate: '1985-05-05' });
  const mother = await families.somebody({ sex: 'F', birthDate: '1988-08-08' });
  await families.ties(families.married(father, mother));
  const notice = await families.notice({ kind: 'birth', on: noticeOn, people: [father, mother] });
  const caseId = await families.report(father, {
    event: 'birth',
    on,
    father: father.number,
    mother: mother.number,
    child: {
      nameAr: 'سعود بن خالد الحربي',
      nameEn: 'Saud Khalid Alharbi',
      sex: 'M',
      birthPlaceAr: 'الرياض',
      birthPlaceEn: 'Riyadh',
    },
    notice,
  });
  return { caseId, father, mother };
}

async function repairDate(caseId: string, value: string): Promise<void> {
  await families.act(caseId, operator, 'repair', { field: 'event-date', value, reasonRef: 'reason/test' });
  expect(await families.refusal(caseId, operator, 'confirm-repair')).toBe('four-eyes');
  await families.act(caseId, otherOperator, 'confirm-repair');
}

test('a birth with a wrong date is repaired by two people, checked anew, its fine given back, and entered as it was', async () => {
  // Reported as 45 days old, which costs a fine; it was 5.
  const { caseId } = await birth(daysAgo(45), daysAgo(5));
  await reaches(caseId, 'IN_REVIEW');
  expect(await money(caseId)).toEqual(['requested', 'captured']);
  await repairDate(caseId, daysAgo(5));
  await families.approve(caseId, supervisor);
  await until(async () => (await file(caseId)).incident?.code === 'checked-for-another-date');
  expect((await file(caseId)).registration).toBeUndefined();

  const { payment, notified } = await file(caseId);
  const paid = `payment/${payment.settledBy ?? ''}`;
  const said = notified.map((template) => `message/${template}`);
  expect(await families.refusal(caseId, operator, 'reset', { to: 'check-eligibility', pin: said })).toBe(
    'effects-open',
  );
  await families.act(caseId, operator, 'reset', {
    to: 'check-eligibility',
    pin: said,
    compensate: [paid],
    reasonRef: 'reason/test',
  });
  await until(async () => (await file(caseId)).stage === 'IN_REVIEW');
  expect((await file(caseId)).quote?.total.halalas).toBe(0);
  await families.approve(caseId, caseworker);
  expect(await families.outcome(caseId)).toBe('COMPLETED');
  expect(await money(caseId)).toEqual(['requested', 'captured', 'refunded']);
  const { registration } = await file(caseId);
  expect((await world.family.people([registration?.child ?? '']))[0]?.birthDate).toBe(daysAgo(5));

  const ledgers = await world.engine.ledgersOf(caseId);
  expect(ledgers.map(({ what }) => what)).toContain(`register/${registration?.key}`);
  expect(ledgers.filter(({ agrees }) => !agrees)).toEqual([]);
});

test('a payment that was kept has to be what the case costs by then; another reset gives it back', async () => {
  const { caseId } = await birth(daysAgo(45), daysAgo(5));
  await reaches(caseId, 'IN_REVIEW');
  await repairDate(caseId, daysAgo(5));
  const { payment } = await file(caseId);
  const paid = `payment/${payment.settledBy ?? ''}`;
  await families.act(caseId, operator, 'reset', { to: 'check-eligibility', pin: [paid] });
  await until(async () => (await file(caseId)).incident?.code === 'kept-payment-differs');
  await families.act(caseId, operator, 'reset', { to: 'check-eligibility', compensate: [paid] });
  await reaches(caseId, 'IN_REVIEW');
  await families.act(caseId, operator, 'reset', { to: 'open-review' });
  await until(async () => (await file(caseId)).review.clock.runningSince);
  await families.approve(caseId);
  expect(await families.outcome(caseId)).toBe('COMPLETED');
  expect(await money(caseId)).toEqual(['requested', 'captured', 'refunded']);
});

async function amendmentOf(amends: string, subject: string, facts: Record<string, unknown>, by: Actor = supervisor) {
  const caseId = `amd_${randomBytes(6).toString('hex')}`;
  await world.cases.start({
    caseId,
    type: 'record-amendment',
    channel: 'civil-affairs',
    clientId: by.id,
    filedBy: 'supervisor',
    filedAt: new Date().toISOString(),
    subject,
    office: 'riyadh-1',
    facts: { amends, ...facts },
    parent: amends,
  });
  return caseId;
}

test('an amendment that asks for a wrong date is repaired before it is confirmed, and a reversed entry still counts as made', async () => {
  const { caseId, mother } = await birth(daysAgo(6));
  await reaches(caseId, 'IN_REVIEW');
  await families.approve(caseId);
  expect(await families.outcome(caseId)).toBe('COMPLETED');
  const amendment = await amendmentOf(caseId, mother.person, { what: 'correction', on: daysAgo(9) });
  await reaches(amendment, 'AWAITING_CONFIRMATION');
  await repairDate(amendment, daysAgo(8));
  await until(async () => (await families.fileOf<AmendmentFile>(amendment)).prepared?.replacement?.on === daysAgo(8));
  await families.act(amendment, operator, 'reset', { to: 'check-amendment' });
  await until(
    async () =>
      (await families.events(amendment)).filter(({ event }) => event.type === 'AmendmentPrepared').length === 3,
  );
  await families.act(amendment, supervisor2, 'confirm');
  expect(await families.outcome(amendment)).toBe('COMPLETED');
  const { registration } = await file(caseId);
  expect((await world.family.people([registration?.child ?? '']))[0]?.birthDate).toBe(daysAgo(8));
  for (const each of [caseId, amendment])
    expect((await world.engine.ledgersOf(each)).filter(({ agrees }) => !agrees)).toEqual([]);
  expect(await world.family.stateOf(registration?.key ?? '')).toBe('reversed');
  expect(await world.family.stateOf('fam_never/register')).toBe('missing');
});

test('a birth that was reported in time stays so, however late an operator takes the case back', async () => {
  const { caseId } = await birth(daysAgo(28));
  await reaches(caseId, 'IN_REVIEW');
  expect((await file(caseId)).accepted?.lateness).toBe('in-time');
  await fastForward(world.client, caseId, 10 * DAY);
  await families.act(caseId, operator, 'reset', { to: 'check-eligibility', reasonRef: 'reason/test' });
  const checks = async () =>
    (await families.events(caseId)).filter(({ event }) => event.type === 'ApplicationAccepted');
  await until(async () => (await checks()).length === 2);
  const again = (await checks())[1];
  expect(Date.parse(again?.at ?? '')).toBeGreaterThan(Date.parse((await file(caseId)).filedAt) + 9 * DAY);
  expect(again?.event).toMatchObject({ lateness: 'in-time', quote: { lines: [] } });
});
