import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseKind } from '../../activities/kinds';
import {
  createCaseActivities,
  type Advance,
  type AnyCaseType,
  type CaseActivities,
  type Cause,
} from '../../activities/advance';
import type { Ports } from '../../activities/step';
import { createDocuments } from '../../adapters/documents/disk';
import { createDocumentFacts } from '../../adapters/documents/facts-postgres';
import { openDatabase, type Database } from '../../adapters/postgres/database';
import { migrate } from '../../adapters/postgres/migrate';
import { createEnrol } from '../../adapters/register/enrol';
import { createPersonKeys } from '../../adapters/vault/person-keys';
import { createVault } from '../../adapters/vault/postgres';
import { createSecrets } from '../../adapters/vault/secrets';
import { nextOf } from '../../domain/case/core';
import { fileFrom } from '../../domain/case/from-log';
import { OutsideFailure } from '../../domain/failures';
import { identityNumberFrom } from '../../domain/identity-number';
import type { CaseFile, CaseType, Filing } from '../../domain/case/model';
import { addDays, addYears, riyadhDate } from '../../domain/time';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { startSandbox, type RunningSandbox } from '../../sandbox/start';
import { idRenewal } from '../../workflows/case-types/id-renewal';
import type { RenewalEvent } from '../../workflows/case-types/id-renewal/events';
import type { RenewalFile } from '../../workflows/case-types/id-renewal/file';
import { renewalPolicies, renewalPolicyOn, type RenewalPolicy } from '../../workflows/case-types/id-renewal/policy';
import { connectPorts } from '../../worker/ports';
import { createTestDatabase, type TestDatabase } from '../support/engine';
import { portraits } from '../support/renewal-world';
import { caseworker, portal } from '../support/renewals';
import { sandboxControl, type SandboxControl } from '../support/world';

/** The real log, register and outside world; only the engine is not there. */
let db: TestDatabase;
let database: Database;
let sandbox: RunningSandbox;
let control: SandboxControl;
let dir: string;
let ports: Ports;
let close: () => Promise<void>;
let cases: CaseActivities;
let filing: (of?: { filedAt?: string; birthDate?: string }) => Promise<Filing>;

beforeAll(async () => {
  [db, dir] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'tajdid-advance-'))]);
  await migrate(db.url);
  sandbox = await startSandbox({ dataDir: join(dir, 'sandbox') });
  control = sandboxControl(sandbox.url);
  const secrets = { masterKey: randomBytes(32), lookupKey: randomBytes(32) };
  const at = (party: 'payments' | 'card-bureau' | 'courier' | 'messages' | 'notices') => ({
    url: `${sandbox.url}/${party}`,
    apiKey: DEVELOPMENT_SECRETS.apiKeys[party],
  });
  const documentsDir = join(dir, 'documents');
  const outside = {
    payments: at('payments'),
    cardBureau: at('card-bureau'),
    courier: at('courier'),
    messages: at('messages'),
    notices: at('notices'),
  };
  ({ ports, close } = connectPorts({ databaseUrl: db.url, ...secrets, documentsDir, outside }));
  cases = createCaseActivities(ports, caseKind);

  database = openDatabase({ url: db.url, max: 2 });
  const derived = createSecrets(secrets);
  const keys = createPersonKeys(database, derived);
  const vault = createVault(database, derived, keys);
  const enrol = createEnrol(database, derived, keys, (number) => vault.personRef(number));
  const documents = createDocuments(documentsDir, database, derived, keys);
  const facts = createDocumentFacts(database);
  let n = 0;
  filing = async ({ filedAt = new Date().toISOString(), birthDate = '1990-01-01' } = {}) => {
    const number = identityNumberFrom(`1${String(++n).padStart(8, '0')}`);
    const [made] = await enrol([
      {
        number,
        nameAr: 'سارة',
        nameEn: 'Sara',
        sex: 'F',
        birthDate,
        birthPlaceAr: 'الرياض',
        birthPlaceEn: 'Riyadh',
        nationality: 'SAU',
        phone: '+966500000001',
        language: 'ar',
        address: {
          recipient: 'Sara',
          phone: '+966500000001',
          line: '1',
          district: 'd',
          city: 'c',
          postalCode: '12345',
        },
        card: { type: 'national-id', issuedOn: '2016-12-01', expiresOn: addDays(riyadhDate(filedAt), 30) },
      },
    ]);
    const subject = made?.person ?? '';
    const { documentRef } = await documents.put({ person: subject, contentType: 'image/jpeg', bytes: randomBytes(32) });
    await facts.keep(documentRef, {
      person: subject,
      contentType: 'image/jpeg',
      bytes: 32,
      measurement: portraits.good,
      uploadedBy: 'test',
      uploadedAt: filedAt,
    });
    const caseId = `rnw_${randomBytes(8).toString('hex')}`;
    return {
      caseId,
      type: 'id-renewal',
      channel: 'c',
      clientId: 'c',
      filedAt,
      subject,
      office: 'riyadh-1',
      facts: { photoRef: documentRef, delivery: { method: 'courier' }, reason: 'expiring' },
    };
  };
}, 240_000);

