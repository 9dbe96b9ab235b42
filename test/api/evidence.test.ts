import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { z } from 'zod';
import { Evidence } from '../../api/console/evidence';
import { FamilyEvidence } from '../../api/console/family';
import { createEnrolledPortraits } from '../../adapters/register/portraits-postgres';
import { ActionPreview } from '../../api/cases/preview';
import { ActorView, WorkPage } from '../../api/cases/schemas';
import { samplePortrait } from '../../demo/portraits';
import type { IdentityNumber } from '../../domain/identity-number';
import { keepReason } from '../../ops/reason';
import { OutsideFailure } from '../../domain/failures';
import { addDays, riyadhDate } from '../../domain/time';
import { familiesIn, type Families, type Somebody } from '../support/families';
import { until } from '../support/until';
import { startApiWorld, type ApiWorld } from './api-world';

let api: ApiWorld;
beforeAll(async () => {
  api = await startApiWorld();
});
afterAll(() => api?.stop());

const staff = (sub: string): Promise<string> => api.token({ as: sub });

async function inReview(given?: IdentityNumber): Promise<string> {
  const number = given ?? (await api.person());
  const photo = await api.upload(number, 'doubt');
  const body = {
    type: 'id-renewal',
    applicant: { identityNumber: number },
    application: { photo, delivery: { method: 'courier' } },
  };
  const filed = await api.call('POST', '/v1/cases', {
    token: await api.portal(),
    headers: { 'idempotency-key': `evidence-${randomUUID()}` },
    body,
  });
  const { id } = filed.view();
  await until(
    async () => (await api.call('GET', `/v1/cases/${id}`, { token: await api.portal() })).view().status,
    (status) => status === 'IN_REVIEW',
  );
  return id;
}

test('who decides sees the person, the photo and what was measured against which limits', async () => {
  const id = await inReview();
  const token = await staff('staff-101');
  const answer = await api.call('GET', `/v1/cases/${id}/evidence`, { token });
  const evidence = answer.as(Evidence);
  expect(evidence.photo?.verdict).toBe('doubt');
  expect(evidence.photo?.reasons.map(({ rule }) => rule)).toContain('background-not-white');
  expect(evidence.photo?.limits['backgroundWhiteness']).toEqual({ pass: 0.9, fail: 0.4 });
  expect(evidence.applicant?.identityNumber).toMatch(/^\d{4}$/);
  const photo = await api.call('GET', evidence.photo?.href ?? '', { token });
  expect([photo.status, photo.headers.get('content-type'), photo.headers.get('cache-control')]).toEqual([
    200,
    'image/jpeg',
    'no-store',
  ]);
});

test('an outage of the register is said, and is not taken for a person without a name or an address', async () => {
  const id = await inReview();
  const token = await staff('staff-101');
  const down = new OutsideFailure('unavailable', 'register', 'down', 'the register cannot be reached');
  jest.spyOn(api.world.register, 'identity').mockRejectedValueOnce(down);
  const answer = await api.call('GET', `/v1/cases/${id}/evidence`, { token });
  expect([answer.status, answer.problem().code]).toEqual([503, 'temporarily-unavailable']);
  jest.spyOn(api.world.register, 'facts').mockRejectedValue(down);
  const { version } = (await api.call('GET', `/v1/cases/${id}`, { token })).view();
  await api.call('POST', `/v1/cases/${id}/actions/claim`, { token, headers: { 'if-match': `"${version}"` }, body: {} });
  const preview = await api.call('POST', `/v1/cases/${id}/actions/approve/preview`, { token, body: {} });
  jest.restoreAllMocks();
  expect([preview.status, preview.problem().code]).toEqual([503, 'temporarily-unavailable']);
});

