import { CasePage, type CaseView } from '../../api/cases/schemas';
import { Evidence } from '../../api/console/evidence';
import { FamilyEvidence } from '../../api/console/family';
import { foldRecord } from '../../domain/family/record';
import { addDays } from '../../domain/time';
import { aged, familiesIn, goodPhoto, type Families, type Somebody } from '../support/families';
import { child, daysAgo, today } from '../support/reported-births';
import { until } from '../support/until';
import { startApiWorld, type Answer, type ApiWorld } from './api-world';

let api: ApiWorld;
let families: Families;
let portal: string;
let caseworker: string;
let supervisor: string;
let supervisor2: string;
beforeAll(async () => {
  api = await startApiWorld();
  families = familiesIn(api.world);
  [portal, caseworker, supervisor, supervisor2] = await Promise.all([
    api.portal(),
    api.token({ as: 'staff-101' }),
    api.token({ as: 'staff-201' }),
    api.token({ as: 'staff-202' }),
  ]);
}, 240_000);
afterAll(() => api?.stop());

const man = (wanted = {}) => families.somebody(wanted);
const woman = (wanted = {}) => families.somebody({ sex: 'F', birthDate: '1988-08-08', ...wanted });
async function couple(): Promise<[Somebody, Somebody]> {
  const both: [Somebody, Somebody] = [await man(), await woman()];
  await families.ties(families.married(...both));
  return both;
}

let keys = 0;
const post = (
  type: string,
  applicant: Somebody,
  application: object,
  { token = portal, key = api.key(`family-${++keys}`) } = {},
): Promise<Answer> =>
  api.call('POST', '/v1/cases', {
    token,
    headers: { 'idempotency-key': key },
    body: { type, applicant: { identityNumber: applicant.number }, application },
  });

async function file(applicant: Somebody, application: object): Promise<CaseView> {
  const answer = await post('family-registration', applicant, application);
  expect(answer.status).toBe(201);
  expect(answer.text).not.toContain(applicant.number);
  return answer.view();
}

async function birth(on: string, father: Somebody, mother: Somebody, reporter = father): Promise<CaseView> {
  const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
  return file(reporter, { event: 'birth', on, father: father.number, mother: mother.number, notice, child });
}

async function wedding(husband: Somebody, wife: Somebody, on = today): Promise<CaseView> {
  const notice = await families.notice({ kind: 'marriage', on, people: [husband, wife] });
  return file(husband, { event: 'marriage', on, husband: husband.number, wife: wife.number, notice });
}

const see = async (id: string, token = portal): Promise<CaseView> =>
  (await api.call('GET', `/v1/cases/${id}`, { token })).view();
const reached = (id: string, status: string): Promise<CaseView> =>
  until(
    () => see(id),
    (view) => view.status === status,
  );

async function act(id: string, action: string, token: string, body: object = {}): Promise<Answer> {
  const { version } = await see(id, supervisor);
  return api.call('POST', `/v1/cases/${id}/actions/${action}`, {
    token,
    body,
    headers: { 'if-match': `"${version}"` },
  });
}

async function done(id: string, action: string, token: string, body: object = {}): Promise<CaseView> {
  const answer = await act(id, action, token, body);
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
  return answer.view();
}

async function approved(id: string): Promise<CaseView> {
  await done(id, 'claim', caseworker);
  await done(id, 'approve', caseworker);
  return reached(id, 'COMPLETED');
}

const evidence = async (id: string, token: string) =>
  (await api.call('GET', `/v1/cases/${id}/evidence`, { token })).as(Evidence);
const family = async (id: string, token: string) =>
  (await api.call('GET', `/v1/cases/${id}/family`, { token })).as(FamilyEvidence);
const code = (answer: Answer): [number, string] => [answer.status, answer.problem().code];
const entries = async (): Promise<number> => {
  const text = 'SELECT count(*) AS n FROM register_entries';
  return (await api.world.database.from('register').query<{ n: number }>({ text }))[0]?.n ?? 0;
};

