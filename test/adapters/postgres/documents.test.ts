import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDocuments } from '../../../adapters/documents/disk';
import { createDocumentFacts } from '../../../adapters/documents/facts-postgres';
import type { Documents } from '../../../adapters/documents/port';
import { createPersonKeys } from '../../../adapters/vault/person-keys';
import { createVault } from '../../../adapters/vault/postgres';
import { createSecrets } from '../../../adapters/vault/secrets';
import { createWebhookInbox } from '../../../adapters/webhooks/postgres';
import { migratedDatabase, type MigratedDatabase } from './cases';

const secrets = createSecrets({ masterKey: Buffer.alloc(32, 1), lookupKey: Buffer.alloc(32, 2) });
const bytes = Buffer.from('a portrait of somebody');

let db: MigratedDatabase;
let root: string;
let documents: Documents;

beforeAll(async () => {
  db = await migratedDatabase();
  root = await mkdtemp(join(tmpdir(), 'documents-'));
  documents = createDocuments(root, db.database, secrets, createPersonKeys(db.database, secrets));
});
afterAll(async () => {
  await rm(root, { recursive: true });
  await db.drop();
});

const files = async (): Promise<string[]> => {
  const found: string[] = [];
  for (const name of await readdir(root, { recursive: true }))
    if ((await stat(join(root, name))).isFile()) found.push(join(root, name));
  return found;
};
const fileOf = async (ref: string): Promise<string> => (await files()).find((path) => path.endsWith(ref)) ?? '';
const put = (person: string, content: Buffer = bytes) =>
  documents.put({ person, contentType: 'image/jpeg', bytes: content });

test('a document comes back as it was', async () => {
  const { documentRef } = await put('p_a');
  expect(documentRef).toMatch(/^d_[a-z2-7]{32}$/);
  const found = await documents.get(documentRef);
  expect(found).toMatchObject({ person: 'p_a', contentType: 'image/jpeg' });
  expect(Buffer.from(found?.bytes ?? []).equals(bytes)).toBe(true);
});

test('the same bytes of the same person are one document, also at once; of another person another', async () => {
  const refs = await Promise.all(Array.from({ length: 8 }, () => put('p_b')));
  expect(new Set(refs.map(({ documentRef }) => documentRef)).size).toBe(1);
  expect((await put('p_c')).documentRef).not.toBe(refs[0]?.documentRef);
  expect((await files()).every((path) => /\/d_[a-z2-7]{32}$/.test(path))).toBe(true);
});

test('nothing readable is on disk, and only its owner may look', async () => {
  const path = await fileOf((await put('p_a')).documentRef);
  expect((await readFile(path)).includes(bytes)).toBe(false);
  expect((await stat(path)).mode & 0o077).toBe(0);
});

test.each([
  ['the magic', () => 0],
  ['the header', () => 20],
  ['the content', (size: number) => size - 1],
])('a change of %s on disk is found', async (_, at) => {
  const { documentRef } = await put('p_d', Buffer.from(`content ${at(100)}`));
  const path = await fileOf(documentRef);
  const content = await readFile(path);
  content.writeUInt8(content.readUInt8(at(content.length)) ^ 1, at(content.length));
  await writeFile(path, content);
  const outcome = documents.get(documentRef);
  await (at(100) === 20
    ? expect(outcome.catch(() => null)).resolves.toBeNull()
    : expect(outcome).rejects.toMatchObject({ kind: 'defect', source: 'documents' }));
});

test('a document moved to the place of another is found', async () => {
  const [a, b] = [await put('p_e', Buffer.from('one')), await put('p_e', Buffer.from('two'))];
  await writeFile(await fileOf(a.documentRef), await readFile(await fileOf(b.documentRef)));
  await expect(documents.get(a.documentRef)).rejects.toMatchObject({ kind: 'defect', source: 'documents' });
});

test.each([['d_none'], ['../../etc/passwd'], [`d_${'a'.repeat(32)}`]])('there is no %s', async (ref) => {
  await expect(documents.get(ref)).resolves.toBeNull();
});

test('an erased person has none left, and gets none', async () => {
  const { documentRef } = await put('p_f');
  const vault = createVault(db.database, secrets, createPersonKeys(db.database, secrets));
  await vault.erasePerson('p_f');
  await expect(documents.get(documentRef)).resolves.toBeNull();
  await expect(put('p_f', Buffer.from('more'))).rejects.toMatchObject({ kind: 'refused', code: 'person-erased' });
});

test('nor where the one that erased them is another program, and nothing was read here since', async () => {
  await put('p_g');
  await createVault(db.database, secrets, createPersonKeys(db.database, secrets)).erasePerson('p_g');
  const before = await files();
  for (const content of [bytes, Buffer.from('more')])
    await expect(put('p_g', content)).rejects.toMatchObject({ kind: 'refused', code: 'person-erased' });
  expect(await files()).toEqual(before);
});

test('the first facts about a document stay', async () => {
  const facts = createDocumentFacts(db.database);
  const measurement = {
    width: 600,
    height: 800,
    faces: 1,
    confidence: 0.98,
    faceHeightRatio: 0.6,
    offCentre: 0.01,
    tilt: 1.5,
    backgroundWhiteness: 0.97,
    backgroundEvenness: 0.9,
    sharpness: 120,
  };
  const uploadedAt = '2026-11-01T08:00:00.000Z';
  const fact = { person: 'p_a', contentType: 'image/jpeg', bytes: 22, measurement, uploadedBy: 'portal-1', uploadedAt };
  await facts.keep('d_1', fact);
  await facts.keep('d_1', { ...fact, measurement: null });
  await expect(facts.find('d_1')).resolves.toEqual(fact);
  await expect(facts.find('d_2')).resolves.toBeNull();
});

test('a webhook is remembered by its source and id', async () => {
  const inbox = createWebhookInbox(db.database);
  await expect(inbox.seen('payments', 'm-1')).resolves.toBe(false);
  await Promise.all([inbox.remember('payments', 'm-1'), inbox.remember('payments', 'm-1')]);
  await expect(inbox.seen('payments', 'm-1')).resolves.toBe(true);
  await expect(inbox.seen('courier', 'm-1')).resolves.toBe(false);
  await expect(inbox.forgetBefore('2020-01-01T00:00:00.000Z')).resolves.toBe(0);
  await expect(inbox.forgetBefore('2100-01-01T00:00:00.000Z')).resolves.toBe(1);
});

test('webhooks are forgotten some at a time, until none is left that is old', async () => {
  const inbox = createWebhookInbox(db.database, 2);
  for (let n = 1; n <= 5; n++) await inbox.remember('payments', `old-${n}`);
  await expect(inbox.forgetBefore('2100-01-01T00:00:00.000Z')).resolves.toBe(5);
});