afterAll(async () => {
  await close?.();
  await database?.close();
  await sandbox?.stop();
  await db?.drop();
  await rm(dir, { recursive: true });
});

const advance = (given: {
  caseId: string;
  version?: number;
  cause: Cause;
  chain?: boolean;
  at?: string;
}): ReturnType<CaseActivities['advance']> =>
  cases.advance({
    type: 'id-renewal',
    at: new Date().toISOString(),
    version: 0,
    chain: true,
    ...given,
  } satisfies Advance);
const logged = (caseId: string) => ports.log.eventsAfter(caseId, 0);
const fileOf = async (caseId: string): Promise<CaseFile> => {
  const file = fileFrom(caseKind('id-renewal').definition, await logged(caseId));
  if (!file) throw new Error('the log has no such case');
  return file;
};
const types = (events: readonly { event: { type: string } }[]): string[] => events.map(({ event }) => event.type);
const claim = (version: number, id = `claim-${version}`): Cause => ({
  action: { id, action: 'claim', actor: caseworker, expectedVersion: version, input: {} },
});

test('the filing goes as far as the first wait, in one append', async () => {
  const first = await filing();
  const { events } = await advance({ caseId: first.caseId, cause: { filing: first } });
  expect(types(events)).toEqual(['ApplicationSubmitted', 'ApplicationValidated', 'PaymentRequested']);
  expect(await logged(first.caseId)).toEqual(events);
  expect(new Set(events.map(({ cause }) => cause))).toEqual(new Set(['filing']));
});

test('a policy row that is added later changes nothing of a case that was filed before', async () => {
  const first = await filing();
  await advance({ caseId: first.caseId, cause: { filing: first } });
  const before = await fileOf(first.caseId);
  const newest = renewalPolicies.at(-1);
  if (!newest) throw new Error('there is no policy');
  const rows = renewalPolicies as RenewalPolicy[];
  rows.push({ ...newest, version: 'of-later', effectiveFrom: riyadhDate(first.filedAt) });
  try {
    expect(renewalPolicyOn(riyadhDate(first.filedAt)).version).toBe('of-later');
    expect(await fileOf(first.caseId)).toEqual(before);
  } finally {
    rows.pop();
  }
});

test('a card is valid by the age on the day of its issue, not on that of the filing', async () => {
  const first = await filing({ filedAt: '2023-06-01T08:00:00.000Z', birthDate: '1992-06-10' });
  const { caseId } = first;
  await control.script(caseId, { payments: 'manual', 'card-bureau': 'manual' });
  const { events } = await advance({ caseId, cause: { filing: first }, at: first.filedAt });
  const requested = events.map(({ event }) => event).find(({ type }) => type === 'PaymentRequested');
  const { paymentId, amount } = requested as Extract<RenewalEvent, { type: 'PaymentRequested' }>;
  const paid = await advance({
    caseId,
    version: events.length,
    cause: { message: { id: 'm', type: 'payment.captured', caseId, paymentId, captureId: 'cap_age', amount } },
    at: '2023-06-20T08:00:00.000Z',
  });
  // Thirty when it was filed, for which that policy has five years; older when the card was made, by the register's clock.
  const today = riyadhDate(new Date().toISOString());
  expect(paid.events.map(({ event }) => event)).toContainEqual(
    expect.objectContaining({ type: 'CardReserved', issuedOn: today, expiresOn: addYears(today, 10) }),
  );
});