test('evidence is not for portals, operators, analysts and other offices', async () => {
  const id = await inReview();
  for (const path of ['evidence', 'photo', 'reasons/act_none']) {
    expect((await api.call('GET', `/v1/cases/${id}/${path}`, { token: await api.portal() })).status).toBe(403);
    for (const sub of ['staff-401', 'staff-601'])
      expect((await api.call('GET', `/v1/cases/${id}/${path}`, { token: await staff(sub) })).status).toBe(403);
    const elsewhere = await api.call('GET', `/v1/cases/${id}/${path}`, { token: await staff('staff-103') });
    expect([path, elsewhere.problem().code]).toEqual([path, 'another-office']);
    for (const extra of ['analyst', 'operator', 'portal']) {
      const more = await api.token({ as: 'staff-103', roles: ['caseworker', extra], clientId: 'another' });
      const answer = await api.call('GET', `/v1/cases/${id}/${path}`, { token: more });
      expect([path, extra, answer.problem().code]).toEqual([path, extra, 'another-office']);
    }
  }
  expect((await api.call('GET', `/v1/cases/${id}/family`, { token: await staff('staff-101') })).problem().code).toBe(
    'no-family-in-case',
  );
});

test('the reason of many cases at once is read in each of them, and in no other case', async () => {
  const [id, other] = [await inReview(), await inReview()];
  const token = await staff('staff-101');
  const { vault, cases } = api.world;
  const reasonRef = await keepReason(vault, 'op_many', 'The bureau is back.', 'staff-401');
  const { version } = (await api.call('GET', `/v1/cases/${id}`, { token })).view();
  const actor = { id: 'staff-401', role: 'supervisor' } as const;
  await cases.act(id, { id: 'many-1', action: 'note', actor, expectedVersion: version, input: { reasonRef } });
  expect((await api.call('GET', `/v1/cases/${id}/reasons/op_many`, { token })).text).toBe(
    JSON.stringify({ text: 'The bureau is back.', by: 'staff-401' }),
  );
  expect((await api.call('GET', `/v1/cases/${other}/reasons/op_many`, { token })).problem().code).toBe(
    'reason-not-kept',
  );
});

test('what a colleague wrote is read by its reference, and by no other case', async () => {
  const [id, other] = [await inReview(), await inReview()];
  const token = await staff('staff-101');
  const { version } = (await api.call('GET', `/v1/cases/${id}`, { token })).view();
  await api.call('POST', `/v1/cases/${id}/actions/note`, {
    token,
    headers: { 'if-match': `"${version}"` },
    body: { reason: 'Compare it with the last one.' },
  });
  const Events = z.object({ items: z.array(z.object({ type: z.string(), facts: z.record(z.string(), z.unknown()) })) });
  const { items } = (await api.call('GET', `/v1/cases/${id}/events`, { token })).as(Events);
  const reference = String(items.find(({ type }) => type === 'NoteAdded')?.facts['reasonRef']);
  const name = reference.split('/').at(-1) ?? '';
  expect((await api.call('GET', `/v1/cases/${id}/reasons/${name}`, { token })).text).toBe(
    JSON.stringify({ text: 'Compare it with the last one.', by: 'staff-101' }),
  );
  expect((await api.call('GET', `/v1/cases/${other}/reasons/${name}`, { token })).problem().code).toBe(
    'reason-not-kept',
  );
});

test('numbers add up to the cases there are', async () => {
  const id = await inReview();
  const token = await staff('staff-601');
  const Numbers = z.object({
    filed: z.array(z.object({ cases: z.number() })),
    open: z.array(z.object({ what: z.string(), cases: z.number() })),
  });
  const { filed, open } = (await api.call('GET', '/v1/statistics', { token })).as(Numbers);
  const { cases } = await api.written();
  expect(id).toMatch(/^rnw_/);
  expect(filed.reduce((sum, row) => sum + row.cases, 0)).toBe(cases);
  expect(open.find(({ what }) => what === 'caseworker-decision')?.cases).toBe(cases);
  const wrong = await api.call('GET', '/v1/statistics?from=2026-02-01&to=2026-01-01', { token });
  expect(wrong.problem().code).toBe('period-not-usable');
  expect((await api.call('GET', '/v1/statistics', { token: await staff('staff-101') })).status).toBe(403);
});

test('beside the new photo stands the one that the person came into the register with, until a case made another', async () => {
  const number = await api.person();
  const person = api.world.vault.personRef(number);
  const before = await samplePortrait('good');
  const { documentRef } = await api.world.documents.put({ person, contentType: 'image/jpeg', bytes: before });
  await createEnrolledPortraits(api.world.database).keep(person, { documentRef, takenOn: '2016-12-01' });
  const id = await inReview(number);
  const token = await staff('staff-101');
  const { lastPhoto } = (await api.call('GET', `/v1/cases/${id}/evidence`, { token })).as(Evidence);
  expect(lastPhoto).toEqual({ href: `/v1/cases/${id}/photo?which=last`, caseId: null, takenOver: '2016-12-01' });
  const photo = await fetch(api.url + lastPhoto?.href, { headers: { authorization: `Bearer ${token}` } });
  expect(Buffer.from(await photo.arrayBuffer()).equals(before)).toBe(true);
});

