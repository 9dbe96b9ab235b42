import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { AuditLog } from '../adapters/case-log/audit-port';
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

/** Where an audit has come to: it goes on from there, in this program or in another one. */
export interface AuditPart extends AuditProgress {
  /** null at the end. */
  readonly next: string | null;
}

const BATCH = 200;
/** Places of the log that are read at once. */
const PAGE = 5_000;

const FIRST = 'case.';
/** First every case by its id, then every place of the log up to where it ended when all cases were walked. */
export const AUDIT_CURSOR = /^(?:case\.([\w-]{0,64})|place\.(\d{1,15})\.(\d{1,15}))$/;

/** The stretch of the audit after this cursor; a RangeError for what is none. */
async function auditStretch(log: AuditLog, cursor: string): Promise<AuditPart> {
  const [whole, after = '', from, to] = AUDIT_CURSOR.exec(cursor) ?? [];
  if (whole === undefined) throw new RangeError('this is no place of an audit');
  if (from === undefined) {
    const batch = await log.casesAfter(after, BATCH);
    const last = batch.at(-1);
    return {
      cases: batch.length,
      events: batch.reduce((sum, { events }) => sum + events, 0),
      broken: batch.flatMap(({ caseId, broken }) => (broken ? [{ caseId, ...broken }] : [])),
      next: last ? `${FIRST}${last.caseId}` : `place.0.${await log.lastPlace()}`,
    };
  }
  const [place, end] = [Number(from), Number(to)];
  const orphans = place < end ? await log.orphans(place, Math.min(end, place + PAGE)) : [];
  return {
    cases: 0,
    events: 0,
    broken: orphans.map((orphan) => ({ ...orphan, what: 'events-without-case' })),
    next: place + PAGE < end ? `place.${place + PAGE}.${end}` : null,
  };
}

/**
 * Walks the hash chain of every case, a batch at a time, from where an earlier part has come to; tells how far it is. What is
 * appended meanwhile breaks nothing. A case is among the broken once, at its first place.
 */
export async function auditFrom(
  log: AuditLog,
  from: string | null,
  stretches: number,
  tell: (progress: AuditProgress) => void = () => undefined,
): Promise<AuditPart> {
  const broken = new Map<string, BrokenCase>();
  let [cases, events] = [0, 0];
  let next = from ?? FIRST;
  for (let n = 0; n < stretches; n++) {
    const stretch = await auditStretch(log, next);
    cases += stretch.cases;
    events += stretch.events;
    for (const each of stretch.broken) {
      const known = broken.get(each.caseId);
      if (!known || known.version > each.version) broken.set(each.caseId, each);
    }
    const so = { cases, events, broken: [...broken.values()] };
    tell(so);
    if (stretch.next === null) return { ...so, next: null };
    next = stretch.next;
  }
  return { cases, events, broken: [...broken.values()], next };
}

/** The whole audit at once. */
export async function auditAll(log: AuditLog, tell: (progress: AuditProgress) => void): Promise<AuditProgress> {
  const { next: _end, ...all } = await auditFrom(log, null, Number.POSITIVE_INFINITY, tell);
  return all;
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
): Promise<{ events: number; digest: string; holds: boolean }> {
  const digest = createHash('sha256');
  let events = 0;
  let holds = true;
  for (let after = 0; after < seq; after += PAGE) {
    const links = await log.links(after, Math.min(seq, after + PAGE));
    for (const link of links) {
      digest.update(link.hash);
      holds &&= link.holds;
    }
    events += links.length;
    tell(events);
  }
  return { events, digest: digest.digest('hex'), holds };
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
  const { events, digest } = await digestUpTo(log, seq, tell);
  const head = { seq, events, digest, at };
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  return { ...head, publicKey, signature: sign(null, signedText(head), key).toString('base64') };
}

export const headVerdicts = ['whole', 'wrong-signature', 'events-missing', 'events-changed'] as const;
export type HeadVerdict = (typeof headVerdicts)[number];

/** Whether this is the public half, in PEM, of a key that heads can be signed with. The private half would do as well, and must not be sent about. */
export function isHeadKey(pem: string): boolean {
  try {
    return pem.includes('-----BEGIN PUBLIC KEY-----') && createPublicKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

/** @param trusted the public key that heads are signed by, known from elsewhere: the one inside the head proves nothing. */
export async function checkHead(
  log: AuditLog,
  head: SignedHead,
  trusted: string,
  tell: (events: number) => void,
): Promise<HeadVerdict> {
  if (!verify(null, signedText(head), createPublicKey(trusted), Buffer.from(head.signature, 'base64')))
    return 'wrong-signature';
  if (head.seq > (await log.lastPlace())) return 'events-missing';
  const now = await digestUpTo(log, head.seq, tell);
  if (now.events !== head.events) return 'events-missing';
  // The digest is over the hashes alone: that the events are still those that they were made of has to be seen in each.
  return now.holds && now.digest === head.digest ? 'whole' : 'events-changed';
}

/** An Ed25519 pair for signing heads. */
export function newKeyPair(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}
