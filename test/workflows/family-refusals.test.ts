import { addDays, DAY } from '../../domain/time';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import {
  aged,
  caseworker,
  familiesIn,
  goodPhoto,
  member,
  portal,
  supervisor,
  until,
  type Families,
  type Somebody,
} from '../support/families';
import { operator, otherOperator } from '../ops/cases';
import { child, daysAgo, reportBirth, today, type BirthWanted } from '../support/reported-births';
import { fastForward } from '../support/time-skipping';
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
const refusedBy = async (caseId: string) => (await file(caseId)).refusedBy;
const man = (wanted = {}) => families.somebody({ birthDate: '1985-05-05', ...wanted });
const woman = (wanted = {}) => families.somebody({ sex: 'F', birthDate: '1988-08-08', ...wanted });

const birth = (on: string, given: BirthWanted = {}) => reportBirth(families, on, given);

describe('what a report is refused for, by name', () => {
  test('a reporter of 17', async () => {
    const boy = await man({ birthDate: addDays(today, -17 * 365 - 100) });
    const father = await man();
    const mother = await woman();
    await families.ties(families.parentOf(father, boy, 'father'));
    const { caseId } = await birth(daysAgo(3), { father, mother, reporter: boy });
    expect(await refusedBy(caseId)).toEqual(['reporter-of-age']);
    expect(await families.outcome(caseId)).toBe('REJECTED');
  });

  test('a birth ahead, or before its mother', async () => {
    expect(await refusedBy((await birth(addDays(today, 2))).caseId)).toEqual(['event-date-in-future']);
    expect(await refusedBy((await birth('1986-01-01')).caseId)).toEqual(['parents-older']);
  });

  test('a stranger who reports', async () => {
    const father = await man();
    const mother = await woman();
    const { caseId } = await birth(daysAgo(3), { father, mother, reporter: await man() });
    expect(await refusedBy(caseId)).toEqual(['reporter-has-the-right']);
  });

  test('a marriage of the dead, of the married, of a fifth wife, and of kin', async () => {
    const marriage = async (husband: Somebody, wife: Somebody) => {
      const notice = await families.notice({ kind: 'marriage', on: today, people: [husband, wife] });
      return refusedBy(
        await families.report(husband, {
          event: 'marriage',
          on: today,
          husband: husband.number,
          wife: wife.number,
          notice,
        }),
      );
    };
    const [groom, dead, taken, other] = [await man(), await woman(), await woman(), await man()];
    await families.ties({ kind: 'death', on: daysAgo(90), person: dead.person }, families.married(other, taken));
    expect(await marriage(groom, dead)).toEqual(['alive']);
    expect(await marriage(groom, taken)).toEqual(['spouse-limit']);
    for (let n = 0; n < 4; n++) await families.ties(families.married(groom, await woman()));
    expect(await marriage(groom, await woman())).toEqual(['spouse-limit']);
    const [father, brother, sister] = [await man({ birthDate: '1960-01-01' }), await man(), await woman()];
    await families.ties(families.parentOf(father, brother, 'father'), families.parentOf(father, sister, 'father'));
    expect(await marriage(brother, sister)).toEqual(['prohibited-degree']);
  });

  test("a parent who is the child's own descendant", async () => {
    const [grandson, son] = [await man({ birthDate: '2000-01-01' }), await man({ birthDate: aged(14), card: false })];
    await families.ties(families.parentOf(son, grandson, 'father'));
    const notice = await families.notice({ kind: 'family-link', on: today, people: [grandson, son] });
    const caseId = await families.report(grandson, {
      event: 'member-identification',
      member: son.number,
      relation: 'father',
      notice,
    });
    expect(await refusedBy(caseId)).toEqual(['no-cycle']);
  });

  test('a member with a card, a guardian with unpaid fines and without an address', async () => {
    const guardian = await man({ address: false });
    const holder = await man({ birthDate: aged(16) });
    await families.ties(families.parentOf(guardian, holder, 'guardian'));
    await families.unpaidFines(guardian.person, true);
    const caseId = await families.report(guardian, { event: 'member-identification', member: holder.number });
    expect(await refusedBy(caseId)).toEqual(['no-card-yet', 'no-unpaid-fines', 'national-address']);
  });
});