test('made again, it answers what is in the log and has no second effect', async () => {
  const first = await filing();
  const once = await advance({ caseId: first.caseId, cause: { filing: first } });
  const again = await advance({ caseId: first.caseId, cause: { filing: first } });
  expect(again).toEqual({ events: once.events });
  expect((await control.ledger('payments', first.caseId)).filter(({ type }) => type === 'requested')).toHaveLength(1);
});

test('a log that is ahead by another cause: fold and ask again', async () => {
  const first = await filing();
  const { events } = await advance({ caseId: first.caseId, cause: { filing: first } });
  const behind = await advance({ caseId: first.caseId, version: 1, cause: claim(1) });
  expect(behind).toEqual({ events: events.slice(1), again: true });
});

test('a refused action writes nothing', async () => {
  const first = await filing();
  await advance({ caseId: first.caseId, cause: { filing: first } });
  const file = await fileOf(first.caseId);
  const refused = await advance({
    caseId: first.caseId,
    version: file.version,
    cause: claim(file.version),
    chain: false,
  });
  expect(refused).toMatchObject({ events: [], refusal: { code: 'not-in-this-status', kind: 'not-now' } });
  expect(await logged(first.caseId)).toHaveLength(file.version);
});

test('two take the same version: the log lets one pass, the other gets its events', async () => {
  const first = await filing();
  await advance({ caseId: first.caseId, cause: { filing: first } });
  const file = await fileOf(first.caseId);
  const cancel = (id: string): Cause => ({
    action: { id, action: 'cancel', actor: portal, expectedVersion: file.version, input: {} },
  });
  const both = await Promise.all(
    ['a', 'b'].map((id) => advance({ caseId: first.caseId, version: file.version, cause: cancel(id), chain: false })),
  );
  expect(both[0]?.events).toEqual(both[1]?.events);
  expect(both.filter(({ again }) => again)).toHaveLength(1);
  expect(types(await logged(first.caseId)).filter((type) => type === 'CancellationRequested')).toHaveLength(1);
});

test('an outage: what came before it is kept; the last try makes it an incident; driven on, it is over', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.script(caseId, { down: ['payments'] });
  const stuck = await advance({ caseId, cause: { filing: first } });
  expect(types(stuck.events)).toEqual(['ApplicationSubmitted', 'ApplicationValidated']);
  expect(stuck.stuck).toMatchObject({
    step: 'request-payment',
    kind: 'unavailable',
    source: 'payments',
    code: 'http-503',
  });
  const drive = (lastTry: boolean) =>
    cases.drive({ type: 'id-renewal', caseId, version: 2, at: new Date().toISOString(), lastTry });
  expect(await drive(false)).toMatchObject({ events: [], stuck: { step: 'request-payment' } });
  expect(types((await drive(true)).events)).toEqual(['IncidentRaised']);
  // The case waits for an operator by now: there is nothing to drive.
  expect(types((await drive(true)).events)).toEqual(['IncidentRaised']);
  await control.script(caseId, {});
  const file = await fileOf(caseId);
  const retried = await advance({
    caseId,
    version: file.version,
    cause: {
      action: { id: 'retry', action: 'retry', actor: { id: 'op-1', role: 'operator' }, expectedVersion: 3, input: {} },
    },
  });
  expect(types(retried.events)).toEqual(['RetryRequested', 'PaymentRequested', 'IncidentCleared']);
});

test('a question that nobody answers is put on record on the last try, and the case goes on waiting', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.script(caseId, { payments: 'manual' });
  const { events } = await advance({ caseId, cause: { filing: first } });
  const waiting = nextOf(idRenewal as unknown as AnyCaseType['definition'], await fileOf(caseId));
  await control.dials('payments', { failNext: 2 });
  const version = events.length;
  const ask = (lastTry: boolean) =>
    cases.drive({ type: 'id-renewal', caseId, version, step: 'ask-payment', at: new Date().toISOString(), lastTry });
  expect(await ask(false)).toMatchObject({ events: [], stuck: { step: 'ask-payment' } });
  const { events: told, stuck } = await ask(true);
  expect([told.map(({ event }) => event), stuck]).toEqual([
    [{ type: 'PaymentAsked', unanswered: 'http-503' }],
    undefined,
  ]);
  expect(nextOf(idRenewal as unknown as AnyCaseType['definition'], await fileOf(caseId))).toMatchObject({
    wait: { what: 'payment', until: 'wait' in waiting && waiting.wait.until },
  });
});

