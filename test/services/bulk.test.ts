import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApi } from '../../api/app';
import type { ApiDeps } from '../../api/deps';
import { derivedId } from '../../api/services/derived-id';
import { OutsideFailure } from '../../domain/failures';
import { BULK_LINES, GUARD } from '../../domain/services/verification';
import { createVerifications } from '../../adapters/verifications/postgres';
import { identityNumberFrom, type IdentityNumber } from '../../domain/identity-number';
import { bulkPerson, type BulkFile } from '../../domain/services/bulk-file';
import { HOUR, instant } from '../../domain/time';
import { createServiceFlows } from '../../client/services';
import { csvRows } from '../../api/services/bulk-input';
import { csvCell } from '../../api/statements/csv';
import { readVerification, type Jwks } from '@tajdid/client';
import { fastForward } from '../support/time-skipping';
import { until } from '../support/until';
import { startApiWorld, type Answer, type ApiWorld } from '../api/api-world';
import { aPerson } from '../support/people';

let api: ApiWorld;
let business: string;
const numbers: string[] = [];

beforeAll(async () => {
  api = await startApiWorld();
  business = await api.token({ sub: 'employer', roles: ['portal'], clientId: 'employer', channel: 'absher-business' });
  const people = Array.from({ length: 500 }, (_, i) => aPerson(String(130_000_000 + i)));
  await api.world.enrol(people);
  numbers.push(...people.map(({ number }) => number));
});
afterAll(() => api?.stop());

interface State {
  readonly id: string;
  readonly state: string;
  readonly lines: number;
  readonly refused: number;
  readonly done: number;
}
interface Line {
  readonly line: number;
  readonly reference: string | null;
  readonly identityNumber: string | null;
  readonly verdict: string | null;
  readonly refused: string | null;
  readonly checkedAt: string | null;
  readonly salt: string | null;
  readonly signed: string | null;
}

const send = (key: string, raw: string | Uint8Array, type = 'text/csv', token = business): Promise<Answer> =>
  api.call('POST', '/v1/verifications/bulk', {
    token,
    headers: { 'idempotency-key': api.key(key), 'content-type': type },
    raw,
  });
const stateOf = async (id: string): Promise<State> =>
  JSON.parse((await api.call('GET', `/v1/verifications/bulk/${id}`, { token: business })).text) as State;
async function accepted(key: string, raw: string, type?: string): Promise<string> {
  const answer = await send(key, raw, type);
  if (answer.status !== 202) throw new Error(answer.text);
  return (JSON.parse(answer.text) as State).id;
}
const done = (id: string): Promise<State> =>
  until(
    () => stateOf(id),
    ({ state }) => state === 'done',
  );
const result = async (id: string): Promise<Line[]> =>
  (
    JSON.parse((await api.call('GET', `/v1/verifications/bulk/${id}/result`, { token: business })).text) as {
      lines: Line[];
    }
  ).lines;
const csv = (rows: readonly string[]): string =>
  ['identity_number,birth_date,card_serial,reference', ...rows].join('\r\n');

test('a bad line is refused, the rest is done; a cell that would be a formula is a text in the result', async () => {
  const id = await accepted(
    'mixed',
    csv([
      `${numbers[0]},1990-01-01,,"staff, 1"`,
      `${numbers[1]},1990-01-02,,=HYPERLINK("http://evil.example")`,
      '1000000009,1990-01-01,,bad-number',
      `${numbers[2]},1990-02-30,,@bad-date`,
      `${numbers[3]},,,+nothing-to-check`,
      `${numbers[4]},1990-01-01,,,one-too-many`,
    ]),
  );
  expect(await done(id)).toMatchObject({ lines: 6, refused: 4, done: 2 });
  expect(
    (await result(id)).map(({ line, reference, verdict, refused }) => [line, reference, verdict, refused]),
  ).toEqual([
    [1, 'staff, 1', 'valid', null],
    [2, '=HYPERLINK("http://evil.example")', 'unknown', null],
    [3, 'bad-number', null, 'identity-number-invalid'],
    [4, '@bad-date', null, 'birth-date-invalid'],
    [5, '+nothing-to-check', null, 'one-fact-needed'],
    [6, null, null, 'not-a-line'],
  ]);
  const answer = await api.call('GET', `/v1/verifications/bulk/${id}/result`, {
    token: business,
    headers: { accept: 'text/csv' },
  });
  const references = csvRows(answer.text)
    .slice(0, -1)
    .map((row) => row[1]);
  expect(references).toEqual([
    'reference',
    'staff, 1',
    `'=HYPERLINK("http://evil.example")`,
    'bad-number',
    `'@bad-date`,
    `'+nothing-to-check`,
    '',
  ]);
});

