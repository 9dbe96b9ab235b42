import sharp from 'sharp';
import { EventPage } from '../../api/cases/schemas';
import { samplePortrait } from '../../demo/portraits';
import { startApiWorld, type Answer, type ApiWorld } from './api-world';

let api: ApiWorld;
beforeAll(async () => {
  api = await startApiWorld();
});
afterAll(() => api?.stop());

let keys = 0;
/** How much there is in each table but that of events: cases that are on their way write those, and nothing else. */
const rows = async () => ({ ...(await api.written()), case_events: undefined });

async function file(
  number: string,
  photo: string,
  headers: Record<string, string> = {},
  application: object = {},
): Promise<Answer> {
  return api.call('POST', '/v1/cases', {
    token: await api.portal(),
    headers: { 'idempotency-key': api.key(String(++keys)), ...headers },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: number },
      application: { photo, delivery: { method: 'courier' }, ...application },
    },
  });
}

/** Reads the stream of a case until it ends; the ids of what came. */
async function streamToTheEnd(
  id: string,
  headers: Record<string, string> = {},
): Promise<{ ids: number[]; text: string }> {
  const answer = await api.call('GET', `/v1/cases/${id}/stream`, { token: await api.portal(), headers });
  return { ids: [...answer.text.matchAll(/^id: (\d+)$/gm)].map(([, version]) => Number(version)), text: answer.text };
}

test('a renewal goes over HTTP from its filing to the card, and says what it waits for', async () => {
  const number = await api.person();
  const photo = await api.upload(number);
  const filed = await file(number, photo);

  expect(filed.status).toBe(201);
  const view = filed.view();
  expect(filed.headers.get('location')).toBe(`/v1/cases/${view.id}`);
  expect(filed.headers.get('etag')).toBe(`"${view.version}"`);
  expect(view).toMatchObject({
    status: 'AWAITING_PAYMENT',
    channel: 'absher-individuals',
    waitingFor: { what: 'payment', who: 'applicant', otherwise: 'payment-expires' },
  });
  expect(view.payment?.payUrl).toContain('http');
  expect(view.allowedActions.map(({ action }) => action)).toEqual(['cancel']);
  expect(filed.text).not.toContain(number);

  const { ids, text } = await streamToTheEnd(view.id);
  const ended = (await api.call('GET', `/v1/cases/${view.id}`, { token: await api.portal() })).view();
  expect(ended).toMatchObject({ status: 'COMPLETED', waitingFor: null, allowedActions: [] });
  expect(ids).toEqual(Array.from({ length: ended.version }, (_, i) => i + 1));
  expect(text).toContain('event: closed');

  const resumed = await streamToTheEnd(view.id, { 'last-event-id': '3' });
  expect(resumed.ids[0]).toBe(4);
  const again = await api.call('GET', `/v1/cases/${view.id}/stream`, {
    token: await api.portal(),
    headers: { 'last-event-id': String(ended.version) },
  });
  expect(again.status).toBe(204);

  const events = (await api.call('GET', `/v1/cases/${view.id}/events?limit=2`, { token: await api.portal() })).as(
    EventPage,
  );
  expect(events).toMatchObject({
    next: 2,
    items: [{ type: 'ApplicationSubmitted', text: { en: 'The application was submitted' }, facts: {} }, {}],
  });
});

