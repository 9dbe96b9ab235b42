import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { AuditLog } from '../adapters/case-log/audit';
import { canonicalJson } from '../domain/canonical-json';
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

const BATCH = 200;
/** Places of the log that are read at once. */
const PAGE = 5_000;

/** Walks the hash chain of every case, a batch at a time; tells how far it is. What is appended meanwhile breaks nothing. */
export async function auditAll(log: AuditLog, tell: (progress: AuditProgress) => void): Promise<AuditProgress> {
  const broken: BrokenCase[] = [];
  let [cases, events] = [0, 0];
  for (let after = ''; ;) {
    const batch = await log.casesAfter(after, BATCH);
    const last = batch.at(-1);
    if (!last) break;
    for (const { caseId, events: its, broken: found } of batch) {
      if (found) broken.push({ caseId, ...found });
      events += its;
    }
    cases += batch.length;
    after = last.caseId;
    tell({ cases, events, broken });
  }
  const upTo = await log.lastPlace();
  const orphans = new Map<string, number>();
  for (let after = 0; after < upTo; after += PAGE) {
    for (const { caseId, version } of await log.orphans(after, Math.min(upTo, after + PAGE)))
      orphans.set(caseId, Math.min(version, orphans.get(caseId) ?? version));
  }
  for (const [caseId, version] of orphans) broken.push({ caseId, version, what: 'events-without-case' });
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

async function digestUpTo(
  log: AuditLog,
  seq: number,
  tell: (events: number) => void,
): Promise<{ events: number; digest: string }> {
  const digest = createHash('sha256');
  let events = 0;
  for (let after = 0; after < seq; after += PAGE) {
    const hashes = await log.hashes(after, Math.min(seq, after + PAGE));
    for (const hash of hashes) digest.update(hash);
    events += hashes.length;
    tell(events);
  }
  return { events, digest: digest.digest('hex') };
}

const signedText = ({ seq, events, digest, at }: Pick<SignedHead, 'seq' | 'events' | 'digest' | 'at'>): Buffer =>
  Buffer.from(canonicalJson({ seq, events, digest, at }));

export async function signHead(
  log: AuditLog,
  privateKeyPem: string,
  at: Instant,
  tell: (events: number) => void,
): Promise<SignedHead> {
  const key = createPrivateKey(privateKeyPem);
  const seq = await log.lastPlace();
  const head = { seq, ...(await digestUpTo(log, seq, tell)), at };
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  return { ...head, publicKey, signature: sign(null, signedText(head), key).toString('base64') };
}

export type HeadVerdict = 'whole' | 'wrong-signature' | 'events-missing' | 'events-changed';

/** @param trusted the public key that heads are signed by, known from elsewhere: the one inside the head proves nothing. */
export async function checkHead(
  log: AuditLog,
  head: SignedHead,
  trusted: string,
  tell: (events: number) => void,
): Promise<HeadVerdict> {
  if (!verify(null, signedText(head), createPublicKey(trusted), Buffer.from(head.signature, 'base64')))
    return 'wrong-signature';
  const now = await digestUpTo(log, head.seq, tell);
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
