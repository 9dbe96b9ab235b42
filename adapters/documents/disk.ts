import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { base32 } from '../../domain/base32';
import { OutsideFailure } from '../../domain/failures';
import type { Database } from '../postgres/database';
import type { PersonKeys, WrappedKey } from '../vault/person-keys';
import { seal, unseal } from '../vault/seal';
import type { Secrets } from '../vault/secrets';
import type { Documents } from './port';

const REFERENCE = /^d_[a-z2-7]{32}$/;
const REFERENCE_BYTES = 20;
/** `TJD1`, length of the header (32 bits), header as JSON, sealed content. */
const MAGIC = Buffer.from('TJD1');
const HEADER_AT = MAGIC.length + 4;

interface Header {
  readonly person: string;
  readonly contentType: string;
}

/** @param root an absolute directory; made when it is not there */
export function createDocuments(root: string, database: Database, secrets: Secrets, keys: PersonKeys): Documents {
  const db = database.from('documents');

  const refOf = (person: string, bytes: Uint8Array): string =>
    `d_${base32(secrets.keyed('document', person, bytes).subarray(0, REFERENCE_BYTES))}`;

  const keyOf = async (person: string): Promise<Buffer | null> => {
    const [stored] = await db.query<WrappedKey>({
      name: 'person-key',
      text: 'SELECT key_id AS "keyId", wrapped FROM vault_keys WHERE person = $1',
      values: [person],
    });
    return stored ? keys.unwrap(person, stored, 'documents') : null;
  };

  return {
    refOf,
    async put({ person, contentType, bytes }) {
      const documentRef = refOf(person, bytes);
      const path = pathOf(root, documentRef);
      const key = await keys.obtain(person, 'documents');
      if ((await readIfThere(path)) === null)
        await writeWhole(path, encode(key, documentRef, { person, contentType }, bytes));
      return { documentRef };
    },
    async get(documentRef) {
      if (!REFERENCE.test(documentRef)) return null;
      const file = await readIfThere(pathOf(root, documentRef));
      if (file === null) return null;
      const { header, raw, sealed } = decode(file);
      const key = await keyOf(header.person);
      if (key === null) return null;
      const bytes = unseal(key, aboutOf(documentRef, raw), sealed, 'documents');
      if (refOf(header.person, bytes) !== documentRef) throw damaged('document-at-wrong-address');
      return { ...header, bytes };
    },
  };
}

/** Two levels of folders, so that none of them ever holds too many names. */
const pathOf = (root: string, ref: string): string => join(root, ref.slice(2, 4), ref.slice(4, 6), ref);

const aboutOf = (ref: string, header: Buffer): string => `${ref}\n${header.toString()}`;

function encode(key: Buffer, ref: string, header: Header, bytes: Uint8Array): Buffer {
  const raw = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(raw.length);
  return Buffer.concat([MAGIC, length, raw, seal(key, aboutOf(ref, raw), bytes)]);
}

function decode(file: Buffer): { header: Header; raw: Buffer; sealed: Buffer } {
  if (file.length < HEADER_AT || !file.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged('document-unreadable');
  const end = HEADER_AT + file.readUInt32BE(MAGIC.length);
  const raw = file.subarray(HEADER_AT, end);
  try {
    const { person, contentType } = JSON.parse(raw.toString()) as Header;
    return { header: { person, contentType }, raw, sealed: file.subarray(end) };
  } catch {
    throw damaged('document-unreadable');
  }
}

const damaged = (code: string): OutsideFailure =>
  new OutsideFailure('defect', 'documents', code, 'a kept document was changed on disk');

async function readIfThere(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: unknown) => {
    if (codeOf(error) === 'enoent') return null;
    throw unavailable(error);
  });
}

/** The whole file or none, also through a power cut: written beside its place, flushed, moved there, and the folder flushed. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const folder = dirname(path);
  const draft = `${path}.${randomUUID()}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await flushed(draft, content);
    await rename(draft, path);
    await flushed(folder);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw unavailable(error);
  }
}

async function flushed(path: string, content?: Buffer): Promise<void> {
  const file = await (content ? open(path, 'wx', 0o600) : open(path, 'r'));
  try {
    if (content) await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code).toLowerCase() : 'failed';

const unavailable = (error: unknown): OutsideFailure =>
  new OutsideFailure('unavailable', 'documents', `disk-${codeOf(error)}`, 'the document store could not be reached');
