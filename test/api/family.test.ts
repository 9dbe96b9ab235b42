import type { CaseView } from '../../api/cases/schemas';
import { foldRecord } from '../../domain/family/record';
import { addDays } from '../../domain/time';
import { aged, goodPhoto } from '../support/families';
import { child, daysAgo, today } from '../support/reported-births';
import type { Answer } from './api-world';
import { code, startFamilyCalls, type FamilyCalls } from './family-calls';

let calls: FamilyCalls;
beforeAll(async () => {
  calls = await startFamilyCalls();
});
afterAll(() => calls?.api.stop());

const entries = async (): Promise<number> => {
  const text = 'SELECT count(*) AS n FROM register_entries';
  return (await calls.api.world.database.from('register').query<{ n: number }>({ text }))[0]?.n ?? 0;
};

test('all five events go over HTTP from their report to the register', async () => {
  const [groom, bride] = [await calls.man(), await calls.woman()];
  const marriage = await calls.wedding(groom, bride, daysAgo(50));
  expect(marriage).toMatchObject({ status: 'AWAITING_CONSENT', waitingFor: { what: 'consent', who: 'consenter' } });
  await calls.done(marriage.id, 'consent', calls.portal, { person: bride.number });
  await calls.approved(marriage.id);

  const born = await calls.birth(daysAgo(5), groom, bride);
  expect(born).toMatchObject({ status: 'IN_REVIEW', waitingFor: { who: 'caseworker' } });
  const registered = await calls.approved(born.id);
  expect(registered.links.certificate).toMatch(/^\/v1\/certificates\/FC\d{8}$/);

  const son = await calls.families.somebody({ birthDate: aged(14), card: false });
  await calls.families.ties(calls.families.parentOf(groom, son, 'father'));
  const photo = await calls.api.world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);
  const member = await calls.file(groom, { event: 'member-identification', member: son.number, photo });
  await calls.reached(member.id, 'COMPLETED');

  const on = daysAgo(2);
  const court = await calls.families.notice({ kind: 'divorce', on, people: [groom, bride] });
  const spouses = { husband: groom.number, wife: bride.number };
  await calls.approved((await calls.file(bride, { event: 'divorce', on, ...spouses, notice: court })).id);

  const hospital = await calls.families.notice({ kind: 'death', on: today, people: [groom] });
  const brother = await calls.man();
  const grandfather = await calls.man({ birthDate: '1950-01-01' });
  await calls.families.ties(
    calls.families.parentOf(grandfather, groom, 'father'),
    calls.families.parentOf(grandfather, brother, 'father'),
  );
  await calls.approved(
    (await calls.file(brother, { event: 'death', on: today, deceased: groom.number, notice: hospital })).id,
  );

  const record = foldRecord(await calls.api.world.family.entriesOf(groom.person));
  expect(record.people[groom.person]).toMatchObject({ diedOn: today });
  expect(record.links.filter(({ kind }) => kind === 'spouse')).toEqual([
    { person: groom.person, relative: bride.person, kind: 'spouse', from: daysAgo(50), to: on },
  ]);
  expect(await calls.api.world.register.facts(groom.person)).toMatchObject({
    diedOn: today,
    card: { status: 'voided' },
  });
});

