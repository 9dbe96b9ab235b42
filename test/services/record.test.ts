import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { createApi } from '../../api/app';
import { OutsideFailure } from '../../domain/failures';
import { createFamilyEnrol } from '../../adapters/register/family-enrol';
import type { IdentityNumber } from '../../domain/identity-number';
import { aged, familiesIn } from '../support/families';
import { today } from '../support/reported-births';
import { until } from '../support/until';
import { startApiWorld, type Answer, type ApiWorld } from '../api/api-world';
import { createCaseLog } from '../../adapters/case-log/postgres';
import { eventsOf, FILED_AT, fileOf, rowOf } from '../adapters/postgres/cases';
import { aPerson, validCard } from '../support/people';

let api: ApiWorld;
let portal: string;
let number: IdentityNumber;
let person: string;
let refused: string;

beforeAll(async () => {
  api = await startApiWorld();
  portal = await api.portal();
  const born = aged(11);
  const [own, father, child] = [
    aPerson('160000001'),
    aPerson('160000002', { nameAr: 'عبدالله بن سعد الأحمد', nameEn: 'Abdullah Alahmad', birthDate: '1960-05-05' }),
    aPerson('160000003', {
      nameAr: 'نورة بنت محمد الأحمد',
      nameEn: 'Noura Alahmad',
      sex: 'F',
      birthDate: born,
      card: null,
    }),
  ];
  const enrolled = await api.world.enrol([own, father, child]);
  number = own.number;
  person = enrolled[0]?.person ?? '';
  const ties = createFamilyEnrol(api.world.database);
  await ties.ties([
    { kind: 'enrolled-parent', on: '1990-01-01', child: person, parent: enrolled[1]?.person ?? '', as: 'father' },
    { kind: 'enrolled-parent', on: born, child: enrolled[2]?.person ?? '', parent: person, as: 'father' },
  ]);
  refused = await fileTooEarly('too-early');
});
afterAll(() => api?.stop());

/** A renewal years before its window: refused by a rule, and so closed at once. */
async function fileTooEarly(key: string): Promise<string> {
  const photo = await api.upload(number);
  const answer = await api.call('POST', '/v1/cases', {
    token: portal,
    headers: { 'idempotency-key': api.key(key) },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: number },
      application: { photo, reason: 'expiring', delivery: { method: 'courier' } },
    },
  });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.view().id;
}

const read = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call('POST', '/v1/people/record', { token: portal, body, headers });
const Access = z.object({
  times: z.number(),
  service: z.string(),
  what: z.object({ code: z.string() }),
  by: z.object({ code: z.string() }),
});
const Accesses = z.object({ items: z.array(Access), next: z.string().nullable() });
const Seen = z.object({
  identity: z.object({ number: z.string(), nameAr: z.string() }),
  contact: z.object({ phone: z.string(), address: z.object({ city: z.string() }).nullable() }),
  cards: z.array(z.object({ serial: z.string(), status: z.object({ code: z.string() }), expiresOn: z.string() })),
  family: z.array(z.object({ relation: z.object({ code: z.string() }), nameEn: z.string() })),
  cases: z.array(z.object({ id: z.string(), status: z.object({ code: z.string() }) })),
  accesses: z.array(Access),
  accessesNext: z.string().nullable(),
  entries: z.array(z.object({ kind: z.string(), caseId: z.string().nullable() })),
  more: z.object({ cases: z.boolean(), entries: z.boolean() }),
});

test('a person reads who they are, their cards, family and cases, and who looked before', async () => {
  await api.call('POST', '/v1/verifications', {
    token: await api.token({ sub: 'bank', roles: ['portal'], clientId: 'bank', channel: 'absher-business' }),
    body: { identityNumber: number, birthDate: '1990-01-01' },
  });
  const record = (await read({ identityNumber: number })).as(Seen);
  expect(record.identity).toEqual({ number, nameAr: 'محمد بن عبدالله الأحمد' });
  expect(record.contact).toMatchObject({ phone: '+966500000000', address: { city: 'الرياض' } });
  expect(record.cards).toMatchObject([{ status: { code: 'valid' }, expiresOn: validCard.expiresOn }]);
  expect(record.family.map(({ relation, nameEn }) => [relation.code, nameEn])).toEqual([
    ['father', 'Abdullah Alahmad'],
    ['child', 'Noura Alahmad'],
  ]);
  expect(record.cases).toMatchObject([{ id: refused, status: { code: 'REJECTED' } }]);
  expect(record.accesses.map(({ what, by }) => [what.code, by.code])).toEqual([['verified', 'bank']]);
  expect(record.entries).toEqual([]);
});

