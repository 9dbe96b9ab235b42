import type { Database } from '../postgres/database';
import type { Attempted, DueMessage, PortalOutbox } from './port';

const MESSAGE = `m.endpoint, m.seq, m.case_id AS "caseId", m.case_type AS "caseType", m.version, m.event_type AS "eventType", m.at, m.status,
  m.status_version AS "statusVersion", m.attempts, w.url,
  CASE WHEN w.old_until > now() THEN ARRAY[w.secret_ref, w.old_secret_ref] ELSE ARRAY[w.secret_ref] END AS "secretRefs"`;

/** Nothing ahead of it in its case is being tried again. */
const LANE_IS_FREE = `NOT EXISTS (SELECT FROM webhook_messages b
  WHERE b.endpoint = m.endpoint AND b.case_id = m.case_id AND b.state = 'pending' AND b.attempts > 0 AND b.seq < m.seq)`;

const FRESH = `SELECT ${MESSAGE} FROM webhook_endpoints w CROSS JOIN LATERAL (
    SELECT * FROM webhook_messages m WHERE m.endpoint = w.id AND m.state = 'pending' AND m.attempts = 0 AND ${LANE_IS_FREE} ORDER BY m.seq LIMIT $1) m
  WHERE w.state = 'enabled' AND w.failing_since IS NULL AND w.id <> ALL ($2) ORDER BY m.seq`;

const DUE = `SELECT ${MESSAGE} FROM webhook_endpoints w CROSS JOIN LATERAL (
    (SELECT * FROM webhook_messages m WHERE m.endpoint = w.id AND m.state = 'pending' AND m.attempts > 0 AND m.next_at <= $2 ORDER BY m.seq LIMIT $3)
    UNION ALL
    (SELECT * FROM webhook_messages m WHERE m.endpoint = w.id AND m.state = 'pending' AND m.attempts = 0 AND w.failing_since IS NOT NULL AND ${LANE_IS_FREE} ORDER BY m.seq LIMIT 1)) m
  WHERE w.id = $1 AND w.state = 'enabled' ORDER BY m.seq`;

/** What comes late, from a relay that was taken for lost, undoes nothing: what was delivered stays so, what was given up is not begun again. */
const RECORD = `UPDATE webhook_messages m SET
    state = CASE WHEN a.outcome = 'delivered' THEN 'delivered' WHEN a.next_at IS NULL AND a.outcome <> 'gone' THEN 'failed' ELSE 'pending' END,
    attempts = m.attempts + 1, first_attempt_at = coalesce(m.first_attempt_at, a.at), last_attempt_at = a.at, next_at = a.next_at, outcome = a.outcome
  FROM unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[], $5::timestamptz[]) AS a (endpoint, seq, outcome, at, next_at)
  WHERE m.endpoint = a.endpoint AND m.seq = a.seq AND (m.state = 'pending' OR a.outcome = 'delivered')
  RETURNING m.endpoint, m.first_attempt_at AS "firstAttemptAt", m.state`;

const WELL = `UPDATE webhook_endpoints SET failing_since = NULL, last_success_at = $2 WHERE id = $1`;
const FAILING = `UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, $2), last_failure_at = $2, last_failure = $3 WHERE id = $1`;
const DISABLE = `UPDATE webhook_endpoints SET state = 'disabled', problem = $2 WHERE id = $1 AND state = 'enabled'`;
/** A message was given up, and nothing has reached the endpoint since it was tried first. */
const GIVE_UP = `${DISABLE} AND failing_since <= $3`;

/** One that is sent again at this moment is pending by then, and stays. */
const FORGET = `DELETE FROM webhook_messages m
  USING (SELECT endpoint, seq FROM webhook_messages WHERE state = 'delivered' AND last_attempt_at < $1 ORDER BY last_attempt_at LIMIT $2) old
  WHERE m.endpoint = old.endpoint AND m.seq = old.seq AND m.state = 'delivered' RETURNING m.seq`;

export function createPortalOutbox(database: Database): PortalOutbox {
  const db = database.from('webhooks');

  const recordFor = (endpoint: string, attempted: readonly Attempted[]): Promise<void> =>
    db.transaction(async (session) => {
      // Before its messages, as whoever removes or enables the endpoint takes them: else each could wait for the other.
      await session.query({
        text: 'SELECT FROM webhook_endpoints WHERE id = $1 FOR NO KEY UPDATE',
        values: [endpoint],
      });
      const list = <K extends keyof Attempted>(name: K): Attempted[K][] => attempted.map((each) => each[name]);
      const values = [list('endpoint'), list('seq'), list('outcome'), list('at'), list('nextAt')];
      const rows = await session.query<{ firstAttemptAt: string; state: string }>({ text: RECORD, values });
      const delivered = attempted.filter(({ outcome }) => outcome === 'delivered').at(-1);
      const failed = attempted.filter(({ outcome }) => outcome !== 'delivered').at(-1);
      if (failed) await session.query({ text: FAILING, values: [endpoint, failed.at, failed.outcome] });
      if (delivered) await session.query({ text: WELL, values: [endpoint, delivered.at] });
      if (attempted.some(({ outcome }) => outcome === 'gone'))
        await session.query({ text: DISABLE, values: [endpoint, 'gone'] });
      for (const { firstAttemptAt } of rows.filter(({ state }) => state === 'failed')) {
        await session.query({ text: GIVE_UP, values: [endpoint, 'failing-for-three-days', firstAttemptAt] });
      }
    });

  return {
    async fanOut(most) {
      const [row] = await db.query<{ made: number; more: boolean }>({
        text: 'SELECT made, more FROM fan_out_webhooks($1)',
        values: [most],
      });
      return row ?? { made: 0, more: false };
    },
    fresh: (most, except) => db.query<DueMessage>({ name: 'webhooks-fresh', text: FRESH, values: [most, [...except]] }),
    due: (endpoint, at, most) => db.query<DueMessage>({ text: DUE, values: [endpoint, at, most] }),
    async record(attempted) {
      for (const endpoint of new Set(attempted.map((each) => each.endpoint))) {
        await recordFor(
          endpoint,
          attempted.filter((each) => each.endpoint === endpoint),
        );
      }
    },
    async nextLook(endpoint, at) {
      const [row] = await db.query<{ next: string | null }>({
        text: `SELECT min(next_at) AS next FROM webhook_messages m JOIN webhook_endpoints w ON w.id = m.endpoint
          WHERE m.endpoint = $1 AND m.state = 'pending' AND m.attempts > 0 AND w.state = 'enabled'`,
        values: [endpoint],
      });
      if (row?.next) return row.next < at ? at : row.next;
      // Nothing is left to be tried again: whatever made it fail was delivered, or given up.
      await db.query({
        text: `UPDATE webhook_endpoints SET failing_since = NULL WHERE id = $1 AND state = 'enabled'`,
        values: [endpoint],
      });
      return null;
    },
    async failing() {
      const rows = await db.query<{ id: string }>({
        text: `SELECT id FROM webhook_endpoints w WHERE state = 'enabled' AND (failing_since IS NOT NULL
          OR EXISTS (SELECT FROM webhook_messages m WHERE m.endpoint = w.id AND m.state = 'pending' AND m.attempts > 0))`,
      });
      return rows.map(({ id }) => id);
    },
    async forget(before, most) {
      return (await db.query({ text: FORGET, values: [before, most] })).length;
    },
  };
}