describe('a report is refused by its rule, in both languages, and nothing is registered', () => {
  let before: number;
  /** The ties that a test makes are entries too: what counts is what a report adds. */
  const refused = async (report: () => Promise<CaseView>): Promise<string[]> => {
    before = await entries();
    const view = await report();
    expect(view).toMatchObject({ status: 'REJECTED', payment: null });
    for (const { text } of view.refusedBy ?? []) {
      expect(text.ar).toMatch(/[\u0600-\u06ff]/);
      expect(text.en).not.toBe('');
    }
    expect(view.links.certificate).toBeUndefined();
    await calls.reached(view.id, 'REJECTED');
    expect(await entries()).toBe(before);
    expect(await calls.api.world.control.ledger('payments', view.id)).toEqual([]);
    return (view.refusedBy ?? []).map(({ rule }) => rule);
  };

  test('a reporter of 17', async () => {
    const [father, mother] = await calls.couple();
    const boy = await calls.man({ birthDate: addDays(today, -17 * 365 - 100) });
    await calls.families.ties(calls.families.parentOf(father, boy, 'father'));
    expect(await refused(() => calls.birth(daysAgo(3), father, mother, boy))).toEqual(['reporter-of-age']);
  });

  test('a birth in the future, and one before its mother was born', async () => {
    const [father, mother] = await calls.couple();
    expect(await refused(() => calls.birth(addDays(today, 2), father, mother))).toEqual(['event-date-in-future']);
    expect(await refused(() => calls.birth('1986-01-01', father, mother))).toEqual(['parents-older']);
  });

  test('a marriage of a person registered as dead, or married beyond what policy allows', async () => {
    const [groom, dead, other, taken] = [
      await calls.man(),
      await calls.woman(),
      await calls.man(),
      await calls.woman(),
    ];
    await calls.families.ties(
      { kind: 'death', on: daysAgo(90), person: dead.person },
      calls.families.married(other, taken),
    );
    expect(await refused(() => calls.wedding(groom, dead))).toEqual(['alive']);
    expect(await refused(() => calls.wedding(groom, taken))).toEqual(['spouse-limit']);
    for (let n = 0; n < 4; n++) await calls.families.ties(calls.families.married(groom, await calls.woman()));
    const fifth = await calls.woman();
    expect(await refused(() => calls.wedding(groom, fifth))).toEqual(['spouse-limit']);
  });

  test("a parent who is the child's own descendant", async () => {
    const [grandson, grandfather] = [
      await calls.man({ birthDate: '2000-01-01' }),
      await calls.man({ birthDate: aged(14), card: false }),
    ];
    await calls.families.ties(calls.families.parentOf(grandfather, grandson, 'father'));
    const notice = await calls.families.notice({ kind: 'family-link', on: today, people: [grandson, grandfather] });
    const photo = await calls.api.world.keepPhoto(grandfather.person, Buffer.from('photo'), goodPhoto);
    const application = {
      event: 'member-identification',
      member: grandfather.number,
      relation: 'father',
      notice,
      photo,
    };
    expect(await refused(() => calls.file(grandson, application))).toEqual(['no-cycle']);
  });

  test('and what is no report at all has its own problem, and no case', async () => {
    const [father, mother] = await calls.couple();
    const good = { event: 'birth', on: today, father: father.number, mother: mother.number, notice: 'N-1234', child };
    const written = await calls.api.written();
    const bad = (change: object): Promise<Answer> => calls.post('family-registration', father, { ...good, ...change });
    expect(code(await bad({ on: '2026-02-30' }))).toEqual([422, 'date-does-not-exist']);
    expect(code(await bad({ mother: '1000000009' }))).toEqual([422, 'validation-failed']);
    expect(code(await bad({ event: 'funeral' }))).toEqual([422, 'validation-failed']);
    expect(code(await bad({ witness: father.number }))).toEqual([422, 'unknown-field']);
    expect(code(await calls.post('family-registration', father, good, { token: calls.caseworker }))).toEqual([
      403,
      'not-your-role',
    ]);
    expect(await calls.api.written()).toEqual(written);
  });
});

describe('a consent', () => {
  test('comes only from who was asked, once; withdrawn, it is a dispute; of a bride, the end', async () => {
    const [father, mother] = [await calls.man(), await calls.woman()];
    const { id, status, consents } = await calls.birth(daysAgo(3), father, mother);
    expect([status, consents]).toMatchObject(['AWAITING_CONSENT', [{ part: 'mother', state: 'asked', texts: {} }]]);
    const before = await calls.see(id);
    expect(code(await calls.act(id, 'consent', calls.portal, { person: father.number }))).toEqual([
      422,
      'consent-not-asked',
    ]);
    expect(code(await calls.act(id, 'withdraw-consent', calls.portal, { person: mother.number }))).toEqual([
      409,
      'consent-not-given',
    ]);
    expect(code(await calls.act(id, 'consent', calls.caseworker, { person: mother.number }))).toEqual([
      403,
      'not-your-role',
    ]);
    expect((await calls.see(id)).version).toBe(before.version);
    const after = await calls.done(id, 'consent', calls.portal, { person: mother.number });
    expect([after.status, after.consents]).toMatchObject(['IN_REVIEW', [{ part: 'mother', state: 'given' }]]);
    expect(code(await calls.act(id, 'consent', calls.portal, { person: mother.number }))).toEqual([
      409,
      'not-in-this-status',
    ]);
    expect(await calls.done(id, 'withdraw-consent', calls.portal, { person: mother.number })).toMatchObject({
      status: 'COMMITTEE',
    });

    const members = await Promise.all(['staff-301', 'staff-302'].map((as) => calls.api.token({ as })));
    const no = { vote: 'reject', rule: 'event-not-proved', reason: 'Parenthood is contested.' };
    const { rule: _unsaid, ...unfounded } = no;
    expect(code(await calls.act(id, 'vote', members[0] ?? '', unfounded))).toEqual([422, 'rule-needed']);
    await calls.done(id, 'vote', members[0] ?? '', no);
    expect(code(await calls.act(id, 'vote', members[0] ?? '', no))).toEqual([409, 'voted-already']);
    await calls.done(id, 'vote', members[1] ?? '', no);
    await calls.reached(id, 'REJECTED');

    const [groom, bride] = [await calls.man(), await calls.woman()];
    const marriage = await calls.wedding(groom, bride);
    const count = await entries();
    await calls.done(marriage.id, 'consent', calls.portal, { person: bride.number });
    await calls.done(marriage.id, 'withdraw-consent', calls.portal, { person: bride.number });
    await calls.reached(marriage.id, 'REJECTED');
    expect(await entries()).toBe(count);
  });

  test('is not decided by an official who is kin', async () => {
    const [father, mother] = await calls.couple();
    const [grandfather, brother] = [await calls.man({ birthDate: '1950-01-01' }), await calls.man()];
    await calls.families.ties(
      calls.families.parentOf(grandfather, father, 'father'),
      calls.families.parentOf(grandfather, brother, 'father'),
    );
    await calls.families.staff('staff-102', brother.person);
    const { id } = await calls.birth(daysAgo(3), father, mother);
    const kin = await calls.api.token({ as: 'staff-102' });
    const unknown = await calls.api.token({ sub: 'staff-new', roles: ['caseworker'], office: 'riyadh-1' });
    // It is said before it is tried.
    const closed = async (token: string): Promise<unknown> => {
      const { allowedActions, unavailableActions } = await calls.see(id, token);
      expect(allowedActions.map(({ action }) => action)).toEqual(['note']);
      return unavailableActions.find(({ action }) => action === 'claim')?.whyNot.code;
    };
    expect(await closed(kin)).toBe('related-official');
    expect(await closed(unknown)).toBe('official-unknown');
    expect((await calls.see(id, calls.caseworker)).allowedActions.map(({ action }) => action)).toContain('claim');
    const preview = await calls.api.call('POST', `/v1/cases/${id}/actions/approve/preview?claimFirst=true`, {
      token: kin,
      body: {},
    });
    expect(code(preview)).toEqual([403, 'related-official']);
    // And whoever tries all the same is told the same.
    expect(code(await calls.act(id, 'claim', kin))).toEqual([403, 'related-official']);
    expect(code(await calls.act(id, 'claim', unknown))).toEqual([403, 'official-unknown']);
    await calls.approved(id);
  });

  test('is not voted on by whoever had the case in hand, who sees why before trying', async () => {
    const { id } = await calls.birth(daysAgo(3), ...(await calls.couple()));
    const both = await calls.api.token({ as: 'staff-101', roles: ['caseworker', 'committee'] });
    await calls.done(id, 'claim', both);
    await calls.done(id, 'refer-to-committee', both, { reason: 'Two men say that they are the father.' });
    const vote = (await calls.see(id, both)).unavailableActions.find(({ action }) => action === 'vote');
    expect(vote?.whyNot.code).toBe('four-eyes');
    const member = await calls.see(id, await calls.api.token({ as: 'staff-301' }));
    expect(member.allowedActions.map(({ action }) => action)).toContain('vote');
  });
});