test('a file that was taken in and never begun is answered by the sweep', async () => {
  const id = `blk_${'a'.repeat(26)}`;
  const client = { client: 'employer', channel: 'absher-business' };
  // The second line of the file was blank.
  const lines = [1, 3].map((line) => ({ line, number: numbers[line] ?? '', birthDate: '1990-01-01' }));
  const { documentRef } = await api.world.documents.put({
    person: bulkPerson(id),
    contentType: 'application/json',
    bytes: Buffer.from(JSON.stringify({ ...client, lines } satisfies BulkFile)),
  });
  const at = instant(Date.now() - HOUR);
  await api.deps.services.verifications.openBulk({ id, ...client, at, lines: 2, refused: 0, documentRef });
  expect(await stateOf(id)).toMatchObject({ state: 'running', done: 0 });
  await createServiceFlows(api.world.client, api.world.taskQueue).sweepNow();
  expect(await done(id)).toMatchObject({ lines: 2, done: 2 });
  expect((await result(id)).map(({ line, verdict }) => [line, verdict])).toEqual([
    [1, 'valid'],
    [3, 'valid'],
  ]);
});

describe('a crash while a file is taken in', () => {
  const unavailable = (): Promise<never> =>
    Promise.reject(new OutsideFailure('unavailable', 'documents', 'disk-eio', 'the disk is gone'));
  /** The file, sent to a server that dies at this point. */
  async function sentToDying(key: string, raw: string, dying: Partial<ApiDeps>): Promise<number> {
    const server = createApi({ ...api.deps, ...dying }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const headers = {
      authorization: `Bearer ${business}`,
      'content-type': 'text/csv',
      'idempotency-key': api.key(key),
    };
    const { status } = await fetch(`http://127.0.0.1:${port}/v1/verifications/bulk`, {
      method: 'POST',
      headers,
      body: raw,
    });
    server.close();
    server.closeAllConnections();
    return status;
  }

  test('keeps nothing of which no record says until when', async () => {
    const { services } = api.deps;
    const verifications = { ...services.verifications, openBulk: unavailable };
    const file = csv([`${numbers[11]},1990-01-01,,`]);
    expect(await sentToDying('no-record', file, { services: { ...services, verifications } })).toBe(503);
    const id = derivedId('blk', 'employer', api.key('no-record'), []);
    expect(await api.deps.services.verifications.bulk(id)).toBeNull();
    const keys = await api.world.database
      .from('vault')
      .query({ text: 'SELECT 1 FROM vault_keys WHERE person = $1', values: [bulkPerson(id)] });
    expect(keys).toEqual([]);
  });

  test('hinders no second try', async () => {
    const file = csv([`${numbers[12]},1990-01-01,,`]);
    expect(await sentToDying('no-file', file, { documents: { ...api.deps.documents, put: unavailable } })).toBe(503);
    expect((await send('no-file', csv(['nonsense,,,']))).problem().code).toBe('idempotency-key-reused');
    const id = await accepted('no-file', file);
    expect(await done(id)).toMatchObject({ lines: 1, done: 1 });
  });
});

test('each answer is signed, so that a third party checks it offline; the same again when it is fetched again', async () => {
  const [byBirth, bySerial, wrong] = [numbers[5] ?? '', numbers[6] ?? '', numbers[7] ?? ''];
  const serialOf = `SELECT serial FROM cards JOIN persons USING (person) WHERE person = $1`;
  const [card] = await api.world.database
    .from('register')
    .query<{ serial: string }>({ text: serialOf, values: [api.world.vault.personRef(bySerial as IdentityNumber)] });
  const serial = card?.serial ?? '';
  const id = await accepted(
    'signed',
    csv([`${byBirth},1990-01-01,,`, `${bySerial},,${serial},`, `${wrong},1990-01-02,,`, 'nonsense,,,']),
  );
  await done(id);
  const lines = await result(id);
  const jwks = JSON.parse((await api.call('GET', '/.well-known/jwks.json')).text) as Jwks;
  const facts = [
    [byBirth, '1990-01-01', 'valid'],
    [bySerial, serial, 'valid'],
    [wrong, '1990-01-02', 'unknown'],
  ] as const;
  for (const [i, [identityNumber, fact, verdict]] of facts.entries()) {
    const { salt, signed, checkedAt } = lines[i] as Line;
    const about = { salt: salt ?? '', identityNumber, fact };
    const claims = readVerification(jwks, signed ?? '', { issuer: 'https://tajdid.example', about });
    expect(claims).toMatchObject({ aud: 'employer', verdict, iat: Math.floor(Date.parse(checkedAt ?? '') / 1000) });
    expect(() => readVerification(jwks, signed ?? '', { about: { ...about, fact: '1990-01-03' } })).toThrow(/else/);
  }
  expect(new Set(lines.map(({ salt }) => salt)).size).toBe(4);
  expect(lines[3]).toMatchObject({ checkedAt: null, salt: null, signed: null });
  expect(await result(id)).toEqual(lines);
  const headers = { accept: 'text/csv' };
  const sheet = await api.call('GET', `/v1/verifications/bulk/${id}/result`, { token: business, headers });
  const [head = [], ...rows] = csvRows(sheet.text).slice(0, -1);
  const cells = rows.map((row) => ['checked_at', 'salt', 'signed'].map((name) => row[head.indexOf(name)]));
  expect(cells).toEqual(lines.map(({ checkedAt, salt, signed }) => [checkedAt ?? '', salt ?? '', signed ?? '']));
});

test('blank lines keep the others in their places; the CSV says its encoding; formulas in every disguise are texts', async () => {
  const disguises = ['＝1+1', '＋1', '－1', '＠SUM(1)', ' =1+1', '\n=1+1'];
  const id = await accepted(
    'blank-lines',
    `\r\n${csv([`${numbers[8]},1990-01-01,,first`, '', `${numbers[9]},1990-01-01,,third`, ' ', 'nonsense,,,'])}\r\n\r\n`,
  );
  expect(await done(id)).toMatchObject({ lines: 3, refused: 1, done: 2 });
  expect((await result(id)).map(({ line, reference }) => [line, reference])).toEqual([
    [1, 'first'],
    [3, 'third'],
    [5, null],
  ]);
  const bytes = await fetch(`${api.url}/v1/verifications/bulk/${id}/result`, {
    headers: { authorization: `Bearer ${business}`, accept: 'text/csv' },
  }).then((response) => response.arrayBuffer());
  expect([...Buffer.from(bytes).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  for (const text of disguises) expect([text, csvRows(csvCell(text))[0]?.[0]]).toEqual([text, `'${text}`]);
  expect(csvCell('a-b = c')).toBe('a-b = c');
});

test('a line that cannot be asked holds up no other, and in the end is said to be not checked', async () => {
  const verifications = createVerifications(api.world.database);
  const bulk = 'blk_notasked';
  const at = new Date().toISOString();
  const file = { id: bulk, client: 'poisoned', channel: 'poisoned', at, lines: 3, refused: 0, documentRef: 'none' };
  await verifications.openBulk(file);
  const lines = ['1990-01-01', '0000-01-01', '1990-01-01'].map((birthDate, i) => ({
    line: i + 1,
    person: api.world.vault.personRef(numbers[10] as IdentityNumber),
    beneficiary: 'citizen' as const,
    birthDate,
    serial: null,
    client: file.client,
    channel: file.channel,
  }));
  await expect(verifications.checkLines(bulk, lines, at, false)).rejects.toMatchObject({ kind: 'defect' });
  const outcomes = async (): Promise<(number | string)[][]> =>
    (await verifications.results(bulk)).map(({ line, outcome }) => [line, outcome]);
  expect(await outcomes()).toEqual([
    [1, 'valid'],
    [3, 'valid'],
  ]);
  expect(await verifications.checkLines(bulk, lines, at, true)).toEqual({ retryAt: null });
  expect(await outcomes()).toEqual([
    [1, 'valid'],
    [2, 'not-checked'],
    [3, 'valid'],
  ]);
});

test('more wrong lines than an hour may have: the rest waits for the next hour, and single questions go on', async () => {
  const client = 'mistaken';
  const token = await api.token({ sub: client, roles: ['portal'], clientId: client, channel: 'absher-business' });
  const hour = `date_trunc('hour', now())`;
  await api.world.database.from('register').query({
    text: `INSERT INTO verification_budgets (client, hour, failures) SELECT $1, ${hour} + i * interval '1 hour', $2 FROM generate_series(0, 1) i`,
    values: [client, GUARD.hourlyBulkFailures - 2],
  });
  const rows = Array.from({ length: 5 }, (_, i) => `${numbers[20 + i]},1991-01-01,,`);
  const answer = await send('mistaken', csv(rows), 'text/csv', token);
  const { id } = JSON.parse(answer.text) as State;
  const state = async (): Promise<State> =>
    JSON.parse((await api.call('GET', `/v1/verifications/bulk/${id}`, { token })).text) as State;
  expect(await until(state, (now) => now.done === 2)).toMatchObject({ state: 'running' });
  const single = await api.call('POST', '/v1/verifications', {
    token,
    body: { identityNumber: numbers[30], birthDate: '1991-01-01' },
  });
  expect(JSON.parse(single.text)).toMatchObject({ verdict: 'unknown' });

  await api.world.database
    .from('register')
    .query({ text: 'DELETE FROM verification_budgets WHERE client = $1', values: [client] });
  await fastForward(api.world.client, id, HOUR);
  expect(await until(state, ({ state: now }) => now === 'done')).toMatchObject({ done: 5 });
  const { lines } = JSON.parse((await api.call('GET', `/v1/verifications/bulk/${id}/result`, { token })).text) as {
    lines: Line[];
  };
  expect(lines.map(({ verdict, refused }) => [verdict, refused])).toEqual(rows.map(() => ['unknown', null]));
});

test('as JSON, and the same key again: the same file; with another file it is refused', async () => {
  const body = JSON.stringify({
    lines: [
      { identityNumber: numbers[5], birthDate: '1990-01-01' },
      { identityNumber: numbers[6], bithDate: 'x' },
      'nonsense',
    ],
  });
  const id = await accepted('json', body, 'application/json');
  expect(await accepted('json', body, 'application/json')).toBe(id);
  await done(id);
  expect((await result(id)).map(({ verdict, refused }) => verdict ?? refused)).toEqual([
    'valid',
    'unknown-field',
    'not-a-line',
  ]);
  expect((await send('json', JSON.stringify({ lines: [{}] }), 'application/json')).problem().code).toBe(
    'idempotency-key-reused',
  );
  // The file's id follows from its key, and stands in addresses and in the engine.
  expect((await send(`of ${numbers[5]}`, body, 'application/json')).problem().code).toBe('idempotency-key-tells-who');
});

test('ten thousand lines, each answered and logged once, and nothing of them in the engine', async () => {
  const rows = Array.from({ length: BULK_LINES }, (_, i) => `${numbers[i % numbers.length]},1990-01-01,,row-${i + 1}`);
  const id = await accepted('whole', csv(rows));
  expect(await done(id)).toMatchObject({ lines: BULK_LINES, done: BULK_LINES, refused: 0 });
  expect((await result(id)).filter(({ verdict }) => verdict === 'valid')).toHaveLength(BULK_LINES);
  const [logged] = await api.world.database
    .from('register')
    .query<{ count: number }>({ text: 'SELECT count(*) FROM service_log WHERE ref LIKE $1', values: [`${id}:%`] });
  expect(logged?.count).toBe(BULK_LINES);
  expect(JSON.stringify(await api.world.engine.history(id))).not.toContain(numbers[0]);
});

test('a worker that is lost in the middle: the next one goes on, and no line is asked twice', async () => {
  const rows = Array.from({ length: 5_000 }, (_, i) => `${numbers[i % numbers.length]},1990-01-01,,r`);
  const id = await accepted('interrupted', csv(rows));
  await until(
    () => stateOf(id),
    (state) => state.done > 0,
  );
  await api.world.replaceWorker();
  expect(await done(id)).toMatchObject({ done: 5_000 });
  const [logged] = await api.world.database
    .from('register')
    .query<{ count: number }>({ text: 'SELECT count(*) FROM service_log WHERE ref LIKE $1', values: [`${id}:%`] });
  expect(logged?.count).toBe(5_000);
});

test('a file of guesses gets no further than single guesses', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, i) => `${numbers[499]},${new Date(Date.UTC(1989, 6, 1 + i)).toISOString().slice(0, 10)},,`,
  );
  expect(rows.some((row) => row.includes('1990-01-01'))).toBe(true);
  const id = await accepted('guesses', csv(rows));
  await done(id);
  const said = (await result(id)).map(({ verdict, refused }) => verdict ?? refused);
  expect(said.filter((each) => each === 'unknown')).toHaveLength(GUARD.free);
  expect(said.filter((each) => each === 'too-many-guesses')).toHaveLength(300 - GUARD.free);
});