test('the card before is never one that came later', async () => {
  const number = await api.person();
  const first = await inReview(number);
  const portal = await api.portal();
  const see = async (id: string) => (await api.call('GET', `/v1/cases/${id}`, { token: portal })).view();
  const cancelled = await api.call('POST', `/v1/cases/${first}/actions/cancel`, {
    token: portal,
    headers: { 'if-match': `"${(await see(first)).version}"` },
    body: {},
  });
  expect(cancelled.status).toBe(200);
  await until(
    () => see(first),
    ({ closedAt }) => closedAt !== null,
  );
  const later = await api.call('POST', '/v1/cases', {
    token: portal,
    headers: { 'idempotency-key': `later-${randomUUID()}` },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: number },
      application: { photo: await api.upload(number), delivery: { method: 'courier' } },
    },
  });
  await until(
    () => see(later.view().id),
    ({ status }) => status === 'COMPLETED',
  );
  const token = await staff('staff-101');
  const { lastPhoto } = (await api.call('GET', `/v1/cases/${first}/evidence`, { token })).as(Evidence);
  expect(lastPhoto).toBeNull();
});

test('the card is drawn for who decides once there is one, with the serial that the case has', async () => {
  const waiting = await inReview();
  const token = await staff('staff-101');
  expect((await api.call('GET', `/v1/cases/${waiting}/card`, { token })).problem().code).toBe('card-not-made');

  const number = await api.person();
  const photo = await api.upload(number);
  const filed = await api.call('POST', '/v1/cases', {
    token: await api.portal(),
    headers: { 'idempotency-key': `card-${randomUUID()}` },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: number },
      application: { photo, delivery: { method: 'courier' } },
    },
  });
  const { id } = filed.view();
  await until(
    async () => (await api.call('GET', `/v1/cases/${id}`, { token: await api.portal() })).view().status,
    (status) => status === 'COMPLETED',
  );
  const drawn = async (form: string): Promise<Response> =>
    fetch(`${api.url}/v1/cases/${id}/card?form=${form}`, { headers: { authorization: `Bearer ${token}` } });
  for (const side of ['front', 'back']) {
    const answer = await drawn(side);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'image/png',
      'no-store',
    ]);
    const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect([width, height]).toEqual([1011, 638]);
  }
  const pdf = await drawn('pdf');
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  for (const [as, status] of [
    ['staff-401', 403],
    ['staff-501', 200],
  ] as const)
    expect((await api.call('GET', `/v1/cases/${id}/card?form=back`, { token: await staff(as) })).status).toBe(status);
});

