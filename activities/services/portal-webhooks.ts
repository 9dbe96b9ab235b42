import { setTimeout as pause } from 'node:timers/promises';
import { cancelled, Context } from '@temporalio/activity';
import type { Attempted, DueMessage, PortalOutbox, PortalWebhookSender } from '../../adapters/portal-webhooks/port';
import type { Vault } from '../../adapters/vault/port';
import { cloudEvent, messageId, RETRY_STEPS } from '../../domain/services/portal-webhooks';
import { after, DAY, HOUR, instant, MINUTE, type Instant } from '../../domain/time';
import type { PortalWebhookActivities } from '../../workflows/services/portal-webhook-messages';

export interface PortalWebhookPorts {
  readonly outbox: PortalOutbox;
  readonly sender: Pick<PortalWebhookSender, 'send'>;
  readonly vault: Pick<Vault, 'get'>;
  /** Has the endpoint's retries look at once; starts them where they are not under way. */
  readonly startRetries: (endpoint: string) => Promise<void>;
  /** Where the API is, as portals know it. */
  readonly publicUrl: string;
  readonly now: () => number;
}

/** Milliseconds that the relay's turn lasts, and between its looks: the longer, the longer nothing was new. */
const TURN = 15 * MINUTE;
const LOOK_FIRST = 250;
const LOOK_LAST = 1_000;
const BEAT_EVERY = 2_000;

/** Log events read in one look. */
const READ = 5_000;
/** Messages of one endpoint taken at once, and sent at once: each case's own follow each other. */
const TAKEN = 64;
const AT_ONCE = 8;
const DELIVERED_IS_KEPT = 30 * DAY;
/** Messages forgotten between two looks: some milliseconds of work. */
const FORGOTTEN = 1_000;

/** Says that this worker is alive for as long as the work takes: one that is silent is taken for lost, and another begins beside it. */
async function alive<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), BEAT_EVERY);
  return work(context).finally(() => clearInterval(beat));
}

export function createPortalWebhookActivities({
  outbox,
  sender,
  vault,
  startRetries,
  publicUrl,
  now,
}: PortalWebhookPorts): PortalWebhookActivities {
  const secrets = new Map<string, string>();
  const secretOf = async (ref: string): Promise<string | undefined> => {
    const secret = secrets.get(ref) ?? (await vault.get<string>(ref)) ?? undefined;
    if (secret !== undefined) secrets.set(ref, secret);
    return secret;
  };

  /** undefined: the endpoint was removed meanwhile, and its secrets with it. */
  const attempt = async (message: DueMessage, at: Instant): Promise<Attempted | undefined> => {
    const signing = (await Promise.all(message.secretRefs.map(secretOf))).filter((secret) => secret !== undefined);
    if (signing.length === 0) return undefined;
    const { endpoint, seq, url, attempts } = message;
    const { outcome } = await sender.send({
      url,
      id: messageId(message),
      body: JSON.stringify(cloudEvent(message, publicUrl)),
      secrets: signing,
    });
    const step = RETRY_STEPS[attempts];
    const again = outcome !== 'delivered' && outcome !== 'gone' && step !== undefined;
    return { endpoint, seq, outcome, at, nextAt: again ? after(at, step) : null };
  };

  /** Sends one endpoint's messages: cases beside each other, each case's own in order. Those that may not begin any more stay as they are. */
  const sendAll = async (
    messages: readonly DueMessage[],
    at: () => Instant,
    mayBegin: (failed: boolean) => boolean,
  ): Promise<{ failed: boolean }> => {
    const cases = new Map<string, DueMessage[]>();
    for (const message of messages) cases.set(message.caseId, [...(cases.get(message.caseId) ?? []), message]);
    const lanes = [...cases.values()];
    const attempted: Attempted[] = [];
    let failed = false;
    const lane = async (): Promise<void> => {
      for (let next = lanes.shift(); next; next = lanes.shift()) {
        for (const message of next) {
          if (!mayBegin(failed)) return;
          const done = await attempt(message, at());
          if (!done) return;
          attempted.push(done);
          if (done.outcome === 'delivered') continue;
          failed = true;
          break;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, lanes.length) }, lane));
    if (attempted.length > 0) await outbox.record(attempted);
    return { failed };
  };

  const relay = async (context: Context): Promise<void> => {
    const until = now() + TURN;
    const busy = new Map<string, Promise<void>>();
    let fault: unknown;
    let idle = LOOK_FIRST;
    let swept = 0;
    void cancelled().catch(() => undefined);
    const goesOn = (): boolean => now() < until && !context.cancellationSignal.aborted && fault === undefined;

    const send = async (endpoint: string, messages: readonly DueMessage[]): Promise<void> => {
      // The turn ends for all portals at once: none waits until a slow one has its whole batch.
      const { failed } = await sendAll(
        messages,
        () => instant(now()),
        (hasFailed) => !hasFailed && goesOn(),
      );
      if (failed) await startRetries(endpoint);
    };
    /** A part of what is to be forgotten; the rest comes at the next looks, and what fails in an hour: no portal waits for it. */
    const forgetSome = async (): Promise<void> => {
      if (now() - swept <= HOUR) return;
      const before = instant(now() - DELIVERED_IS_KEPT);
      const forgotten = await outbox.forget(before, FORGOTTEN).catch((error: unknown) => {
        context.log.warn('Messages that were delivered long ago could not be forgotten.', { error });
        return 0;
      });
      if (forgotten < FORGOTTEN) swept = now();
    };
    // Those whose retries were to be started when a worker died.
    for (const endpoint of await outbox.failing()) await startRetries(endpoint);
    while (goesOn()) {
      await forgetSome();
      const { made, more } = await outbox.fanOut(READ);
      const fresh = await outbox.fresh(TAKEN, [...busy.keys()]);
      for (const endpoint of new Set(fresh.map((message) => message.endpoint))) {
        const sending = send(
          endpoint,
          fresh.filter((message) => message.endpoint === endpoint),
        )
          .catch((error: unknown) => {
            fault = error;
          })
          .finally(() => busy.delete(endpoint));
        busy.set(endpoint, sending);
      }
      idle = made === 0 && fresh.length === 0 ? Math.min(idle * 2, LOOK_LAST) : LOOK_FIRST;
      if (!more && made === 0)
        await pause(idle, undefined, { signal: context.cancellationSignal }).catch(() => undefined);
    }
    await Promise.all(busy.values());
    if (fault !== undefined) throw fault;
    // Handed over when this worker stops: another one's turn begins at once.
    context.cancellationSignal.throwIfAborted();
  };

  return {
    relayWebhooks: () => alive(relay),
    retryWebhooks: ({ endpoint, at }) =>
      alive(async ({ cancellationSignal }) => {
        await sendAll(
          await outbox.due(endpoint, at, TAKEN),
          () => at,
          () => !cancellationSignal.aborted,
        );
        // What was not begun is still due: another worker begins it at once.
        cancellationSignal.throwIfAborted();
        return { nextAt: await outbox.nextLook(endpoint, at) };
      }),
  };
}