test('the read itself is on record, and shows in the next one; with details come the entries of the register', async () => {
  const record = (await read({ identityNumber: number, detail: true })).as(Seen);
  expect(record.accesses[0]).toMatchObject({
    service: 'my-data',
    what: { code: 'record-read' },
    by: { code: 'absher-individuals' },
  });
  expect(record.entries.map(({ kind }) => kind)).toContain('person-enrolled');
  const again = (await read({ identityNumber: number })).as(Seen);
  expect(again.accesses[0]).toMatchObject({ service: 'my-data-enhanced', what: { code: 'detail-read' } });
});

test('a wife reads of her marriage, and of the report that her husband made of it; a stranger of neither', async () => {
  const [husband, wife, stranger] = [
    aPerson('160000011'),
    aPerson('160000012', { sex: 'F', nameAr: 'سارة بنت فهد السالم', nameEn: 'Sarah Alsalem' }),
    aPerson('160000013'),
  ];
  const [his, hers] = (await api.world.enrol([husband, wife, stranger])).map((each) => each.person);
  const caseId = 'fam_aaaaaaaaaaaaaaaaaaaaaaaaaa';
  const report = fileOf(caseId, 1, { type: 'family-registration', subject: his ?? '', stage: 'REGISTERED' });
  const parties = { reporter: his, parties: { husband: his, wife: hers } };
  await createCaseLog(api.world.database).append(
    eventsOf(caseId, 1, 1),
    rowOf({ ...report, ...parties, closedAt: FILED_AT }, { people: [his ?? '', hers ?? ''] }),
  );
  await api.world.family.register({
    key: `${caseId}/register`,
    caseId,
    event: { kind: 'marriage', on: '2020-01-01', husband: his ?? '', wife: hers ?? '' },
    limits: { wives: 4, husbands: 1, parentAge: 12, posthumousDays: 305 },
  });
  const ofHers = (await read({ identityNumber: wife.number, detail: true })).as(Seen);
  expect(ofHers.entries).toMatchObject([{ kind: 'family-event', caseId }, { kind: 'person-enrolled' }]);
  expect(ofHers.cases).toMatchObject([{ id: caseId, status: { code: 'REGISTERED' } }]);
  expect(ofHers.family).toMatchObject([{ relation: { code: 'spouse' } }]);
  const ofHis = (await read({ identityNumber: husband.number, detail: true })).as(Seen);
  expect([ofHis.entries.length, ofHis.cases.length]).toEqual([2, 1]);
  const ofStranger = (await read({ identityNumber: stranger.number, detail: true })).as(Seen);
  expect([ofStranger.entries.map(({ kind }) => kind), ofStranger.cases]).toEqual([['person-enrolled'], []]);
});

test('a list that is cut says so, and open cases stand first', async () => {
  const holder = aPerson('160000021');
  const [his] = await api.world.enrol([holder]);
  const subject = his?.person ?? '';
  const log = createCaseLog(api.world.database);
  const idOf = (i: number): string => `fam_${'c'.repeat(25)}${'abcdefghijklmnopqrstuvwxyz'[i]}`;
  for (let i = 0; i < 21; i += 1) {
    const caseId = idOf(i);
    const filedAt = new Date(Date.UTC(2026, 1, 1 + i)).toISOString();
    const file = fileOf(caseId, 1, { type: 'family-registration', subject, stage: 'REGISTERED' });
    // The first one filed is the only one that is still open.
    await log.append(eventsOf(caseId, 1, 1), rowOf({ ...file, filedAt, ...(i === 0 ? {} : { closedAt: filedAt }) }));
  }
  const brief = (await read({ identityNumber: holder.number })).as(Seen);
  expect(brief.cases.map(({ id }) => id)).toEqual([idOf(0), ...Array.from({ length: 19 }, (_, i) => idOf(20 - i))]);
  expect(brief.more).toEqual({ cases: true, entries: false });
  const detail = (await read({ identityNumber: holder.number, detail: true })).as(Seen);
  expect(detail.cases).toHaveLength(21);
  expect(detail.more).toEqual({ cases: false, entries: false });
});