describe('colleagues', () => {
  const Events = z.object({
    items: z.array(z.object({ type: z.string(), actor: ActorView, to: z.unknown().optional() })),
  });
  const noura = { ar: 'نورة بنت سعد القحطاني', en: 'Noura Alqahtani' };

  test('go by the names in their own tokens, to colleagues only; the engine, the log of events and ours know the number', async () => {
    const id = await inReview();
    const mine = await staff('staff-101');
    const colleague = await staff('staff-201');
    const { version } = (await api.call('GET', `/v1/cases/${id}`, { token: mine })).view();
    const claimed = await api.call('POST', `/v1/cases/${id}/actions/claim`, {
      token: mine,
      headers: { 'if-match': `"${version}"` },
    });
    expect(claimed.view().review?.claim).toMatchObject({ by: 'staff-101', name: noura });
    expect((await api.call('GET', `/v1/cases/${id}`, { token: colleague })).view().review?.claim?.name).toEqual(noura);
    const queue = (await api.call('GET', '/v1/work-queue?limit=200', { token: colleague })).as(WorkPage);
    expect(queue.items.find((item) => item.id === id)).toMatchObject({ claimedBy: 'staff-101', claimedByName: noura });

    const given = await api.call('POST', `/v1/cases/${id}/actions/reassign`, {
      token: colleague,
      headers: { 'if-match': `"${claimed.view().version}"` },
      body: { to: 'staff-101', reason: 'Hers.' },
    });
    expect(given.status).toBe(200);
    const events = (await api.call('GET', `/v1/cases/${id}/events`, { token: colleague })).as(Events).items;
    expect(events.find(({ type }) => type === 'CaseClaimed')?.actor.name).toEqual(noura);
    expect(events.find(({ type }) => type === 'CaseReassigned')?.to).toEqual({ id: 'staff-101', name: noura });

    const portal = { token: await api.portal() };
    const told = [
      await api.call('GET', `/v1/cases/${id}`, portal),
      await api.call('GET', `/v1/cases/${id}/events`, portal),
    ];
    const kept = await api.world.database
      .from('case')
      .query<{ text: string }>({ text: 'SELECT event::text || actor::text AS text FROM case_events', values: [] });
    const history = JSON.stringify(await api.world.client.workflow.getHandle(id).fetchHistory());
    for (const text of [...told.map((each) => each.text), ...kept.map((each) => each.text), history, ...api.logged])
      expect(text).not.toMatch(/Noura|نورة|Tm91cm/);
  });

  test('are listed by office to whoever works with them, and to no portal', async () => {
    await api.call('GET', '/v1/work-queue', { token: await staff('staff-103') });
    const Staff = z.object({ items: z.array(z.object({ id: z.string(), office: z.string().nullable() })) });
    const { items } = (await api.call('GET', '/v1/staff', { token: await staff('staff-101') })).as(Staff);
    expect(items.map(({ id }) => id)).toContain('staff-101');
    expect(items.filter(({ office }) => office !== 'riyadh-1')).toEqual([]);
    expect((await api.call('GET', '/v1/staff', { token: await api.portal() })).status).toBe(403);
  });
});

test('a preview says what the applicant would get, in the words that are then sent, and does nothing', async () => {
  const id = await inReview();
  const token = await staff('staff-102');
  const { version } = (await api.call('GET', `/v1/cases/${id}`, { token })).view();
  const path = `/v1/cases/${id}/actions/return`;
  const early = await api.call('POST', `${path}/preview`, { token, body: { items: ['photo'] } });
  expect([early.status, early.problem().code]).toEqual([409, 'not-claimed']);
  const claimed = await api.call('POST', `/v1/cases/${id}/actions/claim`, {
    token,
    headers: { 'if-match': `"${version}"` },
  });
  const preview = (await api.call('POST', `${path}/preview`, { token, body: { items: ['photo'] } })).as(ActionPreview);
  expect(preview.next).toMatchObject({ status: 'RETURNED', waitingFor: { what: 'resubmission', who: 'applicant' } });
  expect((await api.call('GET', `/v1/cases/${id}`, { token })).view().version).toBe(claimed.view().version);

  const body = { items: ['photo'], reason: 'Too dark.' };
  await api.call('POST', path, { token, headers: { 'if-match': `"${claimed.view().version}"` }, body });
  const sent = await until(
    () => api.world.control.ledger('messages', id),
    (lines) => lines.length > 0,
  );
  expect(preview.messages).toEqual(
    sent.map(({ textAr, textEn }) => ({ text: { ar: textAr, en: textEn }, to: 'applicant', when: 'at-once' })),
  );
});

