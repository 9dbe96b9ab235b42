import { VersionNotAtWorkError } from '../../client/deployments';
import { problemFrom } from '../../api/problems/from-error';
import { instant } from '../../domain/time';
import { newKeyPair, signHead } from '../../ops/audit';
import { startApiWorld, type ApiWorld, type Sent } from '../api/api-world';
import { until } from '../support/until';
import { fileRenewals, statuses } from './cases';

let api: ApiWorld;
let token: string;
beforeAll(async () => {
  api = await startApiWorld();
  token = await api.world.control.token({ sub: 'op-9', roles: ['operator'] }).then(String);
});
afterAll(() => api?.stop());

async function call(method: string, path: string, sent: Sent): Promise<{ status: number; json: unknown }> {
  const { status, text } = await api.call(method, path, sent);
  return { status, json: JSON.parse(text) as unknown };
}

test('operators see incidents by cause, retry them verified, and reset through the API; nobody else does', async () => {
  const broken = await fileRenewals(api.world, 2, { print: 'fail' });
  await until(
    () => statuses(api.world, broken),
    (seen) => seen['INCIDENT'] === 2,
  );

  const caseworker = await api.world.control.token({ sub: 'cw-1', roles: ['caseworker'] });
  expect((await call('GET', '/v1/ops/incidents', { token: caseworker })).status).toBe(403);
  const groups = await call('GET', '/v1/ops/incidents', { token });
  expect(groups.json).toMatchObject({
    items: [{ source: 'card-bureau', code: 'print-failed-repeatedly', cases: 2, remedy: { action: 'look' } }],
  });
  expect((await api.call('GET', '/metrics')).text).toMatch(
    /\ntajdid_incidents\{source="card-bureau",code="print-failed-repeatedly",kind="\w+"\} 2\n/,
  );
  const explained = await call('GET', `/v1/ops/cases/${broken[0]}`, { token });
  expect(explained.json).toMatchObject({
    status: 'INCIDENT',
    incident: { step: 'order-card' },
    resets: expect.arrayContaining([expect.objectContaining({ step: 'check-photo' })]),
  });

  const previewOf = (body: object) => call('POST', '/v1/ops/retry-preview', { token, body });
  // As many by name as one retry takes.
  const others = Array.from({ length: 998 }, (_, n) => `rnw_${String(n).padStart(26, '0')}`);
  const preview = await previewOf({ cases: [...others, ...broken] });
  expect(preview.json).toMatchObject({
    total: 2,
    underWay: 0,
    groups: [{ code: 'print-failed-repeatedly', stepTexts: [{ en: expect.any(String) }] }],
    first: [{ effects: [{ kind: 'payment' }], texts: { step: { ar: expect.any(String) } } }, {}],
  });
  expect((await previewOf({ scope: { code: 'http-418' } })).json).toMatchObject({ total: 0, groups: [] });
  for (const wrong of [{ cases: ['no such;case'] }, { cases: [] }, { cases: [...others, ...broken, 'rnw_1'] }, {}])
    expect((await previewOf(wrong)).status).toBe(422);

  for (const caseId of broken) await api.world.control.script(caseId, { print: 'print' });
  const order = { scope: { code: 'print-failed-repeatedly' }, perSecond: 10, reason: 'the printer was mended' };
  const headers = { 'idempotency-key': api.key('night-1') };
  expect(
    (await call('POST', '/v1/ops/retries', { token, headers, body: { reason: 'everything?' } })).json,
  ).toMatchObject({ code: 'retry-scope-missing' });
  const nothing = { ...order, scope: { code: 'http-418' } };
  expect((await call('POST', '/v1/ops/retries', { token, headers, body: nothing })).json).toMatchObject({
    code: 'no-incident-fits',
  });
  // An order that fits nothing leaves nothing behind, so that its key is free.
  const started = await call('POST', '/v1/ops/retries', { token, headers, body: order });
  expect(started.status).toBe(201);
  const again = await call('POST', '/v1/ops/retries', { token, headers, body: order });
  expect(again.json).toMatchObject({ id: (started.json as { id: string }).id });
  const id = (started.json as { id: string }).id;
  for (const other of [{ scope: {}, everything: true }, { perSecond: 3 }, { reason: 'for another reason' }])
    expect(await call('POST', '/v1/ops/retries', { token, headers, body: { ...order, ...other } })).toMatchObject({
      status: 422,
      json: { code: 'idempotency-key-reused' },
    });
  const ended = await until(
    () =>
      call('GET', `/v1/ops/retries/${id}`, { token }).then(
        ({ json }) => json as { endedAt: string | null; counts: Record<string, number> },
      ),
    ({ endedAt }) => endedAt !== null,
  );
  expect(ended).toMatchObject({ counts: { moved: 2 }, reason: order.reason });
  expect((await call('GET', `/v1/ops/retries/${id}/items?state=moved`, { token })).json).toMatchObject({
    items: [{ state: 'moved' }, { state: 'moved' }],
    next: null,
  });
  expect((await call('POST', `/v1/ops/retries/${id}/stop`, { token, body: {} })).status).toBe(422);
  const why = { reason: 'too late' };
  expect((await call('POST', `/v1/ops/retries/${id}/stop`, { token, body: why })).status).toBe(409);
  await until(
    () => statuses(api.world, broken),
    (seen) => seen['COMPLETED'] === 2,
  );
  expect((await call('GET', `/v1/ops/cases/${broken[0]}/ledgers`, { token })).json).toMatchObject({ agrees: true });
  expect((await call('GET', `/v1/ops/cases/${broken[0]}/audit`, { token })).json).toMatchObject({ broken: null });
  expect((await call('GET', '/v1/ops/versions', { token })).json).toMatchObject({
    workers: [expect.objectContaining({ identity: expect.any(String) })],
    policies: [],
  });
  const { items: findings } = (await call('GET', '/v1/ops/doctor', { token })).json as {
    items: { check: string; state: string }[];
  };
  const inWords = { ar: expect.stringMatching(/[\u0600-\u06ff]|^\w+ [\d.]+/), en: expect.any(String) };
  for (const check of ['database', 'schema', 'engine', 'workers', 'versions', 'clocks', 'keys'])
    expect(findings).toContainEqual({ check, state: 'well', title: inWords, says: inWords });
  expect((await call('POST', '/v1/ops/stall-scans', { token, body: {} })).status).toBe(422);
  const look = { reason: 'after the outage' };
  const wrong = { ...look, silentForMinutes: -1 };
  expect((await call('POST', '/v1/ops/stall-scans', { token, body: wrong })).status).toBe(422);
  const bySilence = { ...look, silentForMinutes: 30 };
  expect((await call('POST', '/v1/ops/stall-scans', { token, body: bySilence })).json).toMatchObject({ found: 0 });
  expect((await call('GET', '/v1/ops/acts', { token })).json).toMatchObject({
    items: [
      {
        what: 'stall-scan',
        about: { silentForMinutes: 30 },
        actor: { id: 'op-9', role: 'operator' },
        reason: 'after the outage',
      },
    ],
  });
  expect((await call('GET', '/v1/ops/stalls', { token })).json).toEqual({ items: [] });
});

