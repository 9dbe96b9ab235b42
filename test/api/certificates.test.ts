import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { compactVerify, createLocalJWKSet, decodeJwt, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { createApi } from '../../api/app';
import { createSigner } from '../../adapters/signing/ed25519';
import { addDays, riyadhDate } from '../../domain/time';
import { familiesIn, supervisor, supervisor2, until, type Families, type Somebody } from '../support/families';
import { pdfText } from '../support/pdf-text';
import { qrOfPdf, readQr } from '../support/read-qr';
import { startApiWorld, type Answer, type ApiWorld } from './api-world';

let api: ApiWorld;
let families: Families;
let portal: string;
let father: Somebody;
let mother: Somebody;
let serial: string;
let caseId: string;
let issuedOn: string;

const today = (): string => riyadhDate(new Date().toISOString());
const on = addDays(today(), -5);
const Rows = z.array(
  z.object({ label: z.object({ en: z.string() }), value: z.object({ ar: z.string(), en: z.string() }) }),
);
const Certificate = z.object({
  serial: z.string(),
  event: z.string(),
  on: z.string(),
  issuedOn: z.string(),
  rows: Rows,
  standing: z.object({
    verdict: z.string(),
    since: z.string().optional(),
    replaced: z.literal(true).optional(),
    replacedBy: z.string().optional(),
    text: z.object({ en: z.string() }),
  }),
  code: z.string(),
  child: z
    .object({ identityNumber: z.string(), sex: z.string(), birthPlace: z.object({ ar: z.string(), en: z.string() }) })
    .optional(),
});
const Read = z.object({ identity: z.object({ nameEn: z.string(), sex: z.string() }) });
const FamilyRecord = z.object({ number: z.string(), issuedOn: z.string(), rows: Rows, code: z.string() });
const Verdict = z.object({
  verdict: z.string(),
  since: z.string().optional(),
  replaced: z.literal(true).optional(),
  signed: z.string(),
});

async function birth(): Promise<{ caseId: string; father: Somebody; mother: Somebody; serial: string }> {
  const parents = [
    await families.somebody(),
    await families.somebody({ sex: 'F', birthDate: '1988-08-08', nameAr: 'نورة بنت سعد القحطاني' }),
  ] as const;
  await families.ties(families.married(...parents));
  const notice = await families.notice({ kind: 'birth', on, people: parents });
  const id = await families.report(parents[0], {
    event: 'birth',
    on,
    father: parents[0].number,
    mother: parents[1].number,
    notice,
    child: {
      nameAr: 'سعود بن خالد الحربي',
      nameEn: 'Saud Khalid Alharbi',
      sex: 'M',
      birthPlaceAr: 'الرياض',
      birthPlaceEn: 'Riyadh',
    },
  });
  await families.approve(id);
  await families.outcome(id);
  const { links } = (await api.call('GET', `/v1/cases/${id}`, { token: portal })).view();
  return { caseId: id, father: parents[0], mother: parents[1], serial: links.certificate?.split('/').at(-1) ?? '' };
}

async function amended(of: string, about: Somebody, facts: Record<string, unknown>): Promise<string> {
  const id = `amd_${of.slice(4)}-1`;
  await api.world.cases.start({
    caseId: id,
    type: 'record-amendment',
    channel: 'civil-affairs',
    clientId: supervisor.id,
    filedBy: 'supervisor',
    filedAt: new Date().toISOString(),
    subject: about.person,
    office: 'riyadh-1',
    facts: { amends: of, ...facts },
    parent: of,
  });
  await families.act(id, supervisor2, 'confirm', {});
  await until(async () => (await families.outcome(id)) === 'COMPLETED');
  return id;
}

beforeAll(async () => {
  api = await startApiWorld({}, { publicRequestsPerMinute: 20 });
  families = familiesIn(api.world);
  portal = await api.portal();
  ({ caseId, father, mother, serial } = await birth());
  issuedOn = today();
});
afterAll(() => api?.stop());

const certificate = (
  who: Somebody | undefined,
  { token = portal, of = serial, accept }: { token?: string; of?: string; accept?: string } = {},
): Promise<Answer> =>
  api.call('GET', `/v1/certificates/${of}`, {
    token,
    headers: { ...(who ? { 'identity-number': who.number } : {}), ...(accept ? { accept } : {}) },
  });
const verify = (code: string): Promise<Answer> => api.call('POST', '/v1/certificates/verification', { body: { code } });
const verdict = async (code: string) => {
  const { signed: _signed, ...said } = (await verify(code)).as(Verdict);
  return said;
};
const codeOf = async (who: Somebody, of = serial): Promise<string> =>
  (await certificate(who, { of })).as(Certificate).code;
async function paperOf(who: Somebody): Promise<Buffer> {
  const headers = { authorization: `Bearer ${portal}`, 'identity-number': who.number, accept: 'application/pdf' };
  const response = await fetch(`${api.url}/v1/certificates/${serial}`, { headers });
  return Buffer.from(await response.arrayBuffer());
}
const code = (answer: Answer): [number, string] => [answer.status, answer.problem().code];

describe('a certificate', () => {
  test('is there for each party, as JSON, with what is printed on it', async () => {
    const read = (await certificate(father)).as(Certificate);
    expect(read).toMatchObject({ serial, event: 'birth', on, issuedOn, standing: { verdict: 'valid' } });
    expect(read.rows.map(({ label }) => label.en)).toEqual([
      'Child',
      "Child's identity number",
      'Sex',
      'Place of birth',
      'Father',
      'Mother',
      'Date of the event',
    ]);
    expect(read.rows[5]?.value.ar).toBe('نورة بنت سعد القحطاني');
    expect((await certificate(mother)).as(Certificate)).toEqual(read);
    const log = await api.world.database.from('register').query<{ what: string; person: string }>({
      text: 'SELECT what, person FROM service_log WHERE ref = $1 ORDER BY seq',
      values: [serial],
    });
    expect(log).toEqual([father, mother].map(({ person }) => ({ what: 'certificate-read', person })));
  });

  test('tells the number that the register gave the child, by which its record is read', async () => {
    const { child } = (await certificate(mother)).as(Certificate);
    expect(child).toMatchObject({ sex: 'M', birthPlace: { ar: 'الرياض', en: 'Riyadh' } });
    const body = { identityNumber: child?.identityNumber };
    const record = await api.call('POST', '/v1/people/record', { token: portal, body });
    expect(record.status).toBe(200);
    expect(record.as(Read).identity).toMatchObject({ nameEn: 'Saud Khalid Alharbi', sex: 'M' });
    expect(JSON.stringify(decodeJwt(await codeOf(father)))).not.toContain(child?.identityNumber);
    expect(pdfText(await paperOf(father))).toContain(child?.identityNumber);
  });

  test('and as a PDF where that is asked for', async () => {
    const paper = await certificate(father, { accept: 'application/pdf' });
    expect(paper.headers.get('content-type')).toBe('application/pdf');
    expect(paper.headers.get('content-disposition')).toContain(`${serial}.pdf`);
    expect(paper.text.slice(0, 5)).toBe('%PDF-');
    expect((await certificate(father, { accept: 'application/json, application/pdf;q=0.5' })).text).toContain('rows');
  });

  test('is not there for anybody else, and nothing says that it is for somebody', async () => {
    const stranger = await families.somebody();
    expect(code(await certificate(stranger))).toEqual([404, 'certificate-not-found']);
    expect(code(await certificate(stranger, { of: 'FC99999999' }))).toEqual([404, 'certificate-not-found']);
    expect(code(await certificate(father, { of: 'FC99999999' }))).toEqual([404, 'certificate-not-found']);
    expect(code(await certificate(undefined))).toEqual([422, 'identity-number-not-ten-digits']);
    expect(code(await certificate(undefined, { of: 'FC99999999' }))).toEqual([422, 'identity-number-not-ten-digits']);
    const body = await api.token({ sub: 'social-insurance', roles: ['portal'], clientId: 'social-insurance' });
    expect(code(await certificate(father, { token: body }))).toEqual([403, 'not-your-role']);
    const operator = await api.token({ as: 'staff-401' });
    expect(code(await certificate(undefined, { token: operator }))).toEqual([403, 'not-your-role']);
    expect((await api.call('GET', `/v1/certificates/${serial}`)).problem().code).toBe('token-missing');
  });

  test('is there for the staff of its office', async () => {
    const token = await api.token({ as: 'staff-101' });
    expect((await certificate(undefined, { token })).as(Certificate).serial).toBe(serial);
    const elsewhere = await api.token({ as: 'staff-103' });
    expect(code(await certificate(undefined, { token: elsewhere }))).toEqual([403, 'another-office']);
  });
});

describe('its code', () => {
  test('names nobody, is checked with the published keys, and verifies without a token', async () => {
    const shown = await codeOf(father);
    expect(decodeJwt(shown)).toEqual({ serial, event: 'birth', on, issuedOn });
    const jwks = JSON.parse((await api.call('GET', '/.well-known/jwks.json')).text) as JSONWebKeySet;
    const keys = createLocalJWKSet(jwks);
    expect((await compactVerify(shown, keys)).protectedHeader.typ).toBe('civil-certificate+jwt');
    const answer = await verify(shown);
    expect(await verdict(shown)).toEqual({ verdict: 'valid' });
    expect(answer.text).not.toMatch(/الحربي|Alharbi|FC\d{8}/);
    const { payload } = await compactVerify(answer.as(Verdict).signed, keys);
    const said = JSON.parse(Buffer.from(payload).toString()) as object;
    expect(said).toEqual({
      iss: 'https://tajdid.example',
      iat: expect.any(Number),
      exp: expect.any(Number),
      verdict: 'valid',
      question: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  test('is what the QR code says that is drawn on the paper', async () => {
    const scanned = readQr(qrOfPdf(await paperOf(father)));
    expect(scanned).toBe(await codeOf(father));
    expect(await verdict(scanned)).toEqual({ verdict: 'valid' });
  });

  test('changed, signed by somebody else, of another kind, or of a number that was never given out: unknown', async () => {
    const [head = '', body = '', signature = ''] = (await codeOf(father)).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { signer } = api.deps.services;
    const kind = 'civil-certificate+jwt';
    for (const each of [
      `${head}.${part({ ...claims, event: 'marriage' })}.${signature}`,
      `${head}.${body}.${part('x')}`,
      `${part({ alg: 'none', typ: kind })}.${body}.`,
      createSigner(Buffer.alloc(32, 7)).sign(kind, claims),
      signer.sign('tajdid-share-receipt+jws', claims),
      signer.sign(kind, { ...claims, serial: 'FC99999999' }),
      signer.sign(kind, { ...claims, on: today() }),
      signer.sign(kind, { serial }),
      'FC00000001',
    ])
      expect(await verdict(each)).toEqual({ verdict: 'unknown' });
    expect(code(await verify(''))).toEqual([422, 'validation-failed']);
    expect(code(await verify('x'.repeat(5000)))).toEqual([422, 'validation-failed']);
  });

  test('of an entry that was corrected: superseded; of one that was revoked: revoked', async () => {
    const wrong = await birth();
    const shown = await codeOf(wrong.father, wrong.serial);
    await amended(wrong.caseId, wrong.mother, { what: 'correction', on: addDays(on, -1) });
    const answer = await verify(shown);
    expect(answer.as(Verdict)).toMatchObject({ verdict: 'superseded', since: today(), replaced: true });
    expect(answer.text).not.toMatch(/FC\d{8}/);
    expect(decodeJwt(answer.as(Verdict).signed)).toMatchObject({ verdict: 'superseded', replaced: true });
    const { standing } = (await certificate(wrong.father, { of: wrong.serial })).as(Certificate);
    expect(standing).toMatchObject({ verdict: 'superseded', since: today(), replaced: true });
    expect(standing.text.en).toContain('another was issued in its place');
    const instead = (await certificate(wrong.mother, { of: standing.replacedBy?.split('/').at(-1) ?? '' })).as(
      Certificate,
    );
    expect(instead).toMatchObject({ on: addDays(on, -1), standing: { verdict: 'valid' } });
    expect(instead.serial).not.toBe(wrong.serial);

    const own = await codeOf(father);
    await amended(caseId, mother, { what: 'revocation' });
    expect(await verdict(own)).toEqual({ verdict: 'revoked', since: today() });
    expect((await certificate(mother)).as(Certificate).standing.verdict).toBe('revoked');
  });
});

test('the certificate of a corrected entry is for its parties; who is none any more learns that there is one, and no more', async () => {
  const wrong = await birth();
  const rightFather = await families.somebody();
  const amendment = await amended(wrong.caseId, wrong.mother, { what: 'correction', father: rightFather.person });
  const standingFor = async (who: Somebody | undefined, token = portal) =>
    (await certificate(who, { of: wrong.serial, token })).as(Certificate).standing;
  const { replacedBy = '' } = await standingFor(wrong.mother);
  const of = replacedBy.split('/').at(-1) ?? '';
  expect(await standingFor(wrong.father)).toMatchObject({ verdict: 'superseded', replaced: true });
  expect(await standingFor(wrong.father)).not.toHaveProperty('replacedBy');
  expect(code(await certificate(wrong.father, { of }))).toEqual([404, 'certificate-not-found']);
  expect((await certificate(rightFather, { of })).as(Certificate).standing).toMatchObject({ verdict: 'valid' });
  expect(code(await certificate(rightFather, { of: wrong.serial }))).toEqual([404, 'certificate-not-found']);

  const staff = await api.token({ as: 'staff-101' });
  expect(await standingFor(undefined, staff)).toMatchObject({ replacedBy });
  const { links } = (await api.call('GET', `/v1/cases/${amendment}`, { token: staff })).view();
  expect(links.certificate).toBe(replacedBy);
});

test('a family record lists who stands in it today, and its code holds for the day', async () => {
  const { father: head, mother: wife } = await birth();
  const ask = (who: Somebody, headers = {}) =>
    api.call('POST', '/v1/people/family-record', { token: portal, body: { identityNumber: who.number }, headers });
  const record = (await ask(head)).as(FamilyRecord);
  expect(record.rows.map(({ label }) => label.en)).toEqual(['Head of the family', 'Wife', 'Son']);
  expect(record.rows[2]?.value.en).toBe(`Saud Khalid Alharbi, ${on.replaceAll('-', '/')}`);
  expect((await ask(wife)).as(FamilyRecord).rows.map(({ label }) => label.en)).toEqual(['Head of the family', 'Son']);
  expect((await ask(head, { accept: 'application/pdf' })).text.slice(0, 5)).toBe('%PDF-');
  expect(decodeJwt(record.code)).toEqual({ number: record.number, issuedOn: today() });
  expect(await verdict(record.code)).toEqual({ verdict: 'valid' });
  const born = await api.world.database.from('register').query<{ person: string }>({
    text: `SELECT person FROM family_links WHERE relative = $1 AND kind = 'father'`,
    values: [head.person],
  });
  await families.ties({ kind: 'death', on: today(), person: born[0]?.person ?? '' });
  const bereaved = (await ask(head)).as(FamilyRecord);
  expect(bereaved.rows[2]?.value.en).toContain(`died ${today().replaceAll('-', '/')}`);
  expect(bereaved.number).not.toBe(record.number);
  const old = api.deps.services.signer.sign('family-record+jwt', { number: record.number, issuedOn: '2026-01-31' });
  expect(await verdict(old)).toEqual({ verdict: 'expired', since: '2026-02-01' });
  const nobody = await api.call('POST', '/v1/people/family-record', {
    token: portal,
    body: { identityNumber: '1000000008' },
  });
  expect(code(nobody)).toEqual([404, 'person-not-found']);
});

describe('behind proxies', () => {
  /** What is answered to requests that a proxy on this machine passes on for these addresses, of which each may ask once. */
  const answersTo = async (trustedProxies: number | string[] | undefined, ...askers: string[]): Promise<number[]> => {
    const { settings } = api.deps;
    const trusting = trustedProxies === undefined ? {} : { trustedProxies };
    const app = createApi({ ...api.deps, settings: { ...settings, publicRequestsPerMinute: 1, ...trusting } });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/certificates/verification`;
    const statuses: number[] = [];
    for (const asker of askers) {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': asker };
      const { status } = await fetch(url, { method: 'POST', headers, body: '{"code":"made-up"}' });
      statuses.push(status);
    }
    server.close();
    server.closeAllConnections();
    return statuses;
  };

  test.each([[1], [['loopback']], [['127.0.0.0/8', '10.0.0.0/8']]])('that are trusted (%j)', async (trusted) => {
    expect(await answersTo(trusted, '192.0.2.1', '192.0.2.2', '192.0.2.1')).toEqual([200, 200, 429]);
    // What the asker itself has put before what the proxy says is nobody's word.
    expect(await answersTo(trusted, '203.0.113.5, 192.0.2.1', '203.0.113.6, 192.0.2.1')).toEqual([200, 429]);
  });

  test('that are not, no header tells askers apart', async () => {
    expect(await answersTo(undefined, '192.0.2.1', '192.0.2.2')).toEqual([200, 429]);
    expect(await answersTo(['192.0.2.9'], '192.0.2.1', '192.0.2.2')).toEqual([200, 429]);
  });
});

test('whoever asks too often is told to wait, and a caller with a token is not held up by it', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => verify('made-up')));
  const limited = answers.filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThanOrEqual(10);
  expect(limited[0]?.problem().code).toBe('too-many-requests');
  expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await certificate(father)).status).toBe(200);
  // What is dear to answer is counted with the rest; whether the API is well, its keepers are told however much others ask.
  expect((await api.call('GET', '/metrics')).status).toBe(429);
  expect((await api.call('GET', '/readyz')).status).toBe(200);
});