test('all five events go over HTTP from their report to the register', async () => {
  const [groom, bride] = [await man(), await woman()];
  const marriage = await wedding(groom, bride, daysAgo(50));
  expect(marriage).toMatchObject({ status: 'AWAITING_CONSENT', waitingFor: { what: 'consent', who: 'consenter' } });
  await done(marriage.id, 'consent', portal, { person: bride.number });
  await approved(marriage.id);

  const born = await birth(daysAgo(5), groom, bride);
  expect(born).toMatchObject({ status: 'IN_REVIEW', waitingFor: { who: 'caseworker' } });
  const registered = await approved(born.id);
  expect(registered.links.certificate).toMatch(/^\/v1\/certificates\/FC\d{8}$/);

  const son = await families.somebody({ birthDate: aged(14), card: false });
  await families.ties(families.parentOf(groom, son, 'father'));
  const photo = await api.world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);
  const member = await file(groom, { event: 'member-identification', member: son.number, photo });
  await reached(member.id, 'COMPLETED');

  const on = daysAgo(2);
  const court = await families.notice({ kind: 'divorce', on, people: [groom, bride] });
  const spouses = { husband: groom.number, wife: bride.number };
  await approved((await file(bride, { event: 'divorce', on, ...spouses, notice: court })).id);

  const hospital = await families.notice({ kind: 'death', on: today, people: [groom] });
  const brother = await man();
  const grandfather = await man({ birthDate: '1950-01-01' });
  await families.ties(
    families.parentOf(grandfather, groom, 'father'),
    families.parentOf(grandfather, brother, 'father'),
  );
  await approved((await file(brother, { event: 'death', on: today, deceased: groom.number, notice: hospital })).id);

  const record = foldRecord(await api.world.family.entriesOf(groom.person));
  expect(record.people[groom.person]).toMatchObject({ diedOn: today });
  expect(record.links.filter(({ kind }) => kind === 'spouse')).toEqual([
    { person: groom.person, relative: bride.person, kind: 'spouse', from: daysAgo(50), to: on },
  ]);
  expect(await api.world.register.facts(groom.person)).toMatchObject({ diedOn: today, card: { status: 'voided' } });
}, 120_000);

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
    await reached(view.id, 'REJECTED');
    expect(await entries()).toBe(before);
    expect(await api.world.control.ledger('payments', view.id)).toEqual([]);
    return (view.refusedBy ?? []).map(({ rule }) => rule);
  };

  test('a reporter of 17', async () => {
    const [father, mother] = await couple();
    const boy = await man({ birthDate: addDays(today, -17 * 365 - 100) });
    await families.ties(families.parentOf(father, boy, 'father'));
    expect(await refused(() => birth(daysAgo(3), father, mother, boy))).toEqual(['reporter-of-age']);
  });

  test('a birth in the future, and one before its mother was born', async () => {
    const [father, mother] = await couple();
    expect(await refused(() => birth(addDays(today, 2), father, mother))).toEqual(['event-date-in-future']);
    expect(await refused(() => birth('1986-01-01', father, mother))).toEqual(['parents-older']);
  });

  test('a marriage of a person registered as dead, or married beyond what policy allows', async () => {
    const [groom, dead, other, taken] = [await man(), await woman(), await man(), await woman()];
    await families.ties({ kind: 'death', on: daysAgo(90), person: dead.person }, families.married(other, taken));
    expect(await refused(() => wedding(groom, dead))).toEqual(['alive']);
    expect(await refused(() => wedding(groom, taken))).toEqual(['spouse-limit']);
    for (let n = 0; n < 4; n++) await families.ties(families.married(groom, await woman()));
    const fifth = await woman();
    expect(await refused(() => wedding(groom, fifth))).toEqual(['spouse-limit']);
  });

  test("a parent who is the child's own descendant", async () => {
    const [grandson, grandfather] = [
      await man({ birthDate: '2000-01-01' }),
      await man({ birthDate: aged(14), card: false }),
    ];
    await families.ties(families.parentOf(grandfather, grandson, 'father'));
    const notice = await families.notice({ kind: 'family-link', on: today, people: [grandson, grandfather] });
    const photo = await api.world.keepPhoto(grandfather.person, Buffer.from('photo'), goodPhoto);
    const application = {
      event: 'member-identification',
      member: grandfather.number,
      relation: 'father',
      notice,
      photo,
    };
    expect(await refused(() => file(grandson, application))).toEqual(['no-cycle']);
  });

  test('and what is no report at all has its own problem, and no case', async () => {
    const [father, mother] = await couple();
    const good = { event: 'birth', on: today, father: father.number, mother: mother.number, notice: 'N-1234', child };
    const written = await api.written();
    const bad = (change: object): Promise<Answer> => post('family-registration', father, { ...good, ...change });
    expect(code(await bad({ on: '2026-02-30' }))).toEqual([422, 'date-does-not-exist']);
    expect(code(await bad({ mother: '1000000009' }))).toEqual([422, 'validation-failed']);
    expect(code(await bad({ event: 'funeral' }))).toEqual([422, 'validation-failed']);
    expect(code(await bad({ witness: father.number }))).toEqual([422, 'unknown-field']);
    expect(code(await post('family-registration', father, good, { token: caseworker }))).toEqual([
      403,
      'not-your-role',
    ]);
    expect(await api.written()).toEqual(written);
  });
});

