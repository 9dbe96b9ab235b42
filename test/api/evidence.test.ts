import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Evidence } from '../../api/console/evidence';
import { until } from '../support/until';
import { startApiWorld, type ApiWorld } from './api-world';

let api: ApiWorld;
beforeAll(async () => {
  api = await startApiWorld();
}, 60_000);
afterAll(() => api?.stop(), 60_000);

const staff = (sub: string): Promise<string> => api.token({ as: sub });

async function inReview(): Promise<string> {
  const number = await api.person();
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

test('evidence is not for portals, operators, analysts and other offices', async () => {
  const id = await inReview();
  for (const path of ['evidence', 'photo', 'reasons/act_none']) {
    expect((await api.call('GET', `/v1/cases/${id}/${path}`, { token: await api.portal() })).status).toBe(403);
    for (const sub of ['staff-401', 'staff-601'])
      expect((await api.call('GET', `/v1/cases/${id}/${path}`, { token: await staff(sub) })).status).toBe(403);
    const elsewhere = await api.call('GET', `/v1/cases/${id}/${path}`, { token: await staff('staff-103') });
    expect([path, elsewhere.problem().code]).toEqual([path, 'another-office']);
  }
  expect((await api.call('GET', `/v1/cases/${id}/family`, { token: await staff('staff-101') })).problem().code).toBe(
    'no-family-in-case',
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
