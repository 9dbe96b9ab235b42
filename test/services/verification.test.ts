import { createHash } from 'node:crypto';
import { createLocalJWKSet, compactVerify, type JSONWebKeySet } from 'jose';
import { GUARD } from '../../domain/services/verification';
import { identityNumberFrom, type IdentityNumber } from '../../domain/identity-number';
import { addDays, riyadhDate } from '../../domain/time';
import { openDatabase, type Database } from '../../adapters/postgres/database';
import { createVerifications } from '../../adapters/verifications/postgres';
import { GRID, untilGrid } from '../../api/services/grid';
import { startApiWorld, type Answer, type ApiWorld } from '../api/api-world';
import { aPerson, enrolIn } from '../support/people';

let api: ApiWorld;
let portal: string;
/** Added to the API's clock. */
let ahead = 0;

beforeAll(async () => {
  api = await startApiWorld({ now: () => Date.now() + ahead });
  portal = await api.portal();
});
afterAll(() => api?.stop());

interface Answered {
  readonly verdict: string;
  readonly since?: string;
  readonly salt: string;
  readonly signed: string;
}

const today = (): string => riyadhDate(new Date().toISOString());
let people = 170_000_000;
const enrol = (change: Parameters<typeof aPerson>[1] = {}) =>
  enrolIn(api.world, aPerson(String((people += 1)), change));

const ask = (body: object, token = portal): Promise<Answer> => api.call('POST', '/v1/verifications', { token, body });
const answered = async (body: object, token = portal): Promise<Answered> => {
  const answer = await ask(body, token);
  if (answer.status !== 200) throw new Error(answer.text);
  return JSON.parse(answer.text) as Answered;
};
const sql = <R>(text: string, values: unknown[] = []): Promise<R[]> =>
  api.world.database.from('register').query<R>({ text, values });

const otherPortal = (client: string): Promise<string> =>
  api.token({
    sub: client,
    roles: ['portal'],
    clientId: client,
    channel: 'absher-business',
    lifetimeSeconds: 48 * 3600,
  });

test('valid, expired since, reported lost, superseded, amended, unknown', async () => {
  const valid = await enrol();
  expect(await answered({ identityNumber: valid.number, birthDate: '1990-01-01' })).toMatchObject({ verdict: 'valid' });
  expect(await answered({ identityNumber: valid.number, cardSerial: valid.serial })).toMatchObject({
    verdict: 'valid',
  });

  const lastDay = await enrol({ card: { type: 'national-id', issuedOn: '2016-01-01', expiresOn: today() } });
  expect(await answered({ identityNumber: lastDay.number, birthDate: '1990-01-01' })).toMatchObject({
    verdict: 'valid',
  });
  const expired = await enrol({
    card: { type: 'national-id', issuedOn: '2016-01-01', expiresOn: addDays(today(), -1) },
  });
  expect(await answered({ identityNumber: expired.number, birthDate: '1990-01-01' })).toMatchObject({
    verdict: 'expired',
    since: today(),
  });
  const dead = await enrol({ diedOn: '2026-02-03' });
  const ofTheDead = await answered({ identityNumber: dead.number, birthDate: '1990-01-01' });
  expect([ofTheDead.verdict, ofTheDead.since]).toEqual(['expired', undefined]);

  const lost = await enrol();
  await sql(`UPDATE cards SET status = 'lost', valid_to = '2026-03-04' WHERE serial = $1`, [lost.serial]);
  expect(await answered({ identityNumber: lost.number, cardSerial: lost.serial })).toMatchObject({
    verdict: 'reported-lost',
    since: '2026-03-04',
  });
  const replaced = await enrol();
  await sql(`UPDATE cards SET status = 'superseded', valid_to = '2026-05-06' WHERE serial = $1`, [replaced.serial]);
  expect(await answered({ identityNumber: replaced.number, cardSerial: replaced.serial })).toMatchObject({
    verdict: 'superseded',
    since: '2026-05-06',
  });
  for (const [status, verdict] of [
    ['lost', 'reported-lost'],
    ['superseded', 'superseded'],
  ]) {
    const before = await enrol({ card: { type: 'national-id', issuedOn: '2014-01-01', expiresOn: '2024-01-01' } });
    await sql(`UPDATE cards SET status = $2, valid_to = '2025-06-01' WHERE serial = $1`, [before.serial, status]);
    expect(await answered({ identityNumber: before.number, cardSerial: before.serial })).toMatchObject({
      verdict,
      since: '2024-01-02',
    });
  }

  const amended = await enrol();
  await sql(
    `INSERT INTO document_marks (kind, serial, entry, why) SELECT 'card', $1, entry, 'corrected' FROM cards WHERE serial = $1`,
    [amended.serial],
  );
  expect(await answered({ identityNumber: amended.number, cardSerial: amended.serial })).toMatchObject({
    verdict: 'amended',
    since: today(),
  });

  expect((await answered({ identityNumber: valid.number, birthDate: '1990-01-02' })).verdict).toBe('unknown');
  expect((await answered({ identityNumber: valid.number, cardSerial: lost.serial })).verdict).toBe('unknown');
  expect((await answered({ identityNumber: identityNumberFrom('199999999'), birthDate: '1990-01-01' })).verdict).toBe(
    'unknown',
  );
});

