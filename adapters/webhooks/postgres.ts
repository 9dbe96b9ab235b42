import type { Database } from '../postgres/database';
import type { WebhookInbox } from './port';

export function createWebhookInbox(database: Database): WebhookInbox {
  const db = database.from('case');
  return {
    async seen(source, id) {
      const text = 'SELECT FROM webhook_inbox WHERE source = $1 AND id = $2';
      return (await db.query({ name: 'webhook-seen', text, values: [source, id] })).length > 0;
    },
    async remember(source, id) {
      const text = 'INSERT INTO webhook_inbox (source, id) VALUES ($1, $2) ON CONFLICT DO NOTHING';
      await db.query({ name: 'webhook-remember', text, values: [source, id] });
    },
    async forgetBefore(receivedAt) {
      const text =
        'WITH gone AS (DELETE FROM webhook_inbox WHERE received_at < $1 RETURNING 1) SELECT count(*) AS forgotten FROM gone';
      const [row] = await db.query<{ forgotten: number }>({ text, values: [receivedAt] });
      return row?.forgotten ?? 0;
    },
  };
}