describe('a consent', () => {
  test('comes only from who was asked, once; withdrawn, it is a dispute; of a bride, the end', async () => {
    const [father, mother] = [await man(), await woman()];
    const { id, status, consents } = await birth(daysAgo(3), father, mother);
    expect([status, consents]).toMatchObject(['AWAITING_CONSENT', [{ part: 'mother', state: 'asked', texts: {} }]]);
    const before = await see(id);
    expect(code(await act(id, 'consent', portal, { person: father.number }))).toEqual([422, 'consent-not-asked']);
    expect(code(await act(id, 'withdraw-consent', portal, { person: mother.number }))).toEqual([
      409,
      'consent-not-given',
    ]);
    expect(code(await act(id, 'consent', caseworker, { person: mother.number }))).toEqual([403, 'not-your-role']);
    expect((await see(id)).version).toBe(before.version);
    const after = await done(id, 'consent', portal, { person: mother.number });
    expect([after.status, after.consents]).toMatchObject(['IN_REVIEW', [{ part: 'mother', state: 'given' }]]);
    expect(code(await act(id, 'consent', portal, { person: mother.number }))).toEqual([409, 'not-in-this-status']);
    expect(await done(id, 'withdraw-consent', portal, { person: mother.number })).toMatchObject({
      status: 'COMMITTEE',
    });

    const members = await Promise.all(['staff-301', 'staff-302'].map((as) => api.token({ as })));
    const no = { vote: 'reject', rule: 'event-not-proved', reason: 'Parenthood is contested.' };
    await done(id, 'vote', members[0] ?? '', no);
    expect(code(await act(id, 'vote', members[0] ?? '', no))).toEqual([409, 'voted-already']);
    await done(id, 'vote', members[1] ?? '', no);
    await reached(id, 'REJECTED');

    const [groom, bride] = [await man(), await woman()];
    const marriage = await wedding(groom, bride);
    const count = await entries();
    await done(marriage.id, 'consent', portal, { person: bride.number });
    await done(marriage.id, 'withdraw-consent', portal, { person: bride.number });
    await reached(marriage.id, 'REJECTED');
    expect(await entries()).toBe(count);
  });

  test('is not decided by an official who is kin', async () => {
    const [father, mother] = await couple();
    const [grandfather, brother] = [await man({ birthDate: '1950-01-01' }), await man()];
    await families.ties(
      families.parentOf(grandfather, father, 'father'),
      families.parentOf(grandfather, brother, 'father'),
    );
    await families.staff('staff-102', brother.person);
    const { id } = await birth(daysAgo(3), father, mother);
    const kin = await api.token({ as: 'staff-102' });
    const unknown = await api.token({ sub: 'staff-new', roles: ['caseworker'], office: 'riyadh-1' });
    // It is said before it is tried.
    const closed = async (token: string): Promise<unknown> => {
      const { allowedActions, unavailableActions } = await see(id, token);
      expect(allowedActions.map(({ action }) => action)).toEqual(['note']);
      return unavailableActions.find(({ action }) => action === 'claim')?.whyNot.code;
    };
    expect(await closed(kin)).toBe('related-official');
    expect(await closed(unknown)).toBe('official-unknown');
    expect((await see(id, caseworker)).allowedActions.map(({ action }) => action)).toContain('claim');
    const preview = await api.call('POST', `/v1/cases/${id}/actions/approve/preview?claimFirst=true`, {
      token: kin,
      body: {},
    });
    expect(code(preview)).toEqual([403, 'related-official']);
    // And whoever tries all the same is told the same.
    expect(code(await act(id, 'claim', kin))).toEqual([403, 'related-official']);
    expect(code(await act(id, 'claim', unknown))).toEqual([403, 'official-unknown']);
    await approved(id);
  });

  test('is not voted on by whoever had the case in hand, who sees why before trying', async () => {
    const { id } = await birth(daysAgo(3), ...(await couple()));
    const both = await api.token({ as: 'staff-101', roles: ['caseworker', 'committee'] });
    await done(id, 'claim', both);
    await done(id, 'refer-to-committee', both, { reason: 'Two men say that they are the father.' });
    const vote = (await see(id, both)).unavailableActions.find(({ action }) => action === 'vote');
    expect(vote?.whyNot.code).toBe('four-eyes');
    const member = await see(id, await api.token({ as: 'staff-301' }));
    expect(member.allowedActions.map(({ action }) => action)).toContain('vote');
  });
});

