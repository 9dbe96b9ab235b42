import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStallActivities } from '../../activities/ops/stalls';
import { createOperations } from '../../adapters/operations/postgres';
import { createStalls } from '../../adapters/operations/stalls-postgres';
import { run } from '../../cli/program';
import { createDeployments, VersionNotAtWorkError } from '../../client/deployments';
import { createEngineOperations } from '../../client/operations';
import { idRenewal } from '../../workflows/case-types/id-renewal';
import { laterWorkflowBundle, testTemporal, testWorkflowBundle, unpatchedWorkflowBundle } from '../support/engine';
import { startWorld, type World } from '../support/world';
import { until } from '../support/until';
import { fileRenewals, statuses } from './cases';

let world: World;
let dir: string;
beforeAll(async () => {
  [world, dir] = await Promise.all([startWorld(), mkdtemp(join(tmpdir(), 'tajdid-versions-'))]);
});
const workers: { stop(): Promise<void> }[] = [];
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await world?.stop();
  await rm(dir, { recursive: true });
});

const [MASTER_KEY, LOOKUP_KEY] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

async function tajdid(...argv: string[]): Promise<{ code: number; out: string }> {
  const out: string[] = [];
  const say = (line: string): void => void out.push(line);
  const env = {
    DATABASE_URL: world.databaseUrl,
    TEMPORAL_ADDRESS: await testTemporal(),
    TAJDID_TASK_QUEUE: world.taskQueue,
    DATA_DIR: dir,
    MASTER_KEY,
    LOOKUP_KEY,
    OIDC_ISSUER: `${world.sandboxUrl}/idp`,
    OIDC_AUDIENCE: 'tajdid',
    XDG_CONFIG_HOME: dir,
  };
  const code = await run(argv, { out: say, err: say, live: false }, env);
  return { code, out: out.join('\n') };
}

const ended = (ids: readonly string[]) =>
  until(
    () => statuses(world, ids),
    (seen) => seen['COMPLETED'] === ids.length,
  );
const deliver = async (ids: readonly string[]): Promise<void> => {
  for (const caseId of ids) await world.control.step('courier', 'deliver', caseId);
};

/** Whether a run has come past the patch of the later version. */
const isPastThePatch = async (caseId: string): Promise<boolean> =>
  (await world.client.workflow.getHandle(caseId).describe()).memo?.['movedBy'] === 'later';

/** What each of these has cost its applicant and the bureau. */
const costs = (ids: readonly string[]) =>
  Promise.all(
    ids.map(async (caseId) => {
      const [payments, cards] = await Promise.all(
        (['payments', 'card-bureau'] as const).map((party) => world.control.ledger(party, caseId)),
      );
      return {
        charges: payments?.filter(({ type }) => type === 'captured').length,
        orders: cards?.filter(({ type }) => type === 'ordered').length,
        prints: cards?.filter(({ type }) => type === 'printed').length,
      };
    }),
  );

/** Their histories as `tajdid keep` would keep them; answers the folder. */
async function kept(name: string, ids: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(dir, `${name}-`));
  for (const caseId of ids)
    await writeFile(join(folder, `${caseId}.json`), JSON.stringify(await world.engine.history(caseId)));
  return folder;
}

const release = (code: string, folder: string) => tajdid('release', '--kept-only', '--bundle', code, '--dir', folder);

