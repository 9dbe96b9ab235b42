import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { testWorkflowBundle } from './support/engine';
import { quietRuntime } from './support/quiet-runtime';

const dir = join(__dirname, 'histories');
const kept = readdirSync(dir).filter((name) => name.endsWith('.json'));

let codePath: string;
beforeAll(async () => {
  quietRuntime();
  codePath = await testWorkflowBundle();
});

test('one of every main way is kept', () => {
  const renewals = kept.filter((name) => name.startsWith('id-renewal.')).map((name) => name.split('.')[1]);
  expect(renewals).toEqual(
    expect.arrayContaining([
      'straight-through',
      'expired',
      'returned',
      'rejected',
      'cancelled',
      'incident',
      'uncollected',
      'hold',
      'resumed-from-log',
      'started-afresh',
    ]),
  );
});

test('one of each way of a family case, an appeal and an amendment is kept', () => {
  expect(kept.map((name) => name.replace('.json', ''))).toEqual(
    expect.arrayContaining([
      'family-registration.birth-late-consent-notice',
      'family-registration.cancelled',
      'family-registration.committee',
      'family-registration.consent-expired',
      'family-registration.consent-overdue',
      'family-registration.death',
      'family-registration.identification',
      'family-registration.linked',
      'family-registration.marriage',
      'family-registration.notice-overdue',
      'family-registration.reset',
      'appeal.allowed',
      'appeal.upheld',
      'record-amendment.certified',
      'record-amendment.revocation',
    ]),
  );
});

test('one of each workflow beside the cases is kept', () => {
  expect(kept.map((name) => name.replace('.json', ''))).toEqual(
    expect.arrayContaining([
      'bulk-verification.forgotten',
      'loss-notice.told',
      'portal-webhooks.relaying',
      'reminders.walked',
      'share.expired',
      'share.revoked',
      'verified-retry.moved',
      'verified-retry.steered',
      'webhook-retries.recovered',
    ]),
  );
});

test.each(kept)('%s is replayed by today’s workflows', async (name) => {
  const history: unknown = JSON.parse(readFileSync(join(dir, name), 'utf8'));
  await Worker.runReplayHistory({ workflowBundle: { codePath } }, historyFromJSON(history));
});

test('a history that today’s workflows would not make is refused', async () => {
  const history = JSON.parse(readFileSync(join(dir, 'id-renewal.straight-through.json'), 'utf8')) as {
    events: { eventType: string; eventId: string; eventTime: string }[];
  };
  const timer = history.events.findIndex(({ eventType }) => eventType === 'EVENT_TYPE_TIMER_STARTED');
  expect(timer).toBeGreaterThan(0);
  const activity = {
    activityId: '1',
    activityType: { name: 'drive' },
    taskQueue: { name: 'kept' },
    workflowTaskCompletedEventId: '4',
  };
  const other = history.events.map((event, i) =>
    i === timer
      ? {
          eventId: event.eventId,
          eventTime: event.eventTime,
          eventType: 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
          activityTaskScheduledEventAttributes: activity,
        }
      : event,
  );
  await expect(
    Worker.runReplayHistory({ workflowBundle: { codePath } }, historyFromJSON({ events: other })),
  ).rejects.toThrow(/[Nn]ondeterminism/);
});