describe('at once', () => {
  test('a hundred times the same identification under one key is one case, one answer', async () => {
    const [father, son] = [await man(), await families.somebody({ birthDate: aged(13), card: false })];
    await families.ties(families.parentOf(father, son, 'father'));
    const before = await api.written();
    const key = api.key('hundred');
    const photo = await api.world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);
    const application = { event: 'member-identification', member: son.number, photo };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post('family-registration', father, application, { key })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await api.written())['cases']).toBe((before['cases'] ?? 0) + 1);
    await reached(answers[0]?.view().id ?? '', 'COMPLETED');
  }, 120_000);

  test('a hundred times under a hundred keys one goes on, and the others are told that it does', async () => {
    const [father, son] = [await man(), await families.somebody({ birthDate: aged(12), card: false })];
    await families.ties(families.parentOf(father, son, 'father'));
    const photo = await api.world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);
    const application = { event: 'member-identification', member: son.number, photo };
    const views = await Promise.all(Array.from({ length: 100 }, () => file(father, application)));
    const refused = views.filter(({ refusedBy }) => refusedBy);
    expect(refused).toHaveLength(99);
    // Those who came after the registration are told by the register.
    const rules = refused.flatMap(({ refusedBy }) => (refusedBy ?? []).map(({ rule }) => rule));
    expect(['already-reported', 'already-identified', 'no-card-yet']).toEqual(
      expect.arrayContaining([...new Set(rules)]),
    );
    await reached(views.find(({ refusedBy }) => !refusedBy)?.id ?? '', 'COMPLETED');
    const made = (await api.world.family.entriesOf(son.person)).filter(
      ({ entry }) => entry.kind === 'member-identification',
    );
    expect(made).toHaveLength(1);
  }, 120_000);

  test('both parents report the same birth: it is registered once', async () => {
    const [father, mother] = await couple();
    const on = daysAgo(3);
    const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
    const application = { event: 'birth', on, father: father.number, mother: mother.number, notice, child };
    const views = await Promise.all([file(father, application), file(mother, application)]);
    expect(views.flatMap(({ refusedBy }) => refusedBy ?? []).map(({ rule }) => rule)).toEqual(['already-reported']);
    await approved(views.find(({ refusedBy }) => !refusedBy)?.id ?? '');
    expect(await api.world.family.births([mother.person], on, on)).toHaveLength(1);
  });
});

