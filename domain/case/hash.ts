import { canonicalJson } from '../canonical-json';
import { instant, millis } from '../time';
import type { Recorded } from './model';

/** SHA-256, handed in so that this stays free of any runtime. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** An event with its link: `hash` = SHA-256(`prevHash` followed by the event's digest). The first one's `prevHash` is 32 zero bytes. */
export interface ChainedEvent {
  readonly recorded: Recorded;
  /** What it is found and counted by. It is in no digest, so it has to be what the event itself says. */
  readonly type: string;
  readonly hash: Uint8Array;
  readonly prevHash: Uint8Array;
}

export const CHAIN_START: Uint8Array = new Uint8Array(32);

/** What the chain protects: the canonical text of everything that the event says. */
export const eventText = ({ caseId, version, at, actor, cause, event }: Recorded): string =>
  canonicalJson({ caseId, version, at: instant(millis(at)), actor, cause, event });

export const eventDigest = (recorded: Recorded, sha256: Sha256): Uint8Array =>
  sha256(new TextEncoder().encode(eventText(recorded)));

export function link(prevHash: Uint8Array, digest: Uint8Array, sha256: Sha256): Uint8Array {
  const joined = new Uint8Array(prevHash.length + digest.length);
  joined.set(prevHash);
  joined.set(digest, prevHash.length);
  return sha256(joined);
}

export interface ChainBreak {
  readonly version: number;
  readonly what: 'version-gap' | 'prev-hash' | 'hash' | 'type';
}

/** What is wrong with an event by itself, whatever stands around it. */
function linkFault({ recorded, type, hash, prevHash }: ChainedEvent, sha256: Sha256): 'hash' | 'type' | undefined {
  if (!same(hash, link(prevHash, eventDigest(recorded, sha256), sha256))) return 'hash';
  return type === recorded.event.type ? undefined : 'type';
}

/** Whether the event still says what its hash was made of. */
export const holds = (chained: ChainedEvent, sha256: Sha256): boolean => linkFault(chained, sha256) === undefined;

/** The first place where the events of one case, in order from version 1, are not what was appended; null when all are. */
export function verifyChain(events: readonly ChainedEvent[], sha256: Sha256): ChainBreak | null {
  let head = CHAIN_START;
  let version = 0;
  for (const chained of events) {
    version += 1;
    if (chained.recorded.version !== version) return { version, what: 'version-gap' };
    if (!same(chained.prevHash, head)) return { version, what: 'prev-hash' };
    const what = linkFault(chained, sha256);
    if (what) return { version, what };
    head = chained.hash;
  }
  return null;
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
