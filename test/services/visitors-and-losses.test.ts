import { registerDrift } from '../../adapters/register/drift';
import { createServiceFlows } from '../../client/services';
import { asEnrolled } from '../../demo/enrol';
import { generateVisitors } from '../../demo/visitors';
import { beneficiaryOf, parsePersonNumber } from '../../domain/identity-number';
import { borderNumberPattern, wholly } from '../../domain/policies/border-numbers';
import { addDays, HOUR, instant, riyadhDate } from '../../domain/time';
import { startApiWorld, type Answer, type ApiWorld } from '../api/api-world';
import { until } from '../support/until';
import { aPerson, aVisitor, enrolIn } from '../support/people';

let api: ApiWorld;
let portal: string;
const today = (): string => riyadhDate(new Date().toISOString());

beforeAll(async () => {
  api = await startApiWorld();
  portal = await api.portal();
});
afterAll(async () => {
  if (api) await expect(registerDrift(api.world.database)).resolves.toEqual([]);
  await api?.stop();
});

const post = (path: string, body: object, token = portal): Promise<Answer> => api.call('POST', path, { token, body });
async function said<T>(path: string, body: object): Promise<T> {
  const answer = await post(path, body);
  if (answer.status !== 200) throw new Error(answer.text);
  return JSON.parse(answer.text) as T;
}
const verify = (body: object) => said<{ verdict: string; since?: string }>('/v1/verifications', body);
const sql = <R>(text: string, values: unknown[] = []): Promise<R[]> =>
  api.world.database.from('register').query<R>({ text, values });
const code = (answer: Answer): [number, string] => [answer.problem().status, answer.problem().code];

