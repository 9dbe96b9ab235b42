import { Webhook } from 'standardwebhooks';
import { Client as Postgres } from 'pg';
import { TESTS_PER_MINUTE } from '../../api/portal-webhooks/test-limit';
import { createPortalOutbox } from '../../adapters/portal-webhooks/outbox';
import { createCaseLog } from '../../adapters/case-log/postgres';
import { messageId } from '../../domain/services/portal-webhooks';
import { DAY, MINUTE } from '../../domain/time';
import { retriesId } from '../../client/portal-webhooks';
import { eventsOf, fileOf, rowOf } from '../adapters/postgres/cases';
import { fastForward } from '../support/time-skipping';
import { until } from '../support/until';
import { receiver, startWebhookWorld, type Receiver, type WebhookWorld } from './webhook-world';

const CLIENT = 'absher-individuals';
let hooks: WebhookWorld;
const receivers: Receiver[] = [];

/** The relay starts the retries a moment after it has noted the failure; where all is slow, the first may have come of itself. */
async function retried(id: string, ms: number): Promise<void> {
  const { client } = hooks.api.world;
  const status = await until(
    () =>
      client.workflow
        .getHandle(retriesId(id))
        .describe()
        .then(
          (described) => described.status.name as string,
          (error: Error) => error.name,
        ),
    (seen) => seen === 'RUNNING' || seen === 'COMPLETED',
  );
  // They may end at this very moment. What came of them is what is looked at.
  if (status === 'RUNNING') await fastForward(client, retriesId(id), ms).catch(() => undefined);
}
beforeAll(async () => {
  hooks = await startWebhookWorld();
});
afterAll(() => hooks?.stop());
afterEach(async () => {
  const token = await hooks.api.portal();
  const { items } = JSON.parse((await hooks.api.call('GET', '/v1/webhook-endpoints', { token })).text) as {
    items: { id: string }[];
  };
  for (const { id } of items) await hooks.api.call('DELETE', `/v1/webhook-endpoints/${id}`, { token });
  for (const each of receivers.splice(0)) each.stop();
});

async function listening(answer: Receiver['answer'] = 204): Promise<Receiver> {
  const one = await receiver();
  one.answer = answer;
  receivers.push(one);
  return one;
}

let cases = 0;
/** Appends events to a case of the portal's, a new one by default. */
async function append(count: number, caseId = `rnw_webhooks${++cases}`, after = 0): Promise<string> {
  const file = fileOf(caseId, after + count, { clientId: CLIENT });
  await createCaseLog(hooks.api.world.database).append(eventsOf(caseId, after + 1, count), rowOf(file));
  return caseId;
}

const seen = (of: Receiver) =>
  until(
    () => Promise.resolve(of.received.length),
    () => true,
  );

test('a renewal is told from filing to the end: signed, in order, exactly what was asked for, and nothing about the person', async () => {
  const { api } = hooks;
  const [all, some] = [await listening(), await listening()];
  const everything = await hooks.add(all.url);
  const two = await hooks.add(some.url, ['ApplicationSubmitted', 'CaseClosed']);
  const number = await api.person();
  const photo = await api.upload(number);
  const token = await api.portal();
  const filed = await api.call('POST', '/v1/cases', {
    token,
    headers: { 'idempotency-key': api.key('filed') },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: number },
      application: { photo, delivery: { method: 'courier' } },
    },
  });
  const { id } = filed.view();
  await until(
    async () => (await api.call('GET', `/v1/cases/${id}`, { token })).view().status,
    (status) => status === 'COMPLETED',
  );
  const logged = (await createCaseLog(api.world.database).eventsAfter(id, 0)).map(({ version, event }) => ({
    version,
    eventType: event.type,
  }));
  await until(
    () => Promise.resolve(all.received.length),
    (count) => count >= logged.length,
  );

  expect(
    hooks.read(all, everything.secret).map(({ data: { version, eventType } }) => ({ version, eventType })),
  ).toEqual(logged);
  const last = logged.at(-1)!;
  expect(hooks.read(some, two.secret).map(({ type }) => type)).toEqual([
    'example.tajdid.case.v1.ApplicationSubmitted',
    'example.tajdid.case.v1.CaseClosed',
  ]);
  const [first] = hooks.read(all, everything.secret);
  expect(first).toMatchObject({
    specversion: '1.0',
    subject: id,
    datacontenttype: 'application/json',
    data: { caseId: id, caseType: 'id-renewal', eventType: 'ApplicationSubmitted', version: 1 },
  });
  expect(hooks.read(all, everything.secret).at(-1)?.data).toMatchObject({
    version: last.version,
    status: 'COMPLETED',
    statusVersion: last.version,
  });
  for (const { headers, body } of all.received) {
    expect(headers['content-type']).toBe('application/cloudevents+json');
    expect(() => new Webhook(everything.secret).verify(body, headers as Record<string, string>)).not.toThrow();
    expect(() => new Webhook(two.secret).verify(body, headers as Record<string, string>)).toThrow();
    for (const personal of [number, 'Mohammed', 'محمد', '+9665', '1990-01-01']) expect(body).not.toContain(personal);
  }
  const told = await until(
    () => hooks.endpoint(everything.id),
    ({ messages }) => messages.pending === 0,
  );
  expect(told).toMatchObject({ state: 'enabled', failingSince: null, messages: { failed: 0 } });
});