describe('at once', () => {
  test('a hundred times the same identification under one key is one case, one answer', async () => {
    const [father, son] = [await calls.man(), await calls.families.somebody({ birthDate: aged(13), card: false })];
    await calls.families.ties(calls.families.parentOf(father, son, 'father'));
    const before = await calls.api.written();
    const key = calls.api.key('hundred');
    const photo = await calls.api.world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);
    const application = { event: 'member-identification', member: son.number, photo };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => calls.post('family-registration', father, application, { key })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await calls.api.written())['cases']).toBe((before['cases'] ?? 0) + 1);
    await calls.reached(answers[0]?.view().id ?? '', 'COMPLETED');
  });

  test('a hundred times under a hundred keys one goes on, and the others are told that it does', async () => {
    const [father, son] = [await calls.man(), await calls.families.somebody({ birthDate: aged(12), card: false })];
    await calls.families.ties(calls.families.parentOf(father, son, 'father'));
    const photo = await calls.api.world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);
    const application = { event: 'member-identification', member: son.number, photo };
    const views = await Promise.all(Array.from({ length: 100 }, () => calls.file(father, application)));
    const refused = views.filter(({ refusedBy }) => refusedBy);
    expect(refused).toHaveLength(99);
    // Those who came after the registration are told by the register.
    const rules = refused.flatMap(({ refusedBy }) => (refusedBy ?? []).map(({ rule }) => rule));
    expect(['already-reported', 'already-identified', 'no-card-yet']).toEqual(
      expect.arrayContaining([...new Set(rules)]),
    );
    await calls.reached(views.find(({ refusedBy }) => !refusedBy)?.id ?? '', 'COMPLETED');
    const made = (await calls.api.world.family.entriesOf(son.person)).filter(
      ({ entry }) => entry.kind === 'member-identification',
    );
    expect(made).toHaveLength(1);
  });

  test('both parents report the same birth: it is registered once', async () => {
    const [father, mother] = await calls.couple();
    const on = daysAgo(3);
    const notice = await calls.families.notice({ kind: 'birth', on, people: [father, mother] });
    const application = { event: 'birth', on, father: father.number, mother: mother.number, notice, child };
    const views = await Promise.all([calls.file(father, application), calls.file(mother, application)]);
    expect(views.flatMap(({ refusedBy }) => refusedBy ?? []).map(({ rule }) => rule)).toEqual(['already-reported']);
    await calls.approved(views.find(({ refusedBy }) => !refusedBy)?.id ?? '');
    expect(await calls.api.world.family.births([mother.person], on, on)).toHaveLength(1);
  });
});
