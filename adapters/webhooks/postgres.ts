import type { Database } from '../postgres/database';
import { recent } from '../vault/recent';
import type { WebhookInbox } from './port';

const REMEMBERED = 50_000;
const WRITTEN_EVERY = 250;

const REMEMBER = `INSERT INTO webhook_inbox (source, id) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`;

/** Some at a time: what has piled up in a month is more than one statement has time for. */
const FORGET = `WITH gone AS (DELETE FROM webhook_inbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM webhook_inbox WHERE received_at < $1 LIMIT $2))
  RETURNING 1) SELECT count(*) AS gone FROM gone`;
const FORGOTTEN_AT_ONCE = 20_000;

/**
 * Kept in memory, for what comes twice mostly comes twice at once, and written down together a moment later, for the doctor. What a
 * restart forgets is handed on again, and the case counts it once by its id.
 */
export function createWebhookInbox(database: Database, most = FORGOTTEN_AT_ONCE): WebhookInbox {
  const db = database.from('case');
  const remembered = recent<true>(REMEMBERED);
  let pending: { source: string; id: string }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const keyOf = (source: string, id: string): string => `${source}\n${id}`;

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = pending;
    pending = [];
    if (batch.length === 0) return;
    await db.query({
      name: 'webhooks-remember',
      text: REMEMBER,
      values: [batch.map(({ source }) => source), batch.map(({ id }) => id)],
    });
  }

  return {
    seen: (source, id) => Promise.resolve(remembered.get(keyOf(source, id)) === true),
    remember(source, id) {
      remembered.set(keyOf(source, id), true);
      pending.push({ source, id });
      // A batch that could not be written costs a second look at what comes again, and nothing else.
      timer ??= setTimeout(() => void write().catch(() => undefined), WRITTEN_EVERY).unref();
      return Promise.resolve();
    },
    async forgetBefore(receivedAt) {
      await write();
      let forgotten = 0;
      for (let last = most; last === most; forgotten += last) {
        const [row] = await db.query<{ gone: number }>({ text: FORGET, values: [receivedAt, most] });
        last = row?.gone ?? 0;
      }
      return forgotten;
    },
  };
}