test('a number of the log that becomes visible late is told too', async () => {
  const one = await listening();
  const { secret } = await hooks.add(one.url);
  const late = `rnw_late${Date.now()}`;
  const slow = new Postgres({ connectionString: hooks.api.world.databaseUrl });
  await slow.connect();
  await slow.query('BEGIN');
  const file = JSON.stringify(fileOf(late, 1, { clientId: CLIENT }));
  const events = JSON.stringify([
    { at: '2026-11-01T08:00:00.000Z', actor: { id: 'x', role: 'system' }, cause: 'c', event: { type: 'NoteTaken' } },
  ]);
  await slow.query(
    "SELECT * FROM append_case_events($1, 1, $2, decode(repeat('00', 32), 'hex'), $3, 'IN_REVIEW', NULL, NULL, NULL, NULL, false)",
    [late, events, file],
  );
  const early = await append(1);
  const cursor = () =>
    hooks.api.world.database
      .from('case')
      .query<{ fence: number; end: number }>({ text: 'SELECT fence, case_log_end() AS end FROM webhook_cursor' });
  await until(cursor, ([at]) => at!.fence === at!.end);
  expect(one.received).toEqual([]);
  await slow.query('COMMIT');
  await slow.end();
  await until(
    () => seen(one),
    (count) => count >= 2,
  );
  expect(new Set(hooks.read(one, secret).map(({ data }) => data.caseId))).toEqual(new Set([late, early]));
});