test('repair and reset are actions of the case', async () => {
  const [caseId] = await fileRenewals(api.world, 1, { courier: 'manual' });
  await until(
    () => statuses(api.world, [caseId!]),
    (seen) => seen['DISPATCHED'] === 1,
  );
  const act = async (action: string, body: object) => {
    const { version, resets } = (await call('GET', `/v1/ops/cases/${caseId}`, { token })).json as {
      version: number;
      resets: { step: string; effects: string[] }[];
    };
    return {
      resets,
      answer: await call('POST', `/v1/cases/${caseId}/actions/${action}`, {
        token,
        headers: { 'if-match': `"${version}"` },
        body,
      }),
    };
  };
  expect((await call('GET', '/v1/ops/versions', { token })).json).toMatchObject({
    policies: [{ type: 'id-renewal', cases: 1, policyVersion: expect.any(String) }],
  });
  expect((await call('GET', '/v1/ops/case-versions?type=id-renewal', { token })).json).toMatchObject({
    items: [
      { caseId, engine: { status: 'RUNNING', workerVersion: null }, texts: { status: { en: expect.any(String) } } },
    ],
    next: null,
  });
  expect((await call('GET', '/v1/ops/case-versions?policyVersion=none', { token })).json).toMatchObject({ items: [] });

  const refused = await act('reset', { to: 'order-card', pin: [], reason: 'a try' });
  expect(refused.answer.status).toBe(422);
  const pin = refused.resets.find(({ step }) => step === 'order-card')!.effects;
  expect((await act('reset', { to: 'order-card', pin, reason: 'asked by the bureau' })).answer.status).toBe(200);
  expect((await act('repair', { field: 'office', value: 'jeddah-1', reason: 'moved' })).answer.status).toBe(200);

  const repairs = () => call('GET', '/v1/ops/repairs', { token }).then(({ json }) => json);
  expect(await repairs()).toEqual({ items: [], next: null });
  expect((await act('repair', { field: 'photo', value: 'doc/other', reason: 'the wrong photo' })).answer.status).toBe(
    200,
  );
  expect(await repairs()).toMatchObject({ items: [{ caseId, field: 'photo', value: 'doc/other', by: 'op-9' }] });
  const second = await api.world.control.token({ sub: 'sv-9', roles: ['supervisor'] }).then(String);
  expect((await call('GET', '/v1/ops/repairs', { token: second })).status).toBe(200);
  expect((await call('GET', `/v1/ops/cases/${caseId}`, { token })).json).toMatchObject({ repair: { field: 'photo' } });
  expect((await act('decline-repair', { reason: 'it was right' })).answer.status).toBe(200);
  expect(await repairs()).toEqual({ items: [], next: null });

  const why = { reason: 'it does not fit the code' };
  const { runId } = (await api.world.engine.view(caseId!))!;
  expect((await call('POST', '/v1/ops/cases/rnw_nobody/restart', { token, body: why })).status).toBe(404);
  const restarted = await call('POST', `/v1/ops/cases/${caseId}/restart`, { token, body: why });
  expect(restarted).toMatchObject({ status: 200, json: { status: 'RUNNING' } });
  expect((restarted.json as { runId: string }).runId).not.toBe(runId);
  await until(
    () => api.world.engine.fileOf(caseId!),
    (seen) => seen?.stage === 'DISPATCHED',
  );
  expect((await call('GET', '/v1/ops/acts', { token })).json).toMatchObject({
    items: [{ what: 'case-restart', about: { case: caseId }, actor: { id: 'op-9' }, ...why }, {}],
  });
});