test('an answer that cannot be read is an incident at once', async () => {
  const first = await filing();
  await control.dials('payments', { garbleNext: 1 });
  const { events, stuck } = await advance({ caseId: first.caseId, cause: { filing: first } });
  expect(stuck).toBeUndefined();
  expect(events.at(-1)?.event).toMatchObject({
    type: 'IncidentRaised',
    step: 'request-payment',
    kind: 'defect',
    code: 'unreadable-answer',
  });
});

test('an answer that does not come in time is unknown, and asked for again it is the first one', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.dials('payments', { hangNext: 1 });
  const slow = await advance({ caseId, cause: { filing: first } });
  expect(slow.stuck).toMatchObject({ kind: 'outcome-unknown', code: 'slow' });
  const driven = await cases.drive({
    type: 'id-renewal',
    caseId,
    version: 2,
    at: new Date().toISOString(),
    lastTry: false,
  });
  expect(types(driven.events)).toEqual(['PaymentRequested']);
  expect((await control.ledger('payments', caseId)).filter(({ type }) => type === 'requested')).toHaveLength(1);
});

test('a case that the log does not know cannot be driven', async () => {
  const driving = cases.drive({
    type: 'id-renewal',
    caseId: 'rnw_nobody',
    version: 0,
    at: new Date().toISOString(),
    lastTry: true,
  });
  await expect(driving).rejects.toMatchObject({ kind: 'defect', code: 'no-such-case' });
  expect(await cases.recall({ caseId: 'rnw_nobody', version: 0 })).toEqual([]);
});

describe('steps that are wrong', () => {
  const kindWith = (validate: AnyCaseType['steps'][string]): CaseActivities => {
    const { lookups } = caseKind('id-renewal');
    return createCaseActivities(ports, () => ({
      definition: idRenewal as unknown as AnyCaseType['definition'],
      steps: { validate },
      lookups,
      onRecordFirst: [],
    }));
  };
  const filedWith = async (validate: AnyCaseType['steps'][string]) => {
    const first = await filing();
    return kindWith(validate).advance({
      type: 'id-renewal',
      caseId: first.caseId,
      version: 0,
      cause: { filing: first },
      at: first.filedAt,
      chain: true,
    });
  };

  test('a step that breaks says only what broke: its words may hold anything', async () => {
    const { events } = await filedWith(() => Promise.reject(new TypeError('Layla cannot be read')));
    expect(events.at(-1)?.event).toEqual({
      type: 'IncidentRaised',
      step: 'validate',
      kind: 'defect',
      source: 'case',
      code: 'TypeError',
      message: 'The step "validate" broke with TypeError.',
    });
  });

  test('a step that says nothing would turn for ever', async () => {
    const { events } = await filedWith(() => Promise.resolve());
    expect(events.at(-1)?.event).toMatchObject({ type: 'IncidentRaised', code: 'step-without-event' });
  });

  test('a step that always has more to do is stopped', async () => {
    const { events } = await filedWith((ctx) => Promise.resolve(ctx.emit({ type: 'NoteAdded' })));
    expect(events.at(-1)?.event).toMatchObject({ type: 'IncidentRaised', code: 'endless' });
  });

  test('a step that nobody wrote', async () => {
    const first = await filing();
    const activities = createCaseActivities(ports, () => ({ ...caseKind('id-renewal'), steps: {} }));
    const { events } = await activities.advance({
      type: 'id-renewal',
      caseId: first.caseId,
      version: 0,
      cause: { filing: first },
      at: first.filedAt,
      chain: true,
    });
    expect(events.at(-1)?.event).toMatchObject({ type: 'IncidentRaised', code: 'unknown-step' });
  });

  test('a refusal from outside is an incident at once, and keeps what came before', async () => {
    const { events } = await filedWith((ctx) => {
      ctx.emit({ type: 'NoteAdded' });
      return Promise.reject(
        new OutsideFailure('refused', 'register', 'person-unknown', 'the register does not know this person'),
      );
    });
    expect(types(events)).toEqual(['ApplicationSubmitted', 'NoteAdded', 'IncidentRaised']);
  });
});

