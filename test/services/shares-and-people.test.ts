import { createShareActivities } from '../../activities/services/share';
import { createFamilyEnrol } from '../../adapters/register/family-enrol';
import { digestOf } from '../../adapters/signing/sd-jwt';
import { HOUR } from '../../domain/time';
import { until } from '../support/until';
import { startApiWorld, type Answer, type ApiWorld } from '../api/api-world';
import { aPerson } from '../support/people';

/** What a share means for whom it is of, and for whoever goes out with it. */
let api: ApiWorld;
let portal: string;
let health: string;

beforeAll(async () => {
  api = await startApiWorld();
  portal = await api.portal();
  const client = 'ministry-of-health';
  health = await api.token({ sub: client, roles: ['portal'], clientId: client, channel: client });
});
afterAll(() => api?.stop());

interface Granted {
  readonly id: string;
  readonly receipt: string;
  readonly credential: string;
}

const expiresAt = new Date(Date.now() + HOUR).toISOString();
let keys = 0;
const grant = (change: object): Promise<Answer> =>
  api.call('POST', '/v1/people/shares', {
    token: portal,
    headers: { 'idempotency-key': api.key(`share-${(keys += 1)}`) },
    body: { recipient: 'ministry-of-health', fields: ['name'], purpose: 'فتح ملف طبي', expiresAt, ...change },
  });
async function granted(change: object): Promise<Granted> {
  const answer = await grant(change);
  if (answer.status !== 201) throw new Error(answer.text);
  return JSON.parse(answer.text) as Granted;
}
const fetchShare = (id: string, fields?: string): Promise<Answer> =>
  api.call('GET', `/v1/shares/${id}${fields === undefined ? '' : `?fields=${fields}`}`, { token: health });
const messages = async (id: string): Promise<string[]> =>
  (await api.world.control.ledger('messages', id)).map(({ textEn }) => String(textEn));
const code = (answer: Answer): [number, string] => [answer.problem().status, answer.problem().code];

test('whoever is given out with a family is told of it as well, and nobody else', async () => {
  const [owner, wife, before, father, child] = [
    aPerson('142000010'),
    aPerson('142000011', { sex: 'F' }),
    aPerson('142000012', { sex: 'F' }),
    aPerson('142000013', { birthDate: '1950-05-05', diedOn: '2020-02-02' }),
    aPerson('142000014', { birthDate: '2015-05-05', card: null }),
  ] as const;
  const [his = '', hers = '', former = '', dead = '', small = ''] = (
    await api.world.enrol([owner, wife, before, father, child])
  ).map((each) => each.person);
  const ties = createFamilyEnrol(api.world.database);
  await ties.ties([
    { kind: 'enrolled-parent', on: '1990-01-01', child: his, parent: dead, as: 'father' },
    { kind: 'enrolled-parent', on: '2015-05-05', child: small, parent: his, as: 'father' },
    { kind: 'marriage', on: '2010-01-01', husband: his, wife: former },
    { kind: 'divorce', on: '2012-01-01', husband: his, wife: former },
    { kind: 'marriage', on: '2014-01-01', husband: his, wife: hers },
  ]);
  const { id } = await granted({ identityNumber: owner.number, fields: ['name', 'family'] });
  const told = async (): Promise<string[]> => {
    const text = `SELECT person FROM service_log WHERE ref = $1 AND what = 'family-fetched'`;
    const rows = await api.world.database.from('register').query<{ person: string }>({ text, values: [id] });
    return rows.map((row) => row.person);
  };
  expect((await fetchShare(id, 'name')).status).toBe(200);
  expect(await told()).toEqual([]);
  const { data } = JSON.parse((await fetchShare(id)).text) as { data: { family: Record<string, unknown>[] } };
  expect(data.family.map(({ relation }) => relation)).toEqual(['father', 'spouse', 'child']);
  expect(Object.keys(data.family[0] ?? {})).toEqual(['relation', 'nameAr', 'nameEn', 'birthDate']);
  expect((await told()).toSorted()).toEqual([hers, small].toSorted());

  const answer = await api.call('POST', '/v1/people/record', { token: portal, body: { identityNumber: wife.number } });
  const { accesses, family } = JSON.parse(answer.text) as { accesses: object[]; family: object[] };
  expect(accesses).toMatchObject([{ what: { code: 'family-fetched' }, by: { code: 'ministry-of-health' } }]);
  expect(family).toHaveLength(1);
  expect(answer.text).not.toContain(his);
  const sent = await until(
    () => messages(id),
    (texts) => texts.length === 3,
  );
  expect(sent[2]).toBe('Ministry of Health has fetched the data that you let it read.');
});