test('many accesses of one kind are one line, and a flood of others pushes nothing off the end of the list', async () => {
  const log = (client: string, i: number) =>
    api.deps.services.log.append({
      at: new Date(Date.UTC(2026, 8, 1 + i, 9)).toISOString(),
      service: 'id-verification',
      what: 'verified',
      outcome: 'served',
      channel: 'absher-business',
      client,
      beneficiary: 'citizen',
      person,
    });
  for (let i = 0; i < 30; i += 1) await log(`asker-${i}`, i);
  for (let i = 0; i < 40; i += 1) await log('insistent', 31);
  const page = (body: object): Promise<Answer> =>
    api.call('POST', '/v1/people/record/accesses', { token: portal, body: { identityNumber: number, ...body } });
  const record = (await read({ identityNumber: number })).as(Seen);
  expect(record.accesses).toHaveLength(20);
  expect(record.accesses[0]).toMatchObject({ times: 40, by: { code: 'insistent' } });
  const rest = (await page({ cursor: record.accessesNext })).as(Accesses);
  const everybody = [...record.accesses, ...rest.items].map(({ by }) => by.code);
  for (let i = 0; i < 30; i += 1) expect(everybody.filter((each) => each === `asker-${i}`)).toHaveLength(1);
  expect(everybody.at(-1)).toBe('bank');
  expect(rest.next).toBeNull();
  expect((await page({})).as(Accesses).items[0]?.what.code).toBe('accesses-read');
  expect((await page({ cursor: 'nonsense' })).problem().code).toBe('cursor-invalid');
});

test('who of the staff looked, at which office and in which role; not which colleague', async () => {
  const staff = await api.token({ as: 'staff-101' });
  for (const path of ['evidence', 'evidence', 'photo'])
    expect((await api.call('GET', `/v1/cases/${refused}/${path}`, { token: staff })).status).toBe(200);
  const answer = await read({ identityNumber: number });
  const [look, before] = answer.as(Seen).accesses;
  expect(look).toMatchObject({ times: 1, service: 'case-handling', what: { code: 'evidence-read' } });
  expect(look?.by).toMatchObject({ code: 'civil-affairs' });
  expect(before?.what.code).not.toBe('evidence-read');
  expect(answer.text).toMatch(/Civil Affairs: caseworker \(riyadh-1\)/);
  expect(answer.text).not.toContain('staff-101');
});

/** Who is told that somebody of the staff looked at them in this case. */
async function told(caseId: string): Promise<string[]> {
  const text = `SELECT person FROM service_log WHERE what = 'evidence-read' AND ref = $1`;
  const rows = await api.world.database.from('register').query<{ person: string }>({ text, values: [caseId] });
  return rows.map((row) => row.person);
}

const looked = async (caseId: string, path: string, as = 'staff-201'): Promise<number> =>
  (await api.call('GET', `/v1/cases/${caseId}/${path}`, { token: await api.token({ as }) })).status;

test('a card that is drawn is a look; a case without one shows nothing', async () => {
  const expiring = await api.person();
  const photo = await api.upload(expiring);
  const filed = await api.call('POST', '/v1/cases', {
    token: portal,
    headers: { 'idempotency-key': api.key('drawn') },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: expiring },
      application: { photo, delivery: { method: 'courier' } },
    },
  });
  const { id } = filed.view();
  await until(
    async () => (await api.call('GET', `/v1/cases/${id}`, { token: portal })).view().status,
    (status) => status === 'COMPLETED',
  );
  expect(await told(id)).toEqual([]);
  expect(await looked(id, 'card?form=front', 'staff-101')).toBe(200);
  expect(await told(id)).toEqual([api.world.vault.personRef(expiring)]);
  expect(await looked(refused, 'card', 'staff-102')).toBe(404);
});

