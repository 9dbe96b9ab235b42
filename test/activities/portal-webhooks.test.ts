import { Context } from '@temporalio/activity';
import type { DueMessage, PortalOutbox } from '../../adapters/portal-webhooks/port';
import { createPortalWebhookActivities } from '../../activities/services/portal-webhooks';
import { until } from '../support/until';

afterEach(() => jest.restoreAllMocks());

test('a relay whose turn ends says that it is alive until its last message is answered', async () => {
  const stop = new AbortController();
  const heartbeat = jest.fn();
  jest.spyOn(Context, 'current').mockReturnValue({
    heartbeat,
    cancellationSignal: stop.signal,
    cancelled: new Promise(() => undefined),
  } as unknown as Context);
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
  const fresh = [message];
  const record = jest.fn(() => Promise.resolve());
  const { relayWebhooks } = createPortalWebhookActivities({
    outbox: {
      failing: () => Promise.resolve([]),
      forget: () => Promise.resolve(),
      fanOut: () => Promise.resolve({ made: 0, more: false }),
      fresh: () => Promise.resolve(fresh.splice(0)),
      record,
    } as unknown as PortalOutbox,
    sender: {
      async send() {
        stop.abort();
        heartbeat.mockClear();
        await until(
          () => Promise.resolve(heartbeat.mock.calls.length),
          (beats) => beats >= 2,
        );
        return { outcome: 'delivered', ms: 5_000 };
      },
    },
    vault: { get: <T>() => Promise.resolve('whsec_c2VjcmV0' as T) },
    startRetries: () => Promise.resolve(),
    publicUrl: 'https://tajdid.example',
    now: () => Date.now(),
  });
  await expect(relayWebhooks()).rejects.toThrow(/abort/i);
  expect(record).toHaveBeenCalledTimes(1);
  expect(heartbeat.mock.calls.length).toBeGreaterThanOrEqual(2);
  heartbeat.mockClear();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(heartbeat).not.toHaveBeenCalled();
}, 30_000);