describe('an unknown number and a wrong birth date', () => {
  let strangers = 177_000_000;
  const stranger = (): IdentityNumber => identityNumberFrom(String((strangers += 1)));
  const wrong = { birthDate: '1991-07-07' };

  test('get the same answer', async () => {
    const { number } = await enrol();
    const shape = ({
      signed: _signed,
      salt: _salt,
      checkedAt: _at,
      ...rest
    }: Answered & { checkedAt?: string }): object => rest;
    expect(shape(await answered({ identityNumber: number, ...wrong }))).toEqual(
      shape(await answered({ identityNumber: stranger(), ...wrong })),
    );
  });

  test('are the same work: the same statements, the same rows', async () => {
    const asked: { name?: string | undefined; text: string; values: unknown[] }[] = [];
    const listening: Database = {
      ...api.world.database,
      from: (source) => {
        const real = api.world.database.from(source);
        return {
          transaction: real.transaction,
          query: (statement) => {
            const shapes = (statement.values ?? []).map((value) =>
              Array.isArray(value) ? value.length : typeof value,
            );
            asked.push({ name: statement.name, text: statement.text, values: shapes });
            return real.query(statement);
          },
        };
      },
    };
    const verifications = createVerifications(listening);
    const known = await enrol();
    const work = async (person: string): Promise<unknown> => {
      asked.length = 0;
      const question = { person, beneficiary: 'citizen', birthDate: '1991-07-07', serial: null } as const;
      const by = { client: 'comparing', channel: 'comparing' };
      expect(await verifications.check({ ...question, ...by }, new Date().toISOString())).toEqual({
        verdict: 'unknown',
      });
      const rows = await sql(
        `SELECT (SELECT json_agg(json_build_array(service, what, outcome)) FROM service_log WHERE person = $1) AS lines,
          (SELECT json_agg(failures) FROM verification_guards WHERE person = $1) AS guards`,
        [person],
      );
      return { asked: [...asked], rows };
    };
    const mismatched = await work(known.person);
    expect(mismatched).toMatchObject({
      asked: [{ name: 'verify-documents' }],
      rows: [{ lines: [['id-verification', 'verified', 'unknown']], guards: [1] }],
    });
    expect(await work(api.world.vault.personRef(stranger()))).toEqual(mismatched);
  });

  test('are answered on a grid that hides what is left of a difference', async () => {
    for (let spent = 0; spent < 50; spent += 0.37) {
      const ends = spent + untilGrid(spent);
      expect(ends % GRID).toBeCloseTo(0, 6);
      expect(ends - spent).toBeLessThan(GRID);
    }
    const { number } = await enrol();
    // A busy machine makes an answer later, never sooner; a timer may be a millisecond early.
    for (const identityNumber of [number, stranger(), number, stranger()]) {
      const began = performance.now();
      await answered({ identityNumber, ...wrong });
      expect(performance.now() - began).toBeGreaterThan(GRID - 1.5);
    }
  });
});

