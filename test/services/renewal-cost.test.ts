import { z } from 'zod';
import type { IdentityNumber } from '../../domain/identity-number';
import { addDays } from '../../domain/time';
import { startApiWorld, type Answer, type ApiWorld } from '../api/api-world';
import { aPerson, validCard } from '../support/people';

let api: ApiWorld;
let portal: string;
let number: IdentityNumber;

beforeAll(async () => {
  api = await startApiWorld();
  portal = await api.portal();
  const early = aPerson('160000001');
  await api.world.enrol([early]);
  number = early.number;
});
afterAll(() => api?.stop());

const Cost = z.object({
  policyVersion: z.string(),
  on: z.string(),
  quote: z.object({ lines: z.array(z.object({ code: z.string() })), total: z.object({ halalas: z.int() }) }).nullable(),
  refusedBy: z.array(z.object({ rule: z.string() })),
});
const Costs = z.object({ today: Cost, expired: Cost.nullable() });
const cost = async (identityNumber: string, token = portal): Promise<Answer> =>
  api.call('POST', '/v1/people/renewal-cost', {
    token,
    body: { identityNumber, delivery: { method: 'pickup', office: 'riyadh-1' } },
  });

test('a renewal’s cost is said for today and for after the card has expired, without anything being filed', async () => {
  const soon = await api.person();
  const { today, expired } = (await cost(soon)).as(Costs);
  expect(today.refusedBy).toEqual([]);
  expect(expired?.quote?.lines.map(({ code }) => code)).toContain('late-fine');
  expect(expired?.quote?.total.halalas).toBeGreaterThan(today.quote?.total.halalas ?? Infinity);
  expect(today.on < (expired?.on ?? '')).toBe(true);
  const read = await api.call('POST', '/v1/people/record', { token: portal, body: { identityNumber: soon } });
  const { accesses } = read.as(z.object({ accesses: z.array(z.unknown()) }));
  expect(accesses).toMatchObject([
    { times: 1, service: 'my-data', what: { code: 'renewal-cost-asked' }, by: { code: 'absher-individuals' } },
  ]);
});

test('where a renewal would be refused now, the rules say so', async () => {
  const { today, expired } = (await cost(number)).as(Costs);
  expect(today).toMatchObject({ quote: null, refusedBy: [{ rule: 'renewal-window' }] });
  expect(expired).toMatchObject({ on: addDays(validCard.expiresOn, 1), refusedBy: [] });
});

test('nobody else may ask what a renewal costs', async () => {
  expect((await cost(number, await api.token({ as: 'staff-101' }))).status).toBe(403);
  expect((await cost('1999999998')).problem().code).toMatch(/person-not-found|wrong-check-digit/);
});