test("an identification with another's photo is refused before anything is entered: there would be no card", async () => {
  const [father, son] = [await man(), await man({ birthDate: aged(14), card: false })];
  await families.ties(families.parentOf(father, son, 'father'));
  const photo = await world.keepPhoto(father.person, Buffer.from('photo'), goodPhoto);
  const caseId = await families.report(father, { event: 'member-identification', member: son.number, photo });
  expect(await refusedBy(caseId)).toEqual(['photo-usable']);
});

describe('duplicates', () => {
  test('a twin goes to a supervisor with a score that explains itself', async () => {
    const on = daysAgo(4);
    const first = await birth(on);
    await families.approve(first.caseId);
    expect(await families.outcome(first.caseId)).toBe('COMPLETED');
    const twin = await birth(on, { father: first.father, mother: first.mother, name: 'تركي بن خالد الحربي' });
    expect(await stage(twin.caseId)).toBe('DUPLICATE_REVIEW');
    const [candidate] = (await file(twin.caseId)).duplicates?.candidates ?? [];
    expect(candidate?.reasons.map(({ rule }) => rule)).toEqual([
      'similar-name',
      'same-date',
      'same-mother',
      'same-father',
      'same-sex',
    ]);
    expect(candidate?.score).toBe(candidate?.reasons.reduce((sum, { points }) => sum + points, 0));
    await families.act(twin.caseId, supervisor, 'distinct-event');
    await families.approve(twin.caseId);
    expect(await families.outcome(twin.caseId)).toBe('COMPLETED');
    expect(await world.family.births([first.mother.person], on, on)).toHaveLength(2);
  });

  test('the same birth under another notice and spelling is closed and linked', async () => {
    const on = daysAgo(4);
    const first = await birth(on);
    const again = await birth(addDays(on, 1), {
      father: first.father,
      mother: first.mother,
      reporter: first.mother,
      name: 'سُعُود بن خالد الحربى',
    });
    expect(await stage(again.caseId)).toBe('DUPLICATE_REVIEW');
    expect((await file(again.caseId)).duplicates?.candidates[0]?.ref).toBe(first.caseId);
    expect(await families.refusal(again.caseId, supervisor, 'same-event', { of: 'fam_other' })).toBe(
      'no-such-candidate',
    );
    await families.act(again.caseId, supervisor, 'same-event', { of: first.caseId });
    expect(await families.outcome(again.caseId)).toBe('LINKED');
    expect((await file(again.caseId)).linkedTo).toBe(first.caseId);
  });

  test('whose report was joined to one that came to nothing is told so', async () => {
    const on = daysAgo(4);
    const first = await birth(on);
    const again = await birth(addDays(on, 1), { father: first.father, mother: first.mother, reporter: first.mother });
    await families.act(again.caseId, supervisor, 'same-event', { of: first.caseId });
    expect(await families.outcome(again.caseId)).toBe('LINKED');
    await families.act(first.caseId, portal, 'cancel');
    expect(await families.outcome(first.caseId)).toBe('CANCELLED');
    expect((await file(first.caseId)).notified).toEqual([`linked-ended-${again.caseId}`, 'ended']);
  });

  test('a comparison that nobody makes is reminded of', async () => {
    const on = daysAgo(4);
    const first = await birth(on);
    const again = await birth(on, { father: first.father, mother: first.mother, reporter: first.mother });
    await fastForward(world.client, again.caseId, 12 * DAY);
    await until(async () => (await file(again.caseId)).duplicates?.remindedAt);
    expect(await stage(again.caseId)).toBe('DUPLICATE_REVIEW');
  });

  test('the same father by another mother is a candidate too, and nothing is linked to a report that came to nothing', async () => {
    const on = daysAgo(4);
    const first = await birth(on, { noticed: false });
    const again = await birth(on, { father: first.father, reporter: first.father });
    expect((await file(again.caseId)).duplicates?.candidates.map(({ ref }) => ref)).toEqual([first.caseId]);
    await families.act(first.caseId, portal, 'cancel');
    expect(await families.outcome(first.caseId)).toBe('CANCELLED');
    expect(await families.refusal(again.caseId, supervisor, 'same-event', { of: first.caseId })).toBe('candidate-gone');
  });

  test('of two open reports that look like each other only the later is linked, until one is registered', async () => {
    const on = daysAgo(4);
    const first = await birth(on, { noticed: false });
    const second = await birth(on, { father: first.father, mother: first.mother, reporter: first.mother });
    await families.notice({ kind: 'birth', on, people: [first.father, first.mother], reference: first.notice });
    await world.client.workflow.getHandle(first.caseId).signal('ask');
    await until(async () => (await stage(first.caseId)) === 'DUPLICATE_REVIEW');
    const link = (from: { caseId: string }, to: { caseId: string }) =>
      families.refusal(from.caseId, supervisor, 'same-event', { of: to.caseId });
    expect(await link(first, second)).toBe('candidate-filed-later');
    await families.act(second.caseId, supervisor, 'distinct-event');
    await families.approve(second.caseId);
    expect(await families.outcome(second.caseId)).toBe('COMPLETED');
    expect(await link(first, second)).toBeUndefined();
    expect(await families.outcome(first.caseId)).toBe('LINKED');
  });

  test('brothers born a year apart are two events, though both reports are open', async () => {
    const first = await birth(daysAgo(4));
    const elder = await birth(daysAgo(370), {
      father: first.father,
      mother: first.mother,
      name: 'تركي بن خالد الحربي',
    });
    expect((await file(elder.caseId)).duplicates?.candidates).toEqual([]);
  });

  test('a report whose date an operator has put right is looked at by that date', async () => {
    const first = await birth(daysAgo(400), { noticed: false });
    await families.act(first.caseId, operator, 'repair', { field: 'event-date', value: daysAgo(4) });
    await families.act(first.caseId, otherOperator, 'confirm-repair');
    await until(async () => (await file(first.caseId)).on === daysAgo(4));
    const again = await birth(daysAgo(4), { father: first.father, mother: first.mother, reporter: first.mother });
    expect((await file(again.caseId)).duplicates?.candidates.map(({ ref }) => ref)).toEqual([first.caseId]);
  });
});

