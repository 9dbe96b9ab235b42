import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../adapters/case-log/sha256';
import type { Database } from '../adapters/postgres/database';
import { canonicalJson } from '../domain/canonical-json';
import { verifyChain, type ChainedEvent } from '../domain/case/hash';
import type { Actor, AnyEvent } from '../domain/case/model';
import type { Instant } from '../domain/time';

export interface BrokenCase {
  readonly caseId: string;
  readonly version: number;
  readonly what: string;
}

export interface AuditProgress {
  readonly cases: number;
  readonly events: number;
  readonly broken: readonly BrokenCase[];
}

interface LinkRow {
  readonly caseId: string;
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly cause: string;
  readonly event: AnyEvent;
  readonly hash: Buffer;
  readonly prevHash: Buffer;
}

const BATCH = 200;
const HEADS =
  'SELECT case_id AS "caseId", head_hash AS head, version FROM cases WHERE case_id > $1 ORDER BY case_id LIMIT $2';
const LINKS = `SELECT case_id AS "caseId", version, at, actor, cause, event, hash, prev_hash AS "prevHash" FROM case_events
  WHERE case_id = ANY ($1) ORDER BY case_id, version`;
const ORPHANS = `SELECT case_id AS "caseId", min(version) AS version FROM case_events e
  WHERE NOT EXISTS (SELECT FROM cases c WHERE c.case_id = e.case_id) GROUP BY 1 LIMIT 100`;

function judge(head: Buffer, chain: readonly ChainedEvent[]): Omit<BrokenCase, 'caseId'> | undefined {
  const broken = verifyChain(chain, sha256);
  if (broken) return broken;
  const last = chain.at(-1);
  return last && head.equals(last.hash) ? undefined : { version: chain.length, what: 'head' };
}

/** Walks the hash chain of every case, a batch at a time; tells how far it is. */
export async function auditAll(database: Database, tell: (progress: AuditProgress) => void): Promise<AuditProgress> {
  const db = database.from('case-log');
  const broken: BrokenCase[] = [];
  let [cases, events, after] = [0, 0, ''];
  for (;;) {
    const heads = await db.query<{ caseId: string; head: Buffer }>({ text: HEADS, values: [after, BATCH] });
    const last = heads.at(-1);
    if (!last) break;
    const rows = await db.query<LinkRow>({ text: LINKS, values: [heads.map(({ caseId }) => caseId)] });
    const chains = new Map<string, LinkRow[]>();
    for (const row of rows) chains.set(row.caseId, [...(chains.get(row.caseId) ?? []), row]);
    for (const { caseId, head } of heads) {
      const chain = (chains.get(caseId) ?? []).map(({ hash, prevHash, ...recorded }): ChainedEvent => ({
        recorded,
        hash,
        prevHash,
      }));
      const found = judge(head, chain);
      if (found) broken.push({ caseId, ...found });
    }
    cases += heads.length;
    events += rows.length;
    after = last.caseId;
    tell({ cases, events, broken });
  }
  const orphans = await db.query<{ caseId: string; version: number }>({ text: ORPHANS });
  broken.push(...orphans.map((orphan) => ({ ...orphan, what: 'events-without-case' })));
  return { cases, events, broken };
}

/** The whole log at one moment, signed: kept elsewhere, it shows later whether anything up to then was changed, even by who owns the database. */
export const SignedHead = z.strictObject({
  /** Every event up to this place in the log is in. */
  seq: z.number().int().min(0),
  events: z.number().int().min(0),
  /** Hex SHA-256 over the links of these events, in the order of the log. */
  digest: z.string(),
  at: z.string(),
  publicKey: z.string(),
  signature: z.string(),
});
export type SignedHead = z.infer<typeof SignedHead>;

const PAGE = 5_000;

async function digestUpTo(
  database: Database,
  seq: number,
  tell: (events: number) => void,
): Promise<{ events: number; digest: string }> {
  const db = database.from('case-log');
  const digest = createHash('sha256');
  let [events, after] = [0, 0];
  for (;;) {
    const rows = await db.query<{ seq: number; hash: Buffer }>({
      text: 'SELECT seq, hash FROM case_events WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3',
      values: [after, seq, PAGE],
    });
    for (const { hash } of rows) digest.update(hash);
    events += rows.length;
    tell(events);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return { events, digest: digest.digest('hex') };
    after = last.seq;
  }
}

const signedText = ({ seq, events, digest, at }: Pick<SignedHead, 'seq' | 'events' | 'digest' | 'at'>): Buffer =>
  Buffer.from(canonicalJson({ seq, events, digest, at }));

/** Waits for appends that are under way, so that nothing can come in later below the place that is signed. */
async function lastPlace(database: Database): Promise<number> {
  return database.from('case-log').transaction(async (session) => {
    await session.query({ text: 'LOCK TABLE case_events IN SHARE MODE' });
    const [row] = await session.query<{ seq: number }>({
      text: 'SELECT coalesce(max(seq), 0) AS seq FROM case_events',
    });
    return row?.seq ?? 0;
  });
}

export async function signHead(
  database: Database,
  privateKeyPem: string,
  at: Instant,
  tell: (events: number) => void,
): Promise<SignedHead> {
  const key = createPrivateKey(privateKeyPem);
  const seq = await lastPlace(database);
  const head = { seq, ...(await digestUpTo(database, seq, tell)), at };
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  return { ...head, publicKey, signature: sign(null, signedText(head), key).toString('base64') };
}

export type HeadVerdict = 'whole' | 'wrong-signature' | 'events-missing' | 'events-changed';

/** @param trusted the public key that heads are signed by, known from elsewhere: the one inside the head proves nothing. */
export async function checkHead(
  database: Database,
  head: SignedHead,
  trusted: string,
  tell: (events: number) => void,
): Promise<HeadVerdict> {
  if (!verify(null, signedText(head), createPublicKey(trusted), Buffer.from(head.signature, 'base64')))
    return 'wrong-signature';
  const now = await digestUpTo(database, head.seq, tell);
  if (now.events !== head.events) return 'events-missing';
  return now.digest === head.digest ? 'whole' : 'events-changed';
}

/** An Ed25519 pair for signing heads. */
export function newKeyPair(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}