test('a card that has run out is not shared as valid, and the dead share nothing', async () => {
  const owner = aPerson('142000006', {
    card: { type: 'national-id', issuedOn: '2016-01-01', expiresOn: '2026-01-01' },
  });
  const dead = aPerson('142000007', { diedOn: '2026-02-03' });
  await api.world.enrol([owner, dead]);
  const { id, credential } = await granted({ identityNumber: owner.number, fields: ['card'] });
  const { data } = JSON.parse((await fetchShare(id)).text) as { data: { card: { status: string } } };
  expect(data.card.status).toBe('expired');
  const [, disclosed = ''] = credential.split('~');
  expect(Buffer.from(disclosed, 'base64url').toString()).toContain('"status":"expired"');
  expect(code(await grant({ identityNumber: dead.number }))).toEqual([409, 'person-deceased']);
});

test('a share ends with its owner: nothing is given out, its status says so, and nobody is texted', async () => {
  const owner = aPerson('142000008');
  const [enrolled] = await api.world.enrol([owner]);
  const { id } = await granted({ identityNumber: owner.number });
  expect((await fetchShare(id)).status).toBe(200);
  await until(
    () => messages(id),
    (texts) => texts.length === 2,
  );
  await api.world.family.register({
    key: 'died-while-sharing',
    caseId: 'fam_diedwhilesharing',
    event: { kind: 'death', on: '2026-03-01', person: enrolled?.person ?? '' },
    limits: { wives: 4, husbands: 1, parentAge: 12, posthumousDays: 305 },
  });
  expect(code(await fetchShare(id))).toEqual([409, 'person-deceased']);
  expect((await api.call('GET', `/v1/shares/${id}/status`)).text).toBe('{"state":"expired"}');
  const register = api.world.database.from('register');
  const text = `SELECT what, outcome FROM service_log WHERE ref = $1 ORDER BY seq`;
  expect(await register.query({ text, values: [id] })).toEqual([
    { what: 'shared', outcome: 'served' },
    { what: 'fetched', outcome: 'served' },
    { what: 'refused', outcome: 'person-deceased' },
  ]);

  const sent: string[] = [];
  const { tellOfShare } = createShareActivities({
    shares: api.deps.services.shares,
    register: { contact: () => Promise.resolve({ phone: '+966500000000', language: 'ar', address: null }) },
    messages: {
      send: ({ textEn }) => Promise.resolve({ messageId: String(sent.push(textEn)) }),
      state: () => Promise.resolve('sent'),
    },
    now: () => Date.now() + 2 * HOUR,
  });
  expect(await tellOfShare({ share: id })).toEqual({ over: true });
  expect(sent).toEqual([]);
});

test('the receipt proves what a share was for, to whoever holds what discloses it, also once the share is over', async () => {
  const owner = aPerson('142000020');
  await api.world.enrol([owner]);
  const { id, receipt } = await granted({ identityNumber: owner.number });
  const claims = JSON.parse(Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString()) as { _sd: string[] };
  const { purposeDisclosure } = JSON.parse((await fetchShare(id)).text) as { purposeDisclosure: string };
  expect(claims).toMatchObject({ _sd_alg: 'sha-256', _sd: [digestOf(purposeDisclosure)] });
  expect(JSON.parse(Buffer.from(purposeDisclosure, 'base64url').toString())).toEqual([
    expect.stringMatching(/^[\w-]{22}$/),
    'purpose',
    'فتح ملف طبي',
  ]);

  const body = { identityNumber: owner.number };
  await api.call('POST', `/v1/people/shares/${id}/revoke`, { token: portal, body });
  const own = await api.call('POST', '/v1/people/shares/list', { token: portal, body });
  expect((JSON.parse(own.text) as { items: object[] }).items).toMatchObject([
    { id, state: 'revoked', receipt, purposeDisclosure },
  ]);
  const { items } = JSON.parse((await api.call('GET', '/v1/shares', { token: health })).text) as { items: Granted[] };
  expect(items.find((share) => share.id === id)?.receipt).toBe(receipt);
});
