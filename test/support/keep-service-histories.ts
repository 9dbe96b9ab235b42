import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { createOperations } from '../../adapters/operations/postgres';
import { createServiceFlows } from '../../client/services';
import { retriesId } from '../../client/portal-webhooks';
import { GUARD } from '../../domain/services/verification';
import { addDays, DAY, HOUR, MINUTE, riyadhDate } from '../../domain/time';
import { fileRenewals, operator, statuses } from '../ops/cases';
import { receiver, startWebhookWorld, type WebhookWorld } from '../portal-webhooks/webhook-world';
import { aPerson, enrolIn } from './people';
import { startBroker } from './engine-broker';
import { standsIn } from './personal-data';
import { fastForward } from './time-skipping';
import { until } from './until';

/**
 * Runs each workflow of the services on the real engine and keeps its history for replay. To be run only when a way is new.
 *
 *   node --require ./test/support/typescript-hook.cjs test/support/keep-service-histories.ts [way ...]
 */
const today = riyadhDate(new Date().toISOString());
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
const unique = Date.now();

interface Kept {
  readonly workflowId: string;
  /** Something that is to stand in the history, so that finding no personal data there says something. */
  readonly about: string;
  /** The relay of webhooks runs for ever. */
  readonly open?: boolean;
}

let people = 180_000_000;
const somebody = (hooks: WebhookWorld, expiresIn = 900) =>
  enrolIn(
    hooks.api.world,
    aPerson(String((people += 1)), {
      card: { type: 'national-id', issuedOn: '2020-12-01', expiresOn: addDays(today, expiresIn) },
    }),
  );

async function answered<T>(
  hooks: WebhookWorld,
  method: string,
  path: string,
  token: string,
  body?: object,
): Promise<T> {
  const headers = { 'idempotency-key': `kept-${unique}-${path}` };
  const answer = await hooks.api.call(method, path, { token, headers, ...(body ? { body } : {}) });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  return JSON.parse(answer.text) as T;
}

const completed = (hooks: WebhookWorld, workflowId: string): Promise<unknown> =>
  until(
    () => hooks.api.world.client.workflow.getHandle(workflowId).describe(),
    ({ status }) => status.name === 'COMPLETED',
  );

async function share(hooks: WebhookWorld, seconds: number) {
  const { api } = hooks;
  const { number } = await somebody(hooks);
  const recipient = 'ministry-of-health';
  const body = { identityNumber: number, recipient, fields: ['name'], purpose: 'kept', expiresAt: inSeconds(seconds) };
  const headers = { 'idempotency-key': `kept-${unique}-share-${seconds}` };
  const answer = await api.call('POST', '/v1/people/shares', { token: await api.portal(), headers, body });
  const { id } = JSON.parse(answer.text) as { id: string };
  const token = await api.token({ sub: recipient, roles: ['portal'], clientId: recipient });
  const told = (texts: number) =>
    until(
      () => api.world.control.ledger('messages', id),
      (lines) => lines.length === texts,
    );
  await told(1);
  await answered(hooks, 'GET', `/v1/shares/${id}`, token);
  await told(2);
  return { id, number };
}

