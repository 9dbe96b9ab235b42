import type { WorkflowExecutionInfo } from '@temporalio/client';
import { shortHistoryTemporal } from '../support/engine';
import { losesEvents } from '../ops/lost-events';
import { startRenewalWorld, type FiledRenewal, type RenewalWorld } from '../support/renewal-world';
import { caseworker, otherSupervisor, supervisor } from '../support/renewals';
import { until } from '../support/until';

/** On a server that suggests a fresh start after 60 events. */
let world: RenewalWorld;
beforeAll(async () => {
  world = await startRenewalWorld(shortHistoryTemporal);
});
afterAll(() => world?.stop());

const because = { reasonRef: 'v_reason' };

/** The runs of a case as the engine has them, first to last. */
async function runsOf({ id }: FiledRenewal): Promise<WorkflowExecutionInfo[]> {
  const runs: WorkflowExecutionInfo[] = [];
  for await (const run of world.client.workflow.list({ query: `WorkflowId = '${id}'` })) runs.push(run);
  return runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
}

const afresh = (renewal: FiledRenewal): Promise<WorkflowExecutionInfo[]> =>
  until(
    () => runsOf(renewal),
    (runs) => runs.some(({ status }) => status.name === 'CONTINUED_AS_NEW'),
  );

/** Of a parcel that the case never had: nothing that it can be told by. */
const strangeParcel = (renewal: FiledRenewal, n: number): Promise<void> =>
  renewal.tell({ type: 'parcel.delivered', id: `strange-${n}`, parcelId: `strange-${n}` });

const many = async (count: number, send: (n: number) => Promise<unknown>): Promise<void> => {
  for (let n = 0; n < count; n++) await send(n);
};

test('a case on hold is told of money and then of much that means nothing: it starts afresh, and the money is not lost', async () => {
  const renewal = await world.file({ script: { payments: 'manual' } });
  await renewal.waits('payment');
  await renewal.act(supervisor, 'hold', because);
  await world.control.step('payments', 'capture', renewal.id);
  await many(80, (n) => strangeParcel(renewal, n));
  const before = await renewal.types();
  const [first] = await afresh(renewal);
  expect(first?.historyLength).toBeLessThan(200);
  expect(await renewal.types()).toEqual(before);
  expect((await renewal.row())?.status).toBe('ON_HOLD');

  await renewal.act(supervisor, 'resume', because);
  expect(await renewal.outcome()).toBe('COMPLETED');
  const types = await renewal.types();
  expect(types.filter((type) => type === 'PaymentCaptured')).toHaveLength(1);
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 0 });
  const versions = (await renewal.events()).map(({ version }) => version);
  expect(versions).toEqual(versions.map((_, i) => i + 1));
});

test('actions go on over fresh starts, each once, and a retry of an early one is answered as it was', async () => {
  const renewal = await world.file({ photo: 'doubtful' });
  await renewal.status('IN_REVIEW');
  const first = await renewal.act(caseworker, 'claim', {}, { id: 'claim-first' });
  await many(15, async (n) => {
    await renewal.act(caseworker, 'release', {}, { id: `release-${n}` });
    await renewal.act(caseworker, 'claim', {}, { id: `claim-${n}` });
  });
  await afresh(renewal);
  const claims = (await renewal.types()).filter((type) => type === 'CaseClaimed');
  expect(claims).toHaveLength(16);
  await renewal.act(caseworker, 'claim', {}, { id: 'claim-first', expectedVersion: first - 1 });
  expect((await renewal.types()).filter((type) => type === 'CaseClaimed')).toHaveLength(16);
  expect(await renewal.refusal(otherSupervisor, 'approve')).toBe('claimed-by-another');
  await renewal.act(caseworker, 'approve');
  expect(await renewal.outcome()).toBe('COMPLETED');
});

test('a case that is asked for the same again and again, and refuses it for what it looks up, starts afresh as well', async () => {
  const renewal = await world.file({ photo: 'doubtful' });
  await renewal.status('IN_REVIEW');
  const request = { id: 'reassign-to-nobody', expectedVersion: (await renewal.row())?.version ?? 0 };
  await many(20, () => renewal.refusal(supervisor, 'reassign', { to: 'cw-nobody' }, request));
  await afresh(renewal);
  expect((await renewal.row())?.version).toBe(request.expectedVersion);
});

test('one whose log was restored from before it knew what it knows does not begin afresh from that: it waits until the log is whole', async () => {
  const renewal = await world.file({ script: { payments: 'manual' } });
  await renewal.waits('payment');
  const known = await renewal.act(supervisor, 'hold', because);
  const back = await losesEvents(world.database, renewal.id);
  await many(80, (n) => strangeParcel(renewal, n));
  await afresh(renewal);
  expect(await world.engine.knownVersion(renewal.id)).toBe(known);
  expect(await world.engine.fileOf(renewal.id)).toBeNull();
  await back();
  await until(
    () => world.engine.fileOf(renewal.id),
    (file) => file?.version === known,
  );

  await world.control.step('payments', 'capture', renewal.id);
  await renewal.act(supervisor, 'resume', because);
  expect(await renewal.outcome()).toBe('COMPLETED');
});

test('whoever asked it to look around in such a moment is heard by the run that comes after', async () => {
  const renewal = await world.file({ script: { payments: 'manual' } });
  await renewal.waits('payment');
  // Nobody tells: the message of the money finds nobody there.
  await world.control.webhookTarget(null);
  await world.control.step('payments', 'capture', renewal.id);
  await world.replaceWorker(async () => {
    await many(70, (n) => strangeParcel(renewal, n));
    await world.engine.wake(renewal.id);
    await many(5, (n) => strangeParcel(renewal, 100 + n));
  });
  await renewal.happened('PaymentCaptured');
  await afresh(renewal);
});
