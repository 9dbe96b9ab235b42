import type { Instant } from '../../domain/time';
import type { Database } from '../postgres/database';
import type { Vitals } from './vitals-port';

export function createVitals(database: Database): Vitals {
  const db = database.from('case');
  return {
    async server() {
      const [row] = await db.query<{ version: string; number: number }>({
        text: `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
      });
      return row ?? { version: 'unknown', number: 0 };
    },
    migrations: () => db.query({ text: 'SELECT id, checksum FROM schema_migrations' }),
    async clock() {
      const [row] = await db.query<{ at: Instant }>({ text: 'SELECT clock_timestamp() AS at' });
      return row?.at ?? '';
    },
    async webhooks(waits) {
      const [row] = await db.query<{ last: Instant | null; waiting: number }>({
        text: `SELECT (SELECT max(received_at) FROM webhook_inbox) AS last,
      (SELECT count(*) FROM cases WHERE closed_at IS NULL AND waiting_what = ANY ($1)) AS waiting`,
        values: [waits],
      });
      return row ?? { last: null, waiting: 0 };
    },
    async incidents() {
      const [row] = await db.query<{ n: number }>({ text: 'SELECT count(*) AS n FROM cases WHERE has_incident' });
      return row?.n ?? 0;
    },
    async staffOfSeveralNumbers() {
      const rows = await db.query<{ numbers: string[] }>({
        text: `SELECT array_agg(staff ORDER BY staff) AS numbers FROM staff_persons
      GROUP BY person HAVING count(*) > 1 ORDER BY min(staff)`,
      });
      return rows.map(({ numbers }) => numbers);
    },
  };
}
