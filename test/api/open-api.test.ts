import { problemCodes } from '../../api/problems/catalogue';
import { roles } from '../../domain/case/model';
import { startApiWorld, type ApiWorld } from './api-world';

let api: ApiWorld;
beforeAll(async () => {
  api = await startApiWorld();
});
afterAll(() => api?.stop());

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, unknown>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, unknown> };
}

const read = async (): Promise<Document> => JSON.parse((await api.call('GET', '/openapi.json')).text) as Document;

test('every reference in the document leads somewhere, and every operation has its own name', async () => {
  const document = await read();
  expect(document.openapi).toBe('3.1.0');
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
  const known = new Set(Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`));
  expect(references.filter((ref) => !known.has(ref))).toEqual([]);
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('the whole contract is there', async () => {
  const { paths } = await read();
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(all).toEqual(
    expect.arrayContaining([
      'post /v1/cases',
      'get /v1/cases',
      'get /v1/cases/{id}',
      'get /v1/cases/{id}/events',
      'get /v1/cases/{id}/stream',
      'post /v1/cases/{id}/actions/approve',
      'post /v1/documents',
      'get /v1/work-queue',
      'post /v1/webhooks/payments',
      'post /v1/webhooks/card-bureau',
      'post /v1/webhooks/courier',
      'get /livez',
      'get /readyz',
      'get /metrics',
    ]),
  );
  expect(Object.keys(paths['/v1/cases']?.['post']?.responses ?? {})).toEqual(
    expect.arrayContaining(['201', '400', '401', '403', '413', '415', '422', '429', '503', '500']),
  );
});

test('an address with something else where an id stands is answered as the document says', async () => {
  const { paths } = await read();
  const everybody = await api.token({ sub: 'everybody', roles: [...roles], clientId: 'everybody' });
  for (const [path, methods] of Object.entries(paths).filter(([each]) => each.includes('{')))
    for (const [method, { responses }] of Object.entries(methods))
      for (const id of ['!', '%E0%A4%A']) {
        const { status } = await api.call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, id), { token: everybody });
        expect([method, path, id, status, Object.keys(responses).includes(String(status))]).toEqual([
          method,
          path,
          id,
          status,
          true,
        ]);
      }
  expect(paths['/v1/cases/{id}/stream']?.['get']?.responses).toHaveProperty('204');
});

test('each problem can be looked up under the end of its type, and stands in the document', async () => {
  const text = JSON.stringify(await read());
  for (const code of problemCodes) {
    expect((await api.call('GET', `/problems/${code}`)).text).toContain(code);
    if (code !== 'method-not-allowed')
      expect([code, text.includes(`"https://tajdid.example/problems/${code}"`)]).toEqual([code, true]);
  }
});

test('the page of the document needs nothing from elsewhere', async () => {
  const page = await api.call('GET', '/docs');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part ?? '');
  expect(parts).toHaveLength(4);
  for (const part of parts) expect([part, (await api.call('GET', part)).status]).toEqual([part, 200]);
});

test('health', async () => {
  expect((await api.call('GET', '/livez')).text).toBe('{"status":"up"}');
  expect((await api.call('GET', '/readyz')).text).toBe('{"ready":true,"checks":{"database":"up"}}');
  const broken = await startApiWorld({
    checks: { database: () => Promise.resolve(), engine: () => Promise.reject(new Error('down')) },
  });
  try {
    const answer = await broken.call('GET', '/readyz');
    expect([answer.status, answer.text]).toEqual([503, '{"ready":false,"checks":{"database":"up","engine":"down"}}']);
  } finally {
    await broken.stop();
  }
  expect((await api.call('GET', '/metrics')).text).toContain('tajdid_http_request_seconds_bucket');
});