test('ten thousand wrong guesses of a birth date get nowhere, and look the same for a number that does not exist', async () => {
  const { number } = await enrol({ birthDate: '1985-06-15' });
  const guesser = await otherPortal('guesser');
  const guess = async (identityNumber: string): Promise<Record<string, number>> => {
    const seen: Record<string, number> = {};
    const first = Date.UTC(1970, 0, 1);
    // The right date is among them.
    const dates = Array.from({ length: 10_000 }, (_, i) => new Date(first + i * 86_400_000).toISOString().slice(0, 10));
    expect(dates).toContain('1985-06-15');
    for (let i = 0; i < dates.length; i += 100) {
      const answers = await Promise.all(
        dates.slice(i, i + 100).map((birthDate) => ask({ identityNumber, birthDate }, guesser)),
      );
      for (const answer of answers) {
        const what = answer.status === 200 ? (JSON.parse(answer.text) as Answered).verdict : answer.problem().code;
        seen[what] = (seen[what] ?? 0) + 1;
        if (answer.status !== 200) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
    }
    return seen;
  };
  const seen = await guess(number);
  expect(seen['valid']).toBeUndefined();
  expect(seen['unknown']).toBeLessThanOrEqual(2 * GUARD.free);
  expect((seen['unknown'] ?? 0) + (seen['too-many-guesses'] ?? 0)).toBe(10_000);

  // Right at last, and too late: while the pause lasts nothing is answered. Another client is not held up by it.
  expect((await ask({ identityNumber: number, birthDate: '1985-06-15' }, guesser)).problem()).toMatchObject({
    status: 429,
    code: 'too-many-guesses',
  });
  expect((await answered({ identityNumber: number, birthDate: '1985-06-15' })).verdict).toBe('valid');
  const [logged] = await sql<{ count: number }>(`SELECT count(*) FROM service_log WHERE client = 'guesser'`);
  expect(logged?.count).toBe(10_001);

  ahead = 30 * 3_600_000;
  expect((await answered({ identityNumber: number, birthDate: '1985-06-15' }, guesser)).verdict).toBe('valid');
  ahead = 0;
});

describe('two kinds of facts', () => {
  const by = { beneficiary: 'citizen', channel: 'knowing' } as const;
  const dates = (count: number): string[] => Array.from({ length: count }, (_, i) => addDays('1970-01-01', i));

  test('a right card serial does not clear wrong birth dates', async () => {
    const { number, serial } = await enrol({ birthDate: '1985-06-15' });
    const knowing = await otherPortal('knowing');
    const guesses = dates(4 * GUARD.free);
    const seen: string[] = [];
    for (const [i, birthDate] of guesses.entries()) {
      const answer = await ask({ identityNumber: number, birthDate }, knowing);
      seen.push(answer.status === 200 ? (JSON.parse(answer.text) as Answered).verdict : answer.problem().code);
      // Before each pause would come: who has the card knows its serial.
      if (i % (GUARD.free - 1) === GUARD.free - 2) await ask({ identityNumber: number, cardSerial: serial }, knowing);
    }
    expect(seen.filter((each) => each === 'unknown')).toHaveLength(GUARD.free);
    expect(seen.at(-1)).toBe('too-many-guesses');
    // Nor does a pause that one kind of fact led to end with the other.
    expect((await ask({ identityNumber: number, cardSerial: serial }, knowing)).problem().code).toBe(
      'too-many-guesses',
    );
  });

  test('guesses through two servers at once come to no more than through one', async () => {
    const { person } = await enrol({ birthDate: '1985-06-15' });
    const pools = [0, 1].map(() => openDatabase({ url: api.world.databaseUrl, max: 4 }));
    try {
      const at = new Date().toISOString();
      const guess = (server: (typeof pools)[number], range: readonly string[]) => {
        const verifications = createVerifications(server);
        return range.map((birthDate) =>
          verifications.check({ ...by, client: 'twofold', person, birthDate, serial: null }, at),
        );
      };
      const all = dates(100);
      const answers = await Promise.all(pools.flatMap((pool, i) => guess(pool, all.slice(i * 50, i * 50 + 50))));
      expect(answers.filter((each) => 'verdict' in each)).toHaveLength(GUARD.free);
      const [guard] = await sql<{ failures: number }>(`SELECT failures FROM verification_guards WHERE person = $1`, [
        person,
      ]);
      expect(guard?.failures).toBe(GUARD.free);
    } finally {
      await Promise.all(pools.map((pool) => pool.close()));
    }
  });
});

test('a question that the database cannot take fails alone, and others in the same statement are answered', async () => {
  const { person } = await enrol();
  const verifications = createVerifications(api.world.database);
  const question = { person, beneficiary: 'citizen', serial: null, client: 'together', channel: 'together' } as const;
  const at = new Date().toISOString();
  const answers = await Promise.allSettled(
    ['1990-01-01', '0000-01-01', '1990-01-01', '1990-01-01'].map((birthDate) =>
      verifications.check({ ...question, birthDate }, at),
    ),
  );
  const said = answers.map((answer) =>
    answer.status === 'fulfilled' ? answer.value : (answer.reason as { code: string }).code,
  );
  const valid = { verdict: 'valid' };
  expect(said).toEqual([valid, 'postgres-22008', valid, valid]);
});

test('guesses that go from person to person are stopped by the hour', async () => {
  // And of the next hour, should it begin meanwhile.
  const hour = `date_trunc('hour', now())`;
  await sql(
    `INSERT INTO verification_budgets (client, hour, failures)
      VALUES ('sprayer', ${hour}, $1), ('sprayer', ${hour} + interval '1 hour', $1)`,
    [GUARD.hourlyFailures - 1],
  );
  const sprayer = await otherPortal('sprayer');
  const { number } = await enrol();
  expect(
    (await answered({ identityNumber: identityNumberFrom('166666661'), birthDate: '1990-01-01' }, sprayer)).verdict,
  ).toBe('unknown');
  const stopped = await ask({ identityNumber: number, birthDate: '1990-01-01' }, sprayer);
  const { code, titles } = stopped.problem();
  expect([code, titles.en]).toEqual(['too-many-guesses-this-hour', expect.stringContaining('this client')]);
  expect(Number(stopped.headers.get('retry-after'))).toBeLessThanOrEqual(3_600);
  expect(await sql(`SELECT what, outcome FROM service_log WHERE client = 'sprayer' ORDER BY seq DESC LIMIT 1`)).toEqual(
    [{ what: 'refused', outcome: code }],
  );
});

test('counts of guesses that count for nothing any more are forgotten, and no others', async () => {
  const by = 'forgetful';
  await sql(
    `INSERT INTO verification_guards (client, person, fact, failures, failed_at, locked_until) VALUES
      ($1, 'p_old', 'birth-date', 5, now() - interval '8 days', now() - interval '7 days'),
      ($1, 'p_new', 'birth-date', 5, now() - interval '6 days', now() - interval '5 days')`,
    [by],
  );
  await sql(
    `INSERT INTO verification_budgets (client, hour, failures) VALUES ($1, now() - interval '25 hours', 1), ($1, now(), 2)`,
    [by],
  );
  await createVerifications(api.world.database).forgetGuesses(new Date().toISOString());
  expect(await sql('SELECT person FROM verification_guards WHERE client = $1', [by])).toEqual([{ person: 'p_new' }]);
  expect(await sql('SELECT failures FROM verification_budgets WHERE client = $1', [by])).toEqual([{ failures: 2 }]);
});

test('every check is on record, by reference', async () => {
  const { number, person } = await enrol();
  await answered({ identityNumber: number, birthDate: '1990-01-01' });
  await answered({ identityNumber: number, birthDate: '1990-01-02' });
  const lines = await sql(
    'SELECT service, what, outcome, channel, client, beneficiary FROM service_log WHERE person = $1 ORDER BY seq',
    [person],
  );
  const line = {
    service: 'id-verification',
    what: 'verified',
    channel: 'absher-individuals',
    client: 'absher-individuals',
    beneficiary: 'citizen',
  };
  expect(lines).toEqual([
    { ...line, outcome: 'valid' },
    { ...line, outcome: 'unknown' },
  ]);
  await expect(sql('DELETE FROM service_log')).rejects.toMatchObject({ code: 'append-only' });
  expect(api.logged.join('')).not.toContain(number);
});

test('a third party checks the signed answer offline', async () => {
  const { number } = await enrol();
  const { signed, salt } = await answered({ identityNumber: number, birthDate: '1990-01-01' });
  const keys = (await api.call('GET', '/.well-known/jwks.json')).text;
  const issuer = (await api.call('GET', '/.well-known/jwt-vc-issuer')).text;
  expect(JSON.parse(issuer)).toEqual({
    issuer: 'https://tajdid.example',
    jwks_uri: 'https://tajdid.example/.well-known/jwks.json',
  });
  const { payload, protectedHeader } = await compactVerify(
    signed,
    createLocalJWKSet(JSON.parse(keys) as JSONWebKeySet),
  );
  expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'tajdid-verification+jws' });
  const said = JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>;
  expect(said).toMatchObject({ iss: 'https://tajdid.example', aud: 'absher-individuals', verdict: 'valid' });
  expect(said['question']).toBe(createHash('sha256').update(`${salt}\n${number}\n1990-01-01`).digest('base64url'));
  expect(Buffer.from(payload).toString()).not.toContain(number);

  const [header, body = '', signature] = signed.split('.');
  const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace('"valid"', '"expired"')).toString(
    'base64url',
  );
  await expect(
    compactVerify(`${header}.${forged}.${signature}`, createLocalJWKSet(JSON.parse(keys) as JSONWebKeySet)),
  ).rejects.toThrow();
});

test('bad input', async () => {
  const number = identityNumberFrom('155555555');
  const code = async (body: object): Promise<string> => (await ask(body)).problem().code;
  expect(await code({ identityNumber: '1000000009', birthDate: '1990-01-01' })).toBe(
    'identity-number-wrong-check-digit',
  );
  expect(await code({ identityNumber: number, birthDate: '1990-02-30' })).toBe('date-does-not-exist');
  expect(await code({ identityNumber: number, birthDate: '0000-01-01' })).toBe('date-does-not-exist');
  expect(await code({ identityNumber: number })).toBe('validation-failed');
  expect(await code({ identityNumber: number, birthDate: '1990-01-01', cardSerial: 'A00000018' })).toBe(
    'validation-failed',
  );
  expect(await code({ identityNumber: number, cardSerial: 'A00000011' })).toBe('validation-failed');
  expect(
    (await ask({ identityNumber: number, birthDate: '1990-01-01' }, await api.token({ as: 'staff-101' }))).problem()
      .code,
  ).toBe('not-your-role');
  const arabic = number.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)));
  expect((await answered({ identityNumber: arabic, birthDate: '1990-01-01' })).verdict).toBe('unknown');
});