/** Everything that the audit says, part after part. */
async function audited(): Promise<{ events: number; broken: { caseId: string; what: string }[] }> {
  const all = { events: 0, broken: [] as { caseId: string; what: string }[] };
  for (let after: string | null = ''; after !== null;) {
    const { status, json } = await call('GET', `/v1/ops/audit${after && `?after=${after}`}`, { token });
    expect(status).toBe(200);
    const part = json as { events: number; broken: { caseId: string; what: string }[]; next: string | null };
    all.events += part.events;
    all.broken.push(...part.broken);
    after = part.next;
  }
  return all;
}

test('the whole log is audited through the API, and held against a signed head; a changed event is found by both', async () => {
  const [caseId] = await fileRenewals(api.world, 1);
  await until(
    () => statuses(api.world, [caseId!]),
    (seen) => seen['COMPLETED'] === 1,
  );
  const { privateKey, publicKey } = newKeyPair();
  const head = await signHead(api.deps.ops.audit, privateKey, instant(Date.now()), () => undefined);
  const check = async (body: object) => {
    const answer = await api.call('POST', '/v1/ops/head-checks', { token, body });
    return { status: answer.status, lines: answer.text.trim().split('\n') };
  };
  const verdict = async (body: object): Promise<unknown> =>
    JSON.parse((await check(body)).lines.at(-1) ?? '') as unknown;

  expect(await audited()).toMatchObject({ broken: [] });
  expect(await verdict({ head, publicKey })).toEqual({ events: head.events, verdict: 'whole' });
  expect(await verdict({ head: { ...head, events: 1 }, publicKey })).toEqual({ events: 0, verdict: 'wrong-signature' });
  expect((await check({ head, publicKey: privateKey })).status).toBe(422);
  expect((await call('GET', '/v1/ops/audit?after=somewhere', { token })).status).toBe(422);
  const caseworker = await api.world.control.token({ sub: 'cw-1', roles: ['caseworker'] });
  expect((await call('GET', '/v1/ops/audit', { token: caseworker })).status).toBe(403);

  const db = api.world.database.from('case');
  await db.query({ text: 'ALTER TABLE case_events DISABLE TRIGGER case_events_append_only' });
  const change = {
    text: `UPDATE case_events SET hash = sha256('x') WHERE case_id = $1 AND version = 2`,
    values: [caseId],
  };
  await db.query(change);
  await db.query({ text: 'ALTER TABLE case_events ENABLE TRIGGER case_events_append_only' });
  expect((await audited()).broken).toEqual([expect.objectContaining({ caseId, version: 2, what: 'hash' })]);
  expect(await verdict({ head, publicKey })).toMatchObject({ verdict: 'events-changed' });
});