const ways: Readonly<Record<string, (hooks: WebhookWorld) => Promise<Kept>>> = {
  'bulk-verification.forgotten': async (hooks) => {
    const { number } = await somebody(hooks);
    const lines = Array.from({ length: 1_200 }, () => ({ identityNumber: number, birthDate: '1990-01-01' }));
    const token = await hooks.api.portal();
    const { id } = await answered<{ id: string }>(hooks, 'POST', '/v1/verifications/bulk', token, { lines });
    await until(
      () => answered<{ state: string }>(hooks, 'GET', `/v1/verifications/bulk/${id}`, token),
      ({ state }) => state === 'done',
    );
    await fastForward(hooks.api.world.client, id, 30.1 * DAY);
    await completed(hooks, id);
    return { workflowId: id, about: id };
  },
  'bulk-verification.waited': async (hooks) => {
    const { number } = await somebody(hooks);
    const token = await hooks.api.portal();
    const register = hooks.api.world.database.from('register');
    await register.query({
      text: `INSERT INTO verification_budgets (client, hour, failures)
        SELECT 'absher-individuals', date_trunc('hour', now()) + i * interval '1 hour', $1 FROM generate_series(0, 1) i`,
      values: [GUARD.hourlyBulkFailures],
    });
    const headers = { 'idempotency-key': `kept-${unique}-waited` };
    const body = { lines: [{ identityNumber: number, birthDate: '1990-01-01' }] };
    const answer = await hooks.api.call('POST', '/v1/verifications/bulk', { token, headers, body });
    const { id } = JSON.parse(answer.text) as { id: string };
    const waits = async (): Promise<boolean> => {
      const { events = [] } = await hooks.api.world.client.workflow.getHandle(id).fetchHistory();
      return (events ?? []).some(({ timerStartedEventAttributes }) => timerStartedEventAttributes);
    };
    await until(waits, (waiting) => waiting);
    await register.query({ text: `DELETE FROM verification_budgets WHERE client = 'absher-individuals'` });
    await fastForward(hooks.api.world.client, id, HOUR);
    await until(
      () => answered<{ state: string }>(hooks, 'GET', `/v1/verifications/bulk/${id}`, token),
      ({ state }) => state === 'done',
    );
    await fastForward(hooks.api.world.client, id, 30.1 * DAY);
    await completed(hooks, id);
    return { workflowId: id, about: id };
  },
  'service-sweep.swept': async (hooks) => {
    const { shares } = hooks.api.deps.services;
    const { person } = await somebody(hooks);
    const grantedAt = inSeconds(-3600);
    const by = { client: 'absher-individuals', channel: 'absher-individuals' };
    const recipient = 'ministry-of-health';
    for (const id of [`shr_${'a'.repeat(26)}`, `shr_${'b'.repeat(26)}`])
      await shares.grant(
        {
          id,
          person,
          client: by.client,
          recipient,
          fields: ['name'],
          purposeDigest: null,
          grantedAt,
          expiresAt: inSeconds(3600),
        },
        by,
      );
    const flows = createServiceFlows(hooks.api.world.client, hooks.api.world.taskQueue);
    // One of the two has its workflow and was told nothing since.
    await flows.shareChanged({ share: `shr_${'b'.repeat(26)}`, expiresAt: inSeconds(3600) });
    await until(
      () => hooks.api.world.control.ledger('messages', `shr_${'b'.repeat(26)}`),
      (lines) => lines.length === 1,
    );
    await shares.fetch(`shr_${'b'.repeat(26)}`, { client: recipient, channel: recipient }, inSeconds(-1800), []);
    await flows.sweepNow();
    return {
      workflowId: `service-sweep-by-hand-${hooks.api.world.taskQueue}`,
      about: `shr_${'a'.repeat(26)}`,
    };
  },
  'share.expired': async (hooks) => {
    const { id } = await share(hooks, 8);
    await completed(hooks, id);
    return { workflowId: id, about: id };
  },
  'share.revoked': async (hooks) => {
    const { id, number } = await share(hooks, 3600);
    await answered(hooks, 'POST', `/v1/people/shares/${id}/revoke`, await hooks.api.portal(), {
      identityNumber: number,
    });
    await completed(hooks, id);
    return { workflowId: id, about: id };
  },
  'reminders.walked': async (hooks) => {
    for (const days of [0, 7, 30]) await somebody(hooks, days);
    const { client, taskQueue } = hooks.api.world;
    await createServiceFlows(client, taskQueue).remindNow({ today });
    return { workflowId: `reminders-by-hand-${taskQueue}`, about: today };
  },
  'loss-notice.told': async (hooks) => {
    const { number, serial, person } = await somebody(hooks);
    const body = { identityNumber: number, cardSerial: serial, lostOn: today };
    await answered(hooks, 'POST', '/v1/people/cards/lost', await hooks.api.portal(), body);
    await completed(hooks, `loss-${serial}-${person}`);
    return { workflowId: `loss-${serial}-${person}`, about: serial };
  },
  'webhook-retries.recovered': async (hooks) => {
    const endpoint = await receiver();
    try {
      endpoint.answer = 503;
      const { id } = await hooks.add(endpoint.url);
      await fileRenewals(hooks.api.world, 1);
      await until(
        () => hooks.endpoint(id),
        ({ lastFailure }) => lastFailure === 'http-503',
      );
      endpoint.answer = 204;
      await fastForward(hooks.api.world.client, retriesId(id), MINUTE);
      await completed(hooks, retriesId(id));
      return { workflowId: retriesId(id), about: id };
    } finally {
      endpoint.stop();
    }
  },
  'portal-webhooks.relaying': (hooks) =>
    Promise.resolve({ workflowId: `portal-webhooks/${hooks.taskQueue}`, about: hooks.taskQueue, open: true }),
  // `verified-retry.moved.json` is the way of before cases were settled beside the asking.
  'verified-retry.steered': async ({ api: { world } }) => {
    const cases = await fileRenewals(world, 3, { print: 'fail' });
    await until(
      () => statuses(world, cases),
      (seen) => seen['INCIDENT'] === 3,
    );
    for (const caseId of cases) await world.control.script(caseId, { print: 'print' });
    const order = {
      id: `op_kept_${unique}`,
      actor: operator,
      scope: { code: 'print-failed-repeatedly' },
      perSecond: 0.5,
    };
    const operations = createOperations(world.database);
    await operations.plan(order);
    await world.engine.startRetry({ operation: order.id, perSecond: order.perSecond, stopped: false });
    for (const [how, left] of [
      ['stop', 2],
      ['resume', 2],
      ['cancel', 1],
    ] as const) {
      await until(
        () => operations.find(order.id),
        (seen) => seen?.counts.waiting === left,
      );
      await world.engine.steerRetry(how, {
        operation: order.id,
        perSecond: order.perSecond,
        actor: operator,
        reasonRef: `reason/${how}`,
      });
    }
    await world.engine.retryEnded(order.id);
    return { workflowId: order.id, about: order.id };
  },
};

