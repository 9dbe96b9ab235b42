import { internalEvents } from '../../domain/case/core-texts';
import type { Instant } from '../../domain/time';
import type { Database, Statement } from '../postgres/database';
import type { PortalEndpoint, PortalEndpoints } from './port';

const COLUMNS = `id, client, url, types, state, problem, created_at AS "createdAt",
  CASE WHEN old_until > now() THEN ARRAY[secret_ref, old_secret_ref] ELSE ARRAY[secret_ref] END AS "secretRefs",
  failing_since AS "failingSince", last_success_at AS "lastSuccessAt", last_failure_at AS "lastFailureAt", last_failure AS "lastFailure"`;

const COUNT = `SELECT count(*) FROM webhook_messages m WHERE m.endpoint = w.id AND`;
/** As the indexes of messages are, each of one kind: none of those that were delivered is read. */
const WITH_COUNTS = `SELECT ${COLUMNS}, json_build_object(
    'pending', (${COUNT} m.state = 'pending' AND m.attempts = 0) + (${COUNT} m.state = 'pending' AND m.attempts > 0),
    'failed', (${COUNT} m.state = 'failed')) AS messages
  FROM webhook_endpoints w WHERE client = $1`;

/** Messages begin with what comes after the end that the log has now. */
const ADD = `INSERT INTO webhook_endpoints (id, client, url, types, state, created_at, after_seq, secret_ref)
  SELECT $1, $2, $3, $4, 'enabled', $5, case_log_end(), $6
  WHERE (SELECT count(*) FROM webhook_endpoints WHERE client = $2) < $7
  ON CONFLICT (id) DO NOTHING`;

/** Until the first replaced secret is done signing, a further one replaces the newest only: its answer may have been lost. */
const ROTATE = `UPDATE webhook_endpoints SET secret_ref = $3,
    old_secret_ref = CASE WHEN old_until > now() THEN old_secret_ref ELSE secret_ref END,
    old_until = CASE WHEN old_until > now() THEN old_until ELSE $4 END
  WHERE client = $1 AND id = $2 RETURNING old_until AS "oldUntil"`;

const AGAIN = `state = 'pending', attempts = 0, first_attempt_at = NULL, next_at = NULL, outcome = NULL`;

const REDELIVER_FAILED = `WITH again AS (UPDATE webhook_messages m SET ${AGAIN} FROM webhook_endpoints w
    WHERE w.client = $1 AND w.id = $2 AND m.endpoint = w.id AND m.state = 'failed' RETURNING 1)
  SELECT count(*) AS count FROM again`;

/** Log events that one statement sends again: some hundred milliseconds of work, for which every portal's relay waits. */
const AGAIN_AT_ONCE = 10_000;

/** How much of the log nothing else brings: what comes after both the cursor and the endpoint's own beginning is still to be read by the relay. */
const LOG_SINCE = `SELECT min(e.seq) AS first, max(e.seq) AS last FROM webhook_endpoints w
    JOIN case_events e ON e.at >= $3 AND e.seq <= greatest(w.after_seq, (SELECT seq FROM webhook_cursor))
  WHERE w.client = $1 AND w.id = $2`;

/**
 * From the log itself, so that messages which were forgotten, or missed while the endpoint was disabled, come too. The endpoint is
 * taken before its messages, as whoever keeps what came of them takes it: else each could wait for the other.
 */
const REDELIVER_FROM = `WITH again AS (
    INSERT INTO webhook_messages AS m (endpoint, seq, case_id, case_type, version, event_type, at, status, status_version)
    SELECT w.id, e.seq, e.case_id, k.type, e.version, e.type, e.at, k.status, k.version
    FROM (SELECT * FROM webhook_endpoints WHERE client = $1 AND id = $2 FOR NO KEY UPDATE) w
      JOIN cases k ON k.client_id = w.client JOIN case_events e ON e.case_id = k.case_id
    WHERE e.at >= $3 AND e.seq BETWEEN $4 AND $5 AND e.type <> ALL ($6) AND ('*' = ANY (w.types) OR e.type = ANY (w.types))
    ON CONFLICT (endpoint, seq) DO UPDATE SET ${AGAIN}
    RETURNING 1)
  SELECT count(*) AS count FROM again`;

type Counted = PortalEndpoint & { messages: { pending: number; failed: number } };

export function createPortalEndpoints(database: Database): PortalEndpoints {
  const db = database.from('webhooks');
  const counted = async (statement: Statement): Promise<number> =>
    (await db.query<{ count: number }>(statement))[0]?.count ?? 0;
  /** Empty where nothing happened since. It reads only, so that nobody waits for it, and as long as the log is. */
  const logSince = async (client: string, id: string, from: Instant): Promise<{ first: number; last: number }> => {
    const [log] = await db.transaction(async (session) => {
      await session.query({ text: 'SET LOCAL statement_timeout = 0' });
      const values = [client, id, from];
      return session.query<{ first: number | null; last: number | null }>({ text: LOG_SINCE, values, long: true });
    });
    return { first: log?.first ?? 1, last: log?.last ?? 0 };
  };
  return {
    async add({ id, client, url, types, secretRef, at }, most) {
      await db.query({ text: ADD, values: [id, client, url, types, at, secretRef, most] });
    },
    ofClient: (client) => db.query<Counted>({ text: `${WITH_COUNTS} ORDER BY created_at, id`, values: [client] }),
    async find(client, id) {
      const [row] = await db.query<Counted>({ text: `${WITH_COUNTS} AND id = $2`, values: [client, id] });
      return row ?? null;
    },
    remove: (client, id) =>
      db.transaction(async (session) => {
        const removed = await session.query({
          text: 'DELETE FROM webhook_endpoints WHERE client = $1 AND id = $2 RETURNING id',
          values: [client, id],
        });
        if (removed.length > 0)
          await session.query({ text: 'DELETE FROM webhook_messages WHERE endpoint = $1', values: [id] });
        return removed.length > 0;
      }),
    async rotate(client, id, secretRef, oldUntil) {
      const [row] = await db.query<{ oldUntil: Instant }>({ text: ROTATE, values: [client, id, secretRef, oldUntil] });
      return row?.oldUntil ?? null;
    },
    enable: (client, id) =>
      db.transaction(async (session) => {
        const values = [client, id];
        const text = `UPDATE webhook_endpoints SET state = 'enabled', problem = NULL, failing_since = NULL,
          after_seq = CASE WHEN state = 'enabled' THEN after_seq ELSE case_log_end() END WHERE client = $1 AND id = $2 RETURNING id`;
        const enabled = await session.query({ text, values });
        if (enabled.length > 0)
          await session.query({
            text: `UPDATE webhook_messages SET ${AGAIN} WHERE endpoint = $1 AND state = 'pending' AND attempts > 0`,
            values: [id],
          });
        return enabled.length > 0;
      }),
    async redeliver(client, id, what) {
      if ('failed' in what) return counted({ text: REDELIVER_FAILED, values: [client, id] });
      const { first, last } = await logSince(client, id, what.from);
      let count = 0;
      for (let from = first; from <= last; from += AGAIN_AT_ONCE) {
        const to = Math.min(from + AGAIN_AT_ONCE - 1, last);
        count += await counted({
          text: REDELIVER_FROM,
          values: [client, id, what.from, from, to, internalEvents],
        });
      }
      return count;
    },
  };
}