describe('waits', () => {
  test('a notice is asked for each day; one that comes late goes on', async () => {
    const { caseId, father, mother, notice } = await birth(daysAgo(2), { noticed: false });
    expect((await file(caseId)).stage).toBe('EVIDENCE_CHECK');
    await families.notice({ kind: 'birth', on: daysAgo(2), people: [father, mother], reference: notice });
    await fastForward(world.client, caseId, 1.1 * DAY);
    await until(async () => (await stage(caseId)) === 'IN_REVIEW');
    expect((await file(caseId)).notice).toMatchObject({ found: true, mismatches: [] });
  });

  test('one that comes after it became a task is found without anybody', async () => {
    const { caseId, father, mother, notice } = await birth(daysAgo(2), { noticed: false });
    await fastForward(world.client, caseId, 10.1 * DAY);
    await until(async () => (await file(caseId)).notice.overdueSince);
    await families.notice({ kind: 'birth', on: daysAgo(2), people: [father, mother], reference: notice });
    await fastForward(world.client, caseId, 1.1 * DAY);
    await until(async () => (await stage(caseId)) === 'IN_REVIEW');
    expect((await file(caseId)).notice).toMatchObject({ found: true, mismatches: [] });
  });

  test('one that tells of another kind, another day and other people goes to an official, each by name', async () => {
    const [father, mother, on] = [await man(), await woman(), daysAgo(3)];
    await families.ties(families.married(father, mother, '2010-01-01'));
    const wrong = await families.notice({ kind: 'death', on: daysAgo(4), people: [father, await woman()] });
    const given = { event: 'birth', on, father: father.number, mother: mother.number, child, notice: wrong };
    expect((await file(await families.report(father, given))).review.why).toEqual([
      'notice-of-another-kind',
      'notice-of-another-date',
      'notice-of-other-people',
    ]);
  });

  test("after ten days without it the notice is a caseworker's task, and then a supervisor's", async () => {
    const { caseId } = await birth(daysAgo(2), { noticed: false });
    expect(await families.refusal(caseId, caseworker, 'accept-notice')).toBe('notice-still-awaited');
    await fastForward(world.client, caseId, 10.1 * DAY);
    const overdue = await until(async () => (await file(caseId)).notice.overdueSince);
    expect(Date.parse(overdue) - Date.parse((await file(caseId)).stageSince)).toBeGreaterThanOrEqual(10 * DAY);
    await fastForward(world.client, caseId, 10 * DAY);
    await until(async () => (await file(caseId)).notice.escalatedAt);
    expect(await families.refusal(caseId, caseworker, 'accept-notice')).toBe('supervisor-only');
    await families.act(caseId, supervisor, 'accept-notice');
    await until(async () => (await stage(caseId)) === 'IN_REVIEW');
    expect((await file(caseId)).review.why).toContain('notice-accepted-by-hand');
  });

  test('a consent is reminded of after seven days; after fourteen a marriage expires without it, and a birth goes to the committee', async () => {
    const [husband, wife] = [await man(), await woman()];
    const notice = await families.notice({ kind: 'marriage', on: today, people: [husband, wife] });
    const couple = { husband: husband.number, wife: wife.number };
    const caseId = await families.report(husband, { event: 'marriage', on: today, ...couple, notice });
    const born = await birth(daysAgo(2), { married: false });
    for (const asking of [caseId, born.caseId]) expect(await stage(asking)).toBe('AWAITING_CONSENT');
    await fastForward(world.client, caseId, 14.1 * DAY);
    expect(await families.outcome(caseId)).toBe('EXPIRED');
    await fastForward(world.client, born.caseId, 14.1 * DAY);
    await until(async () => (await stage(born.caseId)) === 'COMMITTEE');
    expect(await file(born.caseId)).toMatchObject({
      disputed: true,
      consent: { people: [{ person: born.mother.person, state: 'unanswered' }] },
    });
    for (const n of [1, 2]) await families.act(born.caseId, member(n), 'vote', { vote: 'approve' });
    expect(await families.outcome(born.caseId)).toBe('COMPLETED');

    const events = await families.events(caseId);
    const atOf = (type: string): number => Date.parse(events.find(({ event }) => event.type === type)?.at ?? '');
    const daysAfterAsking = (type: string): number => (atOf(type) - atOf('ConsentAsked')) / DAY;
    expect(Math.floor(daysAfterAsking('ConsentReminded'))).toBe(7);
    expect(Math.floor(daysAfterAsking('EndingStarted'))).toBe(14);
    expect((await file(caseId)).notified).toEqual([
      'consent-asked-0',
      'consent-reminder-0',
      'ended-consent-0',
      'ended',
    ]);
  });

  test('a consent is answered once; a committee that does not sit is reminded', async () => {
    const [husband, wife, guardian] = [await man(), await woman(), await man({ birthDate: '1950-01-01' })];
    await families.ties(families.parentOf(guardian, wife, 'father'));
    const notice = await families.notice({ kind: 'marriage', on: today, people: [husband, wife] });
    const marriage = await families.report(guardian, {
      event: 'marriage',
      on: today,
      husband: husband.number,
      wife: wife.number,
      notice,
    });
    await families.act(marriage, portal, 'consent', { person: wife.person });
    const answer = { person: wife.person };
    expect(await families.refusal(marriage, portal, 'refuse-consent', answer)).toBe('consent-answered');
    expect(await stage(marriage)).toBe('AWAITING_CONSENT');

    const { caseId } = await birth(daysAgo(500));
    await until(async () => (await stage(caseId)) === 'COMMITTEE');
    await fastForward(world.client, caseId, 20 * DAY);
    await until(async () => (await file(caseId)).committee?.remindedAt);
    expect(await stage(caseId)).toBe('COMMITTEE');
  });

  test('a bride who refuses ends the marriage; a parent who does is a dispute', async () => {
    const [husband, wife] = [await man(), await woman()];
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
    const { caseId, mother } = await birth(daysAgo(2), { married: false });
    await families.act(caseId, portal, 'refuse-consent', { person: mother.person });
    await until(async () => (await stage(caseId)) === 'COMMITTEE');
  });
});

test('a register that answers after its time-out has entered the event once', async () => {
  const { caseId, mother } = await birth(daysAgo(3));
  await families.act(caseId, caseworker, 'claim');
  await world.database.from('register').transaction(async (session) => {
    await session.query({ text: 'SELECT FROM persons WHERE person = $1 FOR UPDATE', values: [mother.person] });
    await families.act(caseId, caseworker, 'approve');
    // The first try was given up on, and the second one waits behind it.
    await until(async () => {
      const [row] = await world.database.from('register').query<{ waiting: number }>({
        text: `SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      });
      return (row?.waiting ?? 0) >= 2;
    });
  });
  expect(await families.outcome(caseId)).toBe('COMPLETED');
  const births = (await world.family.entriesOf(mother.person)).filter(({ entry }) => entry.kind === 'birth');
  expect(births).toHaveLength(1);
});