test.each(['\u0000', '\ud800'])(
  'what the log can never take becomes an incident, and the case goes on after it: %j',
  async (bad) => {
    const first = await filing();
    const { caseId } = first;
    await control.script(caseId, { payments: 'manual' });
    const { version, payment } = (await advance({ caseId, cause: { filing: first } }).then(() =>
      fileOf(caseId),
    )) as RenewalFile;
    const told = {
      id: `bad-${version}`,
      type: 'payment.failed',
      caseId,
      paymentId: payment.paymentId ?? '',
      reason: bad,
    } as const;
    const { events, stuck } = await advance({ caseId, version, cause: { message: told } });
    expect(stuck).toBeUndefined();
    expect(events.map(({ event, cause }) => [event, cause])).toEqual([
      [expect.objectContaining({ type: 'IncidentRaised', source: 'case-log', code: 'unrecordable' }), told.id],
    ]);
    await advance({ caseId, version: version + 1, cause: { step: 'retry-by-itself', id: 'again' } });
    expect(nextOf(idRenewal as unknown as CaseType, await fileOf(caseId))).toMatchObject({ wait: { what: 'payment' } });
  },
);

test('an answer from outside that can never be recorded: what came before it is kept', async () => {
  const first = await filing();
  const strange = {
    ...ports,
    payments: { ...ports.payments, request: async () => ({ paymentId: 'pay', payUrl: '\u0000' }) },
  };
  const { events } = await createCaseActivities(strange, caseKind).advance({
    type: 'id-renewal',
    caseId: first.caseId,
    version: 0,
    cause: { filing: first },
    at: new Date().toISOString(),
    chain: true,
  });
  expect(types(events)).toEqual(['ApplicationSubmitted', 'IncidentRaised']);
  expect(events[1]?.event).toMatchObject({ step: 'request-payment', code: 'unrecordable' });
});

test('an action that can never be recorded is refused', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.script(caseId, { payments: 'manual' });
  const { events } = await advance({ caseId, cause: { filing: first } });
  const { refusal } = await advance({
    caseId,
    version: events.length,
    cause: {
      action: {
        id: 'bad',
        action: 'cancel',
        actor: portal,
        expectedVersion: events.length,
        input: { reasonRef: '\u0000' },
      },
    },
    chain: false,
  });
  expect(refusal?.code).toBe('not-recordable');
  expect(await logged(caseId)).toHaveLength(events.length);
});

test('whoever dies between the order of a card and the log orders the same card again, on whatever day', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.script(caseId, { payments: 'manual', 'card-bureau': 'manual' });
  const { events } = await advance({ caseId, cause: { filing: first } });
  const requested = events.map(({ event }) => event).find(({ type }) => type === 'PaymentRequested');
  const { paymentId, amount } = requested as Extract<RenewalEvent, { type: 'PaymentRequested' }>;
  const message = { id: 'm', type: 'payment.captured', caseId, paymentId, captureId: 'cap_died', amount } as const;
  const orders: unknown[] = [];
  const order: Ports['cardBureau']['order'] = (card) => {
    orders.push(card);
    return ports.cardBureau.order(card);
  };
  const dying: Ports = {
    ...ports,
    cardBureau: { ...ports.cardBureau, order },
    log: { ...ports.log, append: () => Promise.reject(new Error('died')) },
  };
  const paid = { type: 'id-renewal', caseId, version: events.length, cause: { message }, chain: true };
  const before = { ...paid, at: '2026-11-01T20:59:59.000Z' };
  await expect(createCaseActivities(dying, caseKind).advance(before)).rejects.toThrow('died');
  await createCaseActivities({ ...dying, log: ports.log }, caseKind).advance({
    ...paid,
    at: '2026-11-01T21:00:01.000Z',
  });
  expect(orders).toHaveLength(2);
  expect(orders[1]).toEqual(orders[0]);
});