test('waiting cases move to a version with other code, and back as the runbook says, and none fails or costs twice', async () => {
  const deployments = createDeployments(world.client);
  const stalls = createStalls(world.database);
  const version = (buildId: string) => ({ deploymentName: `tajdid-${world.taskQueue}`, buildId });
  const runsOn = async (ids: readonly string[]): Promise<(string | undefined)[]> => [
    ...new Set(await Promise.all(ids.map((id) => world.engine.view(id).then((view) => view?.deployment?.buildId)))),
  ];

  /** Starts one more worker and says how to end it, once. */
  const work = async (buildId: string, code?: string): Promise<() => Promise<void>> => {
    const started = await world.startWorker(version(buildId), code);
    workers.push(started);
    return () => {
      workers.splice(workers.indexOf(started), 1);
      return started.stop();
    };
  };
  const standing = async (count: number, script: object, status: string): Promise<string[]> => {
    const ids = await fileRenewals(world, count, script);
    await until(
      () => statuses(world, ids),
      (seen) => seen[status] === count,
    );
    return ids;
  };

  // Begun before there were versions.
  const before = await standing(5, { courier: 'manual' }, 'DISPATCHED');
  const endOne = await work('one');
  await deployments.adoptFirst(version('one'));
  const during = await standing(10, { courier: 'manual' }, 'DISPATCHED');
  expect(await runsOn(during)).toEqual(['one']);
  await until(
    () => world.engine.countOpen(version('one')),
    (open) => open === 10,
  );
  expect(await world.engine.countOpen()).toBe(15);

  const endTwo = await work('two', await laterWorkflowBundle());
  await deployments.adoptFirst(version('two'));
  expect((await deployments.describe(version('one').deploymentName))?.current).toBe('one');
  await deployments.promote(version('two'));
  await until(
    () => deployments.describe(version('two').deploymentName),
    (seen) => seen?.current === 'two',
  );
  await endOne();
  const [upgraded, unmoved] = [during.slice(0, 5), during.slice(5)];
  await deliver(upgraded);
  await ended(upgraded);
  await until(
    () => runsOn(upgraded),
    (seen) => seen.join() === 'two',
  );
  // What the change does, it does from there on: to a case in its middle as well.
  expect(await Promise.all(upgraded.map(isPastThePatch))).toEqual(upgraded.map(() => true));

  const unpaid = await standing(2, { payments: 'manual', courier: 'manual' }, 'AWAITING_PAYMENT');
  const inPrint = await standing(2, { 'card-bureau': 'manual', courier: 'manual' }, 'PRINT_QUEUED');
  const onTheWay = await standing(2, { courier: 'manual' }, 'DISPATCHED');
  const begun = [...unpaid, ...inPrint, ...onTheWay];
  expect(await runsOn(begun)).toEqual(['two']);
  expect(await Promise.all(begun.map(isPastThePatch))).toEqual(begun.map(() => true));

  // Before anything goes out, or back: what fits and what does not is told, and of which case.
  const [old, fresh] = [await kept('old', unmoved), await kept('fresh', begun)];
  const later = await laterWorkflowBundle();
  expect(await release(later, old)).toMatchObject({ code: 0, out: expect.stringContaining('all as they were') });
  expect(await release(later, fresh)).toMatchObject({ code: 0 });
  const unpatched = await release(await unpatchedWorkflowBundle(), old);
  expect(unpatched).toMatchObject({ code: 1, out: expect.stringContaining(`${unmoved.length} go another way`) });
  for (const caseId of unmoved)
    expect(unpatched.out).toContain(
      `${caseId} (${idRenewal.title.en}): the code goes another way while it waits for “${idRenewal.texts.waits['payment']?.en}”, after version 3 (`,
    );
  const back = await release(await testWorkflowBundle(), fresh);
  expect(back).toMatchObject({ code: 1, out: expect.stringContaining(`${begun.length} go another way`) });

  const endFormer = await work('one');
  await deployments.promote(version('one'));
  await endTwo();
  // One of them is told something before the watch comes round: the code that runs cannot hear it.
  await deliver(onTheWay.slice(0, 1));
  const scan = () =>
    createStallActivities({
      stalls,
      operations: createOperations(world.database),
      engine: world.engine,
      now: Date.now,
      beat: () => undefined,
    }).scanStalls({});
  const unreadable = async (): Promise<string[]> =>
    (await stalls.list({ open: true, limit: 100 }))
      .filter(({ what }) => what === 'unreadable')
      .map(({ caseId }) => caseId)
      .sort();
  await scan();
  // Those that moved there and back without a step between fit as before.
  expect(await unreadable()).toEqual([...begun].sort());
  for (const caseId of begun)
    expect(
      await tajdid('--as', 'staff-401', 'case', 'restart', caseId, '--reason', 'the version was taken back'),
    ).toMatchObject({ code: 0 });
  await until(
    () => scan().then(unreadable),
    (seen) => seen.length === 0,
  );
  expect(await Promise.all(begun.map(isPastThePatch))).toEqual(begun.map(() => false));

  for (const caseId of unpaid) await world.control.step('payments', 'capture', caseId);
  await until(
    () => statuses(world, unpaid),
    (seen) => seen['DISPATCHED'] === unpaid.length,
  );
  for (const caseId of inPrint) await world.control.step('card-bureau', 'print', caseId);
  await until(
    () => statuses(world, inPrint),
    (seen) => seen['DISPATCHED'] === inPrint.length,
  );
  await deliver([...unpaid, ...inPrint, ...onTheWay.slice(1), ...unmoved, ...before]);
  const all = [...before, ...during, ...begun];
  await ended(all);
  await until(
    () => runsOn([...unmoved, ...begun]),
    (seen) => seen.join() === 'one',
  );
  expect(await costs(all)).toEqual(all.map(() => ({ charges: 1, orders: 1, prints: 1 })));
  expect(
    (await deployments.describe(version('one').deploymentName))?.versions.map(({ buildId }) => buildId).sort(),
  ).toEqual(['one', 'two']);
  await endFormer();
});

test('a version is promoted as soon as its workers ask for work on every queue, and otherwise not at all', async () => {
  const deployments = createDeployments(world.client);
  const deploymentName = `tajdid-${world.taskQueue}`;
  const current = async () => (await deployments.describe(deploymentName))?.current;
  const before = await current();
  await expect(createDeployments(world.client, 1_000).promote({ deploymentName, buildId: 'nobody' })).rejects.toThrow(
    VersionNotAtWorkError,
  );
  expect(await current()).toBe(before);

  const promoted = deployments.promote({ deploymentName, buildId: 'three' });
  workers.push(await world.startWorker({ deploymentName, buildId: 'three' }));
  await promoted;
  expect(await current()).toBe('three');
  const engine = createEngineOperations(world.client, world.taskQueue, { deployment: deploymentName });
  expect(await engine.health()).toMatchObject({ gaps: [] });
  expect(await engine.countPinned('three')).toBe(0);
});
