import { Context } from '@temporalio/activity';
import type { Attempted, DueMessage, PortalOutbox, PortalWebhookSender } from '../../adapters/portal-webhooks/port';
import { createPortalWebhookActivities } from '../../activities/services/portal-webhooks';
import { MINUTE } from '../../domain/time';
import { until } from '../support/until';

afterEach(() => jest.restoreAllMocks());

const message: DueMessage = {
  endpoint: 'whe_1',
  seq: 1,
  caseId: 'rnw_1',
  caseType: 'id-renewal',
  version: 1,
  eventType: 'NoteTaken',
  at: '2026-11-01T08:00:00.000Z',
  status: 'IN_REVIEW',
  statusVersion: 1,
  url: 'https://portal.example/hook',
  secretRefs: ['s'],
  attempts: 0,
};

/** A relay with one message, until it is told to stop. */
function relayOf(
  send: (stop: () => void) => ReturnType<PortalWebhookSender['send']>,
  change: Partial<PortalOutbox>,
  now = (): number => Date.now(),
) {
  const stop = new AbortController();
  const heartbeat = jest.fn();
  const warn = jest.fn();
  jest.spyOn(Context, 'current').mockReturnValue({
    heartbeat,
    log: { warn },
    cancellationSignal: stop.signal,
    cancelled: new Promise(() => undefined),
  } as unknown as Context);
  const fresh = [message];
  const record = jest.fn((_attempted: readonly Attempted[]) => Promise.resolve());
  const { relayWebhooks, retryWebhooks } = createPortalWebhookActivities({
    outbox: {
      failing: () => Promise.resolve([]),
      forget: () => Promise.resolve(0),
      fanOut: () => Promise.resolve({ made: 0, more: false }),
      fresh: () => Promise.resolve(fresh.splice(0)),
      record,
      ...change,
    } as unknown as PortalOutbox,
    sender: { send: () => send(() => stop.abort()) },
    vault: { get: <T>() => Promise.resolve('whsec_c2VjcmV0' as T) },
    startRetries: () => Promise.resolve(),
    publicUrl: 'https://tajdid.example',
    now,
  });
  return { relayWebhooks, retryWebhooks, heartbeat, warn, record };
}

test('a relay whose turn ends says that it is alive until its last message is answered', async () => {
  const { relayWebhooks, heartbeat, record } = relayOf(async (stop) => {
    stop();
    heartbeat.mockClear();
    await until(
      () => Promise.resolve(heartbeat.mock.calls.length),
      (beats) => beats >= 2,
    );
    return { outcome: 'delivered', ms: 5_000 };
  }, {});
  await expect(relayWebhooks()).rejects.toThrow(/abort/i);
  expect(record).toHaveBeenCalledTimes(1);
  expect(heartbeat.mock.calls.length).toBeGreaterThanOrEqual(2);
  heartbeat.mockClear();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(heartbeat).not.toHaveBeenCalled();
});

const delivering = (stop: () => void): ReturnType<PortalWebhookSender['send']> => {
  stop();
  return Promise.resolve({ outcome: 'delivered', ms: 1 });
};

test('what cannot be cleaned up holds up no message, and is told', async () => {
  const slow = new Error('canceling statement due to statement timeout');
  const { relayWebhooks, warn, record } = relayOf(delivering, { forget: () => Promise.reject(slow) });
  await expect(relayWebhooks()).rejects.toThrow(/abort/i);
  expect(record).toHaveBeenCalledTimes(1);
  expect(warn).toHaveBeenCalledTimes(1);
});

test('much that has to be cleaned up is so in parts, one at each look', async () => {
  const parts = [1_000, 1_000, 3];
  const forget = jest.fn(() => Promise.resolve(parts.shift() ?? 0));
  const looks = [[], [], [], [message]];
  const { relayWebhooks } = relayOf(delivering, { forget, fresh: () => Promise.resolve(looks.shift() ?? []) });
  await expect(relayWebhooks()).rejects.toThrow(/abort/i);
  expect(forget).toHaveBeenCalledTimes(3);
});

describe('of a batch for a slow portal no more is begun', () => {
  const batch = Array.from({ length: 64 }, (_, i) => ({ ...message, seq: i + 1, caseId: `rnw_${i % 32}` }));
  const sent = ({ record }: ReturnType<typeof relayOf>): number[] => record.mock.calls.map(([each]) => each.length);

  test("once the relay's turn is over: what was begun is put on record, the rest stays for the next turn", async () => {
    let clock = 0;
    const looks = [batch];
    const relay = relayOf(
      () => {
        clock = 15 * MINUTE;
        return Promise.resolve({ outcome: 'delivered', ms: 9_000 });
      },
      { fresh: () => Promise.resolve(looks.shift() ?? []) },
      () => clock,
    );
    await relay.relayWebhooks();
    expect(sent(relay)).toEqual([8]);
  });

  test('once the worker stops', async () => {
    const looks = [batch];
    const relay = relayOf(delivering, { fresh: () => Promise.resolve(looks.shift() ?? []) });
    await expect(relay.relayWebhooks()).rejects.toThrow(/abort/i);
    expect(sent(relay)).toEqual([8]);
  });

  test('once the worker stops in the midst of its retries, which another one goes on with', async () => {
    const relay = relayOf(delivering, { due: () => Promise.resolve(batch) });
    await expect(relay.retryWebhooks({ endpoint: 'whe_1', at: message.at })).rejects.toThrow(/abort/i);
    expect(sent(relay)).toEqual([8]);
  });
});