describe('the same key', () => {
  test('and the same body give the same answer byte for byte, however far the case has moved', async () => {
    const number = await api.person();
    const photo = await api.upload(number);
    const first = await file(number, photo, { 'idempotency-key': api.key('same') });
    await streamToTheEnd(first.view().id);
    const retries = await Promise.all([1, 2, 3].map(() => file(number, photo, { 'idempotency-key': api.key('same') })));

    for (const retry of retries) {
      expect(retry.status).toBe(201);
      expect(retry.text).toBe(first.text);
      expect(retry.headers.get('etag')).toBe(first.headers.get('etag'));
    }
  });

  test('at once ten times is one case', async () => {
    const number = await api.person();
    const photo = await api.upload(number);
    const before = await api.written();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => file(number, photo, { 'idempotency-key': api.key('at-once') })),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await api.written())['cases']).toBe((before['cases'] ?? 0) + 1);
  });

  test('and another body are refused', async () => {
    const number = await api.person();
    const photo = await api.upload(number);
    await file(number, photo, { 'idempotency-key': api.key('other-body') });
    const other = await file(number, photo, { 'idempotency-key': api.key('other-body') }, { reason: 'damaged' });
    const somebodyElse = await file(await api.person(), photo, { 'idempotency-key': api.key('other-body') });

    expect(other.status).toBe(422);
    expect(other.problem().type).toBe('https://tajdid.example/problems/idempotency-key-reused');
    expect(somebodyElse.problem().code).toBe('idempotency-key-reused');
  });
});

test('an idempotency key that holds the number of the applicant is refused, and files nothing', async () => {
  const number = await api.person();
  const photo = await api.upload(number);
  const before = await api.written();
  const answer = await file(number, photo, { 'idempotency-key': api.key(`renewal-${number}-1`) });
  expect([answer.status, answer.problem().code]).toEqual([422, 'idempotency-key-tells-who']);
  expect(answer.problem().titles.ar).toContain('رقم هوية');
  expect(answer.text).not.toContain(number);
  expect((await api.written())['cases']).toBe(before['cases']);
});

test('nor may a key hold the number of anybody else whom the application names', async () => {
  const [number, guardian] = [await api.person(), await api.person()];
  const photo = await api.upload(number);
  const before = await rows();
  const key = api.key(`renewal-by-${guardian}`);
  const written = guardian.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)));
  const answer = await file(number, photo, { 'idempotency-key': key }, { guardian: written });
  expect([answer.status, answer.problem().code]).toEqual([422, 'idempotency-key-tells-who']);
  expect(answer.text).not.toContain(guardian);
  expect(await rows()).toEqual(before);
});

test('an idempotency key is of one application: with another type it is refused, and files nothing', async () => {
  const number = await api.person();
  const key = api.key('other-type');
  const first = await file(number, await api.upload(number), { 'idempotency-key': key });
  const before = await rows();
  const appeal = await api.call('POST', '/v1/cases', {
    token: await api.portal(),
    headers: { 'idempotency-key': key },
    body: {
      type: 'appeal',
      applicant: { identityNumber: number },
      application: { case: first.view().id, grounds: 'The photo is as it was asked for.' },
    },
  });
  expect([appeal.status, appeal.problem().code]).toEqual([422, 'idempotency-key-reused']);
  expect(await rows()).toEqual(before);
});

test('Arabic-Indic digits are the same number', async () => {
  const number = await api.person();
  const photo = await api.upload(number);
  const arabic = number.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
  const first = await file(arabic, photo, { 'idempotency-key': api.key('arabic') });
  const second = await file(number, photo, { 'idempotency-key': api.key('arabic') });

  expect(first.status).toBe(201);
  expect(second.text).toBe(first.text);
});

test('a refusal by a rule is an answer, in both languages', async () => {
  const number = await api.person();
  const refused = (await file(number, 'd_aaaaaaaaaaaaaaaaaaaaaaaa')).view();

  expect(refused.status).toBe('REJECTED');
  expect(refused.refusedBy).toEqual([
    { rule: 'photo-usable', text: { ar: expect.any(String), en: expect.stringContaining('photo') } },
  ]);
});

