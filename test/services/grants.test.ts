import { z } from 'zod';
import { derivedId } from '../../api/services/derived-id';
import type { IdentityNumber } from '../../domain/identity-number';
import { startApiWorld, type Answer, type ApiWorld } from '../api/api-world';
import { aPerson } from '../support/people';

/** The client of the portal that the tests ask through. */
const CLIENT = 'absher-individuals';
let api: ApiWorld;
let portal: string;
let number: IdentityNumber;
let person: string;

beforeAll(async () => {
  api = await startApiWorld();
  portal = await api.portal();
  const given = aPerson('141000001');
  number = given.number;
  const [enrolled] = await api.world.enrol([given]);
  person = enrolled?.person ?? '';
});
afterAll(() => api?.stop());

const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
const grant = (key: string, purpose: string): Promise<Answer> =>
  api.call('POST', '/v1/people/shares', {
    token: portal,
    headers: { 'idempotency-key': api.key(key) },
    body: { identityNumber: number, recipient: 'ministry-of-health', fields: ['name'], purpose, expiresAt },
  });

test('a portal learns which official bodies there are, and the document names the same', async () => {
  const Body = z.object({ client: z.string(), name: z.object({ ar: z.string(), en: z.string() }) });
  const answer = await api.call('GET', '/v1/official-bodies', { token: portal });
  const { items } = answer.as(z.object({ items: z.array(Body) }));
  expect(items[0]).toEqual({ client: 'ministry-of-health', name: { ar: 'وزارة الصحة', en: 'Ministry of Health' } });
  const Document = z.object({ components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }) });
  const { schemas } = (await api.call('GET', '/openapi.json')).as(Document).components;
  expect(schemas['ShareGranted']).toMatchObject({
    properties: { recipient: { enum: items.map(({ client }) => client) } },
  });
});

test('the credential of a grant that is sent again is on record, and is no transaction', async () => {
  const [first, again] = [await grant('sent-again', 'فتح ملف طبي'), await grant('sent-again', 'فتح ملف طبي')];
  expect([first.status, again.status]).toEqual([201, 201]);
  const answer = await api.call('POST', '/v1/people/record', { token: portal, body: { identityNumber: number } });
  const Access = z.object({
    times: z.number(),
    what: z.object({ code: z.string(), text: z.object({ ar: z.string() }) }),
  });
  const { accesses } = answer.as(z.object({ accesses: z.array(Access) }));
  expect(accesses.map(({ times, what }) => [times, what.code])).toEqual([
    [1, 'credential-again'],
    [1, 'shared'],
  ]);
  expect(accesses[0]?.what.text.ar).toBe('استلام وثيقة مشاركة مرة أخرى');
});

test('a key that holds the number of whoever shares is refused, and shares nothing', async () => {
  const answer = await grant(`share-${number}`, 'for a loan');
  expect([answer.status, answer.problem().code]).toEqual([422, 'idempotency-key-tells-who']);
  expect(answer.text).not.toContain(number);
  expect(await api.deps.services.shares.find(derivedId('shr', CLIENT, api.key(`share-${number}`)))).toBeNull();
});

test('a grant that is refused because its key stands for another purpose leaves nothing shared', async () => {
  const id = derivedId('shr', CLIENT, api.key('two-purposes'));
  // As a first try leaves it that was lost before it was granted.
  await api.world.vault.put({ ref: `share/${id}`, person, kind: 'share', value: { purpose: 'for a loan' } });
  const answer = await grant('two-purposes', 'for a school');
  expect([answer.status, answer.problem().code]).toEqual([422, 'idempotency-key-reused']);
  expect(await api.deps.services.shares.find(id)).toBeNull();
  expect((await grant('two-purposes', 'for a loan')).status).toBe(201);
});

test('the portal through which it was granted reads what it is, without the data, and is accused of nothing', async () => {
  const granted = await grant('read-by-the-portal', 'فتح ملف طبي');
  const at = granted.headers.get('location') ?? '';
  const seen = async (path: string) => (await api.call('GET', path, { token: portal })).as(z.looseObject({}));
  const view = await seen(at);
  const { credential: _credential, ...share } = granted.as(z.looseObject({ id: z.string() }));
  expect(view).toEqual(share);
  expect(await seen(`${at}?fields=name`)).toEqual(view);
  await api.call('POST', `/v1/people${at.replace('/v1', '')}/revoke`, {
    token: portal,
    body: { identityNumber: number },
  });
  expect(await seen(at)).toMatchObject({ state: 'revoked' });
  const lines = await api.world.database.from('register').query<{ what: string }>({
    text: 'SELECT what FROM service_log WHERE ref = $1 ORDER BY seq',
    values: [share.id],
  });
  expect(lines.map(({ what }) => what)).toEqual(['shared', 'revoked']);
});
