import { randomUUID } from 'node:crypto';
import { createTajdidClient } from '@tajdid/client';
import { startApiWorld, type ApiWorld } from './api-world';
import { until } from '../support/until';

let api: ApiWorld;
beforeAll(async () => {
  api = await startApiWorld();
});
afterAll(() => api?.stop());

interface Listening {
  /** Versions of the events that have come so far. */
  ids(): number[];
  /** As a connection that breaks does it. */
  cut(): void;
}

async function listen(id: string, lastEventId?: string): Promise<Listening> {
  const away = new AbortController();
  const response = await fetch(`${api.url}/v1/cases/${id}/stream`, {
    signal: away.signal,
    headers: {
      authorization: `Bearer ${await api.portal()}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  expect(response.status).toBe(200);
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      text += Buffer.from(chunk).toString();
  })();
  reading.catch(() => undefined);
  return {
    ids: () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, version]) => Number(version)),
    cut: () => away.abort(),
  };
}

async function doubtful(): Promise<string> {
  const number = await api.person();
  const photo = await api.upload(number, 'doubt');
  const filed = await api.call('POST', '/v1/cases', {
    token: await api.portal(),
    headers: { 'idempotency-key': `stream-${randomUUID()}` },
    body: {
      type: 'id-renewal',
      applicant: { identityNumber: number },
      application: { photo, delivery: { method: 'courier' } },
    },
  });
  const { id } = filed.view();
  await until(
    async () => (await versionOf(id)).status,
    (status) => status === 'IN_REVIEW',
  );
  return id;
}

const versionOf = async (id: string) =>
  (await api.call('GET', `/v1/cases/${id}`, { token: await api.portal() })).view();

async function act(id: string, action: string): Promise<void> {
  const token = await api.token({ as: 'staff-101' });
  const { version } = (await api.call('GET', `/v1/cases/${id}`, { token })).view();
  const answer = await api.call('POST', `/v1/cases/${id}/actions/${action}`, {
    token,
    headers: { 'if-match': `"${version}"` },
    body: {},
  });
  expect(answer.status).toBe(200);
}

const upTo = (version: number): number[] => Array.from({ length: version }, (_, n) => n + 1);

test('a stream that is cut in the middle goes on after the last event that came, without a gap and without a repeat', async () => {
  const id = await doubtful();
  const { version } = await versionOf(id);
  const first = await listen(id);
  await until(
    () => Promise.resolve(first.ids().at(-1)),
    (last) => last === version,
  );
  await act(id, 'claim');
  await until(
    () => Promise.resolve(first.ids()),
    (ids) => ids.length > 0 && ids.at(-1) === version + 1,
  );
  first.cut();
  await act(id, 'approve');

  const second = await listen(id, String(first.ids().at(-1)));
  const ended = await until(
    () => versionOf(id),
    ({ waitingFor }) => waitingFor === null,
  );
  await until(
    () => Promise.resolve(second.ids().at(-1)),
    (last) => last === ended.version,
  );
  expect([...first.ids(), ...second.ids()]).toEqual(upTo(ended.version));
});

test.each(['many', '-1', '', '99999999999'])(
  'a Last-Event-ID that no stream gave ("%s") starts from the first event',
  async (given) => {
    const id = await doubtful();
    const { version } = await versionOf(id);
    const stream = await listen(id, given);
    await until(
      () => Promise.resolve(stream.ids().at(-1)),
      (last) => last === version,
    );
    stream.cut();
    expect(stream.ids()).toEqual(upTo(version));
  },
);

test('a stream ends with the token of whoever hears it, however long that is', async () => {
  const id = await doubtful();
  const paths = [`/v1/cases/${id}/stream`, '/v1/work-queue/stream'];
  // Taken for as long as clocks may differ beyond its end: a busy machine has the time to come with it.
  const token = await api.token({ as: 'staff-101', lifetimeSeconds: 4 });
  const heard = await Promise.all(paths.map((path) => api.call('GET', path, { token })));
  expect(heard.map(({ status }) => status)).toEqual([200, 200]);
  expect((await api.call('GET', paths[0]!, { token })).problem().code).toBe('token-expired');

  const lasting = await api.token({ as: 'staff-101', lifetimeSeconds: 10 * 365 * 86_400 });
  const away = new AbortController();
  const stream = await fetch(api.url + paths[0], {
    signal: away.signal,
    headers: { authorization: `Bearer ${lasting}`, 'last-event-id': '4' },
  });
  let text = '';
  const reading = (async () => {
    for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>)
      text += Buffer.from(chunk).toString();
  })();
  await act(id, 'claim');
  await until(
    () => Promise.resolve(text),
    (come) => come.includes('CaseClaimed'),
  );
  away.abort();
  await expect(reading).rejects.toThrow('abort');
});

test('the portals’ client follows a case beyond the end of a token: it comes back with another', async () => {
  const id = await doubtful();
  const portal = { sub: 'absher-individuals', roles: ['portal'], clientId: 'absher-individuals' };
  const tokens = [await api.token({ ...portal, lifetimeSeconds: 4 }), await api.portal()];
  const asked: string[] = [];
  const token = (): Promise<string> => {
    asked.push(tokens[asked.length] ?? 'none');
    return Promise.resolve(asked.at(-1) ?? 'none');
  };
  const client = createTajdidClient({ baseUrl: api.url, token });
  const { version } = await versionOf(id);
  const ids: number[] = [];
  const followed = (async () => {
    for await (const event of client.follow(id, { everyMs: 10 })) {
      ids.push(event.version);
      if (event.version > version) return;
    }
  })();
  await until(
    () => Promise.resolve(asked),
    ({ length }) => length === 2,
  );
  await act(id, 'claim');
  await followed;
  expect([ids, asked]).toEqual([upTo(version + 1), tokens]);
});