test('whoever is named beside the applicant is told too: witnesses, whom the notice names, and those of an amended entry', async () => {
  const families = familiesIn(api.world);
  const groom = await families.somebody();
  const bride = await families.somebody({ sex: 'F', birthDate: '1988-08-08' });
  const [witness, noticed, father] = await Promise.all([
    families.somebody(),
    families.somebody(),
    families.somebody({ birthDate: '1950-05-05' }),
  ]);
  const notice = await families.notice({ kind: 'marriage', on: today, people: [groom, bride, noticed] });
  const wedding = await families.report(groom, {
    event: 'marriage',
    on: today,
    husband: groom.number,
    wife: bride.number,
    witnesses: [witness.number],
    notice,
  });
  expect(await looked(wedding, 'family')).toBe(200);
  expect(await told(wedding)).toEqual(
    expect.arrayContaining([groom, bride, witness, noticed].map((each) => each.person)),
  );

  const amendment = await api.call('POST', '/v1/cases', {
    token: await api.token({ as: 'staff-202' }),
    headers: { 'idempotency-key': api.key('amended') },
    body: {
      type: 'record-amendment',
      applicant: { identityNumber: groom.number },
      application: { case: wedding, what: 'correction', father: father.number, why: 'Another man is the father.' },
    },
  });
  const { id } = amendment.view();
  expect(await looked(id, 'evidence')).toBe(200);
  expect(new Set(await told(id))).toEqual(new Set([groom.person, father.person]));
});

