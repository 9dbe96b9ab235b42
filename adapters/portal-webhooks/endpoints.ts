import { internalEvents } from '../../domain/case/core-texts';
import type { Instant } from '../../domain/time';
import type { Database } from '../postgres/database';
import type { PortalEndpoint, PortalEndpoints } from './port';

const COLUMNS = `id, client, url, types, state, problem, created_at AS "createdAt",
  CASE WHEN old_until > now() THEN ARRAY[secret_ref, old_secret_ref] ELSE ARRAY[secret_ref] END AS "secretRefs",
  failing_since AS "failingSince", last_success_at AS "lastSuccessAt", last_failure_at AS "lastFailureAt", last_failure AS "lastFailure"`;

const WITH_COUNTS = `SELECT ${COLUMNS}, json_build_object(
    'pending', (SELECT count(*) FROM webhook_messages m WHERE m.endpoint = w.id AND m.state = 'pending'),
    'failed', (SELECT count(*) FROM webhook_messages m WHERE m.endpoint = w.id AND m.state = 'failed')) AS messages
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

/**
 * From the log itself, so that messages which were forgotten, or missed while the endpoint was disabled, come too. As far as nothing
 * else brings them: what comes after both the cursor and the endpoint's own beginning is still to be read by the relay.
 */
const REDELIVER_FROM = `WITH again AS (
    INSERT INTO webhook_messages AS m (endpoint, seq, case_id, case_type, version, event_type, at, status, status_version)
    SELECT w.id, e.seq, e.case_id, k.type, e.version, e.type, e.at, k.status, k.version
    FROM webhook_endpoints w JOIN cases k ON k.client_id = w.client JOIN case_events e ON e.case_id = k.case_id
    WHERE w.client = $1 AND w.id = $2 AND e.at >= $3 AND e.seq <= greatest(w.after_seq, (SELECT seq FROM webhook_cursor))
      AND e.type <> ALL ($4) AND ('*' = ANY (w.types) OR e.type = ANY (w.types))
    ON CONFLICT (endpoint, seq) DO UPDATE SET ${AGAIN}
    RETURNING 1)
  SELECT count(*) AS count FROM again`;

type Counted = PortalEndpoint & { messages: { pending: number; failed: number } };

export function createPortalEndpoints(database: Database): PortalEndpoints {
  const db = database.from('webhooks');
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
      const [row] = await db.query<{ count: number }>(
        'from' in what
          ? { text: REDELIVER_FROM, values: [client, id, what.from, internalEvents] }
          : { text: REDELIVER_FAILED, values: [client, id] },
      );
      return row?.count ?? 0;
    },
  };
}
