import { holds, verifyChain, type ChainedEvent } from '../../domain/case/hash';
import type { Actor, AnyEvent } from '../../domain/case/model';
import type { Instant } from '../../domain/time';
import type { Database, Session } from '../postgres/database';
import type { AuditLog, CaseAudit } from './audit-port';
import { sha256 } from './sha256';

interface ChainRow {
  readonly caseId: string;
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly cause: string;
  readonly type: string;
  readonly event: AnyEvent;
  readonly hash: Buffer;
  readonly prevHash: Buffer;
}

const EVENTS = `SELECT case_id AS "caseId", version, at, actor, cause, type, event, hash, prev_hash AS "prevHash" FROM case_events`;
const EVENTS_OF = `${EVENTS} WHERE case_id = ANY ($1) ORDER BY case_id, version`;

const chainOf = (rows: readonly ChainRow[]): ChainedEvent[] =>
  rows.map(({ type, hash, prevHash, ...recorded }) => ({ recorded, type, hash, prevHash }));

/** The events are whole among themselves, and the last one is the one that the case's row knows. */
function audited(head: Buffer | undefined, chain: readonly ChainedEvent[]): CaseAudit {
  const last = chain.at(-1);
  const hex = last ? Buffer.from(last.hash).toString('hex') : '';
  const broken =
    verifyChain(chain, sha256) ??
    (head?.toString('hex') === hex ? null : { version: chain.length, what: 'head' as const });
  return { events: chain.length, head: hex, broken };
}

export function createAuditLog(database: Database): AuditLog {
  const db = database.from('case-log');
  /** Cases and their events as of one moment: what is appended meanwhile would look like a row that knows another end. */
  const atOneMoment = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
    db.transaction(async (session) => {
      await session.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' });
      return work(session);
    });
  return {
    case: (caseId) =>
      atOneMoment(async (session) => {
        const [row] = await session.query<{ head: Buffer }>({
          text: 'SELECT head_hash AS head FROM cases WHERE case_id = $1',
          values: [caseId],
        });
        const rows = await session.query<ChainRow>({ text: EVENTS_OF, values: [[caseId]] });
        return row || rows.length > 0 ? audited(row?.head, chainOf(rows)) : null;
      }),
    casesAfter: (after, limit) =>
      atOneMoment(async (session) => {
        const heads = await session.query<{ caseId: string; head: Buffer }>({
          text: 'SELECT case_id AS "caseId", head_hash AS head FROM cases WHERE case_id > $1 ORDER BY case_id LIMIT $2',
          values: [after, limit],
        });
        const rows = await session.query<ChainRow>({ text: EVENTS_OF, values: [heads.map(({ caseId }) => caseId)] });
        const chains = new Map<string, ChainRow[]>(heads.map(({ caseId }) => [caseId, []]));
        for (const row of rows) chains.get(row.caseId)?.push(row);
        return heads.map(({ caseId, head }) => ({ caseId, ...audited(head, chainOf(chains.get(caseId) ?? [])) }));
      }),
    orphans: (after, upTo) =>
      db.query({
        text: `SELECT case_id AS "caseId", min(version) AS version FROM case_events e
          WHERE seq > $1 AND seq <= $2 AND NOT EXISTS (SELECT FROM cases c WHERE c.case_id = e.case_id) GROUP BY 1 ORDER BY 1`,
        values: [after, upTo],
      }),
    async links(after, upTo) {
      const rows = await db.query<ChainRow>({
        text: `${EVENTS} WHERE seq > $1 AND seq <= $2 ORDER BY seq`,
        values: [after, upTo],
      });
      return chainOf(rows).map((chained) => ({ hash: chained.hash, holds: holds(chained, sha256) }));
    },
    lastPlace: () =>
      db.transaction(async (session) => {
        await session.query({ text: 'LOCK TABLE case_events IN SHARE MODE' });
        // The sequence is as far as any event, or further: places are given before their events are in, and some never are.
        const [row] = await session.query<{ seq: number | null }>({
          text: `SELECT pg_sequence_last_value(pg_get_serial_sequence('case_events', 'seq')::regclass) AS seq`,
        });
        return row?.seq ?? 0;
      }),
  };
}