test('another portal does not see the case, and staff sees more of it than a portal', async () => {
  const number = await api.person();
  const { id } = (await file(number, await api.upload(number))).view();
  const stranger = await api.token({
    sub: 'absher-business',
    roles: ['portal'],
    clientId: 'absher-business',
    channel: 'absher-business',
  });
  const paths = ['', '/events', '/stream'].map((rest) => `/v1/cases/${id}${rest}`);

  for (const path of paths)
    expect((await api.call('GET', path, { token: stranger })).problem()).toMatchObject({
      status: 404,
      code: 'case-not-found',
    });
  const list = await api.call('GET', '/v1/cases', { token: stranger });
  expect(list.text).not.toContain(id);
  const staff = await api.call('GET', `/v1/cases/${id}`, { token: await api.token({ as: 'staff-101' }) });
  expect(staff.view().review).toBeDefined();
  expect((await api.call('GET', `/v1/cases/${id}`, { token: await api.portal() })).view().review).toBeUndefined();
  expect((await api.call('GET', `/v1/cases?limit=200`, { token: await api.portal() })).text).toContain(id);
});

test('a role beside that of a portal brings nothing of other portals’ cases but what that role itself may', async () => {
  const number = await api.person();
  const { id, version } = (await file(number, await api.upload(number))).view();
  const tokenWith = (role: string): Promise<string> =>
    api.token({ sub: 'absher-business', roles: ['portal', role], clientId: 'absher-business' });
  const cancel = async (token: string): Promise<Answer> =>
    api.call('POST', `/v1/cases/${id}/actions/cancel`, { token, headers: { 'if-match': `"${version}"` }, body: {} });
  const rate = async (token: string): Promise<Answer> =>
    api.call('POST', `/v1/cases/${id}/satisfaction`, { token, body: { score: 1 } });

  const analyst = await tokenWith('analyst');
  for (const path of ['', '/events', '/stream'])
    expect((await api.call('GET', `/v1/cases/${id}${path}`, { token: analyst })).problem().code).toBe('case-not-found');
  expect((await api.call('GET', '/v1/cases?limit=200', { token: analyst })).text).not.toContain(id);
  expect((await cancel(analyst)).problem()).toMatchObject({ status: 404, code: 'case-not-found' });

  const auditor = await tokenWith('auditor');
  const seen = (await api.call('GET', `/v1/cases/${id}`, { token: auditor })).view();
  expect([seen.allowedActions, seen.unavailableActions]).toEqual([[], []]);
  expect((await cancel(auditor)).problem()).toMatchObject({ status: 403, code: 'not-your-role' });
  expect((await rate(auditor)).problem()).toMatchObject({ status: 404, code: 'case-not-found' });
});

test('of a photo the picture is kept, and not where and with what it was taken', async () => {
  const number = await api.person();
  const device = 'a phone of somebody';
  const raw = await sharp(await samplePortrait('good'))
    .withExif({
      IFD0: { Make: device },
      IFD2: { DateTimeOriginal: '2026:11:01 10:11:12' },
      IFD3: { GPSLatitudeRef: 'N' },
    })
    .jpeg()
    .toBuffer();
  const headers = { 'content-type': 'image/jpeg', 'identity-number': number };
  const upload = async () => {
    const answer = await api.call('POST', '/v1/documents', { token: await api.portal(), headers, raw });
    return JSON.parse(answer.text) as { documentRef: string; measurement: { takenOn?: string } };
  };
  const { documentRef, measurement } = await upload();
  expect(measurement.takenOn).toBe('2026-11-01');
  const kept = Buffer.from((await api.world.documents.get(documentRef))?.bytes ?? []);
  expect([raw.includes(device), kept.includes(device), (await sharp(kept).metadata()).exif]).toEqual([
    true,
    false,
    undefined,
  ]);
  expect((await upload()).documentRef).toBe(documentRef);
});

test('no identity number and no name is in what was logged', async () => {
  const number = await api.person();
  const photo = await api.upload(number);
  await file(number, photo);
  await file(number, photo, {}, { [number]: number });
  await api.call('GET', `/v1/cases/${number}?${number}=${number}`, { token: await api.portal() });
  await api.call('GET', `/${number}`, { token: await api.portal() });

  const log = api.logged.join('\n');
  expect(log).toContain('"route":"/v1/cases"');
  expect(log).not.toContain(number);
  expect(log).not.toContain('Alahmad');
});