test('an endpoint that answers nothing gets it again, in order; others do not wait for it', async () => {
  const [slow, quick] = [await listening('nothing'), await listening()];
  const { id, secret } = await hooks.add(slow.url);
  await hooks.add(quick.url);
  const caseId = await append(3);
  await until(
    () => seen(quick),
    (count) => count === 3,
  );
  await until(
    () => hooks.endpoint(id),
    ({ lastFailure }) => lastFailure === 'timeout',
  );
  expect(slow.received).toHaveLength(1);
  slow.answer = 204;
  await retried(id, MINUTE);
  await until(
    () => hooks.endpoint(id),
    ({ messages }) => messages.pending === 0,
  );
  const told = hooks.read(slow, secret);
  expect(told.map(({ data }) => [data.caseId, data.version])).toEqual([
    [caseId, 1],
    [caseId, 1],
    [caseId, 2],
    [caseId, 3],
  ]);
  expect(new Set(slow.received.slice(0, 2).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await hooks.endpoint(id)).toMatchObject({ state: 'enabled', failingSince: null });
});

test('a message that always fails holds up its own case and no other', async () => {
  const one = await listening(500);
  const { id, secret } = await hooks.add(one.url);
  const bad = await append(1);
  await until(
    () => hooks.endpoint(id),
    ({ lastFailure }) => lastFailure === 'http-500',
  );
  one.answer = 204;
  const good = await append(2);
  await append(1, bad, 1);
  await retried(id, MINUTE);
  await until(
    () => seen(one),
    (count) => count >= 5,
  );
  const told = hooks.read(one, secret).map(({ data }) => `${data.caseId}/${data.version}`);
  expect(told.filter((each) => each.startsWith(good))).toEqual([`${good}/1`, `${good}/2`]);
  expect(told.filter((each) => each.startsWith(`${bad}/`))).toEqual([`${bad}/1`, `${bad}/1`, `${bad}/2`]);
});

test('after three days of failures the endpoint is disabled; what was given up is sent again when asked', async () => {
  const one = await listening(503);
  const { id, secret } = await hooks.add(one.url);
  const caseId = await append(2);
  await until(
    () => hooks.endpoint(id),
    ({ failingSince }) => failingSince !== null,
  );
  await retried(id, 3 * DAY + MINUTE);
  const disabled = await until(
    () => hooks.endpoint(id),
    ({ state }) => state === 'disabled',
  );
  expect(disabled).toMatchObject({
    problem: 'failing-for-three-days',
    lastFailure: 'http-503',
    messages: { failed: 1, pending: 1 },
  });
  expect(one.received).toHaveLength(10);
  const refusal = await hooks.api.call('POST', `/v1/webhook-endpoints/${id}/redeliver`, {
    token: await hooks.api.portal(),
    body: {},
  });
  expect(refusal.problem()).toMatchObject({ status: 409, code: 'webhook-endpoint-disabled' });

  one.answer = 204;
  one.received.length = 0;
  await hooks.post(`/v1/webhook-endpoints/${id}/enable`);
  await until(
    () => seen(one),
    (count) => count === 1,
  );
  expect(JSON.parse(await hooks.post(`/v1/webhook-endpoints/${id}/redeliver`))).toEqual({ messages: 1 });
  await until(
    () => seen(one),
    (count) => count === 2,
  );
  expect(hooks.read(one, secret).map(({ data }) => [data.caseId, data.version])).toEqual([
    [caseId, 2],
    [caseId, 1],
  ]);
});

test('everything since an instant is sent again under the same ids, delivered or not', async () => {
  const one = await listening();
  const { id } = await hooks.add(one.url);
  await append(2);
  await until(
    () => hooks.endpoint(id),
    ({ messages, lastSuccessAt }) => messages.pending === 0 && lastSuccessAt !== null && one.received.length === 2,
  );
  const before = one.received.map(({ headers }) => headers['webhook-id']);
  expect(before[0]).toContain(messageId({ endpoint: id, seq: 1 }).slice(0, -1));
  const taken = JSON.parse(
    await hooks.post(`/v1/webhook-endpoints/${id}/redeliver`, { from: '2026-11-01T00:00:00Z' }),
  ) as { messages: number };
  expect(taken.messages).toBeGreaterThanOrEqual(2);
  await until(
    () => seen(one),
    (count) => count >= 2 + taken.messages,
  );
  expect(one.received.slice(2).map(({ headers }) => headers['webhook-id'])).toEqual(expect.arrayContaining(before));
});

test('an endpoint that is well again, with a message of it that still has to be tried again, is not forgotten by the next worker', async () => {
  const one = await listening();
  const { id } = await hooks.add(one.url);
  await append(1);
  await until(
    () => hooks.endpoint(id),
    ({ lastSuccessAt, messages }) => lastSuccessAt !== null && messages.pending === 0,
  );
  // As a batch in which another message succeeded leaves it when the worker dies right after.
  await hooks.api.world.database.from('webhooks').query({
    text: `UPDATE webhook_messages SET state = 'pending', attempts = 1, next_at = now() + interval '1 hour' WHERE endpoint = $1`,
    values: [id],
  });
  expect(await hooks.endpoint(id)).toMatchObject({ failingSince: null, messages: { pending: 1 } });
  expect(await createPortalOutbox(hooks.api.world.database).failing()).toEqual([id]);
});

test('410 disables at once; a redirect is not followed', async () => {
  const [gone, elsewhere, metadata] = [await listening(410), await listening(), await listening()];
  const { id } = await hooks.add(gone.url);
  elsewhere.answer = { redirectTo: 'http://169.254.169.254/latest/meta-data/' };
  const redirecting = await hooks.add(elsewhere.url);
  await append(1);
  expect(
    await until(
      () => hooks.endpoint(id),
      ({ state }) => state === 'disabled',
    ),
  ).toMatchObject({ problem: 'gone' });
  expect(
    await until(
      () => hooks.endpoint(redirecting.id),
      ({ lastFailure }) => lastFailure !== null,
    ),
  ).toMatchObject({ lastFailure: 'redirect', state: 'enabled' });
  elsewhere.answer = { redirectTo: metadata.url };
  const tested = JSON.parse(await hooks.post(`/v1/webhook-endpoints/${redirecting.id}/test`)) as { outcome: string };
  expect(tested.outcome).toBe('redirect');
  expect(metadata.received).toEqual([]);
});

test('a test message, a new secret beside the old one, and nothing for another portal', async () => {
  const one = await listening();
  const { id, secret } = await hooks.add(one.url);
  expect(JSON.parse(await hooks.post(`/v1/webhook-endpoints/${id}/test`))).toMatchObject({ outcome: 'delivered' });
  const { secret: fresh } = JSON.parse(await hooks.post(`/v1/webhook-endpoints/${id}/rotate`)) as { secret: string };
  await hooks.post(`/v1/webhook-endpoints/${id}/test`);
  expect(hooks.read(one, secret)).toHaveLength(2);
  const [, second] = one.received;
  expect(() => new Webhook(fresh).verify(second!.body, second!.headers as Record<string, string>)).not.toThrow();
  const other = await hooks.api.token({
    sub: 'absher-business',
    roles: ['portal'],
    clientId: 'absher-business',
    channel: 'absher-business',
  });
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/test'],
    ['POST', '/rotate'],
    ['POST', '/enable'],
    ['POST', '/redeliver'],
  ] as const) {
    const answer = await hooks.api.call(method, `/v1/webhook-endpoints/${id}${path}`, {
      token: other,
      ...(path === '/redeliver' ? { body: {} } : {}),
    });
    expect([method, path, answer.status]).toEqual([method, path, 404]);
  }
  for (let i = 0; i < 9; i++) await hooks.add(one.url);
  const eleventh = await hooks.api.call('POST', '/v1/webhook-endpoints', {
    token: await hooks.api.portal(),
    headers: { 'idempotency-key': hooks.api.key('eleventh') },
    body: { url: one.url, types: ['*'] },
  });
  expect(eleventh.problem()).toMatchObject({ status: 409, code: 'too-many-webhook-endpoints' });
});