test.each(['ar', 'en'])('the record as a PDF: %s', async (language) => {
  const response = await fetch(`${api.url}/v1/people/record`, {
    method: 'POST',
    headers: { authorization: `Bearer ${portal}`, 'content-type': 'application/json', accept: 'application/pdf' },
    body: JSON.stringify({ identityNumber: number, language }),
  });
  expect(response.headers.get('content-type')).toBe('application/pdf');
  const pdf = Buffer.from(await response.arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

test('a card that rested on an entry which was amended says so', async () => {
  const holder = aPerson('160000008');
  await api.world.enrol([holder]);
  await api.world.database.from('register').query({
    text: `INSERT INTO document_marks (kind, serial, entry, why) SELECT 'card', serial, entry, 'revoked' FROM cards WHERE person = $1`,
    values: [api.world.vault.personRef(holder.number)],
  });
  const { cards } = (await read({ identityNumber: holder.number })).as(Seen);
  expect(cards.map(({ status }) => status.code)).toEqual(['amended']);
});

test('nobody there, and nobody who may', async () => {
  expect((await read({ identityNumber: aPerson('169999999').number })).problem()).toMatchObject({
    status: 404,
    code: 'person-not-found',
  });
  const staff = await api.token({ as: 'staff-101' });
  expect(
    (await api.call('POST', '/v1/people/record', { token: staff, body: { identityNumber: number } })).problem().code,
  ).toBe('not-your-role');
  const gone = aPerson('160000009');
  await api.world.enrol([gone]);
  await api.world.vault.erasePerson(api.world.vault.personRef(gone.number));
  expect((await read({ identityNumber: gone.number })).problem()).toMatchObject({ status: 409, code: 'person-erased' });
});

test("an official body does nothing in a person's own name: it gets what is shared with it", async () => {
  const token = await api.token({ sub: 'moh', roles: ['portal'], clientId: 'ministry-of-health' });
  const own = { identityNumber: number };
  const share = {
    recipient: 'ministry-of-health',
    fields: ['name'],
    purpose: 'فتح ملف طبي',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const [card] = (await read(own)).as(Seen).cards;
  const accesses = `SELECT count(*) AS n FROM service_log`;
  const register = api.world.database.from('register');
  const before = await register.query({ text: accesses });
  for (const [path, body] of [
    ['record', own],
    ['record', { ...own, detail: true }],
    ['family-record', own],
    ['preferences', { ...own, reminders: false }],
    ['cards/lost', { ...own, cardSerial: card?.serial, lostOn: '2026-11-01' }],
    ['shares', { ...own, ...share }],
  ] as const) {
    const headers = { 'idempotency-key': api.key('by-a-body') };
    const answer = await api.call('POST', `/v1/people/${path}`, { token, headers, body });
    expect([path, answer.status, answer.problem().code]).toEqual([path, 403, 'not-your-role']);
  }
  const filed = await api.call('POST', '/v1/cases', {
    token,
    headers: { 'idempotency-key': api.key('by-a-body') },
    body: {
      type: 'id-renewal',
      applicant: own,
      application: { photo: await api.upload(number), reason: 'expiring', delivery: { method: 'courier' } },
    },
  });
  const uploaded = await api.call('POST', '/v1/documents', {
    token,
    headers: { 'identity-number': number, 'content-type': 'image/jpeg' },
    body: {},
  });
  for (const answer of [filed, uploaded])
    expect(answer.problem()).toMatchObject({ status: 403, code: 'not-your-role' });
  expect(await register.query({ text: accesses })).toEqual(before);
});

const rate = (caseId: string, body: object, token = portal): Promise<Answer> =>
  api.call('POST', `/v1/cases/${caseId}/satisfaction`, { token, body });

test('satisfaction: once a closed case, its comment in the vault', async () => {
  const given = await rate(refused, { score: 2, comment: 'لم أعرف موعد التجديد' });
  expect(given.status).toBe(201);
  expect(given.text).not.toContain('لم أعرف');
  expect((await rate(refused, { score: 2, comment: 'لم أعرف موعد التجديد' })).text).toBe(given.text);
  expect((await rate(refused, { score: 5 })).problem().code).toBe('satisfaction-already-given');
  expect((await rate(refused, { score: 2, comment: 'شيء آخر' })).problem().code).toBe('satisfaction-already-given');
  expect(await api.world.vault.get(`satisfaction/${refused}`)).toEqual({ comment: 'لم أعرف موعد التجديد' });

  expect((await rate(refused, { score: 6 })).problem().code).toBe('validation-failed');
  const other = await api.token({ sub: 'other', roles: ['portal'], clientId: 'other' });
  expect((await rate(refused, { score: 3 }, other)).problem().code).toBe('case-not-found');
});

test('satisfaction: a try that broke between comment and answer leaves no comment in the way of the next', async () => {
  const closed = await fileTooEarly('rated-and-broken');
  const { satisfaction } = api.deps.services;
  const broken = new OutsideFailure('unavailable', 'case', 'postgres-57p01', 'shutting down');
  const dying = createApi({
    ...api.deps,
    services: { ...api.deps.services, satisfaction: { ...satisfaction, give: () => Promise.reject(broken) } },
  }).listen(0, '127.0.0.1');
  await once(dying, 'listening');
  const first = await fetch(
    `http://127.0.0.1:${(dying.address() as AddressInfo).port}/v1/cases/${closed}/satisfaction`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${portal}`, 'content-type': 'application/json' },
      body: JSON.stringify({ score: 4, comment: 'خدمة جيدة' }),
    },
  );
  expect(first.status).toBe(503);
  dying.close();
  dying.closeAllConnections();
  expect((await rate(closed, { score: 4, comment: 'خدمة ممتازة' })).status).toBe(201);
  expect(await api.world.vault.get(`satisfaction/${closed}`)).toEqual({ comment: 'خدمة ممتازة' });
});

test('satisfaction: not while the case is open', async () => {
  const applicant = await api.person();
  const photo = await api.upload(applicant);
  const filed = await api.call('POST', '/v1/cases', {
    token: portal,
    headers: { 'idempotency-key': api.key('open-one') },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: applicant },
      application: { photo, reason: 'expiring', delivery: { method: 'courier' } },
    },
  });
  expect((await rate(filed.view().id, { score: 3 })).problem()).toMatchObject({ status: 409, code: 'case-not-closed' });
});
