import { createDeployments, VersionNotAtWorkError } from '../../client/deployments';
import { createEngineOperations } from '../../client/operations';
import { startWorld, type World } from '../support/world';
import { fileRenewals, statuses, until } from './cases';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 240_000);
const workers: { stop(): Promise<void> }[] = [];
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await world?.stop();
});

test('waiting cases move to a new worker version and back, and none fails', async () => {
  const deployments = createDeployments(world.client);
  const version = (buildId: string) => ({ deploymentName: `tajdid-${world.taskQueue}`, buildId });
  const runsOn = async (ids: readonly string[]): Promise<(string | undefined)[]> => [
    ...new Set(await Promise.all(ids.map((id) => world.engine.view(id).then((view) => view?.deployment?.buildId)))),
  ];

  /** Starts one more worker and says how to end it, once. */
  const work = async (buildId: string): Promise<() => Promise<void>> => {
    const started = await world.startWorker(version(buildId));
    workers.push(started);
    return () => {
      workers.splice(workers.indexOf(started), 1);
      return started.stop();
    };
  };

  // Begun before there were versions.
  const before = await fileRenewals(world, 5, { courier: 'manual' });
  await until(
    () => statuses(world, before),
    (seen) => seen['DISPATCHED'] === 5,
  );
  const endOne = await work('one');
  await deployments.adoptFirst(version('one'));
  const during = await fileRenewals(world, 10, { courier: 'manual' });
  await until(
    () => statuses(world, during),
    (seen) => seen['DISPATCHED'] === 10,
  );
  expect(await runsOn(during)).toEqual(['one']);
  await until(
    () => world.engine.countOpen(version('one')),
    (open) => open === 10,
  );
  expect(await world.engine.countOpen()).toBe(15);

  const endTwo = await work('two');
  await deployments.adoptFirst(version('two'));
  expect((await deployments.describe(version('one').deploymentName))?.current).toBe('one');
  await deployments.promote(version('two'));
  await until(
    () => deployments.describe(version('two').deploymentName),
    (seen) => seen?.current === 'two',
  );
  await endOne();
  for (const caseId of during.slice(0, 5)) await world.control.step('courier', 'deliver', caseId);
  await until(
    () => statuses(world, during),
    (seen) => seen['COMPLETED'] === 5,
  );
  await until(
    () => runsOn(during.slice(0, 5)),
    (seen) => seen.join() === 'two',
  );

  await work('one');
  await deployments.promote(version('one'));
  await endTwo();
  for (const caseId of [...during.slice(5), ...before]) await world.control.step('courier', 'deliver', caseId);
  await until(
    () => statuses(world, [...during, ...before]),
    (seen) => seen['COMPLETED'] === 15,
  );
  await until(
    () => runsOn(during.slice(5)),
    (seen) => seen.join() === 'one',
  );
  expect(
    (await deployments.describe(version('one').deploymentName))?.versions.map(({ buildId }) => buildId).sort(),
  ).toEqual(['one', 'two']);
}, 120_000);

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
}, 120_000);
