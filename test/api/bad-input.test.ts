import { request } from 'node:http';
import { deflateSync, crc32 } from 'node:zlib';
import { identityNumberFrom } from '../../domain/identity-number';
import { startApiWorld, type Answer, type ApiWorld, type Sent } from './api-world';

let api: ApiWorld;
let portal: string;
let before: Record<string, number>;
beforeAll(async () => {
  api = await startApiWorld();
  portal = await api.portal();
  before = await api.written();
});
afterAll(() => api?.stop());

/** Whatever was refused has written nothing. */
afterEach(async () => expect(await api.written()).toEqual(before));

const NUMBER = identityNumberFrom('123456789');
const application = { photo: 'd_aaaaaaaaaaaaaaaaaaaaaaaa', delivery: { method: 'courier' } };
const body = { type: 'id-renewal', applicant: { identityNumber: NUMBER }, application };

const post = (sent: Sent): Promise<Answer> =>
  api.call('POST', '/v1/cases', { token: portal, ...sent, headers: { 'idempotency-key': 'k', ...sent.headers } });
const upload = (raw: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call('POST', '/v1/documents', {
    token: portal,
    raw,
    headers: { 'content-type': 'image/jpeg', 'identity-number': NUMBER, ...headers },
  });

function refused(answer: Answer, status: number, code: string): void {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = answer.problem();
  expect(problem).toMatchObject({
    status,
    code,
    type: `https://tajdid.example/problems/${code}`,
    titles: { ar: expect.stringMatching(/[\u0600-\u06ff]/), en: expect.any(String) },
  });
  expect(answer.status).toBe(status);
  expect(problem.instance).toBe(`urn:request:${answer.headers.get('x-request-id')}`);
  expect(answer.text).not.toContain(NUMBER);
  expect(answer.text).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
}

describe('a body', () => {
  const json = { 'content-type': 'application/json' };
  test('that is no JSON', async () =>
    refused(await post({ raw: `{"type": ${NUMBER}`, headers: json }), 400, 'malformed-json'));
  test('that is empty', async () => refused(await post({}), 422, 'validation-failed'));
  test('that is another thing than an object', async () =>
    refused(await post({ body: [NUMBER] }), 422, 'validation-failed'));
  test('of another content type', async () =>
    refused(
      await post({ raw: 'type=id-renewal', headers: { 'content-type': 'text/plain' } }),
      415,
      'unsupported-media-type',
    ));
  test('of another charset', async () =>
    refused(
      await post({ raw: '{}', headers: { 'content-type': 'application/json; charset=klingon' } }),
      415,
      'unsupported-media-type',
    ));
  test('that is too large', async () =>
    refused(await post({ body: { ...body, filler: 'x'.repeat(200_000) } }), 413, 'body-too-large'));
  test('with NUL in a text', async () =>
    refused(await post({ body: { ...body, applicant: { identityNumber: '\0' } } }), 422, 'validation-failed'));

  test('with an unknown field, which is named with the one that was meant', async () => {
    const answer = await post({ body: { ...body, application: { ...application, delivary: {} } } });
    refused(answer, 422, 'unknown-field');
    expect(answer.problem().errors).toEqual([
      { path: '/application/delivary', code: 'unknown-field', message: expect.any(Object), didYouMean: 'delivery' },
    ]);
  });
  test('whose unknown field is somebody’s number', async () =>
    refused(await post({ body: { ...body, application: { ...application, [NUMBER]: 1 } } }), 422, 'unknown-field'));
  test('with a field missing', async () => {
    const answer = await post({ body: { ...body, application: { delivery: { method: 'courier' } } } });
    refused(answer, 422, 'validation-failed');
    expect(answer.problem().errors).toEqual([expect.objectContaining({ path: '/application/photo', code: 'missing' })]);
  });
  test('with a date that does not exist', async () => {
    const answer = await post({
      body: { ...body, application: { ...application, reason: 'lost', lostOn: '2026-02-30' } },
    });
    refused(answer, 422, 'date-does-not-exist');
    expect(answer.problem().errors?.[0]?.path).toBe('/application/lostOn');
  });
  test('of an unknown case type', async () =>
    refused(await post({ body: { ...body, type: 'id-renewall' } }), 422, 'validation-failed'));
});

describe("a child's name", () => {
  const child = {
    nameAr: 'سعود الحربي',
    nameEn: "Sa'ud Al-Harbi",
    sex: 'M',
    birthPlaceAr: 'الرياض',
    birthPlaceEn: 'Riyadh',
  };
  const birth = (given: object) => ({
    type: 'family-registration',
    applicant: { identityNumber: NUMBER },
    application: {
      event: 'birth',
      on: '2026-11-01',
      father: NUMBER,
      mother: NUMBER,
      notice: 'HSP-1',
      child: { ...child, ...given },
    },
  });

  test.each([
    ['nameAr', 'Saud Alharbi', 'not-arabic-script'],
    ['nameAr', 'سعود\u202eيبرحلا', 'not-arabic-script'],
    ['nameAr', 'سعود\u0007', 'not-arabic-script'],
    ['nameAr', 'سعود 3', 'not-arabic-script'],
    ['nameEn', 'سعود الحربي', 'not-latin-script'],
    ['nameEn', 'Saud\u200fAlharbi', 'not-latin-script'],
    ['nameEn', 'Ѕаud', 'not-latin-script'],
    ['nameEn', '--', 'not-latin-script'],
    ['birthPlaceAr', 'Riyadh', 'not-arabic-script'],
    ['birthPlaceEn', 'Riyadh\u2066', 'not-latin-script'],
  ])('in another script, or with signs that nobody sees: %s %j', async (field, text, code) => {
    const answer = await post({ body: birth({ [field]: text }) });
    refused(answer, 422, 'validation-failed');
    expect(answer.problem().errors).toEqual([
      { path: `/application/child/${field}`, code, message: { ar: expect.any(String), en: expect.any(String) } },
    ]);
    expect(answer.text).not.toContain(text);
  });

  test('that is corrected is read in the same way', async () => {
    const supervisor = await api.token({ as: 'staff-201' });
    const application = {
      case: 'fam_x',
      what: 'correction',
      child: { nameAr: 'Saud', nameEn: 'سعود' },
      why: 'A wrong name',
    };
    const sent = { type: 'record-amendment', applicant: { identityNumber: NUMBER }, application };
    const answer = await post({ token: supervisor, body: sent });
    refused(answer, 422, 'validation-failed');
    expect(answer.problem().errors?.map(({ code }) => code)).toEqual(['not-arabic-script', 'not-latin-script']);
  });
});

test.each([
  ['12345', 'identity-number-not-ten-digits'],
  ['3000000007', 'identity-number-unknown-first-digit'],
  ['1000000009', 'identity-number-wrong-check-digit'],
  ['١٠٠٠٠٠٠٠٠٩', 'identity-number-wrong-check-digit'],
])('the identity number %s', async (identityNumber, code) => {
  const answer = await post({ body: { ...body, applicant: { identityNumber } } });
  refused(answer, 422, code);
  expect(answer.problem().errors?.map((each) => [each.path, each.code])).toEqual([['/applicant/identityNumber', code]]);
  expect(answer.text).not.toContain(identityNumber);
  const { errors } = (
    await post({ body: { ...body, application: { ...application, guardian: identityNumber } } })
  ).problem();
  expect(errors).toEqual([{ path: '/application/guardian', code, message: answer.problem().titles }]);
  refused(await upload('x', { 'identity-number': Buffer.from(identityNumber).toString('latin1') }), 422, code);
});

test('whose portrait it is stands in a header, and who leaves it out is told so', async () => {
  const headers = { 'content-type': 'image/jpeg' };
  const answer = await api.call('POST', '/v1/documents', { token: portal, raw: 'x', headers });
  refused(answer, 422, 'identity-number-not-ten-digits');
  expect(answer.problem().details).toEqual({
    ar: expect.stringContaining('Identity-Number'),
    en: expect.stringContaining('Identity-Number'),
  });
});

test.each([[undefined], [''], ['x'.repeat(129)]])('the idempotency key %p', async (key) => {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  refused(await api.call('POST', '/v1/cases', { token: portal, body, headers }), 400, 'idempotency-key-missing');
});

test('what would be taken instead is said in both languages, and a word nearly right is named', async () => {
  const grounds = {
    type: 'appeal',
    applicant: { identityNumber: NUMBER },
    application: { case: 'rnw_x', grounds: 'no' },
  };
  const messageOf = async (sent: object): Promise<unknown> => {
    const [error, ...more] = (await post({ body: sent })).problem().errors ?? [];
    expect(more).toEqual([]);
    const { path, message, didYouMean } = error ?? {};
    return [path, message?.en, message?.ar, didYouMean];
  };
  expect(await messageOf({ ...body, type: 'id-renewl' })).toEqual([
    '/type',
    'The value is not one of those that are possible: one of id-renewal, family-registration, appeal, record-amendment',
    'القيمة ليست من القيم المتاحة: id-renewal، family-registration، appeal، record-amendment',
    'id-renewal',
  ]);
  expect(await messageOf({ ...body, application: { ...application, delivery: { method: 'post' } } })).toEqual([
    '/application/delivery/method',
    'The value is not one of those that are possible: one of courier, pickup',
    'القيمة ليست من القيم المتاحة: courier، pickup',
    undefined,
  ]);
  expect(await messageOf(grounds)).toEqual([
    '/application/grounds',
    'The value is too short or too small: at least 10 characters',
    'القيمة أقصر أو أصغر من المطلوب: على الأقل 10 من الرموز',
    undefined,
  ]);
  expect(await messageOf({ ...body, applicant: { identityNumber: 1 } })).toEqual([
    '/applicant/identityNumber',
    'The value has the wrong type: a string is expected',
    'نوع القيمة غير صحيح: المتوقع نص',
    undefined,
  ]);
});

test.each([
  ['status=COMPLETE', 'COMPLETED'],
  ['waitingWho=applicants', 'applicant'],
])('a filter by what there never is: %s', async (query, didYouMean) => {
  const { code, errors } = (await api.call('GET', `/v1/cases?${query}`, { token: portal })).problem();
  expect([code, errors]).toEqual([
    'validation-failed',
    [expect.objectContaining({ code: 'unknown-value', didYouMean })],
  ]);
});

test.each([
  ['limit=9999', 'The value is too long or too large: at most 200'],
  ['filedFrom=2026-11-01', 'The value has the wrong format: such as 2026-11-01T09:00:00Z'],
])('what a filter takes: %s', async (query, en) =>
  expect((await api.call('GET', `/v1/cases?${query}`, { token: portal })).problem().errors?.[0]?.message.en).toBe(en),
);

describe('a photo', () => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    crc.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, crc]);
  };
  /** A few hundred bytes that claim to be 40,000 pixels square. */
  const bomb = (): Buffer => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(40_000, 0);
    header.writeUInt32BE(40_000, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    return Buffer.concat([
      mark,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  };

  /** Sends the head of an upload and nothing of its body; the problem that is answered. */
  const begun = (length: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const sent = request(
        `${api.url}/v1/documents`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${portal}`,
            'content-type': 'image/jpeg',
            'identity-number': NUMBER,
            'content-length': length,
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            sent.destroy();
            resolve(JSON.parse(Buffer.concat(parts).toString()));
          });
        },
      );
      sent.once('error', reject);
      sent.flushHeaders();
    });

  test('that is no image', async () => refused(await upload(`hello ${NUMBER}`), 422, 'photo-not-an-image'));
  test('that is empty', async () => refused(await upload(''), 422, 'photo-not-an-image'));
  test('of 50 MB, with the limit', async () => {
    const answer = await upload(Buffer.alloc(50 * 1024 * 1024, 0xff));
    refused(answer, 413, 'photo-too-large');
    expect(answer.problem().detail).toBe(`At most ${8 * 1024 * 1024} bytes.`);
  });
  test('of 50 MB by its length: refused before any of it has come', async () => {
    expect(await begun(50 * 1024 * 1024)).toMatchObject({ code: 'photo-too-large' });
  });
  test('that does not say how long it is: none of it is kept beyond the limit', async () => {
    const unsized = new ReadableStream({
      start(stream) {
        for (let sent = 0; sent < 9; sent++) stream.enqueue(new Uint8Array(1024 * 1024));
        stream.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: unsized, duplex: 'half' };
    const headers = { authorization: `Bearer ${portal}`, 'content-type': 'image/jpeg', 'identity-number': NUMBER };
    const response = await fetch(`${api.url}/v1/documents`, { ...init, headers });
    expect(await response.json()).toMatchObject({ status: 413, code: 'photo-too-large' });
  });
  test('that is a decompression bomb', async () =>
    refused(await upload(bomb(), { 'content-type': 'image/png' }), 422, 'photo-too-many-pixels'));
  test('that breaks off', async () =>
    refused(await upload(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])), 422, 'photo-truncated'));
  test('of another format under a false name', async () =>
    refused(await upload('GIF89a.......'), 415, 'photo-unsupported-format'));
  test('of another format', async () =>
    refused(await upload('GIF89a.......', { 'content-type': 'image/gif' }), 415, 'unsupported-media-type'));
});

describe('an address', () => {
  test('that is nothing', async () =>
    refused(await api.call('GET', `/v1/persons/${NUMBER}`, { token: portal }), 404, 'unknown-route'));
  test('that cannot be decoded', async () =>
    refused(await api.call('GET', '/v1/cases/%ff', { token: portal }), 400, 'malformed-request'));
  test('with a method that it does not take', async () => {
    const answer = await api.call('DELETE', '/v1/cases', { token: portal });
    refused(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
  });
  test('of a case that is not there', async () =>
    refused(await api.call('GET', '/v1/cases/rnw_nobody', { token: portal }), 404, 'case-not-found'));
  test('with a filter that is not known', async () =>
    refused(await api.call('GET', '/v1/cases?statuss=X', { token: portal }), 422, 'unknown-field'));
  test('with a cursor of another list', async () =>
    refused(await api.call('GET', '/v1/cases?cursor=abc', { token: portal }), 422, 'cursor-invalid'));
  test.each(['status=%00', 'limit=0', 'limit=201', 'limit=x', 'filedFrom=yesterday', 'open=perhaps'])(
    'with %s',
    async (query) => refused(await api.call('GET', `/v1/cases?${query}`, { token: portal }), 422, 'validation-failed'),
  );
});

test('the title is in the language that was asked for', async () => {
  const title = async (language: string) =>
    (await api.call('GET', '/nowhere', { headers: { 'accept-language': language } })).problem().title;
  expect(await title('ar-SA,ar;q=0.9')).toBe('لا يوجد شيء في هذا العنوان');
  expect(await title('en')).toBe('There is nothing at this address');
  expect(await title('fr')).toBe('There is nothing at this address');
});