test('an appeal against a rejection: filed by the portal, decided by who took no part', async () => {
  const [father, mother] = await couple();
  const { id } = await birth(daysAgo(4), father, mother);
  await done(id, 'claim', caseworker);
  const why = { rule: 'event-not-proved', reason: 'The notice is not convincing.' };
  await done(id, 'recommend-rejection', caseworker, why);
  await done(id, 'claim', supervisor);
  await done(id, 'reject', supervisor, why);
  await reached(id, 'REJECTED');
  const original = (await api.call('GET', `/v1/cases/${id}/events?limit=200`, { token: supervisor })).text;

  const grounds = 'The hospital has confirmed the birth since.';
  const stranger = (await post('appeal', await man(), { case: id, grounds })).view();
  expect(stranger).toMatchObject({ status: 'REJECTED', refusedBy: [{ rule: 'appealed-by-the-party' }] });
  const filed = await post('appeal', father, { case: id, grounds });
  expect(filed.text).not.toContain(grounds);
  const appeal = filed.view();
  expect(appeal).toMatchObject({ status: 'IN_REVIEW', parent: id });
  expect(code(await act(appeal.id, 'claim', supervisor))).toEqual([403, 'took-part']);
  const { statement, appealed, part } = await evidence(appeal.id, supervisor2);
  expect(part.en).toBe('Appellant');
  expect(statement?.text).toBe(grounds);
  expect(appealed).toMatchObject({
    caseId: id,
    status: { en: 'Rejected' },
    rejectedFor: [{ rule: 'event-not-proved', text: { en: 'The event is not proved' } }],
  });
  const [recommendation, ...decisions] = appealed?.decisions ?? [];
  expect(recommendation).toMatchObject({ what: 'rejection-recommended', reason: why.reason });
  expect(decisions.at(-1)).toMatchObject({ what: 'rejected', reason: why.reason, by: { id: 'staff-201' } });
  const claimed = await done(appeal.id, 'claim', supervisor2);
  expect(claimed.allowedActions.find(({ action }) => action === 'allow')?.choices).toEqual({
    waives: [{ value: 'event-not-proved', text: { ar: 'الواقعة غير ثابتة', en: 'The event is not proved' } }],
  });
  const allow = (waives: string) =>
    act(appeal.id, 'allow', supervisor2, { waives: [waives], reason: 'The hospital was asked again.' });
  expect(code(await allow('alive'))).toEqual([422, 'rule-not-contested']);
  expect((await allow('event-not-proved')).status).toBe(200);
  await reached(appeal.id, 'ALLOWED');
  // The new decision goes by the application of the case that was appealed.
  const again = await until(
    async () => (await api.call('GET', `/v1/cases?parent=${appeal.id}`, { token: supervisor })).as(CasePage).items,
    (items) => items.length === 1,
  );
  expect((await family(again[0]?.id ?? '', supervisor2)).reported).toMatchObject({ nameEn: child.nameEn });
  expect((await api.call('GET', `/v1/cases/${id}/events?limit=200`, { token: supervisor })).text).toBe(original);
});

test('a correction of a day and a name: asked for by one supervisor and confirmed by another, never by a portal', async () => {
  const [father, mother] = await couple();
  const { id } = await birth(daysAgo(6), father, mother);
  await approved(id);
  const renamed = { nameAr: 'مشعل بن خالد الحربي', nameEn: 'Mishal Khalid Alharbi' };
  const why = 'The hospital wrote the wrong day, and misheard the name.';
  const application = { case: id, what: 'correction', on: daysAgo(7), child: renamed, why };
  expect(code(await post('record-amendment', mother, application))).toEqual([403, 'not-your-role']);
  const half = { ...application, child: { nameAr: renamed.nameAr } };
  expect(code(await post('record-amendment', mother, half, { token: supervisor }))).toEqual([422, 'validation-failed']);
  const amendment = (await post('record-amendment', mother, application, { token: supervisor })).view();
  expect(amendment).toMatchObject({ status: 'AWAITING_CONFIRMATION', parent: id, channel: 'console' });
  const asked = await evidence(amendment.id, supervisor2);
  expect(asked.statement?.text).toBe(why);
  expect(asked.amended?.what).toBe('correction');
  expect(asked.amended?.rows.filter(({ changes }) => changes)).toEqual([
    expect.objectContaining({ field: 'on', before: { date: daysAgo(6) }, after: { date: daysAgo(7) } }),
    expect.objectContaining({
      field: 'child',
      before: { text: { ar: child.nameAr, en: child.nameEn } },
      after: { text: { ar: renamed.nameAr, en: renamed.nameEn } },
    }),
  ]);
  const seen = { reason: 'Checked with the hospital.' };
  expect(code(await act(amendment.id, 'confirm', supervisor, seen))).toEqual([403, 'four-eyes']);
  await done(amendment.id, 'confirm', supervisor2, seen);
  await until(
    () => see(amendment.id, supervisor),
    ({ status }) => status === 'COMPLETED',
  );
  expect(await api.world.family.births([mother.person], daysAgo(7), daysAgo(7))).toHaveLength(1);
  // The old name is still to be read where it stood; the family goes by the new one; the events go by neither.
  expect((await evidence(amendment.id, supervisor2)).amended).toEqual(asked.amended);
  const events = await api.call('GET', `/v1/cases/${amendment.id}/events?limit=200`, { token: supervisor });
  expect(events.text).not.toContain('Mishal');
  expect((await family(id, supervisor)).entry).toEqual({ on: daysAgo(7), ...renamed });
  const record = await api.call('POST', '/v1/people/family-record', {
    token: portal,
    body: { identityNumber: father.number },
  });
  expect(record.text).toContain(renamed.nameEn);
  expect(record.text).not.toContain(child.nameEn);
});
