import { Agent, request } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { JsonLines } from './ledger';
import type { OutgoingWebhook } from './ledger';

export interface WebhookContent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Pending {
  readonly id: string;
  readonly body: string;
  attempts: number;
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 15_000;
const ANSWER_WITHIN_MS = 10_000;
const AT_ONCE = 32;

/**
 * Sends until it is told 2xx. What was delivered is on file, so that after a restart only the rest is sent; a message
 * may come twice then, under the same id.
 */
export class WebhookSender {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  private readonly delivered = new Set<string>();
  private readonly file: JsonLines<string>;
  private readonly waiting: Pending[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly webhook: Webhook;
  private sending = 0;
  private closed = false;

  constructor(
    path: string,
    secret: string,
    private readonly url: () => string | null,
  ) {
    this.webhook = new Webhook(secret);
    this.file = new JsonLines<string>(path, (id) => this.delivered.add(id));
  }

  /** Sends all but what was delivered before the start. */
  replayed(webhook: OutgoingWebhook, at: string, content: WebhookContent): void {
    if (!this.delivered.delete(webhook.id)) this.send(webhook, at, content);
  }

  send(webhook: OutgoingWebhook, at: string, content: WebhookContent): void {
    if (webhook.lost) return;
    const body = JSON.stringify({ type: content.type, timestamp: at, data: content.data });
    for (let copy = 0; copy < webhook.copies; copy++) {
      this.later({ id: webhook.id, body, attempts: 0 }, webhook.delayMs);
    }
  }

  /** Takes up what waited for a target. */
  wake(): void {
    while (!this.closed && this.url() !== null && this.sending < AT_ONCE) {
      const next = this.waiting.shift();
      if (!next) return;
      this.sending += 1;
      this.post(next).then(
        (ok) => this.done(next, ok),
        () => this.done(next, false),
      );
    }
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.agent.destroy();
    this.file.close();
  }

  private later(pending: Pending, ms: number): void {
    if (this.closed) return;
    if (ms === 0) {
      this.waiting.push(pending);
      setImmediate(() => this.wake());
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.waiting.push(pending);
      this.wake();
    }, ms);
    this.timers.add(timer);
  }

  private done(pending: Pending, ok: boolean): void {
    this.sending -= 1;
    if (this.closed) return;
    if (ok) this.file.append(pending.id);
    else {
      pending.attempts += 1;
      this.later(pending, Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (pending.attempts - 1)));
    }
    this.wake();
  }

  private post(pending: Pending): Promise<boolean> {
    const now = new Date();
    const url = this.url();
    if (url === null) return Promise.resolve(false);
    return new Promise((resolve, reject) => {
      const req = request(url, {
        method: 'POST',
        agent: this.agent,
        timeout: ANSWER_WITHIN_MS,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(pending.body),
          'webhook-id': pending.id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': this.webhook.sign(pending.id, now, pending.body),
        },
      });
      req.on('response', (res) => {
        res.resume();
        res.on('end', () => resolve(res.statusCode !== undefined && res.statusCode >= 200 && res.statusCode < 300));
        res.on('error', reject);
      });
      req.on('timeout', () => req.destroy(new Error('no answer')));
      req.on('error', reject);
      req.end(pending.body);
    });
  }
}
