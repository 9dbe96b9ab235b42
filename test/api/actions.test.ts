import type { CaseView } from '../../api/cases/schemas';
import type { PortraitSample } from '../../demo/portraits';
import { startApiWorld, type Answer, type ApiWorld } from './api-world';

let api: ApiWorld;
let portal: string;
let caseworker: string;
let supervisor: string;
beforeAll(async () => {
  api = await startApiWorld();
  [portal, caseworker, supervisor] = await Promise.all([
    api.portal(),
    api.token({ as: 'staff-101' }),
    api.token({ as: 'staff-201' }),
  ]);
});
afterAll(() => api?.stop());

let keys = 0;

async function file(sample: PortraitSample): Promise<{ number: string; view: CaseView }> {
  const number = await api.person();
  const photo = await api.upload(number, sample);
  const answer = await api.call('POST', '/v1/cases', {
    token: portal,
    headers: { 'idempotency-key': api.key(String(++keys)) },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: number },
      application: { photo, delivery: { method: 'courier' } },
    },
  });
  return { number, view: answer.view() };
}

const see = async (id: string, token: string): Promise<CaseView> =>
  (await api.call('GET', `/v1/cases/${id}`, { token })).view();

/** Reads the stream until the case is in this status: it is told of every change, so nothing is polled. */
async function until(id: string, status: string): Promise<CaseView> {
  const abort = new AbortController();
  const response = await fetch(`${api.url}/v1/cases/${id}/stream`, {
    headers: { authorization: `Bearer ${portal}` },
    signal: abort.signal,
  });
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const part = await reader?.read();
      const view = await see(id, caseworker);
      if (view.status === status) return view;
      if (!part || part.done) throw new Error(`the case ended in ${view.status}`);
    }
  } finally {
    abort.abort();
  }
}

interface Act {
  readonly token: string;
  readonly version?: number | string;
  readonly body?: object;
}

const act = (id: string, action: string, { token, version, body = {} }: Act): Promise<Answer> =>
  api.call('POST', `/v1/cases/${id}/actions/${action}`, {
    token,
    body,
    headers: version === undefined ? {} : { 'if-match': typeof version === 'number' ? `"${version}"` : version },
  });

async function inReview(): Promise<{ number: string; view: CaseView }> {
  const { number, view } = await file('doubt');
  return { number, view: await until(view.id, 'IN_REVIEW') };
}

function refused(answer: Answer, status: number, code: string): void {
  expect(answer.problem()).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
}

test('a doubtful photo is claimed, returned with a reason, resubmitted and approved', async () => {
  const { number, view } = await inReview();
  const claimed = await act(view.id, 'claim', { token: caseworker, version: view.version });
  expect(claimed.status).toBe(200);
  expect(claimed.headers.get('etag')).toBe(`"${view.version + 1}"`);
  expect(claimed.view().allowedActions.map(({ action }) => action)).toContain('return');

  const reason = 'Please take the photo before a white wall.';
  const returned = await act(view.id, 'return', {
    token: caseworker,
    version: view.version + 1,
    body: { items: ['photo'], reason },
  });
  expect(returned.status).toBe(200);
  const waiting = await until(view.id, 'RETURNED');
  expect(waiting.returned?.items).toEqual(['photo']);
  expect(waiting.waitingFor).toMatchObject({ what: 'resubmission', who: 'applicant' });
  const ref = waiting.decisions.at(-1)?.reasonRef ?? '';
  expect(await api.world.vault.get(ref)).toEqual({ text: reason, by: 'staff-101' });
  const events = await api.call('GET', `/v1/cases/${view.id}/events`, { token: portal });
  expect(events.text).not.toContain('staff-101');
  expect(events.text).not.toContain('white wall');

  const ready = await see(view.id, portal);
  const somebodyElses = await api.upload(await api.person());
  refused(
    await act(view.id, 'resubmit', { token: portal, version: ready.version, body: { photo: somebodyElses } }),
    422,
    'document-not-usable',
  );
  refused(await act(view.id, 'resubmit', { token: portal, version: ready.version }), 422, 'returned-items-missing');
  const photo = await api.upload(number, 'good');
  const resubmitted = await act(view.id, 'resubmit', { token: portal, version: ready.version, body: { photo } });
  expect(resubmitted.status).toBe(200);
  // Whoever sent it back looks at it again, however good the new photo is.
  const second = await until(view.id, 'IN_REVIEW');
  const { version } = (await act(view.id, 'claim', { token: caseworker, version: second.version })).view();
  expect((await act(view.id, 'approve', { token: caseworker, version })).status).toBe(200);
  await until(view.id, 'COMPLETED');
});