test('too many lines, another encoding, no header, nothing at all', async () => {
  const line = `${numbers[0]},1990-01-01,,`;
  const code = async (raw: string | Uint8Array, type?: string): Promise<[number, string]> => {
    const { status, code: of } = (await send('refused', raw, type)).problem();
    return [status, of];
  };
  expect(await code(csv(Array.from({ length: BULK_LINES + 1 }, () => line)))).toEqual([413, 'bulk-too-many-lines']);
  expect(await code(Buffer.from(`\ufeff${csv([line])}`, 'utf16le'))).toEqual([415, 'bulk-encoding']);
  expect(await code(Buffer.concat([Buffer.from(csv([line])), Buffer.from([0xe3, 0xe4])]))).toEqual([
    415,
    'bulk-encoding',
  ]);
  expect(await code(csv([line]), 'text/csv; charset=windows-1256')).toEqual([415, 'bulk-encoding']);
  expect(await code(line)).toEqual([422, 'bulk-header']);
  const { details } = (await send('refused', csv([line]).replaceAll(',', ';'), 'text/csv')).problem();
  for (const text of [details?.ar, details?.en])
    expect(text).toContain('identity_number, birth_date, card_serial, reference');
  for (const name of ['constructor', '__proto__', 'toString'])
    expect(await code(`identity_number,birth_date,${name}\n${numbers[0]},1990-01-01,x`)).toEqual([422, 'bulk-header']);
  for (const nothing of [csv([]), '', '\ufeff\r\n']) expect(await code(nothing)).toEqual([422, 'bulk-empty']);
  expect(await code('{"lines":', 'application/json')).toEqual([400, 'malformed-json']);
  for (const [given, at, why] of [
    ['{}', '/lines', 'missing'],
    ['{"lines":{}}', '/lines', 'wrong-type'],
    ['[]', '', 'wrong-type'],
  ] as const) {
    const { code: of, errors } = (await send('refused', given, 'application/json')).problem();
    expect([of, errors]).toEqual(['validation-failed', [expect.objectContaining({ path: at, code: why })]]);
  }
  expect(await code('x', 'application/pdf')).toEqual([415, 'unsupported-media-type']);
  expect(await code('x'.repeat(5 * 1024 * 1024))).toEqual([413, 'body-too-large']);
});

test("another client's file is not there, and one that was forgotten is gone", async () => {
  const id = await accepted('mine', csv([`${numbers[7]},1990-01-01,,`]));
  await done(id);
  const other = await api.token({ sub: 'other', roles: ['portal'], clientId: 'other' });
  expect((await api.call('GET', `/v1/verifications/bulk/${id}`, { token: other })).problem().code).toBe(
    'bulk-not-found',
  );
  await api.world.vault.erasePerson(`bulk-${id}`);
  expect((await api.call('GET', `/v1/verifications/bulk/${id}/result`, { token: business })).problem()).toMatchObject({
    status: 410,
    code: 'bulk-result-gone',
  });
  expect((await send('mine', csv([`${numbers[7]},1990-01-01,,`]))).problem()).toMatchObject({
    status: 410,
    code: 'bulk-result-gone',
  });
  expect(identityNumberFrom('130000000')).toBe(numbers[0]);
});