describe('visitors', () => {
  let borderNumbers = 4_000_000_000;
  const visitor = (expiresOn = addDays(today(), 30)) =>
    enrolIn(
      api.world,
      aVisitor(String((borderNumbers += 1)), {
        card: { type: 'visit-visa', issuedOn: addDays(expiresOn, -90), expiresOn },
      }),
    );

  test.each([
    ['4000000001', 'visitor'],
    ['٤٠٠٠٠٠٠٠٠١', 'visitor'],
    ['1000000008', 'citizen'],
    ['1000000009', 'wrong-check-digit'],
    ['2000000008', 'wrong-check-digit'],
    ['0400000001', 'unknown-first-digit'],
    ['400000001', 'not-ten-digits'],
  ])('whose number %s is', (text, expected) => {
    const parsed = parsePersonNumber(text, wholly(borderNumberPattern.value));
    expect('number' in parsed ? beneficiaryOf(parsed.number) : parsed.refusal).toBe(expected);
  });

  test('where a deployment says another pattern, an identity number is still one', () => {
    const anything = wholly('[A-Z0-9]+');
    expect(parsePersonNumber('1000000009', anything)).toEqual({ refusal: 'wrong-check-digit' });
    expect(parsePersonNumber('B77', anything)).toEqual({ number: 'B77' });
  });

  test('their visa is verified by birth date and by serial, on its last day and on the next', async () => {
    const { number, serial } = await visitor();
    expect(await verify({ identityNumber: number, birthDate: '1990-01-01' })).toMatchObject({ verdict: 'valid' });
    expect(await verify({ identityNumber: number, cardSerial: serial })).toMatchObject({ verdict: 'valid' });
    expect(await verify({ identityNumber: number, birthDate: '1990-01-02' })).toMatchObject({ verdict: 'unknown' });
    const lastDay = await visitor(today());
    expect(await verify({ identityNumber: lastDay.number, birthDate: '1990-01-01' })).toMatchObject({
      verdict: 'valid',
    });
    const over = await visitor(addDays(today(), -1));
    expect(await verify({ identityNumber: over.number, birthDate: '1990-01-01' })).toMatchObject({
      verdict: 'expired',
      since: today(),
    });
  });

  test('in a file among others', async () => {
    const { number } = await visitor();
    const citizen = aPerson('151000001');
    await api.world.enrol([citizen]);
    const lines = [number, citizen.number, '4999999999'].map((each) => ({
      identityNumber: each,
      birthDate: '1990-01-01',
    }));
    const answer = await api.call('POST', '/v1/verifications/bulk', {
      token: portal,
      headers: { 'idempotency-key': api.key('visitors') },
      body: { lines },
    });
    const { links } = JSON.parse(answer.text) as { links: { self: string; result: string } };
    await until(
      async () => (await api.call('GET', links.self, { token: portal })).text,
      (text) => text.includes('"state":"done"'),
    );
    const result = JSON.parse((await api.call('GET', links.result, { token: portal })).text) as {
      lines: { verdict: string }[];
    };
    expect(result.lines.map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'unknown']);
    const logged = await sql<{ beneficiary: string }>(
      `SELECT beneficiary FROM service_log WHERE ref LIKE 'blk_%' ORDER BY ref`,
    );
    expect(logged.map(({ beneficiary }) => beneficiary)).toEqual(['visitor', 'citizen', 'visitor']);
  });

  test('they read their data, share it, and stand in the statement under their own name', async () => {
    const analyst = await api.token({ sub: 'analyst-1', roles: ['analyst'] });
    type Row = { beneficiary: string; count: number };
    const counted = async (): Promise<number> => {
      const path = `/v1/statistics/statement?month=${today().slice(0, 7)}`;
      const { byBeneficiary } = JSON.parse((await api.call('GET', path, { token: analyst })).text) as {
        byBeneficiary: Row[];
      };
      return byBeneficiary.find(({ beneficiary }) => beneficiary === 'visitor')?.count ?? 0;
    };
    const before = await counted();
    const { number } = await visitor();
    await verify({ identityNumber: number, birthDate: '1990-01-01' });
    const record = await said<{
      identity: { number: string; nationality: string };
      contact: { address: unknown };
      cards: { type: { code: string; text: { en: string } }; status: { code: string } }[];
    }>('/v1/people/record', { identityNumber: number });
    expect(record).toMatchObject({
      identity: { number, nationality: 'EGY' },
      contact: { address: null },
      cards: [{ type: { code: 'visit-visa', text: { en: 'Visit visa' } }, status: { code: 'valid' } }],
    });
    const shared = await api.call('POST', '/v1/people/shares', {
      token: portal,
      headers: { 'idempotency-key': api.key('visitor-share') },
      body: {
        identityNumber: number,
        recipient: 'ministry-of-health',
        fields: ['name', 'card'],
        purpose: 'treatment',
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
    });
    const { id } = JSON.parse(shared.text) as { id: string };
    const health = await api.token({ sub: 'moh', roles: ['portal'], clientId: 'ministry-of-health' });
    const fetched = await api.call('GET', `/v1/shares/${id}`, { token: health });
    expect(JSON.parse(fetched.text)).toMatchObject({ data: { card: { type: 'visit-visa', status: 'valid' } } });
    // Verified, read, shared, fetched.
    expect((await counted()) - before).toBe(4);
    const pdf = await fetch(`${api.url}/v1/people/record`, {
      method: 'POST',
      headers: { authorization: `Bearer ${portal}`, 'content-type': 'application/json', accept: 'application/pdf' },
      body: JSON.stringify({ identityNumber: number }),
    });
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  test('they file no case, and a visa is no card to be reminded of', async () => {
    const { number, serial } = await visitor(addDays(today(), 7));
    const filed = await api.call('POST', '/v1/cases', {
      token: portal,
      headers: { 'idempotency-key': api.key('visitor') },
      body: {
        type: 'id-renewal',
        applicant: { identityNumber: number },
        application: {
          photo: await api.upload(await api.person()),
          reason: 'expiring',
          delivery: { method: 'courier' },
        },
      },
    });
    expect(code(filed)).toEqual([422, 'identity-number-unknown-first-digit']);
    await createServiceFlows(api.world.client, api.world.taskQueue).remindNow({ today: today() });
    expect(await api.world.control.ledger('messages', `reminder-${serial}`)).toEqual([]);
  });

  test('generated ones are consistent, and the same for the same seed', async () => {
    const wanted = { seed: 'test', count: 40, today: today() };
    const visitors = generateVisitors(wanted);
    expect(generateVisitors(wanted)).toEqual(visitors);
    expect(new Set(visitors.map(({ identityNumber }) => identityNumber)).size).toBe(40);
    expect(visitors.every(({ nationality }) => nationality !== 'SAU')).toBe(true);
    const enrolled = await api.world.enrol(visitors.map(asEnrolled));
    const [row] = await sql<{ visitors: number }>(
      `SELECT count(*) AS visitors FROM persons WHERE beneficiary = 'visitor' AND person = ANY ($1)`,
      [enrolled.map(({ person }) => person)],
    );
    expect(row?.visitors).toBe(40);
  });
});

describe('lost cards', () => {
  let people = 152_000_000;
  const holder = (change = {}) => enrolIn(api.world, aPerson(String((people += 1)), change));
  const report = (number: string, serial: string, lostOn: string = today()): Promise<Answer> =>
    post('/v1/people/cards/lost', { identityNumber: number, cardSerial: serial, lostOn });
  const messages = async (serial: string): Promise<string[]> =>
    (await api.world.control.ledger('messages', `loss-${serial}`)).map(({ textEn }) => String(textEn));

  test('reported: verified as lost from then on, logged, told; reported again, the first report stands', async () => {
    const { number, person, serial } = await holder();
    const lostOn = addDays(today(), -3);
    const first = await report(number, serial, lostOn);
    expect(JSON.parse(first.text)).toEqual({
      cardSerial: serial,
      status: { code: 'lost', text: { ar: 'مفقودة', en: 'Lost' } },
      lostOn,
      reportedOn: today(),
      renewal: { lossFine: expect.objectContaining({ halalas: 0 }), policyVersion: expect.any(String) },
    });
    for (const fact of [{ cardSerial: serial }, { birthDate: '1990-01-01' }])
      expect(await verify({ identityNumber: number, ...fact })).toMatchObject({
        verdict: 'reported-lost',
        since: today(),
      });
    const again = await Promise.all(Array.from({ length: 5 }, () => report(number, serial, today())));
    for (const answer of again) expect(answer.text).toBe(first.text);
    const lines = await sql(`SELECT service, what, ref FROM service_log WHERE person = $1 AND service = 'card-loss'`, [
      person,
    ]);
    expect(lines).toEqual([{ service: 'card-loss', what: 'loss-reported', ref: serial }]);
    const told = await until(
      () => messages(serial),
      (texts) => texts.length > 0,
    );
    expect(told).toEqual([
      `Your card ${serial} was reported lost on ${today()} and is no longer valid. If it was not you, turn to Civil Affairs.`,
    ]);
    const record = await said<{ cards: object[]; accesses: object[] }>('/v1/people/record', { identityNumber: number });
    expect(record.cards).toMatchObject([{ serial, status: { code: 'lost' }, validTo: today() }]);
    expect(record.accesses).toEqual(
      expect.arrayContaining([expect.objectContaining({ what: expect.objectContaining({ code: 'loss-reported' }) })]),
    );
  });

  test('the fine of the next card follows the policy: which loss it is, and how late it was told', async () => {
    const fine = async (number: string, serial: string, lostOn: string): Promise<number> =>
      (JSON.parse((await report(number, serial, lostOn)).text) as { renewal: { lossFine: { halalas: number } } })
        .renewal.lossFine.halalas;
    const [second, late] = [await holder({ losses: 1 }), await holder()];
    expect(await fine(second.number, second.serial, today())).toBe(100_00);
    expect(await fine(late.number, late.serial, addDays(today(), -16))).toBe(100_00);
  });

  test('a renewal of a lost card: outside the window, with the fine of the loss as it was reported', async () => {
    const { number, serial, person } = await holder({ losses: 1 });
    await report(number, serial, addDays(today(), -10));
    expect((await api.world.register.facts(person))?.losses).toBe(1);
    const filed = await file(number, { reason: 'expiring' });
    expect(filed.quote?.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'loss-fine', amount: expect.objectContaining({ halalas: 100_00 }) }),
      ]),
    );
  });

  test('a renewal that says the card is lost reports it', async () => {
    const { number, serial } = await holder();
    await file(number, { reason: 'lost', lostOn: addDays(today(), -1) });
    expect(await verify({ identityNumber: number, cardSerial: serial })).toMatchObject({ verdict: 'reported-lost' });
    expect(JSON.parse((await report(number, serial, today())).text)).toMatchObject({ lostOn: addDays(today(), -1) });
  });

  test('one whose report the engine never heard of is told by the sweep, once, and not after the engine has forgotten', async () => {
    const by = { client: 'absher-individuals', channel: 'absher-individuals', beneficiary: 'citizen' } as const;
    const alone = async (hoursAgo: number): Promise<string> => {
      const { person, serial } = await holder();
      const at = instant(Date.now() - hoursAgo * HOUR);
      await api.deps.services.losses.report({ person, serial, lostOn: today() }, by, at);
      return serial;
    };
    const [recent, old, justNow] = [await alone(1), await alone(25), await alone(0)];
    const flows = createServiceFlows(api.world.client, api.world.taskQueue);
    await flows.sweepNow();
    const told = await until(
      () => messages(recent),
      (texts) => texts.length > 0,
    );
    expect(told).toEqual([expect.stringMatching(`^Your card ${recent} was reported lost on ${today()}`)]);
    await flows.sweepNow();
    expect(await messages(recent)).toHaveLength(1);
    expect([await messages(old), await messages(justNow)]).toEqual([[], []]);
  });

  let losses = 0;
  async function file(number: string, application: object) {
    const answer = await api.call('POST', '/v1/cases', {
      token: portal,
      headers: { 'idempotency-key': api.key(`lost-${++losses}`) },
      body: {
        type: 'id-renewal',
        applicant: { identityNumber: number },
        application: {
          photo: await api.upload(number),
          delivery: { method: 'courier' },
          ...application,
        },
      },
    });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.view();
  }

  test("somebody else's card, one that was replaced, a day to come, nobody", async () => {
    const [one, other] = [await holder(), await holder()];
    expect(code(await report(one.number, other.serial))).toEqual([404, 'card-not-found']);
    expect(code(await report(one.number, one.serial, addDays(today(), 1)))).toEqual([422, 'loss-date']);
    expect(code(await report(one.number, one.serial, '2020-11-30'))).toEqual([422, 'loss-date']);
    expect(code(await report(one.number, one.serial, '2026-02-30'))).toEqual([422, 'date-does-not-exist']);
    expect(code(await report(aPerson('152999999').number, one.serial))).toEqual([404, 'person-not-found']);
    expect(await verify({ identityNumber: one.number, cardSerial: one.serial })).toMatchObject({ verdict: 'valid' });
    const order = { person: one.person, type: 'national-id' as const, caseId: 'c-replaced' };
    const { serial } = await api.world.register.reserveCard({ key: 'replaced/reserve', ...order });
    const dates = { issuedOn: today(), expiresOn: addDays(today(), 3_650) };
    await api.world.register.swapCards({ key: 'replaced/swap', ...order, serial, ...dates });
    expect(code(await report(one.number, one.serial))).toEqual([409, 'card-not-in-force']);
    const staff = await api.token({ as: 'staff-101' });
    const body = { identityNumber: one.number, cardSerial: serial, lostOn: today() };
    expect((await post('/v1/people/cards/lost', body, staff)).problem().code).toBe('not-your-role');
  });
});