describe('whoever decides sees the whole report beside the notice and the register', () => {
  let families: Families;
  beforeAll(() => {
    families = familiesIn(api.world);
  });
  const today = riyadhDate(new Date().toISOString());
  const daysAgo = (days: number): string => addDays(today, -days);
  const child = {
    nameAr: 'سعود بن خالد الحربي',
    nameEn: 'Saud Khalid Alharbi',
    sex: 'M',
    birthPlaceAr: 'الرياض',
    birthPlaceEn: 'Riyadh',
  };
  const woman = (wanted = {}) => families.somebody({ sex: 'F', birthDate: '1988-08-08', ...wanted });
  const file = (applicant: Somebody, application: Record<string, unknown>): Promise<string> =>
    families.report(applicant, application);
  const family = async (id: string): Promise<FamilyEvidence> =>
    (await api.call('GET', `/v1/cases/${id}/family`, { token: await staff('staff-101') })).as(FamilyEvidence);
  const rowOf = (rows: FamilyEvidence['report']['rows'], field: string) => rows.find((row) => row.field === field);
  test('of a birth: the child, who the notice names, and that the parents are not married', async () => {
    const [father, mother, aunt] = [
      await families.somebody(),
      await woman(),
      await woman({ nameEn: 'Hessa Fahad Alharbi' }),
    ];
    const on = daysAgo(5);
    const notice = await families.notice({ kind: 'birth', on: daysAgo(6), people: [father, aunt] });
    const application = { event: 'birth', on, father: father.number, mother: mother.number, notice, child };
    const id = await file(father, application);
    const { report, reported, mismatches } = await family(id);
    expect(report.notice).toEqual({ reference: notice, state: 'here' });
    expect(rowOf(report.rows, 'childNameAr')?.reported?.text?.ar).toBe(child.nameAr);
    expect(rowOf(report.rows, 'childNameEn')?.reported?.text?.en).toBe(child.nameEn);
    expect(rowOf(report.rows, 'childSex')?.reported?.text?.en).toBe('Male');
    expect(rowOf(report.rows, 'childBirthPlace')?.reported?.text?.en).toBe('Riyadh');
    expect(rowOf(report.rows, 'on')).toMatchObject({
      reported: { date: on },
      notice: { date: daysAgo(6) },
      differs: ['notice'],
    });
    expect(rowOf(report.rows, 'father')?.differs).toEqual([]);
    expect(rowOf(report.rows, 'mother')).toMatchObject({
      notice: { text: { en: 'Does not name them' } },
      differs: ['notice'],
    });
    expect(rowOf(report.rows, 'parentsMarriage')).toMatchObject({
      register: { text: { en: 'No marriage in the register' } },
      differs: ['register'],
    });
    expect(rowOf(report.rows, 'others')?.notice?.text?.en).toBe('Hessa Fahad Alharbi');
    expect(reported).toMatchObject({ nameEn: child.nameEn });
    expect(mismatches.map(({ text }) => text.en)).toEqual([
      'The notice has another date',
      'The notice names other people',
    ]);
  });

  test('of a marriage: the witnesses, the wives that there are, and when the bride was last married', async () => {
    const [groom, former, first, bride] = [
      await families.somebody(),
      await families.somebody(),
      await woman({ nameEn: 'Latifa Saad Alqahtani' }),
      await woman(),
    ];
    const witness = await families.somebody({ nameEn: 'Saleh Omar Alotaibi' });
    const divorce = { kind: 'divorce', on: daysAgo(90), husband: former.person, wife: bride.person } as const;
    await families.ties(families.married(groom, first), families.married(former, bride), divorce);
    const notice = await families.notice({ kind: 'marriage', on: today, people: [groom, bride] });
    const spouses = { husband: groom.number, wife: bride.number, witnesses: [witness.number] };
    const id = await file(groom, { event: 'marriage', on: today, ...spouses, notice });
    const { rows } = (await family(id)).report;
    expect(rowOf(rows, 'witnesses')?.reported?.text?.en).toBe('Saleh Omar Alotaibi');
    expect(rowOf(rows, 'husbandMarriages')?.register?.text?.en).toBe('Latifa Saad Alqahtani');
    expect(rowOf(rows, 'wifeMarriages')).toMatchObject({ register: { text: { en: 'None' } }, differs: [] });
    expect(rowOf(rows, 'wifeLastMarriage')).toMatchObject({ register: { date: daysAgo(90) }, differs: ['register'] });
  });

  test('and that a notice is not there, or could not be read just now', async () => {
    const [father, mother] = [await families.somebody(), await woman()];
    const application = { event: 'birth', on: daysAgo(1), father: father.number, mother: mother.number, child };
    const id = await file(father, { ...application, notice: 'N-NOT-SENT' });
    expect((await family(id)).report.notice).toEqual({ reference: 'N-NOT-SENT', state: 'missing' });
    await api.world.control.dials('notices', { errorRate: 1 });
    try {
      expect((await family(id)).report.notice.state).toBe('not-read');
    } finally {
      await api.world.control.dials('notices', {});
    }
  });
});
