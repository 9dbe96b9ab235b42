import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { OutsideMessage } from '../../domain/outside-messages';
import { OutsideWebhook, type WebhookSource } from './schemas';

export type WebhookRefusal = 'bad-signature' | 'stale' | 'unreadable';

export interface IncomingWebhook {
  readonly source: WebhookSource;
  /** As Node gives them: names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came: the signature is over these very bytes. */
  readonly rawBody: string | Buffer;
  /** Every secret that holds now: two while one is being replaced by the other. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970; the clock by default. */
  readonly now?: number;
  /** How old, or how far ahead, a timestamp may be; 300 seconds by default. */
  readonly toleranceSeconds?: number;
}

/**
 * Checks a Standard Webhooks signature, then reads the message. The signature comes first, so that a forger learns
 * nothing about clocks or formats. A sender may sign with several keys; one that fits one of ours is enough.
 */
export function readWebhook(webhook: IncomingWebhook): { message: OutsideMessage } | { refusal: WebhookRefusal } {
  const { source, headers, secrets, now = Date.now(), toleranceSeconds = 300 } = webhook;
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return { refusal: 'bad-signature' };
  }
  if (!/^[\w.:-]{1,128}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return { refusal: 'bad-signature' };
  const body = webhook.rawBody.toString();
  const sentAt = new Date(Number(timestamp) * 1000);
  const given = signatures.split(' ');
  const genuine = secrets.some((secret) => {
    const expected = new Webhook(secret).sign(id, sentAt, body);
    return given.some((signature) => sameText(signature, expected));
  });
  if (!genuine) return { refusal: 'bad-signature' };
  if (Math.abs(now - sentAt.getTime()) > toleranceSeconds * 1000) return { refusal: 'stale' };
  const parsed = OutsideWebhook[source].safeParse(readJson(body));
  if (!parsed.success) return { refusal: 'unreadable' };
  // Two senders may number their messages alike, and a case counts each id once.
  return { message: { id: `${source}/${id}`, ...parsed.data } };
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** undefined for what is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
