import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createPhotoGauge } from '../../adapters/photo/gauge';
import { startApi, type RunningApi, type StartApi } from '../../api/start';
import { createMigratedDatabase, testTemporal, type TestDatabase } from '../support/engine';
import { photoThreadFromSource } from '../support/source-threads';

let dir: string;
let database: TestDatabase;
let given: StartApi;
const photoGauge = createPhotoGauge(photoThreadFromSource);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tajdid-api-'));
  const [address, created] = await Promise.all([testTemporal(), createMigratedDatabase()]);
  database = created;
  given = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.url,
    temporal: { address, namespace: 'default' },
    masterKey: randomBytes(32),
    lookupKey: randomBytes(32),
    signingKey: randomBytes(32),
    documentsDir: dir,
    notices: { url: 'http://127.0.0.1:9/notices', apiKey: 'none' },
    photoGauge,
    settings: {
      issuer: 'http://127.0.0.1:9/idp',
      audience: 'tajdid',
      publicUrl: 'https://tajdid.example',
      webhookSecrets: { payments: [], 'card-bureau': [], courier: [] },
    },
    log: pino({ level: 'silent' }),
  };
});

afterAll(async () => {
  await photoGauge.close();
  await database?.drop();
  await rm(dir, { recursive: true });
});

test('is ready when database and engine answer, and after its stop takes nothing more', async () => {
  const api: RunningApi = await startApi(given);
  expect(await (await fetch(`${api.url}/readyz`)).json()).toEqual({
    ready: true,
    checks: { database: 'up', engine: 'up' },
  });
  await api.stop();
  await expect(fetch(`${api.url}/livez`)).rejects.toThrow();
});

test('a port that is taken, and an engine that is not there, are told at once', async () => {
  const api = await startApi(given);
  const port = Number(new URL(api.url).port);
  await expect(startApi({ ...given, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await api.stop();
  await expect(
    startApi({ ...given, temporal: { ...given.temporal, address: '127.0.0.1:9', connectTimeout: 500 } }),
  ).rejects.toThrow();
});