test('a rotation that is asked for again, its answer lost, leaves the secret that the portal knows at work', async () => {
  const one = await listening();
  const { id, secret } = await hooks.add(one.url);
  const rotated = async () =>
    JSON.parse(await hooks.post(`/v1/webhook-endpoints/${id}/rotate`)) as { secret: string; oldSecretUntil: string };
  const lost = await rotated();
  const { secret: fresh, oldSecretUntil } = await rotated();
  expect([lost.secret === fresh, oldSecretUntil]).toEqual([false, lost.oldSecretUntil]);
  await hooks.post(`/v1/webhook-endpoints/${id}/test`);
  for (const known of [secret, fresh]) expect(hooks.read(one, known)).toHaveLength(1);
});

test('an endpoint that is added again under its key is the same one; a key whose endpoint was removed adds none', async () => {
  const one = await listening();
  const token = await hooks.api.portal();
  const headers = { 'idempotency-key': hooks.api.key('added-again') };
  const add = (change: object = {}) =>
    hooks.api.call('POST', '/v1/webhook-endpoints', {
      token,
      headers,
      body: { url: one.url, types: ['*'], ...change },
    });
  const first = await add();
  const [again, atOnce] = await Promise.all([add(), add()]);
  expect([first.status, again.text, atOnce.text]).toEqual([201, first.text, first.text]);
  const { items } = JSON.parse((await hooks.api.call('GET', '/v1/webhook-endpoints', { token })).text) as {
    items: { id: string }[];
  };
  expect(items).toHaveLength(1);
  expect((await add({ types: ['CaseClosed'] })).problem().code).toBe('idempotency-key-reused');
  await hooks.api.call('DELETE', `/v1/webhook-endpoints/${items[0]?.id}`, { token });
  expect((await add()).problem()).toMatchObject({ status: 404, code: 'webhook-endpoint-not-found' });
});

test('tests are sent at an address of the portal only so often', async () => {
  const one = await listening();
  const { id } = await hooks.add(one.url);
  const token = await hooks.api.portal();
  const statuses: number[] = [];
  for (let i = 0; i < TESTS_PER_MINUTE * 2 && !statuses.includes(429); i += 1)
    statuses.push((await hooks.api.call('POST', `/v1/webhook-endpoints/${id}/test`, { token })).status);
  expect(statuses.at(-1)).toBe(429);
  expect(one.received.length).toBeLessThan(statuses.length);
});
