import { verifyChain, type ChainBreak, type ChainedEvent } from '../../domain/case/hash';
import type { Actor, AnyEvent } from '../../domain/case/model';
import type { Instant } from '../../domain/time';
import type { Database } from '../postgres/database';
import { sha256 } from './sha256';

interface ChainRow {
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly cause: string;
  readonly event: AnyEvent;
  readonly hash: Buffer;
  readonly prevHash: Buffer;
}

export interface CaseAudit {
  readonly events: number;
  /** Hex of the last hash: what a signed head is compared with. */
  readonly head: string;
  /** `head`: the events are whole among themselves, but the case's row knows another last one, so events at the end are missing or made up. */
  readonly broken: ChainBreak | { readonly version: number; readonly what: 'head' } | null;
}

const EVENTS = `SELECT version, at, actor, cause, event, hash, prev_hash AS "prevHash" FROM case_events WHERE case_id = $1 ORDER BY version`;

/** The events of a case with their links, in order. */
export async function chainOf(database: Database, caseId: string): Promise<ChainedEvent[]> {
  const rows = await database.from('case-log').query<ChainRow>({ name: 'chain-of', text: EVENTS, values: [caseId] });
  return rows.map(({ hash, prevHash, ...event }) => ({ recorded: { caseId, ...event }, hash, prevHash }));
}

/** Walks the hash chain of one case and holds its end against the case's row. */
export async function auditCase(database: Database, caseId: string): Promise<CaseAudit> {
  const [row] = await database.from('case-log').query<{ head: Buffer }>({
    name: 'case-head',
    text: 'SELECT head_hash AS head FROM cases WHERE case_id = $1',
    values: [caseId],
  });
  const chain = await chainOf(database, caseId);
  const last = chain.at(-1);
  const head = last ? Buffer.from(last.hash).toString('hex') : '';
  const broken =
    verifyChain(chain, sha256) ??
    (row?.head.toString('hex') === head ? null : { version: chain.length, what: 'head' as const });
  return { events: chain.length, head, broken };
}