async function keep(hooks: WebhookWorld, way: string): Promise<void> {
  const go = ways[way];
  if (!go) throw new RangeError(`there is no way "${way}": ${Object.keys(ways).join(', ')}`);
  const { workflowId, about, open = false } = await go(hooks);
  const handle = hooks.api.world.client.workflow.getHandle(workflowId);
  const { status } = await handle.describe();
  if (status.name !== (open ? 'RUNNING' : 'COMPLETED')) throw new Error(`${way} is ${status.name}`);
  const json = historyToJSON(await handle.fetchHistory()).replaceAll(`${process.pid}@${hostname()}`, 'kept');
  const personal = ['محمد', 'Mohammed', '500000000', '180000', '1990-01-01'].filter(
    (text) => standsIn(json, text) || json.includes(text),
  );
  if (personal.length > 0 || !(standsIn(json, about) || json.includes(about)))
    throw new Error(`${way}: personal data stands in the history, or it cannot be read`);
  await writeFile(join(__dirname, `../histories/${way}.json`), `${json}\n`);
  process.stdout.write(`${way}: ${status.name}\n`);
}

async function main(asked: readonly string[]): Promise<void> {
  const broker = await startBroker();
  process.env.TAJDID_TEST_ENGINE = broker.url;
  try {
    const hooks = await startWebhookWorld();
    try {
      for (const way of asked.length > 0 ? asked : Object.keys(ways)) await keep(hooks, way);
    } finally {
      await hooks.stop();
    }
  } finally {
    await broker.stop();
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