test('a retry of an action is answered as the first one was, even after the case has closed', async () => {
  const { view } = await file('doubt');
  const reviewed = await until(view.id, 'IN_REVIEW');
  const cancel = { token: portal, version: reviewed.version, body: { reason: 'Not needed any more.' } };
  const first = await act(view.id, 'cancel', cancel);
  expect(first.status).toBe(200);
  const atOnce = await act(view.id, 'cancel', cancel);
  const { payment, quote } = await until(view.id, 'CANCELLED');
  expect(payment).toEqual({ status: 'paid', refunded: quote?.total });
  const late = await act(view.id, 'cancel', cancel);
  expect([atOnce.text, late.text]).toEqual([first.text, first.text]);
  const refunds = (await api.world.control.ledger('payments', view.id)).filter(({ type }) => type === 'refunded');
  expect(refunds).toHaveLength(1);
  refused(await act(view.id, 'cancel', { ...cancel, body: { reason: 'Another reason.' } }), 412, 'stale-version');
  refused(
    await act(view.id, 'cancel', { ...cancel, version: (await see(view.id, portal)).version }),
    409,
    'case-closed',
  );
});

test('two caseworkers race for a claim and one wins', async () => {
  const { view } = await inReview();
  const other = await api.token({ as: 'staff-102' });
  const answers = await Promise.all(
    [caseworker, other].map((token) => act(view.id, 'claim', { token, version: view.version })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  const { version } = await see(view.id, caseworker);
  const loser = answers[0]?.status === 200 ? other : caseworker;
  refused(await act(view.id, 'claim', { token: loser, version }), 409, 'claimed-by-another');
  refused(await act(view.id, 'approve', { token: loser, version }), 409, 'claimed-by-another');
});

test('four eyes: who recommended a rejection may not make it', async () => {
  const both = await api.token({ sub: 'staff-900', roles: ['caseworker', 'supervisor'], office: 'riyadh-1' });
  const { view } = await inReview();
  let { version } = (await act(view.id, 'claim', { token: both, version: view.version })).view();
  ({ version } = (
    await act(view.id, 'recommend-rejection', {
      token: both,
      version,
      body: { rule: 'photo', reason: 'Not the same face.' },
    })
  ).view());
  ({ version } = (await act(view.id, 'claim', { token: both, version })).view());
  refused(
    await act(view.id, 'reject', { token: both, version, body: { rule: 'photo', reason: 'Not the same face.' } }),
    403,
    'four-eyes',
  );
  expect((await act(view.id, 'release', { token: both, version })).status).toBe(200);
  ({ version } = (await act(view.id, 'claim', { token: supervisor, version: version + 1 })).view());
  expect(
    (
      await act(view.id, 'reject', {
        token: supervisor,
        version,
        body: { rule: 'photo', reason: 'Not the same face.' },
      })
    ).status,
  ).toBe(200);
  await until(view.id, 'REJECTED');
});

describe('an action is refused', () => {
  let view: CaseView;
  let before: Record<string, number>;
  beforeAll(async () => {
    ({ view } = await inReview());
    before = await api.written();
  });
  afterEach(async () => expect(await api.written()).toEqual(before));

  test('without a version', async () =>
    refused(await act(view.id, 'claim', { token: caseworker }), 428, 'if-match-missing'));
  test('with something else for a version', async () =>
    refused(await act(view.id, 'claim', { token: caseworker, version: '"x"' }), 400, 'if-match-unreadable'));
  test('with an old version', async () =>
    refused(await act(view.id, 'claim', { token: caseworker, version: 1 }), 412, 'stale-version'));
  test('to the wrong role', async () =>
    refused(await act(view.id, 'claim', { token: portal, version: view.version }), 403, 'not-your-role'));
  test('to another office', async () =>
    refused(
      await act(view.id, 'claim', { token: await api.token({ as: 'staff-103' }), version: view.version }),
      403,
      'another-office',
    ));
  test('when it is not possible now', async () =>
    refused(await act(view.id, 'hand-over', { token: caseworker, version: view.version }), 409, 'not-in-this-status'));
  test('before the claim', async () =>
    refused(await act(view.id, 'approve', { token: caseworker, version: view.version }), 409, 'not-claimed'));
  test('without an incident', async () =>
    refused(
      await act(view.id, 'retry', {
        token: await api.token({ as: 'staff-401' }),
        version: view.version,
        body: { reason: 'try again' },
      }),
      409,
      'no-incident',
    ));
  test('without the reason it needs', async () => {
    const answer = await act(view.id, 'hold', { token: supervisor, version: view.version });
    refused(answer, 422, 'validation-failed');
    expect(answer.problem().errors).toEqual([expect.objectContaining({ path: '/reason', code: 'missing' })]);
  });
  test('with a field that is not known', async () =>
    refused(
      await act(view.id, 'claim', { token: caseworker, version: view.version, body: { untl: 1 } }),
      422,
      'unknown-field',
    ));
  test('with a reference where only the API may set one', async () =>
    refused(
      await act(view.id, 'hold', {
        token: supervisor,
        version: view.version,
        body: { reason: 'because', reasonRef: 'reason/x/y' },
      }),
      422,
      'unknown-field',
    ));
  test('that does not exist, with the one that was meant', async () => {
    const answer = await act(view.id, 'aprove', { token: caseworker, version: view.version });
    refused(answer, 404, 'unknown-action');
    expect(answer.problem().detail).toBe('Did you mean "approve"?');
  });
  test('on a case that is not there', async () =>
    refused(await act('rnw_nobody', 'claim', { token: caseworker, version: 1 }), 404, 'case-not-found'));
});

test('a hold and its end', async () => {
  const { view } = await inReview();
  const held = (
    await act(view.id, 'hold', {
      token: supervisor,
      version: view.version,
      body: { reason: 'A question to the court.' },
    })
  ).view();
  expect(held).toMatchObject({ status: 'ON_HOLD', waitingFor: { what: 'hold', who: 'supervisor' } });
  refused(await act(view.id, 'claim', { token: caseworker, version: `W/"${held.version}"` }), 409, 'on-hold');
  const resumed = await act(view.id, 'resume', {
    token: supervisor,
    version: `W/"${held.version}"`,
    body: { reason: 'Answered.' },
  });
  expect(resumed.view().status).toBe('IN_REVIEW');
});

test('the work queue shows what waits for a caseworker of the office, and counts it', async () => {
  const { view } = await inReview();
  const queue = (token: string, query = '') =>
    api.call('GET', `/v1/work-queue?limit=200&counts=true${query}`, { token });
  expect((await queue(caseworker)).text).toContain(view.id);
  expect((await queue(await api.token({ as: 'staff-103' }))).text).not.toContain(view.id);
  expect((await queue(caseworker, '&view=mine')).text).not.toContain(view.id);
  await act(view.id, 'claim', { token: caseworker, version: view.version });
  const mine = await queue(caseworker, '&view=mine');
  expect(mine.text).toContain(view.id);
  expect(JSON.parse(mine.text)).toMatchObject({ counts: { mine: expect.any(Number), office: expect.any(Number) } });
  refused(await queue(portal), 403, 'not-your-role');
});