test('a worker version is promoted, ramped and taken back through the API, with who and why', async () => {
  const { world } = api;
  const version = (buildId: string) => ({ deploymentName: `tajdid-${world.taskQueue}`, buildId });
  const [one, two] = await Promise.all([world.startWorker(version('one')), world.startWorker(version('two'))]);
  try {
    const route = (path: string, body: object) => call('POST', `/v1/ops/${path}`, { token, body });
    expect((await route('promotions', { version: 'one' })).status).toBe(422);
    expect((await route('ramps', { version: 'two', percent: 101, reason: 'too much' })).status).toBe(422);
    const caseworker = await world.control.token({ sub: 'cw-1', roles: ['caseworker'] });
    const order = { version: 'one', reason: 'the first version' };
    expect((await call('POST', '/v1/ops/promotions', { token: caseworker, body: order })).status).toBe(403);

    const promoted = await route('promotions', order);
    expect(promoted).toMatchObject({ status: 200, json: { deployment: { current: 'one', ramping: null } } });
    const ramped = await route('ramps', { version: 'two', percent: 10, reason: 'a tenth first' });
    expect(ramped.json).toMatchObject({ deployment: { current: 'one', ramping: { buildId: 'two', percent: 10 } } });
    const back = await route('ramps', { version: 'two', percent: 0, reason: 'it is slower' });
    expect(back).toMatchObject({ status: 200, json: { deployment: { current: 'one', ramping: null } } });

    const acts = (await call('GET', '/v1/ops/acts', { token })).json as { items: { seq: number }[] };
    expect(acts).toMatchObject({
      items: [
        { what: 'deploy-ramp', about: { version: 'two', percent: 0 }, actor: { id: 'op-9' }, reason: 'it is slower' },
        { what: 'deploy-ramp', about: { version: 'two', percent: 10 } },
        { what: 'deploy-promote', about: { version: 'one' }, reason: 'the first version' },
        ...acts.items.slice(3),
      ],
      next: null,
    });
    const earlier = await call('GET', `/v1/ops/acts?before=${acts.items[0]!.seq}`, { token });
    expect(earlier.json).toMatchObject({ items: acts.items.slice(1) });
  } finally {
    await Promise.all([one.stop(), two.stop()]);
  }
});

test('a version whose workers are not at work is a conflict, and not a defect', () => {
  expect(problemFrom(new VersionNotAtWorkError('three')).code).toBe('version-not-at-work');
});
